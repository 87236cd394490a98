"""One team's profile: each dimension with its level, and every criterion of the levels 2 to 5 with what was seen."""

from __future__ import annotations

from collections.abc import Sequence

from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import wrapped
from topology.maturity.levels import Judged, Rating, State
from topology.maturity.pack import LEVELS, Pack
from topology.view.maturity import marks
from topology.view.palette import LIGHT, Palette, mix
from topology.view.teammap.marks import num, rect, text
from topology.words.maturity import level_heading, next_step_pill, seen_and_asked, step_words

MARGIN, LABEL, HEAD, PAD = 1, 176, 34, 10
SIZE, LINE, MARK = 14, 18, 24


def draw_profile(pack: Pack, ratings: Sequence[Rating], palette: Palette = LIGHT, width: float = 1232) -> str:
    """The SVG of the ratings of one team, in the pack's order."""
    column = (width - 2 * MARGIN - LABEL) / (len(LEVELS) - 1)
    y, parts = float(HEAD), _heads(column, palette)
    for one in ratings:
        height, drawn = _dimension(str(pack.dimensions[one.dimension].name), one, y, column, width, palette)
        parts += drawn
        y += height
        parts.append(f'<path d="M{MARGIN} {num(y)}H{num(width - MARGIN)}" stroke="{palette.rule}" stroke-width="1"/>')
    return marks.picture(width, y + 6, parts, palette)


def _heads(column: float, palette: Palette) -> list[str]:
    places = enumerate(LEVELS[1:])
    line = f'<path d="M{MARGIN} {HEAD - 2}h{num(LABEL + column * (len(LEVELS) - 1))}" stroke="{palette.ink}" stroke-width="1.5"/>'
    return [
        text(_x(k, column) + PAD, HEAD - 12, level_heading(level), 15, palette.ink, bold=True) for k, level in places
    ] + [line]


def _x(index: int, column: float) -> float:
    return MARGIN + LABEL + index * column


def _dimension(
    name: str, rating: Rating, y: float, column: float, width: float, palette: Palette
) -> tuple[float, list[str]]:
    """(how high it is, its parts)."""
    label = [
        text(MARGIN, y + 22, name, 15, palette.ink, bold=True),
        marks.tab(rating, Box(MARGIN, y + 30, 26, 34), palette),
    ]
    if rating.exempt is None:
        label.append(marks.axis(rating, MARGIN + 38, y + 50, 19, palette, block=8))
        told = [
            _criteria([one for one in rating.criteria if one.level == level], rating, column) for level in LEVELS[1:]
        ]
    else:
        words = wrapped(step_words(rating), width - 2 * MARGIN - LABEL - 2 * PAD, SIZE)
        lines = [text(MARGIN + LABEL + PAD, y + 24 + k * LINE, line, SIZE, palette.ink) for k, line in enumerate(words)]
        return max(74.0, 20 + len(words) * LINE), [
            *label[:1],
            text(MARGIN, y + 44, "exempt", 12, palette.muted),
            *lines,
        ]
    height = max(74.0, *(2 * PAD + sum(len(lines) for _, lines, _ in one) * LINE + 6 * len(one) for one in told))
    parts = [
        _ground(_x(k, column), y, column, height, rating, level, palette) for k, level in enumerate(LEVELS[1:])
    ] + label
    for k, listed in enumerate(told):
        parts += _column(listed, _x(k, column) + PAD, y + PAD, palette)
    frame = [
        rect(Box(_x(rating.aim - 2, column) + 1, y + 1, column - 2, height - 2), f'fill="none" stroke="{palette.ink}" stroke-width="2"')
    ] if rating.aim and rating.aim > 1 else []  # fmt: skip
    return height, parts + frame


def _ground(x: float, y: float, column: float, height: float, rating: Rating, level: int, palette: Palette) -> str:
    reached = rating.level is not None and level <= rating.level
    return rect(Box(x, y, column, height), f'fill="{mix(marks.accent(palette), palette.page, 0.1)}"') if reached else ""


Listed = list[tuple[Judged, list[str], bool]]


def _criteria(listed: Sequence[Judged], rating: Rating, column: float) -> Listed:
    """(criterion, its lines, whether it is the next step) of each."""
    room, found = column - 2 * PAD - MARK, []
    for one in listed:
        is_next = one == rating.next_step
        words = f"{seen_and_asked(one)} {next_step_pill()}" if is_next else seen_and_asked(one)
        found.append((one, wrapped(words, room, SIZE), is_next))
    return found


def _column(listed: Listed, x: float, y: float, palette: Palette) -> list[str]:
    parts = []
    for one, lines, is_next in listed:
        parts.append(f'<g transform="translate({num(x)} {num(y)})">{marks.criterion(one.state, palette)}</g>')
        ink = palette.muted if one.state in (State.NOT_MEASURED, State.NOT_APPLICABLE) else palette.ink
        parts += [text(x + MARK, y + 13 + k * LINE, line, SIZE, ink, bold=is_next) for k, line in enumerate(lines)]
        y += len(lines) * LINE + 6
    return parts
