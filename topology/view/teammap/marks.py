"""The shapes of the notation as SVG text. Every text that comes from a file passes through `esc`."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from topology.graph.teammap.geometry import Box
from topology.model import Mode, State
from topology.view.palette import Palette

_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def esc(text: str) -> str:
    """Text that is safe between tags and inside quoted attributes."""
    return escape(_INVALID.sub("", text), {'"': "&quot;", "'": "&#39;"})


def num(value: float) -> str:
    """A length without needless digits, the same on every machine."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def text(
    x: float,
    y: float,
    content: str,
    size: float,
    fill: str,
    *,
    bold: bool = False,
    anchor: str = "start",
    extra: str = "",
) -> str:
    """One line of text."""
    weight = ' font-weight="600"' if bold else ""
    align = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}" fill="{fill}"{weight}{align}{extra}>{esc(content)}</text>'


def rect(box: Box, style: str, radius: float = 0) -> str:
    """A rectangle, with round corners if `radius` is given."""
    corner = f' rx="{num(radius)}"' if radius else ""
    return f'<rect x="{num(box.x)}" y="{num(box.y)}" width="{num(box.w)}" height="{num(box.h)}"{corner} {style}/>'


def path(points: list[tuple[float, float]], style: str) -> str:
    """A closed polygon."""
    return f'<path d="M{"L".join(f"{num(x)} {num(y)}" for x, y in points)}Z" {style}/>'


def octagon_points(box: Box) -> list[tuple[float, float]]:
    """A box with its corners cut: chamfer min(18, 0.3 h)."""
    k = min(18.0, 0.3 * box.h)
    return [(box.x + k, box.y), (box.right - k, box.y), (box.right, box.y + k), (box.right, box.bottom - k),
            (box.right - k, box.bottom), (box.x + k, box.bottom), (box.x, box.bottom - k), (box.x, box.y + k)]  # fmt: skip


def parallelogram_points(box: Box) -> list[tuple[float, float]]:
    """Leaning right by min(16, 0.45 h)."""
    slant = min(16.0, 0.45 * box.h)
    return [(box.x + slant, box.y), (box.right, box.y), (box.right - slant, box.bottom), (box.x, box.bottom)]


def triangle_up(cx: float, top: float, width: float, height: float) -> list[tuple[float, float]]:
    """A triangle that points upwards: the provider's mark."""
    return [(cx, top), (cx + width / 2, top + height), (cx - width / 2, top + height)]


def triangle_right(box: Box) -> list[tuple[float, float]]:
    """A triangle that points to the consumer at its right."""
    return [(box.x, box.y), (box.right, box.cy), (box.x, box.bottom)]


def mode_shape(mode: Mode, state: State | None, box: Box, palette: Palette, *, ground: str | None = None) -> str:
    """The shape of a mode: active is dashed and 60 % filled, planned dotted and 12 %. `ground` is painted below."""
    paint = palette.modes[mode]
    fill = 0.12 if state == "planned" else 0.6
    dash = 'stroke-dasharray="1 4" stroke-linecap="round"' if state == "planned" else 'stroke-dasharray="6 3"'
    style = f'fill="{paint.fill}" fill-opacity="{fill}" stroke="{paint.line}" stroke-width="2" {dash}'
    under = f'fill="{ground}"' if ground else ""
    if mode == "facilitating":
        at = f'cx="{num(box.cx)}" cy="{num(box.cy)}" r="{num(box.w / 2)}"'
        return (f"<circle {at} {under}/>" if ground else "") + f"<circle {at} {style}/>"
    points = parallelogram_points(box) if mode == "collaboration" else triangle_right(box)
    if mode == "x-as-a-service":
        style = style.replace('stroke-dasharray="6 3"', 'stroke-dasharray="3 2"').replace(
            'stroke-width="2"', 'stroke-width="1.5"'
        )
    return (path(points, under) if ground else "") + path(points, style)


def warning(cx: float, cy: float, palette: Palette) -> str:
    """The mark of an interaction past its end date: a triangle 19 × 16 with "!"."""
    points = triangle_up(cx, cy - 9, 19, 16)
    mark = path(
        points, f'fill="{palette.warning.fill}" stroke="{palette.page}" stroke-width="1.5" stroke-linejoin="round"'
    )
    return mark + text(cx, cy + 5, "!", 12, palette.warning.line, bold=True, anchor="middle")


def arrow_and_user(right: float, y: float, palette: Palette) -> str:
    """The flow of value and its users, at the right end of a stream's header."""
    style = f'fill="none" stroke="{palette.muted}" stroke-width="1.5" stroke-linecap="round"'
    x = right - 76
    arrow = f'<path d="M{num(x)} {num(y)}h48m-6 -4l6 4l-6 4" {style}/>'
    cx = right - 10
    user = f'<circle cx="{num(cx)}" cy="{num(y - 4)}" r="4" {style}/><path d="M{num(cx - 6)} {num(y + 8)}q0 -7 6 -7q6 0 6 7z" {style}/>'
    return arrow + user
