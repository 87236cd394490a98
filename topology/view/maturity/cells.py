"""A cell of the grid in each of its views: both readings, answers minus evidence, what changed since the survey before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from topology.graph.teammap.geometry import Box
from topology.maturity.levels import Rating
from topology.maturity.statistics.squads import Lasting, lasting_gap
from topology.maturity.voices.change import belief_gap, change_of
from topology.maturity.voices.snapshot import Snapshot
from topology.view.maturity import marks
from topology.view.maturity.rows import Row, Said
from topology.view.palette import Palette
from topology.view.teammap.marks import esc, text
from topology.words.maturity import cell_words
from topology.words.voices import belief_words, since_words
from topology.workspace import Workspace

View = Literal["both", "belief", "since"]
ROW = 36
BELIEF_EDGES = (-1.49, -0.5, 0.51, 1.5)  # of values with one decimal: within half a level is the same
SINCE_EDGES = (-1.5, -0.5, 0.5, 1.5)


@dataclass(frozen=True)
class Then:
    """What was known on the day of the survey before."""

    snapshot: Snapshot
    levels: Mapping[tuple[str, str], int | None] = field(default_factory=dict)
    """{(team, dimension): the level of the evidence}."""


def then_of(workspace: Workspace, snapshot: Snapshot) -> Then:
    """The levels of the day on which a survey was closed."""
    levels = {(one.team, one.dimension): one.level for one in workspace.maturity(snapshot.closed) if one.exempt is None}
    return Then(snapshot, levels)


def beliefs_of(snapshot: Snapshot, item: str, ratings: Sequence[Rating]) -> list[float]:
    """Answers minus evidence of each squad that has both on a dimension."""
    gaps = (belief_gap(snapshot.teams.get(one.team, {}).get(item), one.level) for one in ratings if one.exempt is None)
    return [gap for gap in gaps if gap is not None]


def lasting_of(then: Then, dimension: str, ratings: Sequence[Rating]) -> Lasting | None:
    """The squads that stand far below the median on a dimension now and then."""
    now = {one.team: one.level for one in ratings if one.team and one.exempt is None}
    before = {team: then.levels.get((team, dimension)) for team in now}
    return lasting_gap(before, now, {one.team: one.aim for one in ratings if one.aim is not None})


@dataclass(frozen=True)
class Cells:
    """How the cells of a grid are drawn."""

    said: Said
    view: View
    then: Then | None
    palette: Palette
    pitch: float

    def draw(self, row: Row, label: str, rating: Rating, x: float, y: float) -> str:
        """A rating in the column of that label."""
        counts = self.said.counts(row.id, rating.dimension)
        if rating.exempt is not None:
            words = cell_words(row.name, label, rating, counts)
            return _spoken(words, text(x, y + 22, "exempt", 12, self.palette.muted))
        if self.view == "belief":
            gap = belief_gap(counts, rating.level)
            tab = marks.difference(gap, BELIEF_EDGES, _box(x, y), self.palette, decimals=1)
            return _spoken(belief_words(row.name, label, gap), tab + self._axis(row, rating, counts, x, y))
        if self.view == "since" and self.then is not None:
            return self._since(row, label, rating, x, y)
        drawn = marks.tab(rating, _box(x, y), self.palette) + self._axis(row, rating, counts, x, y)
        return _spoken(cell_words(row.name, label, rating, counts), drawn)

    def _axis(self, row: Row, rating: Rating, counts: Sequence[int] | None, x: float, y: float) -> str:
        at = x + marks.TAB + 5 + (10 if self.view == "belief" else 0)
        pitch = self.pitch - (2 if self.view == "belief" else 0)
        bars = marks.voices(counts, at, y + 22, pitch, self.palette) if counts else ""
        if self.said.hides(row.id, rating.dimension):
            bars = marks.hidden(at, y + 22, 5 * pitch, self.palette)
        return bars + marks.axis(rating, at, y + 22, pitch, self.palette)

    def _since(self, row: Row, label: str, rating: Rating, x: float, y: float) -> str:
        """The change of the level as a tab, and of the answers as an arrow, where it is more than chance; never two distributions."""
        then, snapshot, item = self.then, self.said.snapshot, self.said.asked.get(rating.dimension, "")
        assert then is not None
        before = then.levels.get((row.id, rating.dimension))
        moved = None if before is None or rating.level is None else rating.level - before
        change = change_of(then.snapshot, snapshot, row.id, item) if snapshot else None
        arrow = "" if change is None else "·" if not change.detectable else "↑" if change.now > change.before else "↓"
        tab = marks.difference(moved, SINCE_EDGES, _box(x, y), self.palette)
        sign = text(x + marks.TAB + 18, y + 24, arrow, 16, self.palette.ink, bold=True) if arrow else ""
        return _spoken(since_words(row.name, label, moved, change), tab + sign)


def _box(x: float, y: float) -> Box:
    return Box(x, y + 2, marks.TAB, ROW - 4)


def _spoken(words: str, drawn: str) -> str:
    return f"<g><title>{esc(words)}</title>{drawn}</g>"
