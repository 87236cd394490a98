"""One dimension over all teams: the five anchors as heads, and for each team the evidence under its level, in the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import shorten, wrapped
from topology.maturity.levels import Rating
from topology.maturity.pack import LEVELS, Dimension
from topology.maturity.voices.snapshot import Snapshot
from topology.model import Organisation
from topology.view.maturity import marks
from topology.view.maturity.cells import Then
from topology.view.maturity.rows import Row, Said, groups_of
from topology.view.palette import LIGHT, Palette
from topology.view.teammap.marks import esc, num, rect, text
from topology.words.maturity import level_words, level_wordy

MARGIN, ROW, STRIP = 1, 38, 5
BLOCK = 8
NARROW = 600  # of a phone: short names, no anchors


def draw_dimension(
    organisation: Organisation, dimension: Dimension, ratings: Sequence[Rating], palette: Palette = LIGHT, width: float = 820,
    selected: str | None = None, voices: Snapshot | None = None, then: Then | None = None,
) -> str:  # fmt: skip
    """The SVG of a dimension's ratings, and of what people answered where it may be shown; with where the evidence stood `then`."""
    label = 128.0 if width < NARROW else 220.0
    place = _Place(label, (width - 2 * MARGIN - label) / len(LEVELS), width)
    asked = {one.dimension: dimension.question.item for one in ratings if dimension.question}
    said = Said(voices, asked)
    heads, y = _heads(dimension, place, palette)
    parts = [*heads, f'<path d="M{MARGIN} {num(y)}H{num(width - MARGIN)}" stroke="{palette.ink}" stroke-width="1.5"/>']
    for group in groups_of(organisation, ratings):
        for row in group.rows:
            (rating,) = row.ratings.values()
            bars = _bars(said, row.id, rating.dimension, y + 18, place, palette)
            before = then.levels.get((row.id, rating.dimension)) if then else None
            bars += _before(rating, before, y, place, palette)
            parts.append(_row(row, y, place, palette, bars, chosen=row.id == selected))
            y += ROW
    return marks.picture(width, y + 6, parts, palette, str(dimension.name))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the five levels stand."""

    label: float
    column: float
    width: float

    @property
    def block(self) -> float:
        """How wide the block of a level is."""
        return min(44.0, self.column - 4)

    def x(self, level: int) -> float:
        """Where the block of a level begins."""
        return MARGIN + self.label + (level - 1) * self.column + (self.column - self.block) / 2


def _heads(dimension: Dimension, place: _Place, palette: Palette) -> tuple[list[str], float]:
    """The levels with what one sees there, and how high they are."""
    asked = dimension.question is not None and place.width >= NARROW
    anchors = dimension.question.anchors.spoken() if dimension.question and asked else [""] * len(LEVELS)
    lines = [wrapped(anchor, place.column - 10, 13) for anchor in anchors]
    parts = []
    for index, level in enumerate(LEVELS):
        middle = place.x(level) + place.block / 2
        parts.append(text(middle, 22, str(level), 18, palette.ink, bold=True, anchor="middle"))
        parts += [
            text(middle, 44 + 17 * k, line, 13, palette.muted, anchor="middle") for k, line in enumerate(lines[index])
        ]
    return parts, 44 + 17 * max(map(len, lines)) if asked else 34.0


def _row(row: Row, y: float, place: _Place, palette: Palette, bars: str, *, chosen: bool) -> str:
    (rating,) = row.ratings.values()
    fill, line = (palette.band, palette.ink) if chosen else (palette.page, "none")
    box = Box(MARGIN, y + 1, place.width - 2 * MARGIN, ROW - 2)
    parts = [
        rect(box, f'class="shape" fill="{fill}" stroke="{line}" stroke-width="2"', 3),
        rect(Box(MARGIN + 1, y + 5, STRIP, ROW - 10), f'fill="{palette.types[row.type].line}"', 1),
        text(MARGIN + 14, y + 23, shorten(row.name, place.label - 20, 14), 14, palette.ink, bold=chosen),
        bars,
        _levels(rating, y, place, palette),
    ]
    spoken = esc(f"{row.name}: {level_words(rating)}")
    return (
        f'<g data-member="{esc(row.id)}" tabindex="0" role="button" aria-pressed="{str(chosen).lower()}" aria-label="{spoken}">'
        f"<title>{spoken}</title>{''.join(parts)}</g>"
    )


def _bars(said: Said, team: str, dimension: str, y: float, place: _Place, palette: Palette) -> str:
    """What the team answered, or dots where that is not shown."""
    if said.hides(team, dimension):
        return "".join(marks.hidden(place.x(level), y, place.block, palette, room=15) for level in LEVELS)
    counts = said.counts(team, dimension)
    return marks.voices(counts, place.x(1), y, place.column, palette, room=15, width=place.block) if counts else ""


def _before(rating: Rating, before: int | None, y: float, place: _Place, palette: Palette) -> str:
    """Where the evidence stood at the survey before, where it moved: a hollow circle, joined to where it stands now."""
    if before is None or rating.level is None or before == rating.level:
        return ""
    middle, line = place.block / 2, y + 24
    x, now = place.x(before) + middle, place.x(rating.level) + middle
    away = 4.5 if now > x else -4.5
    return (
        f'<path d="M{num(x + away)} {num(line)}H{num(now)}" stroke="{palette.ink}" stroke-width="1.25"/>'
        f'<circle cx="{num(x)}" cy="{num(line)}" r="4.5" fill="{palette.page}" stroke="{palette.ink}" stroke-width="1.5"/>'
    )


def _levels(rating: Rating, y: float, place: _Place, palette: Palette) -> str:
    dashes = "".join(f"M{num(place.x(level))} {num(y + 18)}h{num(place.block)}" for level in LEVELS)
    if rating.level is None:
        line = f'<path d="{dashes}" stroke="{palette.band_line}" stroke-width="1"/>'
        return line + text(place.x(1), y + 32, level_wordy(rating), 12, palette.muted)
    block = Box(place.x(rating.level), y + 20, place.block, BLOCK)
    parts = [
        f'<path d="{dashes}" stroke="{palette.band_line}" stroke-width="1"/>',
        rect(block, f'fill="{marks.accent(palette)}"'),
    ]
    if rating.plus:
        parts.append(text(block.right + 3, y + 29, "+", 13, palette.ink, bold=True))
    if rating.aim is not None:
        frame = Box(place.x(rating.aim) - 2, y + 19, place.block + 4, BLOCK + 2)
        parts.append(rect(frame, f'fill="none" stroke="{palette.ink}" stroke-width="2"'))
    return "".join(parts)
