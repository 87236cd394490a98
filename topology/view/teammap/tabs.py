"""The value tab at a team's head: the overlay's class as colour, its value in bold; a hatch and "–" without data."""

from __future__ import annotations

from topology.graph.teammap import constants as c
from topology.graph.teammap.geometry import Box, TeamShape
from topology.view.overlays.overlay import Overlay
from topology.view.palette import Palette, ink_on, mix
from topology.view.teammap import marks
from topology.view.teammap.marks import num

NO_DATA = "no-data"
"""The id of the hatch pattern."""
DIMMED = 0.2
"""How much of its colour a dimmed tab keeps: muted ink reads on every class (a test computes it)."""


def scale_of(overlay: Overlay, palette: Palette) -> tuple[str, ...]:
    """The five colours of an overlay's classes, lowest first."""
    return palette.sequential if overlay.scale == "sequential" else palette.diverging


def draw_tab(team: TeamShape, overlay: Overlay, palette: Palette, *, dimmed: bool) -> str:
    """The tab of a team. A dimmed one keeps its value on a faint ground, where the muted ink can still be read."""
    index = overlay.classes.get(team.id)
    colour = palette.page if index is None else scale_of(overlay, palette)[index]
    ground = mix(colour, palette.band, DIMMED) if dimmed else colour
    fill = f"url(#{NO_DATA})" if index is None else ground
    fade = ' stroke-opacity="0.45"' if dimmed else ""
    outline = _outline(team, f'fill="{fill}" stroke="{palette.types[team.type].line}" stroke-width="1"{fade}')
    beside_count = team.form == "octagon" and team.box.w <= c.OCTAGON and team.serves
    x, y = team.tab.cx - (30 if beside_count else 0), team.tab.cy + 5
    if index is None:
        patch = marks.rect(Box(x - 10, team.tab.cy - 9, 20, 18), f'fill="{palette.page}"', 3)
        return (
            outline
            + patch
            + marks.text(x, y, "–", 14, palette.muted if dimmed else palette.ink, bold=True, anchor="middle")
        )
    value = overlay.texts[team.id]
    size = 14 if len(value) <= 5 else 12
    return outline + marks.text(
        x, y, value, size, palette.muted if dimmed else ink_on(ground), bold=True, anchor="middle"
    )


def _outline(team: TeamShape, style: str) -> str:
    """The tab's shape follows the corner of the team's shape."""
    tab = team.tab
    if team.form == "octagon":
        return marks.path(_in_octagon(team), style)
    if team.form == "card":
        return marks.rect(tab, style, 4)
    if team.form == "bar" and team.type == "platform":
        return marks.rect(tab, style)
    radius = 14.0 if team.form == "pillar" else min(14.0, 0.35 * tab.h)
    r, x, y = num(radius), num(tab.x), num(tab.y)
    if team.form == "pillar":
        up, across = f"M{x} {num(tab.bottom)}V{num(tab.y + radius)}", f"H{num(tab.right - radius)}"
        shape = f"{up}a{r} {r} 0 0 1 {r} -{r}{across}a{r} {r} 0 0 1 {r} {r}V{num(tab.bottom)}Z"
    else:
        across, down = f"M{num(tab.right)} {y}H{num(tab.x + radius)}", f"V{num(tab.bottom - radius)}"
        shape = f"{across}a{r} {r} 0 0 0 -{r} {r}{down}a{r} {r} 0 0 0 {r} {r}H{num(tab.right)}Z"
    return f'<path d="{shape}" {style}/>'


def _in_octagon(team: TeamShape) -> list[tuple[float, float]]:
    """The top strip of an octagon beside lanes, or the left end of one in its own row."""
    tab, k = team.tab, min(18.0, 0.3 * team.box.h)
    if tab.w <= c.TAB:
        return [(tab.x + k, tab.y), (tab.right, tab.y), (tab.right, tab.bottom),
                (tab.x + k, tab.bottom), (tab.x, tab.bottom - k), (tab.x, tab.y + k)]  # fmt: skip
    cut = min(k, tab.h)
    return [(tab.x + k, tab.y), (tab.right - k, tab.y), (tab.right - k + cut, tab.y + cut), (tab.right, tab.bottom),
            (tab.x, tab.bottom), (tab.x + k - cut, tab.y + cut)]  # fmt: skip
