"""An organisation as networks: what is declared and what is needed (observed.py has what was observed). Never added up.

Every graph has one node for each team (of the day), with the attributes of `TeamNode`. Ties of a team with itself are
dropped.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

import networkx as nx

from topology.model import Mode, Organisation, State, TeamType

if TYPE_CHECKING:
    Graph: TypeAlias = nx.Graph[str]
    DiGraph: TypeAlias = nx.DiGraph[str]


class TeamNode(TypedDict):
    """The attributes of a team's node."""

    name: str
    type: TeamType
    value_stream: str | None
    site: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Depends:
    """`team` depends on the team `on`; `kind` is that of the file (ok, slowing, blocking), `because` its reason."""

    team: str
    on: str
    kind: str
    because: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Two teams share a service, or a domain of the same name."""

    what: Literal["service", "domain"]
    name: str


Reason = Depends | Shares
"""Why the work of two teams needs the other."""


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
    graph = team_graph(organisation, day)
    modes: tuple[Mode, ...] = ("collaboration", "facilitating")
    for mode in modes:
        for first, second, state in declared(organisation, day, mode).edges(data="state"):
            if state in ("active", "overrun"):
                graph.add_edge(first, second)
    return graph


def needed(organisation: Organisation, day: dt.date) -> Graph:
    """Pairs whose work needs the other: a dependency, a shared service, a domain of the same name.

    Edge attribute `reasons`: a list of `Reason`.
    """
    graph = team_graph(organisation, day)
    for id_, team in organisation.teams_on(day).items():
        for one in team.depends_on:
            _because(graph, id_, one.team, Depends(id_, one.team, one.kind, one.reason or ""))
    for shared, sharing in _shared(organisation, day).items():
        for first, second in combinations(sharing, 2):
            _because(graph, first, second, shared)
    return graph


def _shared(organisation: Organisation, day: dt.date) -> dict[Shares, list[str]]:
    """{what: the teams that share it}: services that several own, domains of the same name."""
    services: dict[str, list[str]] = {}
    domains: dict[str, list[str]] = {}
    for id_, team in organisation.teams_on(day).items():
        for service, owned in team.services.items():
            if owned.covers(day):
                services.setdefault(service, []).append(id_)
        for domain in dict.fromkeys(one.name.casefold() for one in team.domains):
            domains.setdefault(domain, []).append(id_)
    found = {Shares("service", service): teams for service, teams in services.items()}
    return found | {Shares("domain", domain): domains[domain] for domain in sorted(domains)}


def team_graph(organisation: Organisation, day: dt.date) -> Graph:
    """The teams of a day without any tie."""
    graph: Graph = nx.Graph()
    _add_teams(graph, organisation, day)
    return graph


def _add_teams(graph: Graph, organisation: Organisation, day: dt.date) -> None:
    for id_, team in organisation.teams_on(day).items():
        node = TeamNode(name=organisation.team_name(id_), type=team.type, value_stream=organisation.value_stream(id_),
                        site=organisation.site(id_), size=team.head_count(day))  # fmt: skip
        graph.add_node(id_, **node)


def _because(graph: Graph, first: str, second: str, reason: Reason) -> None:
    if first in graph and second in graph and first != second:
        if not graph.has_edge(first, second):
            graph.add_edge(first, second, reasons=[])
        graph.edges[first, second]["reasons"].append(reason)
