"""The layers of ties, never added to one another: what is declared, what was observed in contacts, what in cross-changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from topology.clans.groupings import OUTSIDE_STREAMS, SIDES, WITHIN
from topology.graph.networks import (
    CHANNELS,
    CONTACT_KINDS,
    CROSS_CHANGE,
    FLOOR_EVENTS,
    Contacted,
    declared_ties,
    exchanges,
    observed,
    observed_people,
)
from topology.model import Organisation, whole_weeks_end

if TYPE_CHECKING:
    import networkx as nx

Layer = Literal["declared", "observed", "cross-changes"]
LAYERS: tuple[Layer, ...] = ("declared", "observed", "cross-changes")
LAYER_NAMES = {"declared": "Declared interactions", "observed": "Observed contact", "cross-changes": "Cross-changes"}
KINDS: dict[str, tuple[str, ...]] = {"observed": CONTACT_KINDS, "cross-changes": (CROSS_CHANGE,)}


@dataclass(frozen=True)
class Source:
    """An organisation with what was observed in it, the length of a window and the floor of an observed tie."""

    organisation: Organisation
    rows: Sequence[Contacted] | None
    weeks: int = 12
    floor: float = FLOOR_EVENTS

    def ties(self, grouping: str, layer: str, day: dt.date) -> nx.Graph[Any] | str:
        """The units and ties of a layer in the whole weeks up to `day`; else the sentence that says why there are none."""
        if layer == "declared":
            if grouping in SIDES:
                return "Interactions are declared between teams, so they say nothing about two sides of one team."
            return _units(declared_ties(self.organisation, day), grouping)
        if grouping in SIDES and layer == "cross-changes":
            return "Cross-changes are counted between teams, so they say nothing about two sides of one team."
        rows = self.of_kinds(KINDS[layer])
        if not rows:
            return ("No data: there are no observed contacts (contacts.csv)." if layer == "observed"
                    else "No data: no change of one team in another's service is known (changes.csv).")  # fmt: skip
        return self.seen(grouping, day, KINDS[layer])

    def seen(self, grouping: str, day: dt.date, kinds: Collection[str]) -> nx.Graph[Any]:
        """The ties that were seen through some channels in the whole weeks up to `day`."""
        end, rows = whole_weeks_end(day), self.rows or ()
        if grouping in SIDES:
            return observed_people(self.organisation, rows, end, self.weeks, kinds=kinds, within=grouping == WITHIN)
        return _units(observed(self.organisation, rows, end, self.weeks, kinds=kinds, floor=self.floor), grouping)

    def of_kinds(self, kinds: Collection[str]) -> list[Contacted]:
        """The rows of some channels."""
        return [one for one in self.rows or () if one.kind in kinds]

    def channels(self, layer: str) -> tuple[str, ...]:
        """The channels that can stand for a layer on their own: every one but the layer itself, where it is one."""
        return () if layer == "declared" else tuple(one for one in CHANNELS if (one,) != KINDS[layer])


def _units(graph: nx.Graph[Any], grouping: str) -> nx.Graph[Any]:
    """The teams that a grouping asks about."""
    if grouping != "value-stream":
        return graph
    return graph.subgraph(
        [n for n, data in graph.nodes.items() if data["value_stream"] or data["type"] not in OUTSIDE_STREAMS]
    )


@dataclass(frozen=True, slots=True)
class Week:
    """The contact between squads in a week: events across the border, and all between units with a label."""

    week: dt.date
    crossing: float
    events: float


def weekly_crossing(
    source: Source, labels: Mapping[str, str | None], day: dt.date, kinds: Collection[str],
    borders: Collection[frozenset[str]] | None = None,
) -> list[Week]:  # fmt: skip
    """Every whole week up to `day` that has events, oldest first; `borders` are the pairs of groups that count as crossing."""
    rows = source.of_kinds(kinds)
    if not rows:
        return []
    end = whole_weeks_end(day)
    weeks = (end - min(one.week for one in rows)).days // 7
    crossing: dict[dt.date, float] = {}
    events: dict[dt.date, float] = {}
    for week, first, second, count in exchanges(source.organisation, rows, end, weeks, kinds):
        ends = labels.get(first), labels.get(second)
        if None in ends:
            continue
        across = frozenset(map(str, ends)) in borders if borders is not None else ends[0] != ends[1]
        crossing[week] = crossing.get(week, 0.0) + across * count
        events[week] = events.get(week, 0.0) + count
    return [Week(week, crossing[week], events[week]) for week in sorted(events)]
