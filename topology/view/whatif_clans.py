"""What a draft does about contact between value streams: the reading before and after, and each silent pair across by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from topology.clans.codes import Grade
from topology.clans.reading import ClanReading
from topology.history.changes import compare
from topology.model import Organisation
from topology.planning.bridges import BridgeFate, fates
from topology.planning.consequences import Outcome
from topology.planning.plan import Plan
from topology.planning.pull_request import LOOK_AGAIN
from topology.view.teammap.marks import esc
from topology.words.clans import grade_words, reading_sentence
from topology.words.planning import FATES, grade_moved
from topology.workspace import Workspace

PARTITION = "value-stream"
MARKS = {
    "served": "served",
    "helped": "helped",
    "would talk": "talk",
    "only relabelled": "relabelled",
    "untouched": "untouched",
}


@dataclass(frozen=True)
class FateRow:
    """A silent pair across, by name, and what the draft does about it."""

    names: tuple[str, str]
    fate: str
    letter: str


@dataclass(frozen=True)
class ClansOfDraft:
    """What is told of contact before and after; it is the same contact."""

    before: str
    after: str
    why: str
    """Which operation moves the grade, where it moves."""
    fates: tuple[FateRow, ...]
    again: dt.date


def clans_of(workspace: Workspace, outcome: Outcome, day: dt.date) -> ClansOfDraft | None:
    """What the readings of observed contact by value stream say on a day; None where there is none to tell."""
    before = _reading(workspace, day)
    if before is None or before.silence is not None:
        return None
    after = _reading(workspace.with_loaded(outcome.plan.after), day) or before
    organisation, later = workspace.organisation, outcome.difference.compared.new
    missing = before.needs.missing if before.needs else ()
    rows = [_row(organisation, one) for one in fates(outcome.plan, missing, outcome.day)]
    rows.sort(key=lambda row: (not row.letter, len(row.letter), row.letter))
    moved = before.grade != after.grade
    why = (
        grade_moved(grade_words(before), grade_words(after), _moved_by(workspace, outcome.plan, day, before.grade))
        if moved
        else ""
    )
    told = f"{grade_words(before).capitalize()}: {reading_sentence(organisation, before)}"
    told_after = f"{grade_words(after).capitalize()}: {reading_sentence(later, after)}"
    return ClansOfDraft(told, told_after, why, tuple(rows), outcome.day + LOOK_AGAIN)


def _reading(workspace: Workspace, day: dt.date) -> ClanReading | None:
    found = workspace.clans(day).readings
    return next((one for one in found if one.partition.id == PARTITION and one.layer == "observed"), None)


def _moved_by(workspace: Workspace, plan: Plan, day: dt.date, grade: Grade) -> str:
    """The letter of the first operation after which the grade is another one. Only what moves labels or needs can."""
    for step in plan.counting:
        both = compare(step.before, step.after)
        same = {id_: both.old.value_stream(id_) for id_ in both.old.teams} == {
            id_: both.new.value_stream(id_) for id_ in both.new.teams
        }
        if same and step.operation.verb in ("move", "type", "seat", "rename"):
            continue
        found = _reading(workspace.with_loaded(step.after), day)
        if found is None or found.grade != grade:
            return step.letter
    return plan.counting[-1].letter if plan.counting else ""


def _row(organisation: Organisation, one: BridgeFate) -> FateRow:
    first, second = map(organisation.team_name, one.pair)
    return FateRow((first, second), one.fate, one.letter)


def bridges_html(rows: Sequence[FateRow]) -> str:
    """The pairs as a table: mark, names, letter, word."""
    lines = [
        f'<tr><td><span class="mark {MARKS[row.fate]}"></span>{esc(" – ".join(row.names))}</td>'
        f"<td>{f'<span class=disc>{esc(row.letter)}</span> ' if row.letter else ''}{esc(FATES[row.fate])}</td></tr>"
        for row in rows
    ]
    return f'<table class="follows">{"".join(lines)}</table>'
