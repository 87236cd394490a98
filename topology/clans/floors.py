"""Whether a sign holds when a tie asks for more or fewer events: by the closed form, fast enough for a slider."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from topology.clans.groupings import labels_of
from topology.clans.labelled import labelled
from topology.clans.segregation import bridges
from topology.clans.ties import Source

FLOORS = (1.0, 2.0, 3.0, 4.0, 6.0)


@dataclass(frozen=True, slots=True)
class FloorRow:
    """The bridges when `floor` events in four weeks make a tie; `fewer` and `z` by the closed form, labels shuffled over all."""

    floor: float
    ties: int
    crossing: int
    fewer: float | None
    z: float | None


def by_floor(source: Source, grouping: str, layer: str, day: dt.date) -> list[FloorRow]:
    """A row for each floor; empty where the layer has no floor (declared ties, people)."""
    if layer == "declared" or grouping.startswith("side"):
        return []
    labels, found = labels_of(source.organisation, grouping), []
    for floor in FLOORS:
        graph = replace(source, floor=floor).ties(grouping, layer, day)
        if isinstance(graph, str):
            return []
        counted = bridges(labelled(graph, labels))
        found.append(FloorRow(floor, int(counted.ties), int(counted.crossing), counted.fewer, counted.z))
    return found
