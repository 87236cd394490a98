"""The layers of ties, never added to one another: what is declared, what was observed in contacts, what in cross-changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from topology.clans.groupings import OUTSIDE_STREAMS, SIDES, WITHIN
from topology.graph.networks import declared, declared_ties, needed
from topology.graph.observed import (
    CHANNELS,
    CONTACT_KINDS,
    CROSS_CHANGE,
    FLOOR_EVENTS,
    FLOOR_WEEKS,
    WINDOW_WEEKS,
    Contacted,
    Exchange,
    exchange,
    observed,
    observed_people,
)
from topology.graph.structure import waiting
from topology.model import Organisation, whole_weeks_end
from topology.model.interactions import RUNNING

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
    exchange: Exchange | None
    """None where no table tells of any contact."""
    weeks: int = WINDOW_WEEKS
    floor: float = FLOOR_EVENTS

    @classmethod
    def of(
        cls,
        organisation: Organisation,
        rows: Iterable[Contacted] | None,
        weeks: int = WINDOW_WEEKS,
        floor: float = FLOOR_EVENTS,
    ) -> Source:
        """A source from rows of contact."""
        return cls(organisation, None if rows is None else exchange(organisation, rows), weeks, floor)

    def has(self, kinds: Collection[str]) -> bool:
        """Whether there is any contact of these channels."""
        return self.exchange is not None and self.exchange.has(kinds)

    def ties(self, grouping: str, layer: str, day: dt.date) -> nx.Graph[Any] | str:
        """The units and ties of a layer in the whole weeks up to `day`; else the sentence that says why there are none."""
        if layer == "declared":
            if grouping in SIDES:
                return "Interactions are declared between teams, so they say nothing about two sides of one team."
            return _units(declared_ties(self.organisation, day), grouping)
        if grouping in SIDES and layer == "cross-changes":
            return "Cross-changes are counted between teams, so they say nothing about two sides of one team."
        if not self.has(KINDS[layer]):
            return self._why_nothing(layer)
        kinds = self.of_both_sides(day) if grouping in SIDES else KINDS[layer]
        if not kinds:
            return ("Too little to tell: there is no channel in which both sides take part. Code reviews are Tech's; meetings and "
                    "messages would tell (contacts.csv).")  # fmt: skip
        return self.seen(grouping, day, kinds)

    def of_both_sides(self, day: dt.date) -> tuple[str, ...]:
        """The channels of contact in whose window both sides take part: in each some contact in twenty or more has it."""
        if self.exchange is None:
            return ()
        ends = {kind: np.zeros(3) for kind in CONTACT_KINDS}  # of contact: Product's, Tech's, others'
        for pairs in (self.exchange.people, self.exchange.people_within):
            side = np.array([_SIDE.get(self.organisation.side(unit), 2) for unit in pairs.units], dtype=np.int64)
            for kind, counts in ends.items():
                chosen = pairs.within(whole_weeks_end(day), self.weeks, (kind,))
                for end in (pairs.first, pairs.second):
                    counts += np.bincount(side[end[chosen]], pairs.events[chosen], 3) if chosen.any() else 0
        return tuple(
            kind for kind, (product, tech, _) in ends.items() if min(product, tech) >= BOTH_SIDES * (product + tech) > 0
        )

    def _why_nothing(self, layer: str) -> str:
        if layer != "observed":
            return "No data: no change of one team in another's service is known (changes.csv)."
        if self.exchange is not None and self.exchange.unknown:
            return (f"No data: {self.exchange.unknown} of {self.exchange.rows} contacts name nobody in the file, or nobody who was in "
                    "a team then. `accounts:` of a person tells the names under which others know them.")  # fmt: skip
        return "No data: no contact between teams was observed (contacts.csv)."

    def has_within(self, day: dt.date, kinds: Collection[str]) -> bool:
        """Whether there is any contact of these channels in the window up to `day`."""
        if self.exchange is None:
            return False
        end = whole_weeks_end(day)
        return any(
            bool(one.within(end, self.weeks, kinds).any()) for one in (self.exchange.teams, self.exchange.people_within)
        )

    def needs(self, day: dt.date) -> nx.Graph[str]:
        """The pairs whose work needs talk: needed pairs without those that are served, and without teams that are known to
        be under five people, of which nothing is told."""
        graph = needed(self.organisation, day).copy()
        small = small_teams(self.organisation, day)
        graph.remove_edges_from([*self.served(day), *((a, b) for a, b in graph.edges if a in small or b in small)])
        return graph

    def served(self, day: dt.date) -> list[tuple[str, str]]:
        """The needed pairs whose only interaction is X-as-a-Service, which should be quiet, through the whole window.

        A pair in which one team waits for the other (a slowing or blocking dependency) is not served well, and not among them.
        """
        need, close, waits = (
            needed(self.organisation, day),
            declared_ties(self.organisation, day),
            waiting(self.organisation, day),
        )
        first = whole_weeks_end(day) - dt.timedelta(weeks=self.weeks)
        now, then = (
            {
                (a, b)
                for a, b, state in declared(self.organisation, when, "x-as-a-service").edges(data="state")
                if state in RUNNING
            }
            for when in (day, first)
        )
        return [
            (a, b) for a, b in sorted(now & then)
            if need.has_edge(a, b) and not close.has_edge(a, b) and not waits.has_edge(a, b) and not waits.has_edge(b, a)
        ]  # fmt: skip

    def seen(self, grouping: str, day: dt.date, kinds: Collection[str]) -> nx.Graph[Any]:
        """The ties that were seen through some channels in the whole weeks up to `day`."""
        end, rows = whole_weeks_end(day), self.exchange or ()
        if grouping in SIDES:
            return observed_people(self.organisation, rows, end, self.weeks, kinds=kinds, within=grouping == WITHIN)
        return _units(self.talks(day, kinds), grouping)

    def talks(self, day: dt.date, kinds: Collection[str] = CONTACT_KINDS) -> nx.Graph[str]:
        """All teams, and those that were seen in contact."""
        rows = self.exchange or ()
        return observed(self.organisation, rows, whole_weeks_end(day), self.weeks, kinds=kinds, floor=self.floor)

    def events(self, day: dt.date) -> dict[tuple[str, str], float]:
        """{pair of teams, ids in order: events of contact in the window up to `day`}, also below the floor."""
        if self.exchange is None:
            return {}
        pairs = self.exchange.teams
        chosen = pairs.within(whole_weeks_end(day), self.weeks, CONTACT_KINDS)
        return {(first, second): count for first, second, count in pairs.summed(chosen)}

    @property
    def least(self) -> float:
        """The events in a window that make an observed tie."""
        return self.floor * self.weeks / FLOOR_WEEKS

    def first_week(self, layer: str) -> dt.date | None:
        """The first week with contact of a layer; None where there is none, or the layer is declared."""
        return self.exchange.first_week(KINDS[layer]) if self.exchange and layer in KINDS else None

    def channels(self, layer: str) -> tuple[str, ...]:
        """The channels that can stand for a layer on their own: every one but the layer itself, where it is one."""
        return () if layer == "declared" else tuple(one for one in CHANNELS if (one,) != KINDS[layer])


_SIDE: dict[str | None, int] = {"product": 0, "tech": 1}
BOTH_SIDES = 0.05  # of the ends of contact in a channel, so that it can tell of two sides
SMALL_GROUP = 5  # people; nothing is told of fewer (docs/clans.md)


def small_teams(organisation: Organisation, day: dt.date) -> set[str]:
    """The teams of a day that are known to be under five people."""
    sizes = {id_: team.head_count(day) for id_, team in organisation.teams_on(day).items()}
    return {id_ for id_, size in sizes.items() if size is not None and size < SMALL_GROUP}


def _units(graph: nx.Graph[Any], grouping: str) -> nx.Graph[Any]:
    """The teams that a grouping asks about."""
    if grouping != "value-stream":
        return graph
    kept = [n for n, data in graph.nodes.items() if data["value_stream"] or data["type"] not in OUTSIDE_STREAMS]
    return part_of(graph, kept)


def part_of(graph: nx.Graph[Any], units: Iterable[Any]) -> nx.Graph[Any]:
    """The units and the ties between them, in the graph's own order. (`subgraph` walks small parts in the order of a set,
    which differs from run to run, and with it the draws.)"""
    wanted = set(units)
    part = graph.__class__()
    part.add_nodes_from((unit, data) for unit, data in graph.nodes(data=True) if unit in wanted)
    part.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if a in wanted and b in wanted)
    return part


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
    if source.exchange is None:
        return []
    pairs = source.exchange.teams
    chosen = pairs.of_kinds(kinds) & (pairs.week < whole_weeks_end(day).toordinal())
    crossing: dict[int, float] = {}
    events: dict[int, float] = {}
    for first, second, week, count in zip(
        *(part[chosen].tolist() for part in (pairs.first, pairs.second, pairs.week, pairs.events)), strict=True
    ):
        ends = labels.get(pairs.units[first]), labels.get(pairs.units[second])
        if None in ends:
            continue
        across = frozenset(map(str, ends)) in borders if borders is not None else ends[0] != ends[1]
        crossing[week] = crossing.get(week, 0.0) + across * count
        events[week] = events.get(week, 0.0) + count
    return [Week(dt.date.fromordinal(week), crossing[week], events[week]) for week in sorted(events)]
