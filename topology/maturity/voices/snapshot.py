"""What is kept of a survey: `answers/<snapshot>.yaml`, fit for git. It holds no row, no time, no person, no count by side and level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, ValidationError

from topology.maturity.pack import ANCHORS
from topology.model.values import Count, Day, Value
from topology.source.files import files_of, read
from topology.source.parse import parse
from topology.source.problem import Problem
from topology.source.shape import problems_of_keys
from topology.source.values import problem_of

FOLDER = "answers"
Levels = Annotated[list[Count], Field(min_length=ANCHORS, max_length=ANCHORS)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class GapOfSides(Value):
    """Product − Tech of one question: mean over squads of the difference of the sides' means, in levels."""

    value: Number
    """The gap; positive when Product answers higher."""
    p: Number
    """How often labels shuffled within squads are as far apart."""
    corrected: Number
    """The same, corrected for all questions (Holm)."""
    low: Number | None = None
    """The lower end of the 95 % interval."""
    high: Number | None = None
    """The upper end."""
    squads: Count
    """How many squads have answers of both sides."""
    product: Annotated[int, Field(ge=5)]
    """Product's answers in them."""
    tech: Annotated[int, Field(ge=5)]
    """Tech's answers in them."""
    exact: bool
    """Whether every labelling was counted."""
    draws: int
    """How many labellings were drawn; 0 where every one was counted, since that number tells how many of each side a squad has."""
    seed: int
    """The seed of the draws."""


class Whole(Value):
    """Of all answers to a question."""

    n: Count
    """Answers."""
    mean: Number
    """Of all levels."""
    agreement: Number | None = None
    """r_wg."""
    polarisation: Number | None = None
    """0 where all are on one level, 1 in two camps at the ends."""


class Apart(Value):
    """Squad against squad, of those whose counts are shown alone: with the others in it, their answers could be worked out."""

    n: Count
    """Answers."""
    squads: Count
    """Squads."""
    deviation: Number
    """The standard deviation within squads, at least 0.5: the next survey's change is measured by it."""
    icc1: Number | None = None
    """How much one answer tells which squad it is from."""
    icc2: Number | None = None
    """How reliable a squad's mean is."""


class OfItem(Value):
    """What was computed of one question while the answers were there."""

    whole: Whole | None = None
    """Of all answers; nothing where their total is not shown."""
    apart: Apart | None = None
    """Of the squads whose counts are shown; nothing for fewer than two."""
    gap: GapOfSides | None = None
    """Product against Tech."""


class Bias(Value):
    """In-group bias over the statements of mutual regard, of the organisation alone: ½[(P→P − P→T) + (T→T − T→P)], in steps of
    the scale."""

    value: Number
    """Positive where each side regards itself higher than the other."""
    product: Annotated[int, Field(ge=5)]
    """How many of Product answered each of the statements, at least."""
    tech: Annotated[int, Field(ge=5)]
    """How many of Tech."""


class Snapshot(Value):
    """A survey that was closed."""

    snapshot: str
    """Its name, such as 2026-11."""
    closed: Day
    """The day on which it was closed."""
    pack: str
    """The pack that was asked."""
    pack_version: Count
    """Its version."""
    items: list[str] = Field(default_factory=list)
    """The questions that were asked."""
    asked: list[str] = Field(default_factory=list)
    """The squads that were asked, whether or not anybody answered."""
    kept: list[str] = Field(default_factory=list)
    """Squads that keep their answers to themselves."""
    teams: dict[str, dict[str, Levels]] = Field(default_factory=dict)
    """{squad: {question: answers on each level}}, where they may be shown."""
    groups: dict[str, dict[str, Levels]] = Field(default_factory=dict)
    """The same of groupings."""
    organisation: dict[str, Levels] = Field(default_factory=dict)
    """The same of the organisation."""
    statistics: dict[str, OfItem] = Field(default_factory=dict)
    """By question."""
    words: dict[str, str] = Field(default_factory=dict)
    """{question: eight letters of its words}: answers to other words are not compared."""
    bias: Bias | None = None
    """How much higher the sides regard themselves, where the short form was asked."""

    def hides(self, team: str, item: str) -> bool:
        """Whether a squad was asked a question and its answers are not shown, be they few, none, kept, or hidden for another's sake:
        which of these it is would tell of somebody."""
        return team in self.asked and item in self.items and item not in self.teams.get(team, {})

    def renamed(self, current: Callable[[str], str | None]) -> Self:
        """The same with the ids that squads have now; of two that became one nothing is shown."""
        now = {team: current(team) or team for team in {*self.asked, *self.kept, *self.teams}}
        once = Counter(now[team] for team in {*self.asked, *self.teams})
        return self.model_copy(
            update={
                "asked": list(dict.fromkeys(now[team] for team in self.asked)), "kept": [now[team] for team in self.kept],
                "teams": {now[team]: own for team, own in self.teams.items() if once[now[team]] == 1},
            }
        )  # fmt: skip

    @property
    def hidden(self) -> int:
        """How many counts, of a squad and a question, are not shown."""
        return sum(self.hides(team, item) for team in self.asked for item in self.items)


def snapshot_text(snapshot: Snapshot) -> str:
    """A snapshot as the text of its file."""
    data = snapshot.model_dump(mode="json", exclude_defaults=True)
    return (
        "# Written when a survey was closed: counts that show nobody. The answers themselves are gone.\n"
        "# For conversations about how we work. Not for appraisal, pay, ranking or headcount.\n"
        + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=140, default_flow_style=None)
    )


def read_snapshot(text: str) -> Snapshot:
    """The snapshot of a text that `snapshot_text` made."""
    return Snapshot.model_validate(yaml.safe_load(text))


def snapshots_in(folder: Path) -> tuple[list[Snapshot], list[Problem]]:
    """The snapshots of a folder, the oldest first, and what is wrong with files that cannot be read. No folder, no snapshot."""
    if not folder.is_dir() or not any(folder.glob("*.y*ml")):
        return [], []
    files, problems = files_of(folder)
    found: list[Snapshot] = []
    for file in files:
        text, unreadable = read(file)
        tree, broken = parse(text, str(file)) if text is not None else (None, [])
        problems += [*unreadable, *broken]
        if tree is None:
            continue
        problems += problems_of_keys(tree, Snapshot)
        try:
            found.append(Snapshot.model_validate(tree))
        except ValidationError as error:
            problems += [problem_of(one, tree, str(file)) for one in error.errors(include_url=False)]
    return sorted(found, key=lambda one: (one.closed, one.snapshot)), problems
