"""What is next for one team: a row a dimension with the level, the evidence and the answers on one axis, the aim, and the next step."""

from __future__ import annotations

from collections.abc import Sequence

from topology.graph.teammap.geometry import Box
from topology.graph.teammap.text import wrapped
from topology.maturity.levels import Rating
from topology.maturity.pack import Pack
from topology.maturity.voices.snapshot import Snapshot
from topology.view.maturity import marks
from topology.view.maturity.rows import Said
from topology.view.palette import LIGHT, Palette
from topology.view.teammap.marks import num, text
from topology.words.maturity import aim_words, step_words
from topology.words.voices import answered_words

ROW, LINE, PITCH = 44, 17, 14
NAME, TOLD, AIM = 104, 104, 74
NARROW = 620  # below, the next step stands under its row


def draw_steps(
    pack: Pack, ratings: Sequence[Rating], palette: Palette = LIGHT, width: float = 800, voices: Snapshot | None = None
) -> str:  # fmt: skip
    """The SVG of the ratings of one team, in the pack's order."""
    said = Said(voices, {name: one.question.item for name, one in pack.dimensions.items() if one.question})
    parts, y = [], 2.0
    for one in ratings:
        height, drawn = _row(str(pack.dimensions[one.dimension].name), one, said, y, width, palette)
        parts += drawn
        y += height
        parts.append(f'<path d="M0 {num(y)}H{num(width)}" stroke="{palette.rule}" stroke-width="1"/>')
    return marks.picture(width, y + 2, parts, palette)


def _row(
    name: str, one: Rating, said: Said, y: float, width: float, palette: Palette
) -> tuple[float, list[str]]:  # fmt: skip
    """(how high it is, its parts)."""
    narrow = width < NARROW
    counts, hides = said.counts(one.team, one.dimension), said.hides(one.team, one.dimension)
    tab, axis = NAME, NAME + marks.TAB + 18
    after = axis + 5 * PITCH + 10
    step = 0.0 if narrow else after + TOLD + AIM
    parts = [text(0, y + 27, name, 15, palette.ink, bold=True)]
    if one.exempt is None:
        parts.append(marks.tab(one, Box(tab, y + 6, marks.TAB + 4, ROW - 12), palette))
        if counts:
            parts.append(marks.voices(counts, axis, y + 26, PITCH, palette))
        elif hides:
            parts.append(marks.hidden(axis, y + 26, 5 * PITCH, palette))
        parts.append(marks.axis(one, axis, y + 26, PITCH, palette))
    else:
        parts.append(text(tab, y + 27, "exempt", 12, palette.muted))
    parts.append(text(after, y + 27, answered_words(counts, hides), 12, palette.muted))
    if one.aim is not None and not narrow:
        parts.append(text(after + TOLD, y + 27, aim_words(one.aim), 13, palette.ink))
    lines = wrapped(step_words(one), width - step - 4, 14) if step_words(one) else []
    lines = [aim_words(one.aim), *lines] if one.aim is not None and narrow else lines
    top = y + ROW + 4 if narrow else y + 27 - (len(lines) - 1) * LINE / 2
    parts += [text(step, top + k * LINE, line, 14, palette.ink) for k, line in enumerate(lines)]
    height = ROW + LINE * len(lines) + 2 if narrow else max(ROW, 16 + LINE * len(lines))
    return float(height), parts
