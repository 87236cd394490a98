"""The colours of the map and the charts, light and dark (docs/map.md, section 6). Contrasts are recomputed in a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from topology.model import Mode, TeamType

ThemeName = Literal["light", "dark"]
FONT = "'Source Sans', 'Source Sans 3', Arial, 'Liberation Sans', Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Paint:
    """A fill and its outline."""

    fill: str
    line: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme."""

    name: ThemeName
    page: str
    band: str
    rule: str
    band_line: str
    ink: str
    muted: str
    types: dict[TeamType, Paint]
    modes: dict[Mode, Paint]
    warning: Paint
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    exchange: tuple[str, ...]
    """Three greys: how much contact was observed."""
    voice: str
    """What people said."""


LIGHT = Palette(
    name="light", page="#FFFFFF", band="#F7F8FA", rule="#C9CDD6", band_line="#8A90A0", ink="#1B1F2A", muted="#4A5060",
    types={
        "stream-aligned": Paint("#FFEDB8", "#FFD966"),
        "enabling": Paint("#DFBDCF", "#D09CB7"),
        "complicated-subsystem": Paint("#FFC08B", "#E88814"),
        "platform": Paint("#B7CDF1", "#6D9EEB"),
        "undefined": Paint("#EBEBEF", "#9B99AF"),
    },
    modes={
        "collaboration": Paint("#C6BEDF", "#967EE2"),
        "facilitating": Paint("#C9DFBE", "#78996B"),
        "x-as-a-service": Paint("#B4B4B4", "#999696"),
    },
    warning=Paint("#B3261E", "#FFFFFF"),
    sequential=("#E6F4F1", "#B2DDD5", "#74BDB2", "#2A7D75", "#0B4F4B"),
    diverging=("#8C510A", "#D8B365", "#F2F0EB", "#5AB4AC", "#01665E"),
    exchange=("#E4E7EE", "#BFC6D6", "#8E99B3"),
    voice="#7A86A1",
)  # fmt: skip

DARK = Palette(
    name="dark", page="#0E1117", band="#171B24", rule="#343A48", band_line="#7C8394", ink="#F4F1EA", muted="#B6BBC8",
    types={
        "stream-aligned": Paint("#574A1E", "#FFD966"),
        "enabling": Paint("#553A49", "#D09CB7"),
        "complicated-subsystem": Paint("#6A3F12", "#E88814"),
        "platform": Paint("#2A416B", "#6D9EEB"),
        "undefined": Paint("#3A3A45", "#9B99AF"),
    },
    modes={
        "collaboration": Paint("#6F5FA8", "#B7A6F2"),
        "facilitating": Paint("#4E6B43", "#A3C497"),
        "x-as-a-service": Paint("#6A6A6A", "#B9B6B6"),
    },
    warning=Paint("#FF8A80", "#1B1F2A"),
    sequential=("#12302E", "#1C5A55", "#2A7D75", "#74BDB2", "#C9EAE4"),
    diverging=("#D8A35A", "#7A5A22", "#3A3A3A", "#2F7F78", "#7FD3C8"),
    exchange=("#232A38", "#3A455C", "#5B6A8C"),
    voice="#8794B4",
)  # fmt: skip

PALETTES: dict[ThemeName, Palette] = {"light": LIGHT, "dark": DARK}


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(ground: str) -> str:
    """Black or white ink, whichever reads better on a ground."""
    return max(("#1B1F2A", "#FFFFFF"), key=lambda ink: contrast(ink, ground))


def mix(colour: str, ground: str, share: float) -> str:
    """`colour` painted over `ground` with an opacity of `share`."""
    parts = [round(share * int(colour[i : i + 2], 16) + (1 - share) * int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in parts)
