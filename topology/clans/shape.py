"""The shape of a network for the reader who knows the terms: density, parts, closure, core, reach."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

if TYPE_CHECKING:
    Graph: TypeAlias = nx.Graph[Any]

MOST_CORES_TRIED = 16  # units up to which every core is tried


@dataclass(frozen=True, slots=True)
class Shape:
    """What describes a network as a whole. `reciprocity` is None without direction, `transitivity` 0 without triples."""

    units: int
    ties: int
    density: float
    reciprocity: float | None
    parts: int
    transitivity: float
    cut_ties: int
    """Ties whose loss would part the network further."""
    articulation_points: int


def shape(graph: Graph) -> Shape:
    """The measures of a network; parts, closure and cuts on its ties without direction."""
    plain = graph.to_undirected() if graph.is_directed() else graph
    reciprocity = float(nx.overall_reciprocity(graph)) if graph.is_directed() and graph.number_of_edges() else None
    return Shape(
        graph.number_of_nodes(), graph.number_of_edges(), float(nx.density(graph)), reciprocity,
        nx.number_connected_components(plain), float(nx.transitivity(plain)), sum(1 for _ in nx.bridges(plain)),
        sum(1 for _ in nx.articulation_points(plain)),
    )  # fmt: skip


def coreness(graph: Graph) -> dict[Any, int]:
    """The k-core number of each unit: the largest k so that it belongs to units tied to k of one another (Seidman 1983)."""
    plain = graph.to_undirected() if graph.is_directed() else graph
    found: dict[Any, int] = nx.core_number(plain)
    return found


def simmelian(graph: Graph) -> tuple[int, int]:
    """(mutual ties, those of them that share a third unit mutually tied to both) (Krackhardt 1998)."""
    mutual: Graph = nx.Graph()
    mutual.add_nodes_from(graph)
    mutual.add_edges_from((a, b) for a, b in graph.edges if a != b and graph.has_edge(b, a))
    held = sum(1 for a, b in mutual.edges if any(True for _ in nx.common_neighbors(mutual, a, b)))
    return mutual.number_of_edges(), held


def propagation_cost(graph: nx.DiGraph[Any]) -> float | None:
    """The share of ordered pairs (a unit with itself among them) that a change reaches along arcs; None without units.

    Source: MacCormack, Rusnak and Baldwin, Management Science 52 (2006) 1015. An arc i → j reads "i depends on j".
    """
    n = graph.number_of_nodes()
    return sum(len(nx.descendants(graph, unit)) + 1 for unit in graph) / n**2 if n else None


@dataclass(frozen=True, slots=True)
class Core:
    """A core whose units have ties to all, and a periphery without ties among itself: how far that is so, and who."""

    correlation: float
    units: tuple[Any, ...]
    exact: bool = True
    """Whether every core was tried; else the correlation is at least this."""


def core_periphery(graph: Graph) -> Core | None:
    """The core with the largest correlation between ties and "at least one end in the core"; None without a choice.

    Every core is tried up to 16 units; beyond, the units of highest degree are, so the correlation is a lower bound.
    Source: Borgatti and Everett, Social Networks 21 (1999) 375.
    """
    degree = {unit: sum(other != unit for other in nx.all_neighbors(graph, unit)) for unit in graph}
    units = sorted(graph, key=lambda unit: (-degree[unit], str(unit)))
    place = {unit: index for index, unit in enumerate(units)}
    ties = {(min(place[a], place[b]), max(place[a], place[b])) for a, b in graph.edges if a != b}
    n, pairs = len(units), math.comb(len(units), 2)
    if not 0 < len(ties) < pairs:
        return None
    best, chosen = -2.0, 0
    for core, left in _left_outside(n, ties):
        outside = n - core.bit_count()
        value = _phi(pairs, len(ties), pairs - math.comb(outside, 2), len(ties) - left)
        if value is not None and value > best + 1e-12:
            best, chosen = value, core
    members = tuple(sorted((unit for index, unit in enumerate(units) if chosen >> index & 1), key=str))
    return Core(best, members, n <= MOST_CORES_TRIED)


def _left_outside(n: int, ties: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each core that is tried, as a bit set, with the ties that have no end in it."""
    neighbours = [0] * n
    for a, b in ties:
        neighbours[a] |= 1 << b
        neighbours[b] |= 1 << a
    if n > MOST_CORES_TRIED:
        for size in range(1, n):
            yield (1 << size) - 1, sum(a >= size and b >= size for a, b in ties)
        return
    inside = [0] * (1 << n)  # ties among a set of units, from the set without its highest unit
    for units in range(1, 1 << n):
        highest = units.bit_length() - 1
        rest = units ^ (1 << highest)
        inside[units] = inside[rest] + (neighbours[highest] & rest).bit_count()
    everyone = (1 << n) - 1
    for core in range(1, everyone):
        yield core, inside[everyone ^ core]


def _phi(pairs: int, ties: int, covered: int, held: int) -> float | None:
    """The correlation of two 0/1 vectors of `pairs` cells with `ties` and `covered` ones, `held` in common."""
    spread = ties * (pairs - ties) * covered * (pairs - covered)
    return (pairs * held - ties * covered) / math.sqrt(spread) if spread else None
