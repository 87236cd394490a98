"""An organisation as networks: what is declared, what was observed, what is needed. Never added to one another.

Every graph has one node for each team (of the day), with the attributes of `TeamNode`. Ties of a team with itself are
dropped. Numbers of events come as `Contacted` rows, so that this module knows nothing of event tables.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypedDict

import networkx as nx

from topology.model import Mode, Organisation, State, TeamType

if TYPE_CHECKING:
    Graph: TypeAlias = nx.Graph[str]
    DiGraph: TypeAlias = nx.DiGraph[str]

FLOOR_EVENTS, FLOOR_WEEKS = 3, 4  # clans.md: three events in four weeks make a tie
WINDOW_WEEKS = 12
CONTACT_KINDS = ("review", "meeting", "message")
CROSS_CHANGE = "cross-change"
CHANNELS = (*CONTACT_KINDS, CROSS_CHANGE)


class TeamNode(TypedDict):
    """The attributes of a team's node."""

    name: str
    type: TeamType
    value_stream: str | None
    site: str | None
    size: int | None


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


def declared(organisation: Organisation, day: dt.date, mode: Mode) -> DiGraph:
    """The interactions of one mode that are planned, active or overrun on `day`; edge attribute `state`.

    Edges run from provider to consumer and from facilitator to team; a collaboration has an edge each way.
    """
    graph = nx.DiGraph(mode=mode)
    _add_teams(graph, organisation, day)
    for one in organisation.interactions_on(day):
        if one.mode != mode:
            continue
        for first, second in one.pairs:
            if first in graph and second in graph and first != second:
                _declare(graph, first, second, one.state(day))
                if mode == "collaboration":
                    _declare(graph, second, first, one.state(day))
    return graph


def _declare(graph: DiGraph, first: str, second: str, state: State) -> None:
    """Of two interactions of one pair the one that runs is told, before one that is planned."""
    if not graph.has_edge(first, second) or graph.edges[first, second]["state"] == "planned":
        graph.add_edge(first, second, state=state)


def declared_ties(organisation: Organisation, day: dt.date) -> Graph:
    """Teams that say that they work closely: collaborations and facilitations that run on `day` (overruns still do).

    X-as-a-Service is not among them: a service should be quiet.
    """
    graph = _teams(organisation, day)
    modes: tuple[Mode, ...] = ("collaboration", "facilitating")
    for mode in modes:
        for first, second, state in declared(organisation, day, mode).edges(data="state"):
            if state in ("active", "overrun"):
                graph.add_edge(first, second)
    return graph


def needed(organisation: Organisation, day: dt.date) -> Graph:
    """Pairs whose work needs the other: a dependency, a shared service, a domain of the same name.

    Edge attribute `reasons`: a list of sentences.
    """
    graph = _teams(organisation, day)
    for id_, team in organisation.teams_on(day).items():
        for one in team.depends_on:
            verb = "needs" if one.kind == "ok" else "waits for"
            kind = "" if one.kind == "ok" else f" ({one.kind})"
            reason = f": {one.reason}" if one.reason else ""
            words = f"{organisation.team_name(id_)} {verb} {organisation.team_name(one.team)}{kind}{reason}"
            _because(graph, id_, one.team, words)
    for first, second in combinations(organisation.teams_on(day), 2):
        a, b = organisation.teams[first], organisation.teams[second]
        shared = [
            s for s, one in a.services.items() if one.covers(day) and s in b.services and b.services[s].covers(day)
        ]
        touching = {d.name.casefold() for d in a.domains} & {d.name.casefold() for d in b.domains}
        for service in shared:
            _because(graph, first, second, f"both own the service {service}")
        for domain in sorted(touching):
            _because(graph, first, second, f"both work in the domain {domain}")
    return graph


def observed(
    organisation: Organisation, contacts: Iterable[Contacted], end: dt.date, weeks: int = WINDOW_WEEKS, *,
    kinds: Container[str] = CONTACT_KINDS, floor: float = FLOOR_EVENTS,
) -> Graph:  # fmt: skip
    """Teams that were seen in contact in the `weeks` whole weeks before `end` (a Monday): at least `floor` events in 4 weeks.

    Edge attributes: `events`, the count in the window, and `weight`, that count ÷ √(size_a · size_b) where both sizes
    are known (else the count). Contact inside a team is not a tie; a person of two teams counts half for each. `kinds`
    are the channels that count.
    """
    graph = _teams(organisation, end - dt.timedelta(days=1))
    events: dict[tuple[str, str], float] = {}
    for _, first, second, share in exchanges(organisation, contacts, end, weeks, kinds):
        events[first, second] = events.get((first, second), 0.0) + share
    least = floor * weeks / FLOOR_WEEKS
    for (first, second), count in events.items():
        if count >= least and first in graph and second in graph:
            sizes = graph.nodes[first]["size"], graph.nodes[second]["size"]
            correction = math.sqrt(sizes[0] * sizes[1]) if all(sizes) else 1.0
            graph.add_edge(first, second, events=count, weight=count / correction)
    return graph


def exchanges(
    organisation: Organisation, contacts: Iterable[Contacted], end: dt.date, weeks: int,
    kinds: Container[str] = CONTACT_KINDS,
) -> Iterator[tuple[dt.date, str, str, float]]:  # fmt: skip
    """(week, team, team, events) of the contact between two teams, ids in order; a person of two teams counts half for each."""
    for one, homes_of in _pairs(organisation, contacts, end, weeks, kinds):
        homes, others = homes_of(one.source), homes_of(one.target)
        for home in homes:
            for other in others:
                if home != other:
                    yield one.week, min(home, other), max(home, other), one.weight / (len(homes) * len(others))


def observed_people(
    organisation: Organisation, contacts: Iterable[Contacted], end: dt.date, weeks: int = WINDOW_WEEKS, *,
    kinds: Container[str] = CONTACT_KINDS, within: bool = False,
) -> Graph:  # fmt: skip
    """People of different squads (of one squad, `within`) who were seen in contact at least once in the window.

    Node attributes `side`, `team`, edge attribute `events`. The floor is one event: two people meet far less often than two squads.
    """
    graph: Graph = nx.Graph()
    for person, teams in organisation.teams_by_person(end - dt.timedelta(days=1)).items():
        side = organisation.side(person)
        graph.add_node(person, side=side if side in ("product", "tech") else None, team=teams[0])
    for one, homes_of in _pairs(organisation, contacts, end, weeks, kinds):
        first, second = one.source, one.target
        inside = bool(set(homes_of(first)) & set(homes_of(second)))
        if first in graph and second in graph and first != second and inside == within:
            before = graph.get_edge_data(first, second, {"events": 0.0})
            graph.add_edge(first, second, events=before["events"] + one.weight)
    return graph


def _teams(organisation: Organisation, day: dt.date) -> Graph:
    graph: Graph = nx.Graph()
    _add_teams(graph, organisation, day)
    return graph


def _add_teams(graph: Graph, organisation: Organisation, day: dt.date) -> None:
    for id_, team in organisation.teams_on(day).items():
        node = TeamNode(name=organisation.team_name(id_), type=team.type, value_stream=organisation.value_stream(id_),
                        site=organisation.site(id_), size=team.head_count(day))  # fmt: skip
        graph.add_node(id_, **node)


def _because(graph: Graph, first: str, second: str, reason: str) -> None:
    if first in graph and second in graph and first != second:
        if not graph.has_edge(first, second):
            graph.add_edge(first, second, reasons=[])
        graph.edges[first, second]["reasons"].append(reason)


def _pairs(
    organisation: Organisation, contacts: Iterable[Contacted], end: dt.date, weeks: int, kinds: Container[str]
) -> Iterator[tuple[Contacted, Callable[[str], list[str]]]]:
    """Each contact of the window, with the look-up of the teams for which a source counted in that week:
    a person's teams of the day, or the team itself, under whatever id it had."""
    first_week = end - dt.timedelta(weeks=weeks)
    look_ups: dict[dt.date, Callable[[str], list[str]]] = {}
    for one in contacts:
        if first_week <= one.week < end and one.kind in kinds:
            if one.week not in look_ups:
                look_ups[one.week] = partial(_homes, organisation, organisation.teams_by_person(one.week))
            yield one, look_ups[one.week]


def _homes(organisation: Organisation, by_person: dict[str, list[str]], source: str) -> list[str]:
    team = organisation.current_id(source)
    return [team] if team else by_person.get(source, [])
