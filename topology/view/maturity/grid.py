"""The grid: a row a team, a column a dimension, in each cell the level and, on one axis, the evidence and the aim. No total, no order but
the file's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import shorten, text_width
from topology.maturity.levels import Rating
from topology.maturity.pack import LEVELS, Pack
from topology.maturity.statistics.sides import MOST_P
from topology.maturity.voices.snapshot import Snapshot
from topology.model import Organisation
from topology.view.maturity import marks
from topology.view.maturity.cells import ROW, Cells, Then, View
from topology.view.maturity.rows import Column, Group, Row, Said, columns_of, groups_of
from topology.view.palette import LIGHT, Palette
from topology.view.teammap.marks import esc, num, rect, text
from topology.words.numbers import tenths
from topology.words.voices import gap_words

FOLDED_FROM = 60
MARGIN, STRIP = 1, 5
LABEL, LABEL_WIDE, WIDE = 194, 236, 1_700
LEAST_COLUMN, HEAD = 74, 46
GAP, GROUP, GROUP_GAP = 3, 21, 6
FOOT, GAPS = 64, 52
FOLDED_ROW = 48


def draw_grid(
    organisation: Organisation, pack: Pack, ratings: Sequence[Rating], palette: Palette = LIGHT, width: float = 1232,
    selected: str | None = None, voices: Snapshot | None = None, view: View = "both", then: Then | None = None,
) -> str:  # fmt: skip
    """The SVG of every team's levels, and of what people answered where it may be shown; as a view of them, `since` `then`.

    From 60 teams on a row is a grouping, with how many of its teams stand on each level.
    """
    columns, groups = columns_of(pack, ratings), groups_of(organisation, ratings)
    asked = {name: one.question.item for name, one in pack.dimensions.items() if one.question is not None}
    said = Said(voices, asked)
    return _Grid(columns, groups, palette, width, selected, Cells(said, view, then, palette, 0)).draw(
        organisation.title
    )


class _Grid:
    """A grid while it is drawn: `y` is the foot of what there is."""

    def __init__(
        self, columns: Sequence[Column], groups: Sequence[Group], palette: Palette, width: float, selected: str | None, cells: Cells,
    ) -> None:  # fmt: skip
        self.columns, self.groups, self.palette, self.selected = columns, groups, palette, selected
        self.label = LABEL_WIDE if width >= WIDE else LABEL
        self.column = max(LEAST_COLUMN, (width - 2 * MARGIN - self.label) / max(1, len(columns)))
        self.width = 2 * MARGIN + self.label + self.column * len(columns)
        self.folded = sum(len(group.rows) for group in groups) >= FOLDED_FROM and len(groups) > 1
        self.pitch = min(12.0, (self.column - marks.TAB - 12) / 5)
        self.cells = replace(cells, pitch=self.pitch)
        self.y, self.parts = float(HEAD), [""]

    def draw(self, title: str) -> str:
        self._head()
        for group in self.groups:
            if self.folded:
                self._folded(group)
            else:
                self._group(group)
        if not self.folded:
            self._foot()
        return marks.picture(self.width, self.y + 8, self.parts, self.palette, f"Levels of the teams of {title}")

    def _x(self, index: int) -> float:
        return MARGIN + self.label + index * self.column

    def _line(self, y: float, colour: str, width: float) -> None:
        self.parts.append(
            f'<path d="M{MARGIN} {num(y)}H{num(self.width - MARGIN)}" stroke="{colour}" stroke-width="{num(width)}"/>'
        )

    def _head(self) -> None:
        for index, column in enumerate(self.columns):
            whole = text_width(column.label, 13, bold=True) <= self.column - 6
            lines = [column.label] if whole else column.label.split(" ", 1)
            for place, line in enumerate(reversed(lines)):
                self.parts.append(text(self._x(index), HEAD - 10 - 15 * place, line, 13, self.palette.ink, bold=True))
        self._line(HEAD - 2, self.palette.ink, 1.5)

    def _group(self, group: Group) -> None:
        self.y += GROUP_GAP
        self.parts.append(text(MARGIN, self.y + 14, group.label, 13, self.palette.muted, bold=True))
        self.y += GROUP
        for row in group.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        y, palette, chosen = self.y, self.palette, row.id == self.selected
        ground, edge = (palette.band, palette.ink) if chosen else (palette.page, "none")
        box = Box(MARGIN + 1, y, self.width - 2 * MARGIN - 2, ROW)
        parts = [
            rect(box, f'class="shape" fill="{ground}" stroke="{edge}" stroke-width="2"', 3),
            rect(Box(MARGIN + 1, y + 3, STRIP, ROW - 6), f'fill="{palette.types[row.type].line}"', 1),
            text(MARGIN + 14, y + 23, shorten(row.name, self.label - 24, 14), 14, palette.ink, bold=chosen),
            *(self._cell(row, column, self._x(index), y) for index, column in enumerate(self.columns)),
        ]
        pressed = str(chosen).lower()
        self.parts.append(
            f'<g data-member="{esc(row.id)}" tabindex="0" role="button" aria-pressed="{pressed}" aria-label="{esc(row.name)}">'
            f"{''.join(parts)}</g>"
        )
        self.y += ROW + GAP
        self._line(self.y - 1.5, palette.rule, 0.75)

    def _cell(self, row: Row, column: Column, x: float, y: float) -> str:
        rating = row.cell(column)
        if rating is None:
            return ""
        return self.cells.draw(row, column.label, rating, x, y)

    def _folded(self, group: Group) -> None:
        """A grouping has no level: how many of its teams stand on each, as a share of all its teams that are looked at."""
        y, palette = self.y + 4, self.palette
        count = len(group.rows)
        self.parts.append(text(MARGIN, y + 18, shorten(group.label, self.label - 12, 14), 14, palette.ink))
        self.parts.append(text(MARGIN, y + 34, f"{count} {'team' if count == 1 else 'teams'}", 12, palette.muted))
        for index, column in enumerate(self.columns):
            told = [one for row in group.rows if (one := row.cell(column)) is not None]
            if told:
                words = f"{group.label}, {column.label}: {_spread(told)}"
                drawn = self._answers(group, column, self._x(index), y + 20) + self._down(told, self._x(index), y + 20)
                self.parts.append(f"<g><title>{esc(words)}</title>{drawn}</g>")
        self.y += FOLDED_ROW
        self._line(self.y - 1, palette.rule, 0.75)

    def _answers(self, group: Group, column: Column, x: float, y: float) -> str:
        """What all of a grouping answered, above its axis, where that total may be shown."""
        said = self.cells.said
        item = said.asked.get(column.dimensions[0], "") if len(column.dimensions) == 1 else ""
        counts = said.snapshot.groups.get(group.id, {}).get(item) if said.snapshot else None
        return marks.voices(counts, x, y, self.pitch, self.palette, room=18) if counts else ""

    def _down(self, told: Sequence[Rating], x: float, y: float) -> str:
        levels = Counter(one.level for one in told)
        heights = {level: -2.2 - 18 * levels[level] / len(told) for level in LEVELS if levels[level]}
        return marks.counts(heights, x, y, self.pitch, self.palette)

    def _foot(self) -> None:
        """How many teams stand on each level of a dimension: it speaks of the dimension, not of a team."""
        palette = self.palette
        self.y += GROUP_GAP
        self._line(self.y, palette.ink, 1.5)
        self.parts.append(text(MARGIN, self.y + 24, "Teams at each level", 14, palette.ink, bold=True))
        self.parts.append(
            text(
                MARGIN,
                self.y + 40,
                "line: at the survey before" if self.cells.then else "of those that are rated",
                12,
                palette.muted,
            )
        )
        for index, column in enumerate(self.columns):
            told = [one for group in self.groups for row in group.rows if (one := row.cell(column))]
            words = esc(f"{column.label}: {_spread(told)}")
            self.parts.append(f"<g><title>{words}</title>{self._up(told, self._x(index))}</g>")
        self.y += FOOT
        self._gaps()

    def _gaps(self) -> None:
        """Product − Tech of each question, over all squads: it speaks of the question, not of a squad."""
        said, palette = self.cells.said, self.palette
        statistics = said.snapshot.statistics if said.snapshot else {}
        items = {
            index: said.asked.get(column.dimensions[0], "")
            for index, column in enumerate(self.columns)
            if len(column.dimensions) == 1
        }
        told = {index: statistics[item] for index, item in items.items() if item in statistics}
        if not any(item.gap for item in told.values()):
            return
        self._line(self.y, palette.rule, 0.75)
        self.parts.append(text(MARGIN, self.y + 22, "Product − Tech", 14, palette.ink, bold=True))
        self.parts.append(text(MARGIN, self.y + 38, "in levels, all squads together", 12, palette.muted))
        unit = (self.column - 20) / 2 / marks.MOST_APART
        for index, item in told.items():
            if item.gap is None:
                continue
            middle = self._x(index) + (self.column - 12) / 2
            holds = item.gap.corrected <= MOST_P
            drawn = marks.interval(item.gap, middle, self.y + 18, unit, palette)
            drawn += text(
                middle,
                self.y + 42,
                tenths(item.gap.value),
                13,
                palette.ink if holds else palette.muted,
                bold=holds,
                anchor="middle",
            )
            self.parts.append(f"<g><title>{esc(f'{self.columns[index].label}: {gap_words(item)}')}</title>{drawn}</g>")
        self.y += GAPS

    def _up(self, told: Sequence[Rating], x: float) -> str:
        levels = Counter(one.level for one in told if one.level)
        each = min(4.0, (FOOT - 20) / max(levels.values(), default=1))
        heights = {level: each * count for level, count in levels.items()}
        drawn = marks.counts(heights, x, self.y + FOOT - 12, self.pitch, self.palette)
        return drawn + self._before(told, each, x)

    def _before(self, told: Sequence[Rating], each: float, x: float) -> str:
        """How many stood on each level on the day of the survey before: a line over each column."""
        if self.cells.then is None:
            return ""
        levels = Counter(self.cells.then.levels.get((one.team, one.dimension)) for one in told)
        line = self.y + FOOT - 13
        marks_ = "".join(
            f"M{num(x + (level - 1) * self.pitch)} {num(max(line - each * levels[level], self.y + 4))}h{num(self.pitch - 2)}"
            for level in LEVELS if levels[level]
        )  # fmt: skip
        return f'<path d="{marks_}" stroke="{self.palette.ink}" stroke-width="1.75"/>'


def _spread(told: Sequence[Rating]) -> str:
    """`1 on level 1, 4 on level 2; 3 not rated`."""
    levels = Counter(one.level for one in told)
    words = ", ".join(f"{levels[level]} on level {level}" for level in LEVELS if levels[level])
    return "; ".join(part for part in (words, f"{levels[None]} not rated" if levels[None] else "") if part)
