"""The duo as a mirror: what the PM signed and said, the axis of five levels with both marks, what the EM signed and said.

Product is a circle, Tech a square, everywhere (hollow and filled, so that it prints).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import wrapped
from topology.maturity.levels import Rating
from topology.maturity.pack import LEVELS, Pack
from topology.maturity.positions import DuoPosition, widest_first
from topology.maturity.voices.snapshot import Snapshot
from topology.view.maturity import marks
from topology.view.palette import LIGHT, Palette, ink_on
from topology.view.teammap.marks import num, rect, text
from topology.words.voices import answered_words, mirror_words

MOST_ROWS = 5
MIDDLE, LABEL, PITCH, BLOCK = 520, 150, 58, 10
HEAD, ROW, NARROW = 46, 88, 760  # below, the quotes stand under the axis
MARK = 11.0
QUOTE, LINE = 16, 21
AN_ANSWER = 9.0  # high


@dataclass(frozen=True, slots=True)
class Side:
    """A lead: the name, "" where the seat is empty, and the role."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A dimension that was signed, with what else is known of it."""

    name: str
    position: DuoPosition
    rating: Rating | None
    counts: Sequence[int] | None
    hidden: bool
    """Whether people were asked, and what they said is not shown."""


def mirrored(
    pack: Pack, positions: Sequence[DuoPosition], ratings: Sequence[Rating], team: str, voices: Snapshot | None
) -> list[Mirrored]:  # fmt: skip
    """The positions of a team, those furthest apart first, at most five."""
    by_dimension = {one.dimension: one for one in ratings}
    found = []
    for one in widest_first(positions)[:MOST_ROWS]:
        dimension = pack.dimensions.get(one.dimension)
        item = dimension.question.item if dimension and dimension.question else ""
        name = str(dimension.name) if dimension else one.dimension
        counts = voices.teams.get(team, {}).get(item) if voices else None
        found.append(
            Mirrored(name, one, by_dimension.get(one.dimension), counts, bool(voices and voices.hides(team, item)))
        )
    return found


def draw_mirror(rows: Sequence[Mirrored], pm: Side, em: Side, palette: Palette = LIGHT, width: float = 1232) -> str:
    """The SVG of the rows, for a width."""
    narrow = width < NARROW
    place = _Place(width, 0.0 if narrow else (width - MIDDLE) / 2, narrow)
    parts, y = _heads(pm, em, place, palette), float(HEAD)
    for one in rows:
        parts.append(f'<path d="M0 {num(y)}H{num(width)}" stroke="{palette.rule}" stroke-width="1"/>')
        height, drawn = _row(one, y, place, palette)
        parts += drawn
        y += height
    return marks.picture(
        width, y + 4, parts, palette, mirror_words({one.name: one.position for one in rows}, pm.name, em.name)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    width: float
    side: float
    narrow: bool

    @property
    def label(self) -> float:
        return 0.0 if self.narrow else self.side + 12

    @property
    def pitch(self) -> float:
        return min(PITCH, (self.width - 110) / len(LEVELS)) if self.narrow else PITCH

    @property
    def axis(self) -> float:
        return 108.0 if self.narrow else self.side + LABEL + 30

    def middle(self, level: int) -> float:
        return self.axis + (level - 0.5) * self.pitch - 7


def _heads(pm: Side, em: Side, place: _Place, palette: Palette) -> list[str]:
    levels = [
        text(place.middle(level), 36, str(level), 13, palette.muted, bold=True, anchor="middle") for level in LEVELS
    ]
    if place.narrow:
        return levels
    left, right = place.side - 16, place.width - place.side + 16
    return [
        text(left, 18, pm.name or "–", 15, palette.ink, bold=True, anchor="end"),
        text(left, 36, pm.role, 13, palette.muted, anchor="end"),
        text(right, 18, em.name or "–", 15, palette.ink, bold=True),
        text(right, 36, em.role, 13, palette.muted),
        *levels,
    ]


def _row(one: Mirrored, y: float, place: _Place, palette: Palette) -> tuple[float, list[str]]:
    """(how high it is, its parts)."""
    parts = [text(place.label, y + 30, one.name, 15, palette.ink, bold=True)]
    told = answered_words(one.counts, one.hidden)
    if told:
        parts.append(text(place.label, y + 48, told, 12, palette.muted))
    parts += _axis(one, y, place, palette)
    quotes = [one.position.pm_note, one.position.em_note]
    if place.narrow:
        return _under(quotes, parts, y, place, palette)
    room, height = place.side - 32, float(ROW)
    for quote, x, anchor in ((quotes[0], place.side - 16, "end"), (quotes[1], place.width - place.side + 16, "start")):
        lines = wrapped(f"“{quote}”", room, QUOTE) if quote else []
        parts += [text(x, y + 30 + k * LINE, line, QUOTE, palette.ink, anchor=anchor) for k, line in enumerate(lines)]
        height = max(height, 24.0 + LINE * len(lines))
    return height, parts


def _under(
    quotes: Sequence[str | None], parts: list[str], y: float, place: _Place, palette: Palette
) -> tuple[float, list[str]]:  # fmt: skip
    """The quotes below the axis, with who says them."""
    at = y + ROW + 20
    for who, quote in zip(("PM", "EM"), quotes, strict=True):
        for k, line in enumerate(wrapped(f"“{quote}”", place.width - 34, QUOTE) if quote else []):
            if k == 0:
                parts.append(text(0, at, who, 13, palette.ink, bold=True))
            parts.append(text(30, at, line, QUOTE, palette.ink))
            at += LINE
    return at - y, parts


def _axis(one: Mirrored, y: float, place: _Place, palette: Palette) -> list[str]:
    line, wide = y + 46, place.pitch - 14
    dashes = "".join(f"M{num(place.middle(level) - wide / 2)} {num(line)}h{num(wide)}" for level in LEVELS)
    parts = [f'<path d="{dashes}" stroke="{palette.band_line}" stroke-width="1"/>']
    first = place.middle(1) - wide / 2
    if one.counts:
        parts.append(marks.voices(one.counts, first, line, place.pitch, palette, room=38, width=wide, most=AN_ANSWER))
    elif one.hidden:
        parts += [marks.hidden(place.middle(level) - wide / 2, line, wide, palette, room=30) for level in LEVELS]
    rating = one.rating
    if rating is not None and rating.level is not None:
        box = Box(place.middle(rating.level) - wide / 2, line + 2, wide, BLOCK)
        parts.append(rect(box, f'fill="{marks.accent(palette)}"'))
    if rating is not None and rating.aim is not None:
        box = Box(place.middle(rating.aim) - wide / 2 - 1, line + 1, wide + 2, BLOCK + 2)
        parts.append(rect(box, f'fill="none" stroke="{palette.ink}" stroke-width="2"'))
    return parts + _signed(one.position, line + 28, place, palette)


def _signed(position: DuoPosition, y: float, place: _Place, palette: Palette) -> list[str]:
    """Both marks on one line; side by side where they stand on one level."""
    pm, em = position.pm, position.em
    apart = MARK + 1 if pm is not None and pm == em else 0.0
    parts = []
    if pm is not None and em is not None and pm != em:
        ends = f"M{num(place.middle(pm))} {num(y)}H{num(place.middle(em))}"
        parts.append(f'<path d="{ends}" stroke="{palette.ink}" stroke-width="2.5"/>')
    if pm is not None:
        x = place.middle(pm) - apart
        circle = f'fill="{palette.page}" stroke="{palette.ink}" stroke-width="2"'
        parts.append(f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(MARK)}" {circle}/>')
        parts.append(text(x, y + 4.3, "PM", 12, palette.ink, bold=True, anchor="middle"))
    if em is not None:
        x = place.middle(em) + apart
        parts.append(rect(Box(x - MARK, y - MARK, 2 * MARK, 2 * MARK), f'fill="{palette.ink}"', 2))
        parts.append(text(x, y + 4.3, "EM", 12, ink_on(palette.ink), bold=True, anchor="middle"))
    return parts
