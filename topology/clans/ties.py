"""The layers of ties: what is declared, what was observed in contacts, what in cross-changes; and, by name only, the last two together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from topology.clans.codes import Why
from topology.graph.observed import CHANNELS, CONTACT_KINDS, CROSS_CHANGE

if TYPE_CHECKING:
    import networkx as nx

Layer = Literal["declared", "observed", "cross-changes", "together"]
LAYERS: tuple[Layer, ...] = ("declared", "observed", "cross-changes")
"""Those that are read unless others are asked for."""
EVERY_LAYER: tuple[Layer, ...] = (*LAYERS, "together")
KINDS: dict[str, tuple[str, ...]] = {"observed": CONTACT_KINDS, "cross-changes": (CROSS_CHANGE,), "together": CHANNELS}
"""The channels of an observed layer."""


@dataclass(frozen=True, slots=True)
class Silence:
    """That a layer has no ties to read, and why; `unknown` of `rows` contacts name nobody who is known; `small` teams are not told of."""

    why: Why
    unknown: int = 0
    rows: int = 0
    small: int = 0


def part_of(graph: nx.Graph[Any], units: Iterable[Any]) -> nx.Graph[Any]:
    """The units and the ties between them, in the graph's own order. (`subgraph` walks small parts in the order of a set,
    which differs from run to run, and with it the draws.)"""
    wanted = set(units)
    part = graph.__class__()
    part.add_nodes_from((unit, data) for unit, data in graph.nodes(data=True) if unit in wanted)
    part.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if a in wanted and b in wanted)
    return part


def without_units(graph: nx.Graph[Any], units: Collection[Any]) -> nx.Graph[Any]:
    """A graph without some of its units; itself where it has none of them."""
    kept = [unit for unit in graph if unit not in units]
    return graph if len(kept) == len(graph) else part_of(graph, kept)
