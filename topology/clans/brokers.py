"""Brokers: units that stand between others, by role, by position, and by the bridges they carry.

The roles' null is shuffled labels given the ties. Betweenness, constraint, effective size and articulation points are
shown as they are: no p is offered for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from topology.clans.labelled import Floats, Ints, Labelled, labelled
from topology.clans.partitions import strata_of
from topology.clans.shuffles import SEED, labellings
from topology.clans.ties import Silence, part_of

if TYPE_CHECKING:
    import networkx as nx

    from topology.clans.reading import ClanReading
    from topology.clans.window import Window

# Gould and Fernandez, Sociological Methodology 19 (1989) 89: a → v → c without a → c, by whose group each is in.
ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
ROLE_DRAWS = 999
MOST_PATHS = 2_000_000  # of open paths that a null holds in memory at once (some tens of MB for a block)


def roles(network: Labelled) -> Ints:
    """n × 5 counts of open two-step paths through each unit, by role in the order of ROLES; ordered pairs of ends.

    Masked sparse products: with S the ties inside groups and D those across, the closed paths of a role are sums over
    one product of the two, taken only where a tie is.
    """
    inside, across = _split(network)
    one_hot = sparse.csr_array(np.eye(len(network.groups), dtype=np.int64)[network.labels])
    in_same, out_same = inside.sum(axis=0), inside.sum(axis=1)
    in_other, out_other = across.sum(axis=0), across.sum(axis=1)
    # Both ends in one other group: by group, paths in × paths out.
    by_group = ((across.T @ one_hot).multiply(across @ one_hot)).sum(axis=1)
    paths = np.stack(
        [
            in_same * out_same - inside.multiply(inside.T).sum(axis=0),
            by_group - across.multiply(across.T).sum(axis=0),
            in_same * out_other,
            in_other * out_same,
            in_other * out_other - by_group,
        ],
        axis=1,
    )
    closed = np.stack(
        [
            inside.multiply(inside @ inside.T).sum(axis=0),
            across.multiply(inside @ across.T).sum(axis=0),
            inside.multiply(across @ across.T).sum(axis=0),
            across.multiply(across @ inside.T).sum(axis=0),
            across.multiply(across @ across.T).sum(axis=0),
        ],
        axis=1,
    )
    counts: Ints = np.asarray(paths - closed, dtype=np.int64)
    return counts


def _split(network: Labelled) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The ties inside groups and those across, as 0/1 matrices (both ways without direction)."""
    same = network.labels[network.heads] == network.labels[network.tails]
    return _matrix(network, same), _matrix(network, ~same)


def _matrix(network: Labelled, chosen: NDArray[np.bool_]) -> sparse.csr_array:
    heads, tails = network.heads[chosen], network.tails[chosen]
    if not network.directed:
        heads, tails = np.concatenate([heads, tails]), np.concatenate([tails, heads])
    ones = np.ones(len(heads), dtype=np.int64)
    matrix = sparse.csr_array((ones, (heads, tails)), shape=(network.n, network.n))
    matrix.data[:] = 1  # several ties of one pair are one
    return matrix


@dataclass(frozen=True, slots=True)
class RoleChance:
    """What shuffled labels give for the bridging roles of each unit: the 95 % range, n values each."""

    low: Floats
    high: Floats


def bridging(counts: Ints) -> Ints:
    """Open paths of each unit whose two ends are not both in its own group: every role but the coordinator's."""
    total: Ints = counts[:, 1:].sum(axis=1)
    return total


def role_chance(
    network: Labelled, strata: Sequence[object] | None = None, *, draws: int = ROLE_DRAWS, seed: int = SEED
) -> RoleChance | None:
    """The bridging roles under shuffled labels; None where no label can move, no path is open, or there are too many."""
    ends = _open_paths(network)
    blocks = labellings(network, strata, draws=draws, seed=seed)
    if blocks is None or not len(ends[0]) or len(ends[0]) > MOST_PATHS:
        return None
    sources, middles, targets = ends
    order = np.argsort(middles, kind="stable")
    sources, middles, targets = sources[order], middles[order], targets[order]
    begins = np.flatnonzero(np.r_[True, middles[1:] != middles[:-1]])
    found = []
    for block in blocks.blocks:
        own = block[middles]
        bridges = (block[sources] != own) | (block[targets] != own)
        row = np.zeros((network.n, block.shape[1]))
        row[middles[begins]] = np.add.reduceat(bridges, begins, axis=0, dtype=np.int64)
        found.append(row)
    counts = np.concatenate(found, axis=1)
    low, high = np.quantile(counts, [0.025, 0.975], axis=1)
    return RoleChance(low, high)


def _open_paths(network: Labelled) -> tuple[Ints, Ints, Ints]:
    """Every a → v → c with a ≠ c and no tie a → c, as three arrays."""
    ties = _matrix(network, np.ones(network.m, dtype=bool))
    known = set(zip(*ties.nonzero(), strict=True))
    into, out = ties.tocsc(), ties
    sources, middles, targets = [], [], []
    for v in range(network.n):
        before = into.indices[into.indptr[v] : into.indptr[v + 1]]
        after = out.indices[out.indptr[v] : out.indptr[v + 1]]
        for a in before:
            ends = [c for c in after if c != a and (a, c) not in known]
            sources += [a] * len(ends)
            middles += [v] * len(ends)
            targets += ends
    return np.array(sources, dtype=np.int64), np.array(middles, dtype=np.int64), np.array(targets, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Broker:
    """One unit between others. `bridges` are its ties that leave its group; `paths` the pairs it joins across a border."""

    unit: str
    group: str
    bridges: int
    share: float
    """Of all bridges of the network, those that end at this unit."""
    roles: dict[str, int]
    paths: int
    chance: tuple[float, float] | None
    """The 95 % range of `paths` under shuffled labels."""
    betweenness: float
    constraint: float | None
    effective_size: float | None
    articulation: bool
    """Whether the network falls into more parts without it."""


def brokers(
    graph: nx.Graph[Any], network: Labelled, strata: Sequence[object] | None = None, *, seed: int = SEED
) -> list[Broker]:
    """Every unit with a bridge, in the network's order: nothing is ranked; `graph` is the network's own, undirected."""
    import networkx as nx

    counts = roles(network)
    ways = 1 if network.directed else 2  # without direction each pair of ends is counted from both
    chance = role_chance(network, strata, seed=seed)
    between = nx.betweenness_centrality(graph, normalized=True)
    constraint, size = nx.constraint(graph), nx.effective_size(graph)
    cuts = set(nx.articulation_points(graph))
    across = network.labels[network.heads] != network.labels[network.tails]
    ends = np.concatenate([network.heads[across], network.tails[across]])
    bridges, total = np.bincount(ends, minlength=network.n), int(across.sum())
    return [
        Broker(
            unit, network.groups[network.labels[i]], int(bridges[i]), int(bridges[i]) / total,
            dict(zip(ROLES, counts[i].tolist(), strict=True)), int(bridging(counts)[i]) // ways,
            (float(chance.low[i]) / ways, float(chance.high[i]) / ways) if chance else None,
            between[unit], _number(constraint[unit]), _number(size[unit]), unit in cuts,
        )
        for i, unit in enumerate(network.units)
        if bridges[i]
    ]  # fmt: skip


def brokers_of(window: Window, reading: ClanReading, *, seed: int = SEED) -> list[Broker]:
    """The brokers of a reading's network that may be named: teams that are not known to be under five people, never people."""
    graph = window.ties(reading.partition, reading.layer)
    if isinstance(graph, Silence) or reading.partition.of_people or not (reading.bridges and reading.bridges.crossing):
        return []
    labels = window.labels(reading.partition)
    network = labelled(graph, labels)
    strata, _ = strata_of(reading.partition, network.units, graph.nodes, labels)
    found = brokers(part_of(graph, network.units), network, strata, seed=seed)
    return [one for one in found if one.unit not in window.small]


def carrying_most(brokers: Sequence[Broker], most: int) -> list[Broker]:
    """So many of them, those that take part in most bridges, in their own order."""
    kept = {one.unit for one in sorted(brokers, key=lambda one: -one.bridges)[:most]}
    return [one for one in brokers if one.unit in kept]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
