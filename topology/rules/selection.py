"""Which rules run, how grave each is, and its threshold: the project's settings and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from topology.rules.finding import Severity
from topology.rules.registry import rules
from topology.rules.rule import Rule
from topology.source.settings import RuleSettings
from topology.source.suggest import did_you_mean


class SelectionError(ValueError):
    """A rule that does not exist, or a threshold where there is none."""


@dataclass(frozen=True)
class Selection:
    """What runs: {code: severity} and {code: threshold}."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def __contains__(self, code: str) -> bool:
        return code in self.severities


def selection(
    settings: RuleSettings,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Mapping[str, str] | None = None,
) -> Selection:
    """The settings, with what the command line adds: its `select` replaces theirs, the rest comes on top.

    A rule may be named by code (TT101), name (collaboration-without-end) or prefix (TT1). Raises SelectionError.
    """
    chosen = codes_of(select or settings.select) if select or settings.select else set(rules())
    left_out = [*settings.ignore, *ignore]
    chosen -= codes_of(left_out)
    levels_named = {**settings.severity, **(severity or {})}
    _refuse([*left_out, *(name for name, level in levels_named.items() if level == "off")])
    # What stands in the file must be readable before anything else can be judged.
    chosen |= {code for code, rule in rules().items() if rule.of_reading}
    levels = {**_levels(settings.severity), **_levels(severity or {})}
    off = {code for code, level in levels.items() if level == "off" and not rules()[code].of_reading}
    severities: dict[str, Severity] = {
        code: rule.severity if (level := levels.get(code, "off")) == "off" else level  # type: ignore[misc]
        for code, rule in rules().items()
        if code in chosen - off
    }
    return Selection(
        severities, {one_rule(name).code: value for name, value in settings.thresholds.items() if _settable(name)}
    )


def _levels(named: Mapping[str, str]) -> dict[str, str]:
    """{code: level}; a rule's own name goes before a prefix, a longer prefix before a shorter one."""
    order = sorted(named, key=lambda name: (exact(name) is not None, len(name)))
    return {code: named[name] for name in order for code in codes_of([name])}


def codes_of(names: Iterable[str]) -> set[str]:
    """The codes that the names stand for. Raises SelectionError for a name that stands for none."""
    found: set[str] = set()
    for name in names:
        prefix = name.upper()
        codes = {
            code
            for code, rule in rules().items()
            if name.lower() == rule.name or (len(prefix) > 2 and code.startswith(prefix))
        }
        if not codes:
            raise SelectionError(_unknown(name))
        found |= codes
    return found


def exact(name: str) -> Rule | None:
    """The rule of a code or a name; None for a prefix, or for nothing."""
    return next((rule for rule in rules().values() if name.upper() == rule.code or name.lower() == rule.name), None)


def one_rule(name: str) -> Rule:
    """The rule of a code or a name. Raises SelectionError."""
    rule = exact(name)
    if rule is None:
        raise SelectionError(_unknown(name))
    return rule


def _refuse(names: Iterable[str]) -> None:
    """A rule of the file itself that is named to be switched off is a wrong use; a whole family just leaves it on."""
    for name in names:
        rule = exact(name)
        if rule is not None and rule.of_reading:
            raise SelectionError(f"{rule.code} cannot be switched off: without it the file cannot be read.")


def _settable(name: str) -> bool:
    if one_rule(name).threshold is None:
        raise SelectionError(f"the rule `{name}` has no threshold.")
    return True


def _unknown(name: str) -> str:
    if any(code.startswith(name.upper()) for code in rules() if len(name) > 2):
        return f"`{name}` is a family of rules; name one of them (`topology rules` lists them)."
    known = [rule.name for rule in rules().values()] + list(rules())
    return f"there is no rule `{name}`. {did_you_mean(name, known)}".strip()
