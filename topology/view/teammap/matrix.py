"""A matrix layout and a selection → SVG. Ground is what was observed, the glyph what is declared, a red frame what is missing."""

from __future__ import annotations

from topology.graph.teammap import MatrixLayout
from topology.graph.teammap.geometry import Box
from topology.graph.teammap.matrix import NAME_WIDTH, Cell, Row
from topology.graph.teammap.text import shorten
from topology.model import State
from topology.view.palette import FONT, LIGHT, Palette, ink_on
from topology.view.teammap import marks
from topology.view.teammap.legend import Rows, mode_glyph
from topology.view.teammap.marks import esc, num
from topology.words.map import cell_words

MARGIN, STRIP, NUMBER, HEAD = 12, 5, 30, 24
LABEL = 150  # for the groupings' names at the right
LEFT = MARGIN + STRIP + 6 + NAME_WIDTH + NUMBER
LEAST_WIDTH = 620  # of the picture, so that the legend has room


def draw_matrix(
    layout: MatrixLayout, palette: Palette = LIGHT, selected: str | None = None, title: str = "Who meets whom",
    scale: float = 1.0,
    room: float = 1280,
) -> str:  # fmt: skip
    """The SVG of a matrix; the groupings' names stand at its right where `room` has place for them.

    Each row is a target with an accessible name; a cell tells in words what it shows.
    """
    side = len(layout.rows) * layout.size
    named = LEFT + side + LABEL + MARGIN <= room
    width = max(LEFT + side + (LABEL if named else 0) + MARGIN, LEAST_WIDTH)
    rows = Rows(MARGIN, width - MARGIN, HEAD + side + 20, palette)
    _legend(rows, layout, palette)
    height = rows.y + 20
    parts = [
        marks.rect(Box(0, 0, width, height), f'fill="{palette.page}"'),
        *(_row(row, index, layout, palette, selected) for index, row in enumerate(layout.rows)),
        _crosshair(layout, side, palette),
        *(_cell(cell, layout, palette) for cell in layout.cells),
        *_blocks(layout, side, palette, named=named and not layout.folded),
        "".join(rows.parts),
    ]
    size = f'width="{num(width * scale)}" height="{num(height * scale)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {num(width)} {num(height)}" font-family="{esc(FONT)}" '
        f'role="group" aria-label="{esc(title)}" data-left="{LEFT}" data-head="{HEAD}" data-size="{layout.size}">{"".join(parts)}</svg>'
    )


def _row(row: Row, index: int, layout: MatrixLayout, palette: Palette, selected: str | None) -> str:
    size, y = layout.size, HEAD + index * layout.size
    middle = y + size / 2 + 4.5
    chosen = row.id == selected
    fill, edge = (palette.band, palette.ink) if chosen else (palette.page, "none")
    ground = f'class="shape" fill="{fill}" stroke="{edge}" stroke-width="2"'
    strip = palette.types[row.type].line if row.type else palette.band_line
    parts = [
        marks.rect(Box(MARGIN, y + 0.5, LEFT - MARGIN - 4, size - 1), ground, 3),
        marks.rect(Box(MARGIN + 1, y + 1, STRIP, size - 2), f'fill="{strip}"'),
        marks.text(MARGIN + STRIP + 6, middle, row.label, 13, palette.ink, bold=chosen),
        marks.text(LEFT - 10, middle, str(row.number), 12, palette.muted, anchor="end"),
        marks.text(
            LEFT + (index + 0.5) * size,
            HEAD - 8,
            str(row.number),
            12 if size > 16 else 9,
            palette.muted,
            anchor="middle",
        ),
    ]
    target = (
        ""
        if layout.folded
        else f' data-member="{esc(row.id)}" tabindex="0" role="button" aria-pressed="{str(chosen).lower()}"'
    )
    return f'<g{target} aria-label="{esc(row.name)}"><title>{esc(row.name)}</title>{"".join(parts)}</g>'


def _crosshair(layout: MatrixLayout, side: float, palette: Palette) -> str:
    """Two bands that the pointer moves: the row and the column of the cell under it."""
    style = f'fill="{palette.ink}" fill-opacity="0.07" visibility="hidden"'
    row = marks.rect(Box(LEFT, HEAD, side, layout.size), f'class="across" {style}')
    return row + marks.rect(Box(LEFT, HEAD, layout.size, side), f'class="down" {style}')


def _cell(cell: Cell, layout: MatrixLayout, palette: Palette) -> str:
    size = layout.size
    box = Box(LEFT + cell.column * size, HEAD + cell.row * size, size, size)
    ground = palette.exchange[cell.level - 1] if cell.level else palette.page
    parts = [marks.rect(Box(box.x + 0.5, box.y + 0.5, size - 1, size - 1), f'fill="{ground}"')]
    if cell.count:
        parts.append(marks.text(box.cx, box.cy + 4.5, str(cell.count), 12, ink_on(ground), anchor="middle"))
    if cell.mode:
        parts.append(_glyph(cell, box, palette))
    if cell.missing or cell.undeclared:
        dash = "" if cell.missing else ' stroke-dasharray="3 2"'
        frame = Box(box.x + 1.5, box.y + 1.5, size - 3, size - 3)
        parts.append(marks.rect(frame, f'fill="none" stroke="{palette.warning.fill}" stroke-width="1.5"{dash}'))
    team = "" if layout.folded else f' data-member="{esc(layout.rows[cell.row].id)}"'
    words = esc(cell_words(cell, folded=layout.folded))
    return f'<g{team} data-row="{cell.row}" data-column="{cell.column}"><title>{words}</title>{"".join(parts)}</g>'


def _glyph(cell: Cell, box: Box, palette: Palette) -> str:
    assert cell.mode is not None
    if cell.state == "overrun":
        return marks.text(box.cx, box.cy + 4.5, "!", 13, palette.warning.fill, bold=True, anchor="middle")
    w = box.w * (0.58 if cell.mode != "collaboration" else 0.7)
    h = box.w * (0.58 if cell.mode != "collaboration" else 0.46)
    shown: State = "planned" if cell.state == "planned" else "active"
    shape = marks.mode_shape(cell.mode, shown, Box(box.cx - w / 2, box.cy - h / 2, w, h), palette)
    return shape.replace('stroke-width="2"', 'stroke-width="1.25"').replace('stroke-dasharray="6 3"', "")


def _blocks(layout: MatrixLayout, side: float, palette: Palette, *, named: bool) -> list[str]:
    """Dotted rules between groupings, the blocks of the diagonal in ink, and a frame around the whole."""
    size = layout.size
    parts = [marks.rect(Box(LEFT, HEAD, side, side), f'fill="none" stroke="{palette.rule}" stroke-width="1"')]
    for block in layout.blocks:
        begin, end = block.begin * size, block.end * size
        if block.begin:
            style = f'stroke="{palette.band_line}" stroke-width="1" stroke-dasharray="2 4"'
            parts.append(
                f'<path d="M{MARGIN} {num(HEAD + begin)}H{num(LEFT + side)}M{num(LEFT + begin)} {HEAD}V{num(HEAD + side)}" {style}/>'
            )
        if named:
            label = shorten(block.label, LABEL - 8, 12)
            parts.append(marks.text(LEFT + side + 8, HEAD + (begin + end) / 2 + 4.5, label, 12, palette.muted))
        box = Box(LEFT + begin, HEAD + begin, end - begin, end - begin)
        parts.append(
            f"<g><title>{esc(block.label)}</title>"
            + marks.rect(box, f'fill="none" stroke="{palette.ink}" stroke-width="1.75"')
            + "</g>"
        )
    return parts


def _legend(rows: Rows, layout: MatrixLayout, palette: Palette) -> None:
    """Only what occurs."""
    for level, words in enumerate(("seen in contact", "often", "very often"), start=1):
        if any(cell.level == level for cell in layout.cells):
            rows.add((marks.rect(Box(0, -8, 18, 16), f'fill="{palette.exchange[level - 1]}"'), 18), words.capitalize())
    modes = {cell.mode for cell in layout.cells if cell.mode}
    if "collaboration" in modes:
        rows.add(mode_glyph("collaboration", 0, 0, palette), "Collaboration")
    if "facilitating" in modes:
        rows.add(mode_glyph("facilitating", 0, 0, palette), "The row helps the column")
    if "x-as-a-service" in modes:
        glyph = marks.mode_shape("x-as-a-service", "active", Box(0, -6, 12, 12), palette)
        rows.add((glyph, 12), "The row serves the column")
    if any(cell.state == "overrun" for cell in layout.cells):
        mark = marks.text(5, 4.5, "!", 13, palette.warning.fill, bold=True, anchor="middle")
        rows.add((mark, 10), "Past its end date")
    frame = f'fill="none" stroke="{palette.warning.fill}" stroke-width="1.5"'
    if any(cell.missing for cell in layout.cells):
        words = "More needed pairs silent than in contact" if layout.folded else "Needed across groupings, and silent"
        rows.add((marks.rect(Box(1, -7, 14, 14), frame), 16), words)
    if any(cell.undeclared for cell in layout.cells):
        rows.add(
            (marks.rect(Box(1, -7, 14, 14), f'{frame} stroke-dasharray="3 2"'), 16),
            "Often across groupings, nothing declared",
        )
    rows.add(
        (marks.rect(Box(1, -7, 14, 14), f'fill="none" stroke="{palette.ink}" stroke-width="1.75"'), 16), "A grouping"
    )
