"""The shape of the declared network: modularity, ties between groupings, who a change has to wait for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from topology.graph.networks import declared_ties
from topology.model import Organisation

if TYPE_CHECKING:
    from topology.graph.networks import DiGraph

Labels = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Crossings:
    """Declared ties on a day: how many, and how many between each two groupings."""

    ties: int
    crossing: dict[tuple[str, str], int]


def crossings(organisation: Organisation, day: dt.date, labels: Labels) -> Crossings:
    """Running collaborations and facilitations by the groupings of their two teams; teams without a label are left out."""
    graph = declared_ties(organisation, day)
    crossing: Counter[tuple[str, str]] = Counter()
    for first, second in graph.edges:
        groups = sorted(one for one in (labels.get(first), labels.get(second)) if one is not None)
        if len(groups) == 2 and groups[0] != groups[1]:
            crossing[groups[0], groups[1]] += 1
    return Crossings(graph.number_of_edges(), dict(sorted(crossing.items())))


def modularity(organisation: Organisation, day: dt.date, labels: Labels) -> float | None:
    """Newman and Girvan's Q of the declared ties, the groupings as communities; None without ties or with one grouping.

    From −0.5 to 1: 0 is what chance would give, more means that teams work together inside their grouping. Teams
    without a label are left out. Source: Newman, Girvan, Phys. Rev. E 69 (2004) 026113.
    """
    graph = declared_ties(organisation, day)
    graph = graph.subgraph([team for team in graph if labels.get(team) is not None])
    groups: dict[str, set[str]] = {}
    for team in graph:
        groups.setdefault(str(labels[team]), set()).add(team)
    if graph.number_of_edges() == 0 or len(groups) < 2:
        return None
    found: float = nx.community.modularity(graph, groups.values(), weight=None)
    return found


def waiting(organisation: Organisation, day: dt.date) -> DiGraph:
    """Teams of the day with an edge to each team that they wait for (slowing and blocking dependencies)."""
    teams = organisation.teams_on(day)
    graph: DiGraph = nx.DiGraph()
    graph.add_nodes_from(teams)
    graph.add_edges_from(
        (id_, one.team)
        for id_, found in teams.items()
        for one in found.depends_on
        if one.kind != "ok" and one.team in teams
    )
    return graph


def needed_teams(waits: DiGraph, team: str) -> list[str]:
    """The teams that a change of `team` may have to wait for: everything that is reached from it, in file order."""
    reached = nx.descendants(waits, team)
    return [id_ for id_ in waits if id_ in reached] if reached else []
