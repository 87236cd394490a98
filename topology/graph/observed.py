"""What was observed between teams and people: contacts as arrays, and the networks of a window.

Numbers of events come as `Contacted` rows, so that this module knows nothing of event tables.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from topology.graph.networks import team_graph
from topology.model import Organisation

if TYPE_CHECKING:
    Graph: TypeAlias = nx.Graph[str]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FLOOR_EVENTS, FLOOR_WEEKS = 3, 4  # clans.md: three events in four weeks make a tie
WINDOW_WEEKS = 12
ROUNDING = 1e-9  # shares of events, such as 18 thirds, must reach a floor of 6
CONTACT_KINDS = ("review", "meeting", "message")
CROSS_CHANGE = "cross-change"
CHANNELS = (*CONTACT_KINDS, CROSS_CHANGE)


class Contacted(Protocol):
    """A row of observed contact: two people or two teams, in the week that begins on `week`, through the channel `kind`."""

    @property
    def week(self) -> dt.date: ...
    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def weight(self) -> float: ...


@dataclass(frozen=True)
class Pairs:
    """Events of pairs, as arrays of one length: `first` and `second` index `units` (first < second), `week` is a day's ordinal."""

    units: tuple[str, ...]
    first: Ints
    second: Ints
    week: Ints
    kind: Ints
    """An index of CHANNELS; −1 for any other word."""
    events: Floats

    def within(self, end: dt.date, weeks: int, kinds: Collection[str]) -> NDArray[np.bool_]:
        """Which entries lie in the `weeks` whole weeks before `end` and in one of the channels."""
        begin = end - dt.timedelta(weeks=weeks)
        return self.of_kinds(kinds) & (self.week >= begin.toordinal()) & (self.week < end.toordinal())

    def of_kinds(self, kinds: Collection[str]) -> NDArray[np.bool_]:
        """Which entries are of one of the channels."""
        return np.isin(self.kind, [index for index, kind in enumerate(CHANNELS) if kind in kinds])

    def summed(self, chosen: NDArray[np.bool_]) -> list[tuple[str, str, float]]:
        """(unit, unit, events) of each pair that has chosen entries."""
        codes, inverse = np.unique(self.first[chosen] * len(self.units) + self.second[chosen], return_inverse=True)
        sums = np.bincount(inverse, self.events[chosen], len(codes))
        places = zip(
            (codes // max(1, len(self.units))).tolist(),
            (codes % max(1, len(self.units))).tolist(),
            sums.tolist(),
            strict=True,
        )
        return [(self.units[a], self.units[b], events) for a, b, events in places]


@dataclass(frozen=True)
class Exchange:
    """Every contact, between teams (a person of two teams counts half for each) and between people of one or of different teams."""

    teams: Pairs
    people: Pairs
    people_within: Pairs
    unknown: int = 0
    """Rows of contact whose source or target is nobody in the file, or in no team in that week."""
    rows: int = 0

    def has(self, kinds: Collection[str]) -> bool:
        """Whether there is any contact of these channels."""
        return self.first_week(kinds) is not None

    def first_week(self, kinds: Collection[str]) -> dt.date | None:
        """The first week with contact of these channels."""
        weeks = [
            int(one.week[chosen].min())
            for one in (self.teams, self.people_within)
            if (chosen := one.of_kinds(kinds)).any()
        ]
        return dt.date.fromordinal(min(weeks)) if weeks else None


def exchange(organisation: Organisation, contacts: Iterable[Contacted]) -> Exchange:
    """The contacts, resolved to the teams of their week: of a person, under any account name, or a team under any id it had.

    Contact of somebody with themselves, inside a squad that both share, or with a weight that is no positive number is not
    contact between teams; a source that the file does not know has none (`unknown` counts those).
    """
    teams, people, within = _Builder(), _Builder(), _Builder()
    names = {
        name: person
        for person in (*organisation.seated, *organisation.people)
        for name in organisation.accounts(person)
    }
    current = {name: id_ for name in _team_names(organisation) if (id_ := organisation.current_id(name))}
    homes: dict[dt.date, dict[str, list[str]]] = {}
    unknown = total = 0
    for one in contacts:
        if one.week not in homes:
            homes[one.week] = {**organisation.teams_by_person(one.week), **{id_: [id_] for id_ in current.values()}}
        total += 1
        first, second = (current.get(name) or names.get(name.lower()) or name for name in (one.source, one.target))
        ones, others = homes[one.week].get(first, []), homes[one.week].get(second, [])
        if not ones or not others:
            unknown += 1
            continue
        if first == second or not 0 < one.weight < math.inf:
            continue
        week, kind = one.week.toordinal(), _CODES.get(one.kind, -1)
        apart = set(ones).isdisjoint(others)
        (people if apart else within).add(first, second, week, kind, one.weight)
        for home in ones if apart else ():
            for other in others:
                teams.add(home, other, week, kind, one.weight / (len(ones) * len(others)))
    return Exchange(teams.pairs(), people.pairs(), within.pairs(), unknown, total)


_CODES = {kind: index for index, kind in enumerate(CHANNELS)}


def _team_names(organisation: Organisation) -> Iterable[str]:
    return [name for id_, team in organisation.teams.items() for name in (id_, *team.was)]


class _Builder:
    def __init__(self) -> None:
        self.rows: list[tuple[str, str, int, int, float]] = []

    def add(self, first: str, second: str, week: int, kind: int, events: float) -> None:
        self.rows.append((first, second, week, kind, events) if first < second else (second, first, week, kind, events))

    def pairs(self) -> Pairs:
        units = tuple(sorted({unit for row in self.rows for unit in row[:2]}))
        place = {unit: index for index, unit in enumerate(units)}
        first, second, week, kind, events = zip(*self.rows, strict=True) if self.rows else ((), (), (), (), ())
        return Pairs(
            units, np.array([place[one] for one in first], dtype=np.int64), np.array([place[one] for one in second], dtype=np.int64),
            np.array(week, dtype=np.int64), np.array(kind, dtype=np.int64), np.array(events, dtype=np.float64),
        )  # fmt: skip


def _read(organisation: Organisation, contacts: Iterable[Contacted] | Exchange) -> Exchange:
    return contacts if isinstance(contacts, Exchange) else exchange(organisation, contacts)


def observed(
    organisation: Organisation, contacts: Iterable[Contacted] | Exchange, end: dt.date, weeks: int = WINDOW_WEEKS, *,
    kinds: Collection[str] = CONTACT_KINDS, floor: float = FLOOR_EVENTS,
) -> Graph:  # fmt: skip
    """Teams that were seen in contact in the `weeks` whole weeks before `end` (a Monday): at least `floor` events in 4 weeks.

    Edge attributes: `events`, the count in the window, and `weight`, that count ÷ √(size_a · size_b) where both sizes
    are known (else the count). Contact inside a team is not a tie. `kinds` are the channels that count.
    """
    graph = team_graph(organisation, end - dt.timedelta(days=1))
    pairs = _read(organisation, contacts).teams
    least = floor * weeks / FLOOR_WEEKS
    for first, second, events in pairs.summed(pairs.within(end, weeks, kinds)):
        if events >= least - ROUNDING and first in graph and second in graph:
            sizes = graph.nodes[first]["size"], graph.nodes[second]["size"]
            correction = math.sqrt(sizes[0] * sizes[1]) if all(sizes) else 1.0
            graph.add_edge(first, second, events=events, weight=events / correction)
    return graph


def observed_people(
    organisation: Organisation, contacts: Iterable[Contacted] | Exchange, end: dt.date, weeks: int = WINDOW_WEEKS, *,
    kinds: Collection[str] = CONTACT_KINDS, within: bool = False,
) -> Graph:  # fmt: skip
    """People of different squads (of one squad, `within`) who were seen in contact at least once in the window.

    Node attributes `side`, `team`, edge attribute `events`. The floor is one event: two people meet far less often than
    two squads.
    """
    graph: Graph = nx.Graph()
    for person, teams in organisation.teams_by_person(end - dt.timedelta(days=1)).items():
        side = organisation.side(person)
        graph.add_node(person, side=side if side in ("product", "tech") else None, team=teams[0])
    read = _read(organisation, contacts)
    pairs = read.people_within if within else read.people
    for first, second, events in pairs.summed(pairs.within(end, weeks, kinds)):
        if first in graph and second in graph:
            graph.add_edge(first, second, events=events)
    return graph
