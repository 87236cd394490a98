"""The cards of a folded map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from topology.graph.teammap import FoldedLayout
from topology.graph.teammap.fold import CARET, SHEETS, Card
from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import shorten, text_width
from topology.view.overlays.overlay import Overlay
from topology.view.palette import Palette, ink_on
from topology.view.teammap import marks
from topology.view.teammap.draft import DraftMarks, letters_at
from topology.view.teammap.legend import mode_glyph, type_glyph
from topology.view.teammap.tabs import NO_DATA, scale_of

BAR_H = 18


def draw_cards(
    layout: FoldedLayout, overlay: Overlay, palette: Palette, selected: str | None, marked: DraftMarks | None = None
) -> str:
    """Every card, with the letters of a draft that touch its teams, and the caret above the open one's band."""
    parts = []
    for card in layout.cards:
        letters = (
            list(dict.fromkeys(letter for team in card.teams for letter in marked.letters.get(team, ())))
            if marked
            else []
        )
        is_open, is_selected = card.id == layout.open_card, card.id == selected
        parts.append(_card(card, overlay, palette, letters, is_open=is_open, selected=is_selected))
    opened = next((card for card in layout.cards if card.id == layout.open_card), None)
    if opened:
        x, y = opened.box.cx, opened.box.bottom + SHEETS + CARET
        parts.append(
            f'<path d="M{marks.num(x - 10)} {marks.num(y)}l10 -9l10 9" fill="none" stroke="{palette.band_line}" stroke-width="1.5"/>'
        )
    return "".join(parts)


def _card(
    card: Card, overlay: Overlay, palette: Palette, letters: Sequence[str], *, is_open: bool, selected: bool
) -> str:
    box, radius = card.box, 0 if card.platform else 10
    dotted = f'fill="{palette.page}" stroke="{palette.band_line}" stroke-dasharray="2 4" stroke-width="1.25"'
    parts = [
        marks.rect(Box(box.x + shift, box.y + shift, box.w, box.h), dotted, radius)
        for shift in (SHEETS, SHEETS / 2)[max(0, 3 - len(card.teams)) :]
    ]
    parts.append(marks.rect(box, f'class="shape" {dotted}', radius))
    if is_open or selected:
        parts.append(marks.rect(box, f'fill="none" stroke="{palette.ink}" stroke-width="2"', radius))
    count = f"{len(card.teams)} team{'s' if len(card.teams) != 1 else ''}"
    room = box.w - 32 - text_width(count, 13) - 12
    size = 15 if text_width(card.label, 15, bold=True) <= room else 13
    parts.append(
        marks.text(box.x + 16, box.y + 25, shorten(card.label, room, size, bold=True), size, palette.ink, bold=True)
    )
    parts.append(marks.text(box.right - 16, box.y + 25, count, 13, palette.muted, anchor="end"))
    parts.append(_types(card, palette))
    if overlay.drawn:
        parts.append(_bar(card, overlay, palette))
    parts.append(_counts(card, palette))
    if letters:
        parts.append(letters_at(box.right - 28, box.y + 45, letters, palette))
    label = ", ".join([card.label, count, "open" if is_open else "folded", *letters])
    return (
        f'<g class="card" data-card="{marks.esc(card.id)}" tabindex="0" role="button" aria-expanded="{"true" if is_open else "false"}" '
        f'aria-label="{marks.esc(label)}"><title>{marks.esc(label)}</title>{"".join(parts)}</g>'
    )


def _types(card: Card, palette: Palette) -> str:
    x, y, parts = card.box.x + 16, card.box.y + 45, []
    for type_, count in card.types:
        glyph, width = type_glyph(type_, x, y, palette)
        parts.append(glyph + marks.text(x + width + 4, y + 4.5, str(count), 13, palette.ink))
        x += width + 4 + text_width(str(count), 13) + 12
    return "".join(parts)


def _bar(card: Card, overlay: Overlay, palette: Palette) -> str:
    """How many teams fall into each class; the hatch counts those without data."""
    scale = scale_of(overlay, palette)
    counts = Counter(overlay.classes.get(team, -1) for team in card.teams)
    x, y, width = card.box.x + 16, card.box.y + 59, card.box.w - 32
    parts = []
    for index in (0, 1, 2, 3, 4, -1):
        if not counts[index]:
            continue
        part = width * counts[index] / len(card.teams)
        fill = f"url(#{NO_DATA})" if index < 0 else scale[index]
        parts.append(marks.rect(Box(x, y, part, BAR_H), f'fill="{fill}" stroke="{palette.page}" stroke-width="1"'))
        if part >= 14 and index >= 0:
            parts.append(
                marks.text(
                    x + part / 2, y + 13.5, str(counts[index]), 12, ink_on(scale[index]), bold=True, anchor="middle"
                )
            )
        x += part
    frame = Box(card.box.x + 16, y, width, BAR_H)
    return "".join(parts) + marks.rect(frame, f'fill="none" stroke="{palette.rule}"')


def _counts(card: Card, palette: Palette) -> str:
    """Interactions inside + outside by mode, and those past their end date."""
    x, y, parts = card.box.x + 16, card.box.y + 95, []
    for mode, inside, outside in card.counts:
        glyph, width = mode_glyph(mode, x, y, palette)
        label = f"{inside} + {outside}"
        parts.append(glyph + marks.text(x + width + 4, y + 4.5, label, 13, palette.ink))
        x += width + 4 + text_width(label, 13) + 12
    if card.overruns:
        right = card.box.right - 16
        label = str(card.overruns)
        parts.append(marks.text(right, y + 4.5, label, 13, palette.ink, bold=True, anchor="end"))
        parts.append(marks.warning(right - text_width(label, 13, bold=True) - 12, y + 1, palette))
    return "".join(parts)
