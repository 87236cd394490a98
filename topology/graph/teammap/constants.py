"""The numbers of docs/map.md, section 1, in SVG units."""

from __future__ import annotations

from dataclasses import dataclass

PHONE = 600  # below this width: smaller margins, no pillars
NARROW = 440  # a band with less inner width has two-line lanes
LEAST_LANE = 304
LEAST_COLUMN = 500
MOST_COLUMNS = 4
COLUMN_TOLERANCE = 1.08  # the fewest columns whose height is within 8 % of the best
COMPACT_FROM = 31  # teams drawn
FOLD_FROM = 60
MOST_PILLARS = 3
MOST_NUMBERED = 60  # pairs; three-digit numbers are unreadable

TAB = 44
PILLAR = 44
PILLAR_GAP = 8
PILLAR_TAB = 30
OCTAGON = 152
OCTAGON_GAP = 32
OCTAGON_TAB = 26
USES_ZONE = 56
SERVES_ZONE = 36
SERVES_AT = 70  # from the right edge to the middle of the triangle
LONGEST_NAME = 300
BAR_PITCH = 332
BAR_GAP = 12
CHIP_W, CHIP_H, CHIP_R = 38, 22, 12
LABEL_GAP = 4


@dataclass(frozen=True, slots=True)
class Measures:
    """The lengths that follow from the width and the number of teams."""

    margin: float
    column_gap: float
    band_gap: float
    pad: float
    header: float
    pad_bottom: float
    lane: float
    narrow_lane: float
    gap: float
    name_size: float
    compact: bool

    @property
    def circle(self) -> float:
        """Radius of the circle where a team is helped."""
        return 15 if self.compact else 18


def measures(width: float, teams: int) -> Measures:
    """The lengths at a width, for so many teams drawn."""
    phone, compact = width < PHONE, teams >= COMPACT_FROM
    return Measures(
        margin=12 if phone else 24,
        column_gap=12 if phone else 24,
        band_gap=16,
        pad=10 if phone else 16,
        header=32,
        pad_bottom=14,
        lane=32 if compact else 40,
        narrow_lane=52 if compact else 60,
        gap=10 if compact else 14,
        name_size=14 if compact else 15,
        compact=compact,
    )
