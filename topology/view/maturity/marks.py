"""The marks of maturity: the level as a tab, the axis of five levels with the evidence below it, the aim, the state of a criterion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from topology.graph.teammap.geometry import Box
from topology.maturity.levels import Rating, State
from topology.maturity.pack import LEVELS
from topology.maturity.statistics.sides import MOST_P
from topology.maturity.voices.snapshot import GapOfSides
from topology.view.palette import FONT, Palette, ink_on
from topology.view.teammap.marks import esc, num, rect, text
from topology.words.maturity import level_words

HATCH = "not-measured"
TAB = 22
BLOCK = 6


def accent(palette: Palette) -> str:
    """The teal of what was observed."""
    return palette.sequential[3]


def picture(width: float, height: float, parts: Iterable[str], palette: Palette, label: str = "") -> str:
    """The parts as an SVG of that size, on the page's ground."""
    size = f'width="{num(width)}" height="{num(height)}" viewBox="0 0 {num(width)} {num(height)}"'
    ground = rect(Box(0, 0, width, height), f'fill="{palette.page}"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{esc(FONT)}" role="group" aria-label="{esc(label)}">'
        f"{_hatch(palette)}{ground}{''.join(parts)}</svg>"
    )


def _hatch(palette: Palette) -> str:
    """The ground of what is not measured."""
    return (
        f'<defs><pattern id="{HATCH}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{palette.page}"/><rect width="2" height="6" fill="{palette.rule}"/></pattern></defs>'
    )


def tab(rating: Rating, box: Box, palette: Palette) -> str:
    """The level on its class colour; "?" where too little is measured, a hatch where nothing is."""
    if rating.level is None:
        return _unrated(rating, box, palette)
    fill = palette.sequential[rating.level - 1]
    ink = ink_on(fill)
    shift = 3 if rating.plus else 0
    parts = [
        rect(box, f'fill="{fill}" stroke="{palette.band_line}" stroke-width="0.75"', 3),
        text(box.cx - shift, box.cy + 5.5, str(rating.level), 15, ink, bold=True, anchor="middle"),
    ]
    if rating.plus:
        parts.append(text(box.cx + 5.5, box.cy + 1.5, "+", 12, ink, bold=True, anchor="middle"))
    return "".join(parts)


def difference(
    value: float | None, edges: Sequence[float], box: Box, palette: Palette, *, decimals: int = 0
) -> str:  # fmt: skip
    """A difference of levels on the diverging scale, its sign printed; "–" where either side is missing. It is as wide as its words."""
    if value is None:
        return text(box.cx, box.cy + 4.5, "–", 13, palette.muted, anchor="middle")
    fill = palette.diverging[sum(value >= edge for edge in edges)]
    wide = Box(box.x, box.y, box.w + (10 if decimals else 0), box.h)
    words = "0" if not value else f"{value:+.{decimals}f}".replace("-", "−")
    edge = f'fill="{fill}" stroke="{palette.band_line}" stroke-width="0.75"'
    return rect(wide, edge, 3) + text(wide.cx, wide.cy + 5, words, 13, ink_on(fill), bold=True, anchor="middle")


def interval(gap: GapOfSides, x: float, y: float, unit: float, palette: Palette) -> str:
    """Product − Tech about a zero line at `x`: a filled dot and a thick line where the corrected p holds, else hollow and thin."""
    holds = gap.corrected <= MOST_P
    low, high = -MOST_APART if gap.low is None else gap.low, MOST_APART if gap.high is None else gap.high
    colour, width = (palette.ink, 2.5) if holds else (palette.band_line, 1.5)
    ends = f"M{num(x + unit * _within(low))} {num(y)}H{num(x + unit * _within(high))}"
    dot = f'fill="{colour if holds else palette.page}" stroke="{colour}" stroke-width="1.5"'
    return (
        f'<path d="M{num(x)} {num(y - 9)}v18" stroke="{palette.band_line}" stroke-width="1.25"/>'
        f'<path d="{ends}" stroke="{colour}" stroke-width="{num(width)}"/>'
        f'<circle cx="{num(x + unit * _within(gap.value))}" cy="{num(y)}" r="3.5" {dot}/>'
    )


MOST_APART = 1.25  # levels either way that an interval has room for


def _within(value: float) -> float:
    return max(-MOST_APART, min(MOST_APART, value))


def _unrated(rating: Rating, box: Box, palette: Palette) -> str:
    if any(one.measured for one in rating.criteria):
        dashed = f'fill="{palette.page}" stroke="{palette.muted}" stroke-width="1" stroke-dasharray="3 3"'
        return rect(box, dashed, 3) + text(box.cx, box.cy + 5.5, "?", 15, palette.ink, bold=True, anchor="middle")
    patch = Box(box.cx - 6, box.cy - 7, 12, 14)
    return (
        rect(box, f'fill="url(#{HATCH})" stroke="{palette.band_line}" stroke-width="0.75"', 3)
        + rect(patch, f'fill="{palette.page}"')
        + text(box.cx, box.cy + 4.5, level_words(rating) if rating.exempt else "–", 13, palette.ink, anchor="middle")
    )


def axis(rating: Rating, x: float, y: float, pitch: float, palette: Palette, block: float = BLOCK) -> str:
    """Five dashes, the evidence as a block under its level, the team's own aim as a hollow frame."""
    width = pitch - 2
    dashes = "".join(f"M{num(x + index * pitch)} {num(y)}h{num(width)}" for index in range(len(LEVELS)))
    parts = [f'<path d="{dashes}" stroke="{palette.band_line}" stroke-width="1"/>']
    if rating.level is not None:
        place = Box(x + (rating.level - 1) * pitch, y + 2, width, block)
        parts.append(rect(place, f'fill="{accent(palette)}"'))
    if rating.aim is not None:
        frame = Box(x + (rating.aim - 1) * pitch - 1, y + 1, width + 2, block + 2)
        parts.append(rect(frame, f'fill="none" stroke="{palette.ink}" stroke-width="1.75"'))
    return "".join(parts)


AN_ANSWER, MOST_HIGH = 3.8, 17.0  # of an answer, and of all of a level


def voices(
    answers: Sequence[int],
    x: float,
    y: float,
    pitch: float,
    palette: Palette,
    room: float = MOST_HIGH,
    width: float = 0,
    most: float = AN_ANSWER,
) -> str:
    """How many answers stand on each level, as bars on the axis: their area is how many there are."""
    each, wide = min(most, room / max(1, *answers)), width or pitch - 2
    bars = "".join(
        f"M{num(x + index * pitch)} {num(y - 1)}h{num(wide)}v{num(-each * count)}h{num(-wide)}z"
        for index, count in enumerate(answers)
        if count
    )
    return f'<path d="{bars}" fill="{palette.voice}"/>'


def hidden(x: float, y: float, width: float, palette: Palette, room: float = MOST_HIGH) -> str:
    """Dots over the place of the bars: people were asked, and it is not shown what they said."""
    across, up = range(0, int(width), 5), range(5, int(room), 5)
    dots = "".join(f"M{num(x + dx + 1)} {num(y - dy)}h0" for dy in up for dx in across)
    return f'<path d="{dots}" stroke="{palette.voice}" stroke-width="1.8" stroke-linecap="round"/>'


def counts(heights: Mapping[int, float], x: float, y: float, pitch: float, palette: Palette) -> str:
    """Five dashes, and on each (or, for heights below 0, under it) a bar."""
    dashes = "".join(f"M{num(x + k * pitch)} {num(y)}h{num(pitch - 2)}" for k in range(len(LEVELS)))
    bars = "".join(
        f"M{num(x + (level - 1) * pitch)} {num(y - 1 if height > 0 else y + 2)}h{num(pitch - 2)}v{num(-height)}h{num(2 - pitch)}z"
        for level, height in heights.items()
        if height
    )
    return (
        f'<path d="{dashes}" stroke="{palette.band_line}" stroke-width="1"/><path d="{bars}" fill="{accent(palette)}"/>'
    )


def criterion(state: State, palette: Palette) -> str:
    """The state of a criterion as one of four shapes, 16 × 16."""
    match state:
        case State.MET:
            return (
                f'<circle cx="8" cy="8" r="7" fill="{accent(palette)}"/>'
                f'<path d="M4.5 8.2l2.4 2.4 4.4-5" fill="none" stroke="{ink_on(accent(palette))}" stroke-width="1.75"/>'
            )
        case State.NOT_MET:
            style = f'fill="none" stroke="{palette.ink}" stroke-width="1.75"'
            return f'<rect x="2" y="2" width="12" height="12" rx="2" {style}/><path d="M5.2 5.2l5.6 5.6m0-5.6l-5.6 5.6" {style}/>'
        case State.NOT_MEASURED:
            return (
                f'<circle cx="8" cy="8" r="6.5" fill="{palette.page}" stroke="{palette.band_line}" stroke-width="1"/>'
                f'<path d="M4 11l7-7M7 13l6-6" stroke="{palette.band_line}" stroke-width="1.25"/>'
            )
    return f'<path d="M3 8h10" stroke="{palette.muted}" stroke-width="1.75"/>'
