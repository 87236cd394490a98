"""A draft as the page shows it: the map of both versions with its marks, and what follows as rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from topology.graph.teammap.ties import ordered
from topology.graph.teammap.versions import TwoVersions
from topology.history.changes import compare
from topology.history.consequences import TeamFacts
from topology.model import Interaction, Organisation
from topology.planning.consequences import Caused, Outcome
from topology.planning.plan import Plan, Step
from topology.view.teammap.draft import DraftMarks
from topology.words.planning import INTERACTIONS

LONGEST_PILL = 46


def versions_of(plan: Plan, day: dt.date) -> TwoVersions:
    """Both versions of a draft on one map."""
    both = compare(plan.base, plan.after)
    return TwoVersions(both.old, both.new, both.later, day)


def marks_of(plan: Plan, both: TwoVersions, *, picked: str = "", earlier: bool = False) -> DraftMarks:
    """What the map of a draft marks; nothing of the version before."""
    if earlier:
        return DraftMarks(picked=picked)
    return DraftMarks(
        letters=plan.letters, ties=_tie_letters(plan), outlined=both.fresh | both.stood_elsewhere,
        stood={team: letter for team in both.stood_elsewhere if (letter := _moved_by(plan, team))},
        gone={team: next(iter(plan.letters.get(team, ("",)))) for team in both.gone},
        crossed=both.crossed, picked=picked,
    )  # fmt: skip


def _tie_letters(plan: Plan) -> dict[str, str]:
    """{key of a tie: the letter of the last operation that made, changed or ended it}."""
    found: dict[str, str] = {}
    for step in plan.counting:
        both = compare(step.before, step.after)
        found = {_renamed(key, both.later): letter for key, letter in found.items()}
        old, new = _ties(both.old, both.later), _ties(both.new, lambda team: team)
        found |= {key: step.letter for key in {*old, *new} if old.get(key) != new.get(key)}
    return found


def _ties(organisation: Organisation, later: Callable[[str], str]) -> Mapping[str, list[Interaction]]:
    """{key of a tie: what the file says of it}."""
    found: dict[str, list[Interaction]] = {}
    for one in organisation.interactions:
        dated = one.model_copy(update={"consumer": [], "provider": ""} if one.mode == "x-as-a-service" else {})
        for first, second in one.pairs:
            pair = ordered(one.mode, (later(first), later(second)))
            found.setdefault(":".join((one.mode, *pair)), []).append(dated)
    return found


def _renamed(key: str, later: Callable[[str], str]) -> str:
    mode, first, second = key.split(":")
    return ":".join((mode, *ordered(mode, (later(first), later(second)))))


def _moved_by(plan: Plan, team: str) -> str:
    """The letter of the last operation that moved a team, or changed its type."""
    letter = ""
    for step in plan.counting:
        before, after = step.before.organisation, step.after.organisation
        old, new = (one.teams.get(team) if one else None for one in (before, after))
        if old and new and (old.group, old.type) != (new.group, new.type):
            letter = step.letter
    return letter


# -- rows ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FindingRow:
    """Findings of one rule that an operation brings, or takes away: the first one's words, and how many."""

    letter: str
    code: str
    severity: str
    message: str
    help: str
    count: int


def finding_rows(found: Sequence[Caused], *, together: bool) -> list[FindingRow]:
    """The findings by operation; `together`, those of one rule as one row with their count."""
    if not together:
        return [_finding(one, 1) for one in found]
    counts = Counter((one.letter, one.finding.code) for one in found)
    first = {(one.letter, one.finding.code): one for one in reversed(found)}
    return [_finding(first[key], count) for key, count in counts.items()]


def _finding(one: Caused, count: int) -> FindingRow:
    found = one.finding
    return FindingRow(one.letter, found.code, found.severity, found.message, found.help, count)


@dataclass(frozen=True)
class TeamRow:
    """A touched team, before and after."""

    letters: tuple[str, ...]
    name: str
    before: str
    after: str
    load: int | None
    added: float
    heavy: bool
    """Whether it has its hands full: a high load, or more than one collaboration."""


HIGH, MOST_COLLABORATIONS = 24, 1


def team_rows(outcome: Outcome) -> list[TeamRow]:
    """The touched teams."""
    return list(_team_rows(outcome))


def _team_rows(outcome: Outcome) -> Iterator[TeamRow]:
    for one in outcome.teams:
        before, after = one.consequence.before, one.consequence.after
        known = after or before
        load = known.load if known else None
        many = after is not None and after.interactions.get("collaboration", 0) > MOST_COLLABORATIONS
        name = outcome.difference.compared.name(one.consequence.team)
        heavy = many or (load or 0) >= HIGH
        yield TeamRow(one.letters, name, _interactions(before), _interactions(after), load, one.added, heavy)


def _interactions(facts: TeamFacts | None) -> str:
    """`▱ 1 △ 3`: how many interactions of each mode run or are planned."""
    if facts is None:
        return "–"
    return (
        " ".join(
            f"{INTERACTIONS[mode]}\u00a0{facts.interactions[mode]}"
            for mode in INTERACTIONS
            if mode in facts.interactions
        )
        or "none"
    )


def pill_text(step: Step) -> str:
    """The operation in the room of a pill."""
    return step.text if len(step.text) <= LONGEST_PILL else f"{step.text[: LONGEST_PILL - 1]}…"
