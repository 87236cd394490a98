"""How many of each team have answered, as slots: one a person, filled for an answer, with a line where a team's totals may be read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import shorten
from topology.view.maturity import marks
from topology.view.palette import LIGHT, Palette
from topology.view.survey import TeamStanding
from topology.view.teammap.marks import num, rect, text

SLOT, GAP, HIGH = 22, 3, 15
LABEL, ROW, HEAD = 200, 26, 24
MOST_SLOTS = 12  # larger teams get a bar of that length


def draw_slots(teams: Sequence[TeamStanding], least: int, palette: Palette = LIGHT, width: float = 560) -> str:
    """The SVG of the teams, under the names of their groupings, in the order of the file."""
    label = min(LABEL, 0.36 * width)
    parts, y = [], 4.0
    for group, listed in groupby(teams, key=lambda one: one.group):
        if group:
            parts.append(text(0, y + 15, shorten(group, width, 12), 12, palette.muted, bold=True))
            y += HEAD
        for one in listed:
            parts.append(text(0, y + 16, shorten(one.name, label - 8, 14), 14, palette.ink))
            parts += _row(one, least, label, y, palette, width)
            y += ROW
    return marks.picture(width, y + 4, parts, palette, "How many have answered, by team")


def _row(one: TeamStanding, least: int, x: float, y: float, palette: Palette, width: float) -> list[str]:
    if one.answered is None:
        return [text(x, y + 16, "counted in the total alone: too few to be told apart", 12, palette.muted)]
    slots = min(one.people, MOST_SLOTS)
    pitch = min(SLOT + GAP, (width - x - 64) / max(slots, 1))
    filled = round(slots * one.answered / one.people)
    parts = []
    for index in range(slots):
        colour = marks.accent(palette) if index < filled else palette.page
        box = Box(x + index * pitch, y + 3, pitch - GAP, HIGH)
        parts.append(rect(box, f'fill="{colour}" stroke="{palette.band_line}" stroke-width="1"', 3))
    if one.people >= least:
        line = x + slots * least / one.people * pitch - GAP / 2
        parts.append(f'<path d="M{num(line)} {num(y)}v{num(HIGH + 6)}" stroke="{palette.ink}" stroke-width="2"/>')
    parts.append(text(x + slots * pitch + 8, y + 16, f"{one.answered} of {one.people}", 13, palette.ink))
    return parts
