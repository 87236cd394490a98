"""The share of bridges window by window, against what chance would give in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from topology.clans.evidence import counted
from topology.clans.groupings import labels_of
from topology.clans.shuffles import SEED
from topology.clans.ties import Source
from topology.model import whole_weeks_end

STEP_WEEKS = 4
DRAWS = 999
MOST_WINDOWS = 13
LEAST_TIES = 5  # fewer give a share that jumps


@dataclass(frozen=True, slots=True)
class Point:
    """A window that ends on `last`: the share of its ties that are bridges, and the 95 % range of chance."""

    last: dt.date
    share: float
    low: float
    high: float
    ties: int


def trend(source: Source, grouping: str, layer: str, day: dt.date, *, seed: int = SEED) -> list[Point]:
    """A window every four weeks back from `day`, oldest first, as far as there is data; without windows of under 5 ties.

    Declared ties are read on the day, so they need no data.
    """
    first = source.first_week(layer)
    if first is None and layer != "declared":
        return []
    found = []
    for step in range(MOST_WINDOWS):
        last = day - dt.timedelta(weeks=STEP_WEEKS * step)
        if first is not None and whole_weeks_end(last) - dt.timedelta(weeks=source.weeks) < first:
            break
        point = _point(source, grouping, layer, last, seed)
        if point is not None:
            found.append(point)
    return found[::-1]


def _point(source: Source, grouping: str, layer: str, last: dt.date, seed: int) -> Point | None:
    graph = source.ties(grouping, layer, last)
    if isinstance(graph, str):
        return None
    one = counted(graph, labels_of(source.organisation, grouping), grouping, draws=DRAWS, seed=seed)
    shuffled, whole = one.shuffled, float(one.network.weights.sum())
    if shuffled is None or one.network.m < LEAST_TIES:
        return None
    return Point(last, shuffled.crossing / whole, shuffled.low / whole, shuffled.high / whole, one.network.m)
