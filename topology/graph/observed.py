"""What was observed between teams and people: contacts as arrays, and the networks of a window.

Numbers of events come as `Contacted` rows, so that this module knows nothing of event tables.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
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

    def without(self, units: Collection[str]) -> Pairs:
        """The entries in which none of these units takes part."""
        out = np.array([unit in units for unit in self.units], dtype=bool)
        kept = ~(out[self.first] | out[self.second]) if len(out) else np.zeros(0, dtype=bool)
        return Pairs(
            self.units, self.first[kept], self.second[kept], self.week[kept], self.kind[kept], self.events[kept]
        )

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

    def without(self, teams: Collection[str], people: Collection[str]) -> Exchange:
        """The same without the contact of some teams, and of some people."""
        if not teams and not people:
            return self
        return replace(
            self, teams=self.teams.without(teams), people=self.people.without(people),
            people_within=self.people_within.without(people),
        )  # fmt: skip

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


@dataclass(frozen=True)
class Contacts:
    """Rows of contact as arrays of one length: `source` and `target` index `names`, the words by which the rows know people and
    teams; `week` is the ordinal of its Monday, `kind` an index of CHANNELS (−1 for any other word). `about` indexes in `names` the team
    that owns what a contact was about, −1 where that is not known: who is in several teams then has it in that one."""

    names: tuple[str, ...]
    source: Ints
    target: Ints
    week: Ints
    kind: Ints
    weight: Floats
    about: Ints | None = None

    @property
    def owner(self) -> Ints:
        """`about`, also where no row knows it."""
        return np.full(len(self.week), -1, dtype=np.int64) if self.about is None else self.about

    @classmethod
    def of(cls, rows: Iterable[Contacted]) -> Contacts:
        """The same rows as arrays."""
        place: dict[str, int] = {}
        found = [
            (place.setdefault(one.source, len(place)), place.setdefault(one.target, len(place)), one.week.toordinal(),
             _CODES.get(one.kind, -1), one.weight, place.setdefault(about, len(place)) if (about := getattr(one, "about", "")) else -1)
            for one in rows
        ]  # fmt: skip
        source, target, week, kind, weight, of = zip(*found, strict=True) if found else ((), (), (), (), (), ())
        one, other, when, channel, owner = (np.array(part, dtype=np.int64) for part in (source, target, week, kind, of))
        return cls(tuple(place), one, other, when, channel, np.array(weight, dtype=np.float64), owner)

    @classmethod
    def together(cls, parts: Iterable[Contacts]) -> Contacts:
        """Several of them, one behind the other."""
        every = list(parts)
        names = tuple(dict.fromkeys(name for part in every for name in part.names))
        place = {name: index for index, name in enumerate(names)}
        moved = [np.array([place[name] for name in part.names], dtype=np.int64) for part in every]
        return cls(
            names,
            np.concatenate([to[part.source] for to, part in zip(moved, every, strict=True)]),
            np.concatenate([to[part.target] for to, part in zip(moved, every, strict=True)]),
            np.concatenate([part.week for part in every]),
            np.concatenate([part.kind for part in every]),
            np.concatenate([part.weight for part in every]),
            np.concatenate([_moved(part.owner, to) for to, part in zip(moved, every, strict=True)]),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.week)


def _moved(places: Ints, to: Ints) -> Ints:
    """Indexes into one list as those into another; −1 stays."""
    return np.where(places < 0, -1, to[places]) if len(to) else places


_CODES = {kind: index for index, kind in enumerate(CHANNELS)}


def exchange(organisation: Organisation, contacts: Contacts | Iterable[Contacted]) -> Exchange:
    """The contacts, resolved to the teams of their week: of a person, under any account name, or a team under any id it had.

    Contact of somebody with themselves, inside a squad that both share, or with a weight that is no positive number is not
    contact between teams; a source that the file does not know has none (`unknown` counts those).
    """
    rows = contacts if isinstance(contacts, Contacts) else Contacts.of(contacts)
    units, unit_of = _resolved(organisation, rows.names)
    first, second = unit_of[rows.source], unit_of[rows.target]
    weeks, week_of = np.unique(rows.week, return_inverse=True)
    homes = _Homes(organisation, units, [dt.date.fromordinal(int(week)) for week in weeks])
    one, other = homes.of[week_of, first], homes.of[week_of, second]
    known = (one >= 0) & (other >= 0)
    about = _moved(rows.owner, unit_of)
    one, other = homes.narrowed(one, about), homes.narrowed(other, about)
    chosen = np.flatnonzero(known & (first != second) & (rows.weight > 0) & (rows.weight < math.inf))
    one, other = one[chosen], other[chosen]
    pairs, pair_of = np.unique(one * len(homes.sets) + other, return_inverse=True)
    joins = [(homes.sets[code // len(homes.sets)], homes.sets[code % len(homes.sets)]) for code in pairs.tolist()]
    apart = (
        np.array([set(a).isdisjoint(b) for a, b in joins], dtype=bool)[pair_of] if joins else np.zeros(0, dtype=bool)
    )

    def people(which: Ints) -> Pairs:
        return _pairs(units, first[which], second[which], rows, which)

    return Exchange(
        _of_teams(joins, pair_of, apart, rows, chosen), people(chosen[apart]), people(chosen[~apart]),
        int((~known).sum()), len(rows),
    )  # fmt: skip


def _resolved(organisation: Organisation, names: Sequence[str]) -> tuple[list[str], Ints]:
    """(people and teams by id, for each name the index of whom it means); a name that means nobody stands for itself."""
    accounts = {
        name: person
        for person in (*organisation.seated, *organisation.people)
        for name in organisation.accounts(person)
    }
    place: dict[str, int] = {}
    meant = (organisation.current_id(name) or accounts.get(name.lower()) or name for name in names)
    codes = [place.setdefault(unit, len(place)) for unit in meant]
    return list(place), np.array(codes, dtype=np.int64)


class _Homes:
    """In which teams each unit is in each week: `of` (weeks × units) indexes `sets`, −1 where it is in none."""

    def __init__(self, organisation: Organisation, units: list[str], weeks: list[dt.date]) -> None:
        place: dict[tuple[str, ...], int] = {}
        self._units, self._place = units, place
        self.of = np.full((len(weeks), len(units)), -1, dtype=np.int64)
        for index, week in enumerate(weeks):
            people = organisation.teams_by_person(week)
            for unit, id_ in enumerate(units):
                home = (id_,) if id_ in organisation.teams else tuple(people.get(id_, ()))
                if home:
                    self.of[index, unit] = place.setdefault(home, len(place))
        self.sets = list(place)

    def narrowed(self, codes: Ints, about: Ints) -> Ints:
        """The codes with the team alone that a contact is about, for those who are in it and in others."""
        found = codes.copy()
        concerned = np.flatnonzero((about >= 0) & (codes >= 0))
        pairs, inverse = np.unique(np.stack([codes[concerned], about[concerned]]), axis=1, return_inverse=True)
        narrow = [self._alone(int(code), self._units[unit]) for code, unit in pairs.T.tolist()]
        found[concerned] = np.array(narrow, dtype=np.int64)[inverse.reshape(-1)] if narrow else found[concerned]
        return found

    def _alone(self, code: int, team: str) -> int:
        home = self.sets[code]
        if len(home) < 2 or team not in home:
            return code
        known = self._place.setdefault((team,), len(self._place))
        if known == len(self.sets):
            self.sets.append((team,))
        return known


def _of_teams(
    joins: list[tuple[tuple[str, ...], tuple[str, ...]]],
    pair_of: Ints,
    apart: NDArray[np.bool_],
    rows: Contacts,
    chosen: Ints,
) -> Pairs:
    """The contact between teams: a person of several teams counts for each in equal parts."""
    ends = [[(a, b) for a in ones for b in others] for ones, others in joins]
    units = sorted({team for pairs in ends for pair in pairs for team in pair})
    place = {team: index for index, team in enumerate(units)}
    sizes = np.array([len(pairs) for pairs in ends], dtype=np.int64)
    begins = np.concatenate([[0], np.cumsum(sizes)])[:-1] if ends else np.zeros(0, dtype=np.int64)
    flat = np.array([(place[a], place[b]) for pairs in ends for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    which, join = chosen[apart], pair_of[apart]
    count = sizes[join] if len(join) else np.zeros(0, dtype=np.int64)
    each = np.repeat(np.arange(len(join)), count)
    offset = np.arange(len(each)) - np.repeat(np.cumsum(count) - count, count)
    found = flat[begins[join][each] + offset] if len(each) else flat[:0]
    row = which[each]
    return Pairs(
        tuple(units), found.min(axis=1), found.max(axis=1), rows.week[row], rows.kind[row], rows.weight[row] / count[each]
    )  # fmt: skip


def _pairs(units: list[str], first: Ints, second: Ints, rows: Contacts, which: Ints) -> Pairs:
    """The rows of some pairs of units, the units in the order of their ids."""
    there = sorted({*np.unique(first).tolist(), *np.unique(second).tolist()}, key=units.__getitem__)
    place = np.zeros(len(units), dtype=np.int64)
    place[there] = np.arange(len(there))
    ends = np.stack([place[first], place[second]])
    return Pairs(
        tuple(units[one] for one in there), ends.min(axis=0), ends.max(axis=0), rows.week[which], rows.kind[which],
        rows.weight[which],
    )  # fmt: skip


def _read(organisation: Organisation, contacts: Iterable[Contacted] | Contacts | Exchange) -> Exchange:
    return contacts if isinstance(contacts, Exchange) else exchange(organisation, contacts)


def observed(
    organisation: Organisation, contacts: Iterable[Contacted] | Contacts | Exchange, end: dt.date, weeks: int = WINDOW_WEEKS, *,
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
    organisation: Organisation, contacts: Iterable[Contacted] | Contacts | Exchange, end: dt.date, weeks: int = WINDOW_WEEKS, *,
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
