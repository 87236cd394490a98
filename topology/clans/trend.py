"""The share of bridges window by window, against what chance would give in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from topology.clans.evidence import Draws, counted
from topology.clans.partitions import Partition
from topology.clans.shuffles import SEED
from topology.clans.ties import Layer, Silence
from topology.clans.window import Window

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


def trend(window: Window, partition: Partition, layer: Layer, *, seed: int = SEED) -> list[Point]:
    """A window every four weeks back from this one, oldest first, as far as there is data; without windows of under 5 ties.

    Declared ties are read on the day, so they need no data.
    """
    first = window.first_week(layer)
    if first is None and layer != "declared":
        return []
    found = []
    for step in range(MOST_WINDOWS):
        earlier = window.at(window.day - dt.timedelta(weeks=STEP_WEEKS * step))
        if first is not None and earlier.first < first:
            break
        point = _point(earlier, partition, layer, Draws(DRAWS, seed))
        if point is not None:
            found.append(point)
    return found[::-1]


def _point(window: Window, partition: Partition, layer: Layer, draws: Draws) -> Point | None:
    graph = window.compared(partition, layer)
    if isinstance(graph, Silence):
        return None
    one = counted(window, partition, graph, draws)
    shuffled, whole = one.shuffled, float(one.network.weights.sum())
    if shuffled is None or one.network.m < LEAST_TIES:
        return None
    return Point(window.day, shuffled.crossing / whole, shuffled.low / whole, shuffled.high / whole, one.network.m)
