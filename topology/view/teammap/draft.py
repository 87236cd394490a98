"""What a draft draws on the map: letters, outlines, where teams stood, and what ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from topology.graph.teammap.geometry import Box, TeamShape, Tie
from topology.graph.teammap.text import shorten, text_width
from topology.graph.teammap.ties import ordered
from topology.graph.teammap.versions import real
from topology.view.palette import Palette
from topology.view.teammap import marks
from topology.view.teammap.marks import num
from topology.words.planning import stood_here

RADIUS, TIE_RADIUS = 10.5, 9.5
CROSS = 14


@dataclass(frozen=True)
class DraftMarks:
    """What is marked: teams by id, interactions by the key of their tie."""

    letters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """{team: the letters of the operations that touch it}."""
    ties: Mapping[str, str] = field(default_factory=dict)
    """{tie, by the ids of its teams wherever they stand: the letter of the operation that made or changed it}."""
    outlined: frozenset[str] = frozenset()
    """Teams that are new, have moved or are of another type."""
    stood: Mapping[str, str] = field(default_factory=dict)
    """{team: the letter of the operation that moved it away}."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """{team: the letter of the operation that ends it}."""
    crossed: frozenset[str] = frozenset()
    """Interactions that end."""
    picked: str = ""
    """The key of the interaction that is selected."""


def disc(cx: float, cy: float, letter: str, palette: Palette, radius: float = RADIUS) -> str:
    """A letter in a disc of the ink."""
    style = f'fill="{palette.ink}" stroke="{palette.page}" stroke-width="1.5"'
    circle = f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(radius)}" {style}/>'
    size = 13 if len(letter) == 1 else 10
    return circle + marks.text(cx, cy + 0.35 * size, letter, size, palette.page, bold=True, anchor="middle")


def discs(team: TeamShape, letters: Sequence[str], palette: Palette) -> str:
    """The letters of a team at its head: one, two side by side, else the first and how many more."""
    return letters_at(team.tab.cx, team.tab.cy, letters, palette)


def letters_at(cx: float, cy: float, letters: Sequence[str], palette: Palette) -> str:
    """One disc, two side by side, or the first one and how many more."""
    if len(letters) == 1:
        return disc(cx, cy, letters[0], palette)
    if len(letters) == 2:
        return disc(cx - 10, cy, letters[0], palette) + disc(cx + 10, cy, letters[1], palette)
    more = marks.text(cx + 5, cy + 4.5, f"+{len(letters) - 1}", 13, palette.ink, bold=True)
    return disc(cx - 9, cy, letters[0], palette) + more


def stood(team: TeamShape, letter: str, palette: Palette) -> str:
    """`First order stood here`, in the empty slot, with the letter at its end."""
    if team.form == "pillar":
        return disc(team.box.cx, team.box.bottom - 18, letter, palette)
    words = shorten(stood_here(team.name), team.box.w - 60, 13)
    named = marks.text(team.box.x + 18, team.box.cy + 4.5, words, 13, palette.muted) if words else ""
    return named + disc(team.box.right - 20, team.box.cy, letter, palette)


def cross(box: Box, palette: Palette) -> str:
    """The mark of what ends."""
    half = min(CROSS, box.h - 4, box.w - 4) / 2
    x, y = box.cx, box.cy
    lines = f"M{num(x - half)} {num(y - half)}l{num(2 * half)} {num(2 * half)}m0 {num(-2 * half)}l{num(-2 * half)} {num(2 * half)}"
    return f'<path d="{lines}" stroke="{palette.ink}" stroke-width="2.25" stroke-linecap="round" fill="none"/>'


def ended(team: TeamShape, letter: str, palette: Palette) -> str:
    """A team that ends: its name in its empty slot, crossed, with the letter."""
    if team.form == "pillar":
        return cross(Box(team.box.x, team.box.cy - 20, team.box.w, 40), palette) + disc(
            team.box.cx, team.box.y + 18, letter, palette
        )
    words = shorten(team.name, team.box.w - 90, 13)
    x = team.box.x + 40
    named = marks.text(x, team.box.cy + 4.5, words, 13, palette.muted)
    at = Box(x + text_width(words, 13) + 6, team.box.cy - 12, 24, 24)
    return named + cross(at, palette) + disc(team.box.x + 20, team.box.cy, letter, palette)


def tie_of(tie: Tie) -> str:
    """The key of a tie by the ids of its teams, wherever they stand."""
    return ":".join((tie.mode, *ordered(tie.mode, (real(tie.first), real(tie.second)))))


def team_of(team: TeamShape) -> str:
    """The id of the team that a shape stands for, be it where it stood before."""
    return real(team.id)
