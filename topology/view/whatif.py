"""A draft as the page shows it: the map of both versions with its marks, and what follows as rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from topology.graph.teammap import FoldedLayout, MapLayout, fold_map, folds
from topology.graph.teammap.ties import ordered
from topology.graph.teammap.versions import TwoVersions
from topology.history.changes import compare
from topology.history.consequences import TeamFacts
from topology.model import Organisation, Team
from topology.planning.consequences import Caused, Outcome
from topology.planning.plan import Plan, Step
from topology.rules import Finding
from topology.view.teammap.draft import DraftMarks
from topology.view.teammap.marks import esc
from topology.words.planning import INTERACTIONS

LONGEST_PILL = 38


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
        stood={team: _last(plan, team, lambda one: (one.group, one.type)) for team in both.stood_elsewhere},
        gone={team: _last(plan, team, lambda one: one.until) for team in both.gone},
        crossed=both.crossed, picked=picked,
    )  # fmt: skip


def layout_of(
    both: TwoVersions, width: float, team: str = "", card: str = "", *, earlier: bool = False
) -> MapLayout | FoldedLayout:
    """The map of one of the two versions; of a large organisation the folded one, with the card of a team, or this one, open."""
    if not folds(both.union, both.day, width):
        return both.layout(width, earlier=earlier)
    shown = both.before if earlier else both.after
    home = fold_map(shown, both.day, width).card_of(team) if team else None
    return fold_map(shown, both.day, width, home.id if home else card)


def _tie_letters(plan: Plan) -> dict[str, str]:
    """{key of a tie: the letter of the last operation that made, changed or ended it}."""
    found: dict[str, str] = {}
    for step in plan.counting:
        both = compare(step.before, step.after)
        found = {_renamed(key, both.later): letter for key, letter in found.items()}
        old, new = _ties(both.old, both.later), _ties(both.new, lambda team: team)
        found |= {key: step.letter for key in {*old, *new} if old.get(key) != new.get(key)}
    return found


def _ties(organisation: Organisation, later: Callable[[str], str]) -> Mapping[str, list[tuple[object, ...]]]:
    """{key of a tie: what the file says of it, beside its teams}."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for one in organisation.interactions:
        why = getattr(one, "purpose", None) or getattr(one, "outcome", None)
        for first, second in one.pairs:
            pair = ordered(one.mode, (later(first), later(second)))
            found.setdefault(":".join((one.mode, *pair)), []).append((one.since, one.until, one.ended, why))
    return found


def _renamed(key: str, later: Callable[[str], str]) -> str:
    mode, first, second = key.split(":")
    return ":".join((mode, *ordered(mode, (later(first), later(second)))))


def _last(plan: Plan, team: str, says: Callable[[Team], object]) -> str:
    """The letter of the last operation that changed what the file says of a team, by its id at the end; "" where none did."""
    for step in reversed(plan.counting):
        both = compare(step.before, step.after)
        earlier = both.renamed_ids.get(team, team)
        old, new = both.old.teams.get(earlier), both.new.teams.get(team)
        if old and new and says(old) != says(new):
            return step.letter
        team = earlier
    return ""


# -- from a finding to the map --------------------------------------------------------------------------------------------

STRUCTURAL = ("TT1", "TT20", "TT3", "TT4", "TT5", "TT70")
"""The families of rules that a change of teams, seats or interactions answers."""


def is_structural(one: Finding) -> bool:
    """Whether a structural change answers a finding."""
    return one.code.startswith(STRUCTURAL)


def tie_of_finding(organisation: Organisation, one: Finding) -> str:
    """The key of the interaction that a finding is about; "" where it is about none that stands on the map."""
    if one.path[:1] != ("interactions",) or len(one.path) < 2:
        return ""
    found = organisation.interactions[int(one.path[1])]
    if found.mode == "x-as-a-service" or found.ended is not None:
        return ""
    return ":".join((found.mode, *ordered(found.mode, found.pairs[0])))


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


def findings_html(rows: Sequence[FindingRow], *, help_: bool) -> str:
    """Findings as a table: the letter of the operation, the rule, what it says."""
    if not rows:
        return '<p class="none">None.</p>'
    lines = [
        f'<tr><td><span class="disc">{esc(row.letter)}</span></td><td class="code">{esc(row.code)}</td>'
        f"<td>{esc(row.message)}{f'<br><small>{_code(row.help)}</small>' if help_ and row.help else ''}</td>"
        f'<td class="number">{row.count if row.count > 1 else ""}</td></tr>'
        for row in rows
    ]
    return f'<table class="follows">{"".join(lines)}</table>'


def _code(text: str) -> str:
    """A text in which backticks mean code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", esc(text))


def teams_html(rows: Sequence[TeamRow]) -> str:
    """The touched teams as a table; a team that has its hands full in bold."""
    head = "<tr><th>Team</th><th>Before</th><th>After</th><th>Cognitive load</th><th>Added</th></tr>"
    lines = [
        f"<tr><td>{' '.join(f'<span class=disc>{esc(letter)}</span>' for letter in row.letters)} "
        f"{f'<b>{esc(row.name)}</b>' if row.heavy else esc(row.name)}</td><td>{esc(row.before)}</td><td>{esc(row.after)}</td>"
        f'<td class="number">{_load(row.load)}</td><td class="number">{_signed(row.added)}</td></tr>'
        for row in rows
    ]
    return f'<table class="follows">{head}{"".join(lines)}</table>'


def _load(load: int | None) -> str:
    if load is None:
        return "not assessed"
    return f'<span class="load"><i style="width: {2 * load}px"></i></span>{load}'


def _signed(value: float) -> str:
    return "0" if value == 0 else f"{'+' if value > 0 else '−'}\u00a0{abs(value):g}"


def pill_text(step: Step) -> str:
    """The operation in the room of a pill."""
    return step.text if len(step.text) <= LONGEST_PILL else f"{step.text[: LONGEST_PILL - 1]}…"


def patch_html(patch: str) -> str:
    """A patch with its lines that come and go in colour."""
    kinds = {"---": "at", "+++": "at", "@@ ": "at", "+": "add", "-": "del"}
    lines = (
        f'<span class="{kinds.get(line[:3], kinds.get(line[:1], "same"))}">{esc(line)}</span>'
        for line in patch.split("\n")
    )
    return f'<pre class="patch">{chr(10).join(lines)}</pre>'
