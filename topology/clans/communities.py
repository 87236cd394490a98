"""Communities that the ties alone suggest (Louvain), against the declared groups: only where they mean something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.special import gammaln

from topology.clans.labelled import Labelled
from topology.clans.shuffles import SEED

if TYPE_CHECKING:
    import networkx as nx

LEAST_UNITS = 50  # clans.md
REWIRINGS = 60
SWAPS_PER_TIE = 5


@dataclass(frozen=True, slots=True)
class Communities:
    """Communities of the ties, their modularity, that of rewired networks, and how far they are the declared groups.

    `ami` is the adjusted mutual information: 1 when communities and groups are the same, 0 as by chance.
    """

    members: tuple[tuple[str, ...], ...]
    modularity: float
    rewired_95: float
    ami: float


@dataclass(frozen=True, slots=True)
class NoCommunities:
    """Why there are none to show: too few units, no ties, ties that cannot be rewired, or a modularity that chance reaches."""

    why: Literal["units", "ties", "rewiring", "chance"]
    units: int
    modularity: float = 0.0
    rewired_95: float = 0.0


def communities(graph: nx.Graph[Any], network: Labelled, *, seed: int = SEED) -> Communities | NoCommunities:
    """Louvain communities against the network's groups, or why there are none to show.

    `graph` is the network's own. Modularity must pass the 95th percentile of networks with the same degrees, rewired.
    """
    import networkx as nx

    if network.n < LEAST_UNITS:
        return NoCommunities("units", network.n)
    if network.m == 0:
        return NoCommunities("ties", network.n)
    found = louvain(graph, seed)
    quality = nx.community.modularity(graph, found, weight=None)
    try:
        limit = rewired_95(graph, seed)
    except nx.NetworkXAlgorithmError:
        return NoCommunities("rewiring", network.n)
    if quality <= limit:
        return NoCommunities("chance", network.n, quality, limit)
    place = {str(unit): index for index, one in enumerate(found) for unit in one}
    ami = adjusted_mutual_information([place[unit] for unit in network.units], network.labels.tolist())
    members = tuple(tuple(sorted(str(unit) for unit in one)) for one in sorted(found, key=len, reverse=True))
    return Communities(members, quality, limit, ami)


def louvain(graph: nx.Graph[Any], seed: int) -> list[set[Any]]:
    """Communities by Louvain (Blondel et al. 2008), ties unweighted."""
    import networkx as nx

    found: list[set[Any]] = nx.community.louvain_communities(graph, weight=None, seed=seed)
    return found


def rewired_95(graph: nx.Graph[Any], seed: int, runs: int = REWIRINGS) -> float:
    """The 95th percentile of Louvain's modularity over networks with the same degrees, ties swapped at random."""
    import networkx as nx

    values = []
    for run in range(runs):
        other = graph.copy()
        if graph.number_of_edges() > 1 and graph.number_of_nodes() > 3:
            swaps = SWAPS_PER_TIE * graph.number_of_edges()
            nx.double_edge_swap(other, nswap=swaps, max_tries=20 * swaps, seed=seed + run)
        values.append(nx.community.modularity(other, louvain(other, seed + run), weight=None))
    return float(np.quantile(values, 0.95))


def adjusted_mutual_information(first: Sequence[int], second: Sequence[int]) -> float:
    """How far two groupings of the same units agree: 1 the same, 0 as by chance (Vinh, Epps and Bailey 2010, arithmetic mean)."""
    _, a = np.unique(first, return_inverse=True)
    _, b = np.unique(second, return_inverse=True)
    n = len(a)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    shared = float(_plogp(table.ravel() / n).sum() - _plogp(rows / n).sum() - _plogp(columns / n).sum())
    expected = _expected_information(rows, columns, n)
    mean = float(-(_plogp(rows / n).sum() + _plogp(columns / n).sum()) / 2)
    return 1.0 if mean == expected else (shared - expected) / (mean - expected)


def _plogp(p: Any) -> Any:
    return np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0.0)


def _expected_information(rows: Any, columns: Any, n: int) -> float:
    """The mutual information that two groupings of these sizes share by chance (hypergeometric)."""
    total = 0.0
    for a in rows:
        for b in columns:
            k = np.arange(max(1, a + b - n), min(a, b) + 1)
            log_p = (gammaln(a + 1) + gammaln(b + 1) + gammaln(n - a + 1) + gammaln(n - b + 1) - gammaln(n + 1)
                     - gammaln(k + 1) - gammaln(a - k + 1) - gammaln(b - k + 1) - gammaln(n - a - b + k + 1))  # fmt: skip
            total += float((k / n * np.log(n * k / (a * b)) * np.exp(log_p)).sum())
    return total
