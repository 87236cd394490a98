"""Whether a sign holds when a tie asks for more or fewer events in four weeks."""

from __future__ import annotations

from dataclasses import dataclass

from topology.clans.evidence import Draws, counted
from topology.clans.partitions import Partition
from topology.clans.shuffles import SEED
from topology.clans.ties import Layer, Silence
from topology.clans.verdict import fewer, is_inward, lack
from topology.clans.window import Window

FLOORS = (1.0, 2.0, 3.0, 4.0, 6.0)
DRAWS = 999


@dataclass(frozen=True, slots=True)
class FloorRow:
    """The bridges when `floor` events in four weeks make a tie, against labels shuffled as for the reading; p uncorrected."""

    floor: float
    ties: int
    crossing: int
    fewer: float | None
    p: float | None
    holds: bool
    """Whether there is enough data, and test 2 holds with this p."""


def by_floor(window: Window, partition: Partition, layer: Layer, *, seed: int = SEED) -> list[FloorRow]:
    """A row for each floor; empty where the layer has no floor (declared ties, people)."""
    if layer == "declared" or partition.of_people:
        return []
    found = []
    for floor in FLOORS:
        other = window.at(floor=floor)
        graph = other.ties(partition, layer)
        if isinstance(graph, Silence):
            return []
        one = counted(other, partition, graph, Draws(DRAWS, seed))
        p = one.shuffled.p_fewer if one.shuffled else None
        holds = not lack(one.network, partition.unit) and is_inward(one.network, one.shuffled, p)
        crossing = int((one.network.labels[one.network.heads] != one.network.labels[one.network.tails]).sum())
        found.append(FloorRow(floor, one.network.m, crossing, fewer(one.shuffled) if one.shuffled else None, p, holds))
    return found
