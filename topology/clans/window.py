"""The window that clans reads: an organisation, what was seen in it, and the whole weeks up to a day. Each network is made once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from topology.clans.codes import Why
from topology.clans.partitions import Labels, Partition
from topology.clans.seen import Seen
from topology.clans.ties import KINDS, Layer, Silence, part_of, without_units
from topology.graph.networks import declared, declared_ties, needed, team_graph
from topology.graph.observed import (
    CHANNELS,
    CONTACT_KINDS,
    FLOOR_EVENTS,
    FLOOR_WEEKS,
    WINDOW_WEEKS,
    Contacted,
    Contacts,
    Exchange,
    exchange,
    observed,
    observed_people,
)
from topology.graph.structure import waiting
from topology.model import Organisation, whole_weeks_end
from topology.model.interactions import RUNNING
from topology.once import Once, kept
from topology.privacy import small_teams, too_few

if TYPE_CHECKING:
    import networkx as nx

KEPT_LABELLINGS = 4
MOST_UNCOVERED = 0.17  # of a window that may lie before the first row of contact
BOTH_SIDES = 0.05  # of the ends of contact in a channel, so that it can tell of two sides
_SIDE: dict[str | None, int] = {"product": 0, "tech": 1}

Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Window:
    """An organisation and what was observed in it, in the `weeks` whole weeks that ended on or before `day`.

    Windows of other days are reached by `at` and share what they have made, so that a trend, a test and a page that look at the
    same weeks look at the same networks. What it gives is never changed.
    """

    organisation: Organisation
    exchange: Exchange | None
    """None where no table tells of any contact."""
    day: dt.date
    weeks: int = WINDOW_WEEKS
    floor: float = FLOOR_EVENTS
    """Events in four weeks that make an observed tie."""
    once: Once = field(default_factory=Once, repr=False)
    """Keeps what was made of this window: a key may be anything that tells it from the rest."""
    drawn: Once = field(default_factory=lambda: Once(KEPT_LABELLINGS), repr=False)
    """Shuffled labels, for the layers and days that have the same units and labels."""
    _family: dict[tuple[dt.date, int, float], Window] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._family.setdefault((self.day, self.weeks, self.floor), self)

    @classmethod
    def of(
        cls, organisation: Organisation, rows: Contacts | Iterable[Contacted] | None, day: dt.date, weeks: int = WINDOW_WEEKS,
        floor: float = FLOOR_EVENTS,
    ) -> Window:  # fmt: skip
        """A window over rows of contact."""
        return cls(organisation, None if rows is None else exchange(organisation, rows), day, weeks, floor)

    def at(self, day: dt.date | None = None, *, weeks: int = 0, floor: float | None = None) -> Window:
        """The same for another day, another length, or another floor of a tie."""
        key = (day or self.day, weeks or self.weeks, self.floor if floor is None else floor)
        return self._family.get(key) or self._family.setdefault(
            key, replace(self, day=key[0], weeks=key[1], floor=key[2], once=Once())
        )

    @property
    def before(self) -> Window:
        """The window that ends where this one begins."""
        return self.at(self.day - dt.timedelta(weeks=self.weeks))

    @property
    def end(self) -> dt.date:
        """The first day after the window, a Monday."""
        return whole_weeks_end(self.day)

    @property
    def first(self) -> dt.date:
        """The first day of the window."""
        return self.end - dt.timedelta(weeks=self.weeks)

    @property
    def least(self) -> float:
        """The events in a window that make an observed tie."""
        return self.floor * self.weeks / FLOOR_WEEKS

    def labels(self, partition: Partition) -> Labels:
        """{unit: label} of a partition."""
        return self.once(("labels", partition.id), lambda: partition.labels(self.organisation))

    # -- what the file says -----------------------------------------------------------------------------------

    @kept
    def small(self) -> frozenset[str]:
        """The teams of which nothing is told: those that are known to have been under five people on a day of the window."""
        return small_teams(self.organisation, self.first, max(self.day, self.end - dt.timedelta(days=1)))

    @kept
    def needed(self) -> nx.Graph[str]:
        """Every pair whose work needs the other; edge attribute `reasons`."""
        return needed(self.organisation, self.day)

    @kept
    def needs(self) -> nx.Graph[str]:
        """The pairs whose work needs talk: needed pairs without those that are served, and without small teams."""
        graph = self.needed.copy()
        graph.remove_edges_from([*self.served, *((a, b) for a, b in graph.edges if a in self.small or b in self.small)])
        return graph

    @kept
    def asked_needs(self) -> tuple[Pair, ...]:
        """The needs of which contact can tell in this window: of teams that a source of contact sees, and that were there in all of it."""
        unseen, teams = self.unseen(CONTACT_KINDS), self.organisation.teams
        young = {id_ for id_, team in teams.items() if team.since is not None and team.since > self.first}
        pairs = ((min(a, b), max(a, b)) for a, b in self.needs.edges)
        return tuple(sorted(pair for pair in pairs if not (unseen | young) & set(pair)))

    @kept
    def served(self) -> tuple[Pair, ...]:
        """The needed pairs whose only interaction is X-as-a-Service, which should be quiet, through the whole window.

        A pair in which one team waits for the other (a slowing or blocking dependency) is not served well, and not among them.
        """
        need, close, waits = self.needed, self.close, waiting(self.organisation, self.day)
        now, then = (
            {
                (a, b)
                for a, b, state in declared(self.organisation, when, "x-as-a-service").edges(data="state")
                if state in RUNNING
            }
            for when in (self.day, self.first)
        )
        return tuple(
            (a, b) for a, b in sorted(now & then)
            if need.has_edge(a, b) and not close.has_edge(a, b) and not waits.has_edge(a, b) and not waits.has_edge(b, a)
        )  # fmt: skip

    @kept
    def close(self) -> nx.Graph[str]:
        """The teams that work closely by the file: collaborations and facilitations that run."""
        return declared_ties(self.organisation, self.day)

    # -- what was seen ----------------------------------------------------------------------------------------

    def has(self, kinds: Collection[str]) -> bool:
        """Whether there is any contact of these channels, in the window or before it."""
        return self.told is not None and self.told.has(kinds)

    def has_within(self, kinds: Collection[str]) -> bool:
        """Whether there is any contact of these channels in the window."""
        return self.told is not None and any(
            bool(one.within(self.end, self.weeks, kinds).any()) for one in (self.told.teams, self.told.people_within)
        )

    def talks(self, kinds: tuple[str, ...] = CONTACT_KINDS) -> nx.Graph[str]:
        """All teams, and those that were seen in contact through these channels; none of teams under five people."""
        return self.once(
            ("talks", kinds),
            lambda: observed(self.organisation, self.told or (), self.end, self.weeks, kinds=kinds, floor=self.floor),
        )

    @kept
    def told(self) -> Exchange | None:
        """The contact without that of teams under five people: what is counted of it, in a total too, could be worked out."""
        return None if self.exchange is None else self.exchange.without(self.small, self._people_of_small)

    @kept
    def _people_of_small(self) -> frozenset[str]:
        """Who is, or was, in a small team, but for those whose first team now is another."""
        now = self.organisation.teams_by_person(self.end - dt.timedelta(days=1))
        theirs = {person for team in self.small for person in self.organisation.teams[team].people()}
        return frozenset(person for person in theirs if person not in now or now[person][0] in self.small)

    @kept
    def events(self) -> dict[Pair, float]:
        """{pair of teams, ids in order: events of contact in the window}, also below the floor; none of teams under five people."""
        if self.told is None:
            return {}
        pairs = self.told.teams
        chosen = pairs.within(self.end, self.weeks, CONTACT_KINDS)
        return {(first, second): count for first, second, count in pairs.summed(chosen)}

    def contact(self, kinds: tuple[str, ...] = CONTACT_KINDS) -> Seen:
        """All teams, and every pair that was seen through these channels, with no floor; none of teams under five people."""
        return self.once(("contact", kinds), lambda: self._contact(kinds))

    def _contact(self, kinds: tuple[str, ...]) -> Seen:
        nodes = dict(team_graph(self.organisation, self.end - dt.timedelta(days=1)).nodes(data=True))
        none = np.zeros(0, dtype=np.int64)
        if self.told is None:
            return Seen(nodes, none, none, none)
        pairs, place = self.told.teams, {unit: index for index, unit in enumerate(nodes)}
        where = np.array([place.get(unit, -1) for unit in pairs.units], dtype=np.int64)
        chosen = np.flatnonzero(pairs.within(self.end, self.weeks, kinds))
        first, second = (where[ends[chosen]] if len(where) else none for ends in (pairs.first, pairs.second))
        both = (first >= 0) & (second >= 0)
        low, high = np.minimum(first, second)[both], np.maximum(first, second)[both]
        week = pairs.week[chosen][both]
        one_a_week = np.unique(((low * len(nodes) + high) << 32) + week)  # (a pair and a week, in one number)
        ends, weeks = np.unique(one_a_week >> 32, return_counts=True)
        return Seen(nodes, ends // max(1, len(nodes)), ends % max(1, len(nodes)), weeks)

    @kept
    def weeks_seen(self) -> dict[Pair, int]:
        """{pair of teams, ids in order: in how many weeks of the window it was seen in contact}."""
        seen = self.contact()
        names = list(seen)
        ends = zip(seen.first.tolist(), seen.second.tolist(), seen.weeks.tolist(), strict=True)
        return {(min(names[a], names[b]), max(names[a], names[b])): count for a, b, count in ends}

    def unseen(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """The teams of which these channels tell nothing in the window, neither of others nor among themselves: nobody reads them there."""
        return self.once(("unseen", kinds), lambda: self._unseen(kinds))

    def _unseen(self, kinds: tuple[str, ...]) -> frozenset[str]:
        seen, inside = self.contact(kinds), self.inside(kinds)
        alone = (
            team for team, pairs in zip(seen, seen.busy.tolist(), strict=True) if not pairs and not inside.get(team)
        )
        return frozenset(alone) - self.small

    def weeks_known(self, kinds: Collection[str]) -> int:
        """How many weeks of the window lie after the first row of contact of these channels."""
        first = self.told.first_week(kinds) if self.told is not None else None
        return 0 if first is None else max(0, min(self.weeks, (self.end - first).days // 7))

    def covers(self, kinds: Collection[str], most: float = MOST_UNCOVERED) -> bool:
        """Whether there is contact of these channels from nearly the first week of the window on: a window that reaches back beyond the
        data knows nothing of its first weeks."""
        return self.weeks_known(kinds) >= (1 - most) * self.weeks

    def inside(self, kinds: tuple[str, ...]) -> dict[str, int]:
        """{team: in how many weeks of the window its own people were seen in contact with each other}."""
        return self.once(("inside", kinds), lambda: self._inside(kinds))

    def _inside(self, kinds: tuple[str, ...]) -> dict[str, int]:
        if self.told is None:
            return {}
        pairs, homes = self.told.people_within, self.organisation.teams_by_person(self.end - dt.timedelta(days=1))
        chosen = np.flatnonzero(pairs.within(self.end, self.weeks, kinds))
        met = {
            (team, week)
            for one, other, week in zip(
                pairs.first[chosen].tolist(), pairs.second[chosen].tolist(), pairs.week[chosen].tolist(), strict=True
            )
            for team in set(homes.get(pairs.units[one], ())) & set(homes.get(pairs.units[other], ()))
        }
        return dict(Counter(team for team, _ in met))

    def first_week(self, layer: str) -> dt.date | None:
        """The first week with contact of a layer; None where there is none, or the layer is declared."""
        return self.told.first_week(KINDS[layer]) if self.told and layer in KINDS else None

    @kept
    def of_both_sides(self) -> tuple[str, ...]:
        """The channels of contact in whose window both sides take part: in each some contact in twenty or more has it."""
        if self.told is None:
            return ()
        ends = {kind: np.zeros(3) for kind in CONTACT_KINDS}  # of contact: Product's, Tech's, others'
        for pairs in (self.told.people, self.told.people_within):
            side = np.array([_SIDE.get(self.organisation.side(unit), 2) for unit in pairs.units], dtype=np.int64)
            for kind, counts in ends.items():
                chosen = pairs.within(self.end, self.weeks, (kind,))
                for end in (pairs.first, pairs.second):
                    counts += np.bincount(side[end[chosen]], pairs.events[chosen], 3) if chosen.any() else 0
        return tuple(
            kind for kind, (product, tech, _) in ends.items() if min(product, tech) >= BOTH_SIDES * (product + tech) > 0
        )

    # -- ties to read -----------------------------------------------------------------------------------------

    def ties(self, partition: Partition, layer: Layer) -> nx.Graph[Any] | Silence:
        """The units of a partition and their ties on a layer; else why there are none.

        What was observed is told without teams under five people, and so without their people.
        """
        if partition.of_people and layer != "observed":
            return Silence(Why.DECLARED_BETWEEN_TEAMS if layer == "declared" else Why.CHANGED_BETWEEN_TEAMS)
        if layer == "declared":
            return self._asked(partition, ("declared",), lambda: self.close)
        parts: tuple[Layer, ...] = ("observed", "cross-changes") if layer == "together" else (layer,)
        if missing := next((part for part in parts if not self.has(KINDS[part])), None):
            return self._silence(missing)
        kinds = self.of_both_sides if partition.of_people else KINDS[layer]
        if not kinds:
            return Silence(Why.NO_SHARED_CHANNEL)
        graph = self.seen(partition, kinds)
        return Silence(Why.FEW_PEOPLE) if self._isolates(partition, graph) else graph

    def _isolates(self, partition: Partition, graph: nx.Graph[Any]) -> bool:
        """Whether labels set a few people apart: a side of under five, or a label of the project's own on small teams alone."""
        labels = self.labels(partition)
        told = Counter(label for unit in graph if (label := labels.get(unit)) is not None)
        if partition.of_people:
            return any(too_few(count) for count in told.values())
        everybody = self.organisation.teams_on(self.end - dt.timedelta(days=1))
        return partition.own and any(label not in told for team in everybody if (label := labels.get(team)) is not None)

    def compared(self, partition: Partition, layer: Layer) -> nx.Graph[Any] | Seen | Silence:
        """What a partition is compared with chance on: of declared ties and of people the ties, of contact between teams every pair that
        was seen, without the teams that no source sees."""
        ties = self.ties(partition, layer)
        if isinstance(ties, Silence) or layer == "declared" or partition.of_people:
            return ties
        kinds = KINDS[layer]
        if not self.has_within(kinds):
            return self._silence(layer)
        kept = [unit for unit in ties if unit not in self.unseen(kinds)]
        return self.once(("compared", partition.asks_about, kinds), lambda: self.contact(kinds).among(kept))

    def seen(self, partition: Partition, kinds: tuple[str, ...]) -> nx.Graph[Any]:
        """The ties between the units of a partition that were seen through some channels."""
        if partition.of_people:
            return self.once(("people", partition.within, kinds), lambda: self._people(kinds, within=partition.within))
        return self._asked(partition, kinds, lambda: without_units(self.talks(kinds), self.small))

    def _people(self, kinds: tuple[str, ...], *, within: bool) -> nx.Graph[Any]:
        """People who were seen in contact, without those of small teams."""
        graph = observed_people(
            self.organisation, self.exchange or (), self.end, self.weeks, kinds=kinds, within=within
        )
        return without_units(graph, {person for person, team in graph.nodes(data="team") if team in self.small})

    def pairs_by_channel(self, units: Collection[str]) -> dict[str, int]:
        """{channel: how many pairs of these teams were seen through it in the window}, of those through which any was."""
        counts = {kind: len(self.contact((kind,)).among(units).weeks) for kind in CHANNELS}
        return {kind: count for kind, count in counts.items() if count}

    def _asked(self, partition: Partition, kinds: tuple[str, ...], ties: Callable[[], nx.Graph[Any]]) -> nx.Graph[Any]:
        """The teams that a partition asks about."""

        def asked() -> nx.Graph[Any]:
            graph = ties()
            kept = [unit for unit, node in graph.nodes.items() if partition.asks_about(node)]
            return graph if len(kept) == len(graph) else part_of(graph, kept)

        return self.once(("asked", partition.asks_about, kinds), asked)

    def _silence(self, layer: Layer) -> Silence:
        small = 0 if self.exchange is None else len(self.small)
        if layer != "observed":
            return Silence(Why.NO_CROSS_CHANGES, small=small)
        if self.exchange is not None and self.exchange.unknown:
            return Silence(Why.NOBODY_KNOWN, self.exchange.unknown, self.exchange.rows)
        return Silence(Why.NO_CONTACT, small=small)


@dataclass(frozen=True, slots=True)
class Week:
    """The contact between squads in a week: events across the border, and all between units with a label."""

    week: dt.date
    crossing: float
    events: float


def weekly_crossing(
    window: Window, labels: Labels, kinds: Collection[str], borders: Collection[frozenset[str]] | None = None
) -> list[Week]:
    """Every whole week before the window's end that has events, oldest first; `borders` are the pairs of groups that count as
    crossing. Without teams that were under five people on any day of these weeks."""
    if window.exchange is None:
        return []
    first = (
        dt.date.fromordinal(int(window.exchange.teams.week.min())) if len(window.exchange.teams.week) else window.first
    )
    pairs = window.exchange.teams.without(
        small_teams(window.organisation, min(first, window.first), window.end) | window.small
    )
    chosen = pairs.of_kinds(kinds) & (pairs.week < window.end.toordinal())
    groups = sorted({str(label) for label in labels.values() if label is not None})
    place: dict[str | None, int] = {None: -1, **{group: index for index, group in enumerate(groups)}}
    code = np.array([place[labels.get(unit)] for unit in pairs.units], dtype=np.int64)
    one, other = (code[ends[chosen]] if len(code) else ends[chosen] for ends in (pairs.first, pairs.second))
    known = (one >= 0) & (other >= 0)
    parted = np.array([[_parted(a, b, borders) for b in groups] for a in groups], dtype=bool).reshape(len(groups), -1)
    one, other = one[known], other[known]
    weeks, which = np.unique(pairs.week[chosen][known], return_inverse=True)
    count = pairs.events[chosen][known]
    events = np.bincount(which, count, len(weeks))
    crossing = np.bincount(which, count * parted[one, other], len(weeks)) if len(weeks) else events
    return [
        Week(dt.date.fromordinal(week), across, every)
        for week, across, every in zip(weeks.tolist(), crossing.tolist(), events.tolist(), strict=True)
    ]


def _parted(one: str, other: str, borders: Collection[frozenset[str]] | None) -> bool:
    """Whether contact between two groups crosses a border."""
    return frozenset((one, other)) in borders if borders is not None else one != other
