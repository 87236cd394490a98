"""The team map as a whole: columns of bands, platforms below, pillars at the left."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from topology.graph.teammap import constants as c
from topology.graph.teammap.bands import Band, place
from topology.graph.teammap.boxes import Facts, Placed, band_boxes, card_boxes, pillar_maker
from topology.graph.teammap.geometry import Box, MapLayout, Tie
from topology.graph.teammap.order import cut
from topology.graph.teammap.shapes import draw_ties
from topology.graph.teammap.text import text_width
from topology.graph.teammap.ties import Frame, ties_on
from topology.model import Organisation


def layout_map(organisation: Organisation, day: dt.date, width: float = 1280, frame: Frame | None = None) -> MapLayout:
    """The layout of every team that exists on `day` (and of the frame's, as empty slots), `width` units wide."""
    present = set(organisation.teams_on(day))
    teams = present | (set(frame.teams) & set(organisation.teams) if frame else set())
    return layout_of(organisation, present, teams, ties_on(organisation, day, teams, frame), width)


def layout_of(
    organisation: Organisation, present: set[str], teams: set[str], ties: Sequence[Tie], width: float,
    crossed: frozenset[str] = frozenset(),
) -> MapLayout:  # fmt: skip
    """The layout of `teams`, of which those that are not `present` are empty slots, with these ties. Ties whose keys are `crossed` have a
    shape and count for nothing."""
    facts = facts_of(organisation, present, [tie for tie in ties if tie.key not in crossed])
    m = c.measures(width, len(teams))
    placement = place(organisation, teams, ties)
    placed, columns = _assemble(placement.streams, placement.platforms, placement.pillars, width, m, facts)
    drawn = draw_ties(placed.teams, ties, placed.slot_from, m)
    shown = tuple(tie for tie in ties if tie.state is not None and tie.key not in crossed)
    return MapLayout(width, placed.height, tuple(drawn.teams), tuple(placed.bands), tuple(drawn.joints),
                     tuple(drawn.chips), columns, m.compact, shown)  # fmt: skip


def facts_of(organisation: Organisation, present: set[str], ties: Sequence[Tie]) -> Facts:
    """Names and counts of services; planned services do not count."""
    services = [tie for tie in ties if tie.mode == "x-as-a-service"]
    running = [tie for tie in services if tie.state in ("active", "overrun")]
    consumers: dict[str, list[str]] = {}
    for tie in services:
        consumers.setdefault(tie.first, []).append(tie.second)
    return Facts(
        organisation, present,
        uses=Counter(tie.second for tie in running), serves=Counter(tie.first for tie in running), consumers=consumers,
        may_use={tie.second for tie in services}, may_serve={tie.first for tie in services},
    )  # fmt: skip


def _assemble(
    streams: list[Band], platforms: list[Band], pillars: list[str], width: float, m: c.Measures, facts: Facts
) -> tuple[Placed, int]:
    whole = Placed()
    cards = width < c.PHONE
    left = m.margin + (0 if cards else len(pillars) * (c.PILLAR + c.PILLAR_GAP))
    top = m.margin
    if cards and pillars:
        placed = card_boxes(pillars, Box(m.margin, top, width - 2 * m.margin, 0), m, facts)
        _join(whole, placed)
        top += placed.height + m.band_gap
    columns = _column_count(streams, width - left - m.margin, m, facts)
    parts = _cut(streams, columns, width - left - m.margin, m, facts)
    column_width = _column_width(width - left - m.margin, columns, m)
    bottom = top
    for column, part in enumerate(parts):
        x, y = left + column * (column_width + m.column_gap), top
        for index in part:
            placed = band_boxes(streams[index], x, y, column_width, m, facts, column)
            _join(whole, placed)
            y += placed.height + m.band_gap
        bottom = max(bottom, y - m.band_gap)
    if pillars and not cards:
        bottom = max(bottom, top + _pillar_need(pillars, m, facts))
        make = pillar_maker(m, facts)
        for index, team in enumerate(pillars):
            x = m.margin + index * (c.PILLAR + c.PILLAR_GAP)
            whole.teams.append(make(team, Box(x, top, c.PILLAR, bottom - top)))
    for band in platforms:
        y = bottom + (m.band_gap if bottom > m.margin else 0)
        placed = band_boxes(band, m.margin, y, width - 2 * m.margin, m, facts)
        _join(whole, placed)
        bottom = y + placed.height
    whole.height = bottom + m.margin
    return whole, columns


def _join(whole: Placed, part: Placed) -> None:
    whole.teams += part.teams
    whole.bands += part.bands
    whole.slot_from.update(part.slot_from)


def _column_width(width: float, columns: int, m: c.Measures) -> float:
    return (width - m.column_gap * (columns - 1)) / columns


def _heights(streams: list[Band], width: float, columns: int, m: c.Measures, facts: Facts) -> list[float]:
    column_width = _column_width(width, columns, m)
    return [band_boxes(band, 0, 0, column_width, m, facts).height for band in streams]


def _cut(streams: list[Band], columns: int, width: float, m: c.Measures, facts: Facts) -> list[list[int]]:
    return cut(_heights(streams, width, columns, m, facts), columns, m.band_gap)


def _column_count(streams: list[Band], width: float, m: c.Measures, facts: Facts) -> int:
    """The fewest columns whose height is at most 1.08 times the best."""
    totals: dict[int, float] = {}
    for columns in range(1, min(c.MOST_COLUMNS, max(1, len(streams))) + 1):
        if columns > 1 and _column_width(width, columns, m) < c.LEAST_COLUMN:
            break
        heights = _heights(streams, width, columns, m, facts)
        parts = cut(heights, columns, m.band_gap)
        totals[columns] = max(
            (sum(heights[i] for i in part) + m.band_gap * (len(part) - 1) for part in parts), default=0
        )
    best = min(totals.values())
    return next(columns for columns, total in totals.items() if total <= c.COLUMN_TOLERANCE * best)


def _pillar_need(pillars: list[str], m: c.Measures, facts: Facts) -> float:
    """The least height at which the pillars' names stand in one line, up to a name of 28 characters."""
    longest = max(text_width(facts.name(team), m.name_size, bold=True) for team in pillars)
    return c.PILLAR_TAB + 62 + min(longest, 240)
