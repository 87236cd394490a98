"""Whether a sign holds when a tie asks for more or fewer events in four weeks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from topology.clans.evidence import counted, unit_of
from topology.clans.groupings import SIDES, labels_of
from topology.clans.shuffles import SEED
from topology.clans.ties import Source
from topology.clans.verdict import fewer, is_inward, lack

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


def by_floor(source: Source, grouping: str, layer: str, day: dt.date, *, seed: int = SEED) -> list[FloorRow]:
    """A row for each floor; empty where the layer has no floor (declared ties, people)."""
    if layer == "declared" or grouping in SIDES:
        return []
    labels, found = labels_of(source.organisation, grouping), []
    for floor in FLOORS:
        graph = replace(source, floor=floor).ties(grouping, layer, day)
        if isinstance(graph, str):
            return []
        one = counted(graph, labels, grouping, draws=DRAWS, seed=seed)
        p = one.shuffled.p_fewer if one.shuffled else None
        holds = not lack(one.network, unit_of(grouping)) and is_inward(one.network, one.shuffled, p)
        crossing = int((one.network.labels[one.network.heads] != one.network.labels[one.network.tails]).sum())
        found.append(FloorRow(floor, one.network.m, crossing, fewer(one.shuffled) if one.shuffled else None, p, holds))
    return found
