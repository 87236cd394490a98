"""A network whose units carry labels, as arrays: what every measure of segregation reads."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """n units with a label each (0 to groups − 1) and m ties between them, each once (an arc once, if directed).

    Units without ties are kept: they are shuffled with the others. A unit without a label is not here; `dropped`
    counts those, and a missing label is never a group of its own.
    """

    units: tuple[str, ...]
    labels: Ints
    groups: tuple[str, ...]
    heads: Ints
    tails: Ints
    weights: Floats
    directed: bool = False
    dropped: int = 0
    busy: bool = False
    """Whether what crosses is set against what units as busy as these would have across, and not against a number of ties."""

    @property
    def n(self) -> int:
        """The number of units."""
        return len(self.units)

    @property
    def m(self) -> int:
        """The number of ties."""
        return len(self.heads)

    @cached_property
    def unweighted(self) -> bool:
        """Whether every tie has the weight 1."""
        return bool((self.weights == 1).all())

    @cached_property
    def strength(self) -> Floats:
        """The weights of each unit's ties, added up: how busy it is."""
        ends = np.concatenate([self.heads, self.tails])
        return np.bincount(ends, np.concatenate([self.weights, self.weights]), self.n).astype(np.float64)

    @property
    def sizes(self) -> Ints:
        """Units by group."""
        return np.bincount(self.labels, minlength=len(self.groups))


def labelled(graph: nx.Graph[Any], labels: Mapping[Any, Hashable | None], *, weight: str | None = None) -> Labelled:
    """The units of a graph that have a label, and the ties between them; self-ties are dropped."""
    units = [node for node in graph if labels.get(node) is not None]
    groups = tuple(sorted({str(labels[node]) for node in units}))
    index = {node: i for i, node in enumerate(units)}
    code = {group: i for i, group in enumerate(groups)}
    ties = [(index[a], index[b], float(data.get(weight, 1.0)) if weight else 1.0)
            for a, b, data in graph.edges(data=True) if a != b and a in index and b in index]  # fmt: skip
    heads, tails, weights = zip(*ties, strict=True) if ties else ((), (), ())
    return Labelled(
        tuple(str(node) for node in units),
        np.array([code[str(labels[node])] for node in units], dtype=np.int64),
        groups,
        np.array(heads, dtype=np.int64),
        np.array(tails, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        bool(graph.is_directed()),
        graph.number_of_nodes() - len(units),
    )
