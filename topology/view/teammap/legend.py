"""The legend under the map: only what occurs on it."""

from __future__ import annotations

from topology.graph.teammap import FoldedLayout, MapLayout
from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import text_width
from topology.model import Mode, TeamType
from topology.view.overlays.overlay import Overlay
from topology.view.palette import Palette
from topology.view.teammap import marks
from topology.view.teammap.tabs import NO_DATA, scale_of

_TYPES: tuple[tuple[TeamType, str], ...] = (
    ("stream-aligned", "Stream-aligned"), ("enabling", "Enabling"), ("complicated-subsystem", "Complicated subsystem"),
    ("platform", "Platform"), ("undefined", "Undefined"),
)  # fmt: skip
_MODES: tuple[tuple[Mode, str], ...] = (
    ("collaboration", "Collaboration"), ("facilitating", "Facilitating"), ("x-as-a-service", "X-as-a-Service, n"),
)  # fmt: skip
ROW = 24


def type_glyph(type_: TeamType, x: float, y: float, palette: Palette) -> tuple[str, float]:
    """A small team shape centred on y, and its width."""
    paint = palette.types[type_]
    style = f'fill="{paint.fill}" stroke="{paint.line}" stroke-width="1.5"'
    if type_ == "enabling":
        return marks.rect(Box(x, y - 9, 9, 18), style, 3), 9
    if type_ == "complicated-subsystem":
        return marks.path(marks.octagon_points(Box(x, y - 9, 18, 18)), style), 18
    if type_ == "platform":
        return marks.rect(Box(x, y - 6, 20, 13), style), 20
    dots = ' stroke-dasharray="2 3"' if type_ == "undefined" else ""
    return marks.rect(Box(x, y - 6, 20, 12), style + dots, 5), 20


def mode_glyph(mode: Mode, x: float, y: float, palette: Palette, state: str = "active") -> tuple[str, float]:
    """A small interaction shape centred on y, and its width."""
    if mode == "x-as-a-service":
        paint = palette.modes[mode]
        style = (
            f'fill="{paint.fill}" fill-opacity="0.6" stroke="{paint.line}" stroke-width="1.5" stroke-dasharray="3 2"'
        )
        return marks.path(marks.triangle_up(x + 7, y - 6, 14, 12), style), 14
    width = 18.0 if mode == "facilitating" else 22.0
    height = 18.0 if mode == "facilitating" else 15.0
    shown = "planned" if state == "planned" else "active"
    return marks.mode_shape(mode, shown, Box(x, y - height / 2, width, height), palette), width  # type: ignore[arg-type]


class Rows:
    """Entries from left to right, wrapped at the right margin."""

    def __init__(self, left: float, right: float, top: float, palette: Palette) -> None:
        self.left, self.right, self.palette = left, right, palette
        self.x, self.y = left, top + ROW / 2
        self.parts: list[str] = []

    def add(self, glyph: tuple[str, float], label: str, *, bold: bool = False) -> None:
        """Adds a glyph made at (0, 0) and its label."""
        picture, width = glyph
        needed = width + (6 if width else 0) + text_width(label, 13, bold=bold) + 20
        if self.x + needed - 20 > self.right and self.x > self.left:
            self.new_row()
        if picture:
            self.parts.append(f'<g transform="translate({marks.num(self.x)} {marks.num(self.y)})">{picture}</g>')
        x = self.x + width + (6 if width else 0)
        self.parts.append(marks.text(x, self.y + 4.5, label, 13, self.palette.muted, bold=bold))
        self.x += needed

    def new_row(self) -> None:
        """Goes on below."""
        self.x, self.y = self.left, self.y + ROW


def draw_legend(layout: MapLayout | FoldedLayout, overlay: Overlay, palette: Palette) -> tuple[str, float]:
    """The legend's SVG and the height that it adds."""
    left, right = 24.0, layout.width - 24
    rows = Rows(left, right, layout.height, palette)
    _kinds(rows, layout, palette)
    if overlay.drawn:
        rows.new_row()
        _classes(rows, overlay, palette)
    rule = f'<path d="M{marks.num(left)} {marks.num(layout.height - 8)}H{marks.num(right)}" stroke="{palette.rule}" stroke-width="1"/>'
    body = "".join(rows.parts)
    return f'<g class="legend">{rule}{body}</g>', rows.y + ROW / 2 + 8 - layout.height


def _kinds(rows: Rows, layout: MapLayout | FoldedLayout, palette: Palette) -> None:
    folded = isinstance(layout, FoldedLayout)
    types = {team.type for team in layout.teams if team.present}
    if isinstance(layout, FoldedLayout):
        types |= {type_ for card in layout.cards for type_, _ in card.types}
    for type_, label in _TYPES:
        if type_ in types:
            rows.add(type_glyph(type_, 0, 0, palette), label)
    modes = {tie.mode for tie in layout.ties}
    for mode, label in _MODES:
        if mode in modes:
            rows.add(mode_glyph(mode, 0, 0, palette), label)
    states = {tie.state for tie in layout.ties}
    if "planned" in states:
        rows.add(mode_glyph("collaboration", 0, 0, palette, "planned"), "Planned")
    if "overrun" in states:
        rows.add((marks.warning(9, 1, palette), 18), "Past its end date")
    if any(chip.number is not None for chip in layout.chips):
        picture, width = mode_glyph("collaboration", 0, 0, palette)
        rows.add(
            (picture + marks.text(width / 2, 4.5, "1", 12, palette.ink, bold=True, anchor="middle"), width),
            "Same number = the other half",
        )
    if folded and modes:
        rows.add(("", 0), "n + m = inside + outside the grouping")


def _classes(rows: Rows, overlay: Overlay, palette: Palette) -> None:
    """The overlay's name, its five classes with their bounds, and "no data"."""
    rows.add(("", 0), overlay.label, bold=True)
    for colour, bound in zip(scale_of(overlay, palette), overlay.bounds, strict=True):
        if bound:
            rows.add((marks.rect(Box(0, -8, 24, 16), f'fill="{colour}" stroke="{palette.rule}"'), 24), bound)
    rows.add((marks.rect(Box(0, -8, 24, 16), f'fill="url(#{NO_DATA})" stroke="{palette.rule}"'), 24), "no data")
