"""Runs the rules over a loaded organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from topology.rules.facts import Facts, Observed
from topology.rules.finding import ORGANISATION, Finding, numbered, of_problem
from topology.rules.known import Known, unknown
from topology.rules.registry import rules
from topology.rules.rule import Rule
from topology.rules.selection import Selection
from topology.rules.suppressions import Suppression, apply, suppressions_of
from topology.source import Loaded, Place
from topology.source.tree import Mapping, locate
from topology.words.lists import listed

MOST_TEAMS = 0.5  # what more than half of the teams show is one finding about the organisation (rules.md) ...
LEAST_FINDINGS = 5  # ... from five on; fewer can be read one by one


@dataclass(frozen=True)
class Checked:
    """What a check gives, each by place."""

    findings: tuple[Finding, ...]
    """What a reader is shown: what holds for most teams at once is one finding."""
    each: tuple[Finding, ...]
    """The same, one by one: for comparing with another version."""
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()
    """What a comment in the file suppresses."""
    known: int = 0
    """How many were left out because they were known before."""


def check(
    loaded: Loaded,
    day: dt.date,
    chosen: Selection,
    known: Known = MappingProxyType({}),
    observed: Observed | None = None,
) -> Checked:
    """Every finding of the chosen rules on a day, without those that are `known`; some rules read what was `observed`.

    A file that cannot be read gives its own problems alone.
    """
    problems = [replace(one, severity=chosen.severities[one.code]) for one in map(of_problem, loaded.problems)]
    if loaded.organisation is None or loaded.tree is None:
        found = _sorted(problems)
        return Checked(found, found)  # (nothing of it is known before: what cannot be read never passes)
    facts = Facts(loaded.organisation, day, observed or Observed())
    hits = [one for code in chosen.severities for one in _run(rules()[code], facts, chosen, loaded.tree)]
    stay, hidden = apply(_sorted(hits), suppressions_of(loaded.texts, loaded.tree), chosen, day)
    every = _sorted(problems + stay)
    new = tuple(unknown(every, known))
    return Checked(_together(new, facts, chosen), new, tuple(hidden), len(every) - len(new))


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(numbered(sorted(findings, key=lambda one: one.sort_key)))


def _run(rule: Rule, facts: Facts, chosen: Selection, tree: Mapping) -> Iterator[Finding]:
    if rule.check is None:
        return
    severity, threshold = chosen.severities[rule.code], chosen.thresholds.get(rule.code, rule.threshold or 0)
    for hit in rule.check(facts, threshold):
        related = tuple(_place(tree, path) for path in hit.related)
        yield Finding(rule.code, rule.name, severity, hit.message, _place(tree, hit.path), hit.help or rule.help,
                      hit.path, hit.ids, related, hit.teams)  # fmt: skip


def _together(found: tuple[Finding, ...], facts: Facts, chosen: Selection) -> tuple[Finding, ...]:
    """What holds for most teams at once is one finding: a list that nobody reads protects nobody."""
    of_rule: dict[str, list[Finding]] = {}
    for one in found:
        of_rule.setdefault(one.code, []).append(one)
    shown: list[Finding] = []
    for code, same in of_rule.items():
        teams = {team: None for one in same for team in one.teams if team in facts.teams}
        types = rules()[code].types
        asked = sum(1 for _ in facts.teams_of(types))
        if len(same) < LEAST_FINDINGS or len(teams) <= MOST_TEAMS * asked or not all(one.teams for one in same):
            shown += same
        else:
            names = listed([facts.name(team) for team in teams])
            title = _title(rules()[code], chosen)
            words = f"{len(teams)} of {asked} {types[0] + ' ' if len(types) == 1 else ''}teams"
            shown.append(replace(
                same[0], message=f"{title[0].lower()}{title[1:]}: {words} ({names})", help=rules()[code].help,
                ids=(ORGANISATION,), related=tuple(one.place for one in same[1:]), teams=(), occurrence=1,
            ))  # fmt: skip
    return tuple(sorted(shown, key=lambda one: one.sort_key))


def _title(rule: Rule, chosen: Selection) -> str:
    """What the rule finds, in one sentence; with a threshold of the project's own, in the words of its name."""
    threshold = chosen.thresholds.get(rule.code, rule.threshold)
    if threshold == rule.threshold or threshold is None:
        return rule.title.rstrip(".")
    return f"{rule.name.replace('-', ' ')} ({threshold:g} {rule.unit})"


def _place(tree: Mapping, path: tuple[str | int, ...]) -> Place:
    """The place of a model path, or of the nearest part of it that the file has."""
    return locate(tree, path) or locate(tree, ("version",)) or Place("")
