"""Suppressions in the file: `# topology: ignore[TT101] the reason until 2026-12-31`.

At the end of a line it covers the findings of that line; on a line of its own, those of the object that begins on the next
line. The reason is required, the date optional: from that day on the finding is back. A suppression that does not work is
itself a finding (TT008, TT009).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from topology.rules.finding import Finding
from topology.rules.registry import rules
from topology.rules.selection import Selection, SelectionError, codes_of, exact
from topology.source import Place
from topology.source.comments import Comment, comments_of
from topology.source.lines import lines_of
from topology.source.tree import Mapping as Tree
from topology.source.tree import objects_by_line

_SHAPE = re.compile(r"#\s*topology:\s*ignore\b\s*(?:\[(?P<codes>[^\]]*)\])?\s*(?P<rest>.*)")
_UNTIL = re.compile(r"\buntil\s+(?P<date>\d\S*)\s*$")
MARK = "topology:"


@dataclass(frozen=True)
class Suppression:
    """One comment: what it covers, why, and until when; `wrong` says why it cannot work."""

    place: Place
    codes: frozenset[str]
    reason: str
    until: dt.date | None
    first_line: int
    last_line: int
    wrong: str = ""

    def expired(self, day: dt.date) -> bool:
        """Whether its day has come."""
        return self.until is not None and self.until <= day


def suppressions_of(texts: Mapping[str, str], tree: Tree) -> list[Suppression]:
    """Every suppression of the files, in their order."""
    objects = objects_by_line(tree) if any(MARK in text for text in texts.values()) else {}
    found = []
    for file, text in texts.items():
        if MARK in text:
            below = _lines_below(lines_of(text.removeprefix("\ufeff")))
            read = (_read(comment, _covered(comment, below, objects)) for comment in comments_of(text, file))
            found += [one for one in read if one is not None]
    return found


def _lines_below(lines: list[str]) -> list[int]:
    """For each line, counted from 1, the next one below it that holds more than a comment; 0 where there is none."""
    below = [0] * (len(lines) + 1)
    for number in range(len(lines) - 1, 0, -1):
        below[number] = number + 1 if lines[number].strip()[:1] not in ("", "#") else below[number + 1]
    return below


def _covered(comment: Comment, below: list[int], objects: Mapping[tuple[str, int], tuple[int, int]]) -> tuple[int, int]:
    """(first, last) line: the comment's own, or those of the object below it. Other comments may stand between."""
    own = comment.place.line
    return objects.get((comment.place.file, below[own]), (own, own)) if comment.alone else (own, own)


def _read(comment: Comment, covered: tuple[int, int]) -> Suppression | None:
    found = _SHAPE.match(comment.text)
    if found is None:
        return None
    names = [name.strip() for name in (found["codes"] or "").split(",") if name.strip()]
    reason = found["rest"].partition(" # ")[0].strip()
    until, wrong = None, _wrong_names(names)
    if dated := _UNTIL.search(reason):
        reason = reason[: dated.start()].strip()
        try:
            until = dt.date.fromisoformat(dated["date"].rstrip("."))
        except ValueError:
            wrong = wrong or f"`until {dated['date']}` is not a date such as 2026-12-31"
    if not reason:
        wrong = wrong or "it gives no reason"
    codes = frozenset(rule.code for name in names if (rule := exact(name)) is not None)
    return Suppression(comment.place, codes, reason, until, *covered, wrong)


def _wrong_names(names: list[str]) -> str:
    """Why a list of rules cannot be suppressed; "" when it can."""
    if not names:
        return "it names no rule, and blanket suppressions do not exist"
    for name in names:
        rule = exact(name)
        if rule is None:
            try:
                codes_of([name])
            except SelectionError as error:
                return str(error).rstrip(".")
            return "it names a whole family; name each rule"
        if rule.of_reading or rule.code < "TT010":
            return "what is wrong with the file itself cannot be suppressed"
    return ""


def apply(
    found: Iterable[Finding], suppressions: list[Suppression], chosen: Selection, day: dt.date
) -> tuple[list[Finding], list[tuple[Finding, Suppression]]]:
    """(findings that stay, with those about the suppressions; suppressed findings, each with its suppression)."""
    findings = list(found)
    covering, used = _covering(findings, suppressions, day)
    stay = [one for index, one in enumerate(findings) if index not in covering]
    hidden = [(one, suppressions[covering[index]]) for index, one in enumerate(findings) if index in covering]
    for index, sup in enumerate(suppressions):
        stay += _about(sup, index in used, chosen, day)
    return stay, hidden


def _covering(
    findings: list[Finding], suppressions: list[Suppression], day: dt.date
) -> tuple[dict[int, int], set[int]]:
    """({finding: the first suppression that covers it and holds on the day}, the suppressions that cover anything), by index.

    The findings of a file and code are looked at in the order of their lines, and one that has its suppression is stepped over by
    all that follow: a file with thousands of each takes no longer than its size deserves.
    """
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for index, one in enumerate(findings):
        places.setdefault((one.place.file, one.code), []).append((one.place.line, index))
    for lines in places.values():
        lines.sort()
    free = {key: list(range(len(lines) + 1)) for key, lines in places.items()}  # the next that has none yet
    covering: dict[int, int] = {}
    used: set[int] = set()
    for index, sup in enumerate(suppressions):
        for key in [(sup.place.file, code) for code in sup.codes if not sup.wrong and (sup.place.file, code) in places]:
            lines = places[key]
            first, end = bisect_left(lines, (sup.first_line, 0)), bisect_left(lines, (sup.last_line + 1, 0))
            if first < end:
                used.add(index)
            if not sup.expired(day):
                at = _next(free[key], first)
                while at < end:
                    covering[lines[at][1]] = index
                    free[key][at] = at + 1
                    at = _next(free[key], at)
    return covering, used


def _next(free: list[int], at: int) -> int:
    """The first place from `at` on that points to itself; the way to it is shortened for those who come later."""
    end = at
    while free[end] != end:
        end = free[end]
    while free[at] != end:
        free[at], at = end, free[at]
    return end


def _about(sup: Suppression, used: bool, chosen: Selection, day: dt.date) -> Iterator[Finding]:
    """TT008 for a suppression that cannot work or matches nothing, TT009 for one past its date."""
    words = ", ".join(sorted(sup.codes)) or "nothing"
    if sup.wrong:
        yield from _finding("TT008", chosen, sup, f"this suppression does nothing: {sup.wrong}",
                            f"Write `# topology: ignore[{min(sup.codes, default='TT101')}] the reason until 2026-12-31`.")  # fmt: skip
    elif sup.expired(day):
        yield from _finding("TT009", chosen, sup, f"the suppression of {words} ended on {sup.until}",
                            "Remove it when the finding is mended; else say why it goes on, with a new date.")  # fmt: skip
    elif not used and all(code in chosen for code in sup.codes):  # a rule that did not run found nothing to suppress
        yield from _finding("TT008", chosen, sup, f"this suppression matches nothing: there is no {words} here",
                            "Remove the comment.")  # fmt: skip


def _finding(code: str, chosen: Selection, sup: Suppression, message: str, help_: str) -> Iterator[Finding]:
    if code in chosen:
        yield Finding(
            code, rules()[code].name, chosen.severities[code], message, sup.place, help_, ids=tuple(sorted(sup.codes))
        )
