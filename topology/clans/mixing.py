"""How groups mix: the matrix of ties between groups, and the indices that are read from it alone."""

from __future__ import annotations

import numpy as np

from topology.clans.labelled import Floats, Labelled


def mixing_matrix(network: Labelled) -> Floats:
    """G × G weights of the ties from group (row) to group (column); without direction a tie stands both ways.

    So the diagonal of an undirected network counts each tie inside a group twice, once for each end.
    """
    groups = len(network.groups)
    cells = network.labels[network.heads] * groups + network.labels[network.tails]
    matrix = np.bincount(cells, network.weights, groups * groups).astype(np.float64).reshape(groups, groups)
    return matrix if network.directed else matrix + matrix.T


def assortativity(network: Labelled) -> float | None:
    """Newman's coefficient for labels, −1 to 1: 1 when every tie stays inside; None without ties or with one group.

    Source: Newman, Phys. Rev. E 67 (2003) 026126. Weights count; a unit without a label is not in the network.
    """
    shares = _shares(network)
    if shares is None:
        return None
    by_chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return None if by_chance == 1 else (float(np.trace(shares)) - by_chance) / (1 - by_chance)


def modularity(network: Labelled) -> float | None:
    """Q of the labels as communities (Newman and Girvan 2004; with direction Leicht and Newman 2008); None without ties."""
    shares = _shares(network)
    return None if shares is None else float(np.trace(shares) - shares.sum(axis=1) @ shares.sum(axis=0))


def _shares(network: Labelled) -> Floats | None:
    matrix = mixing_matrix(network)
    total = matrix.sum()
    return matrix / total if total else None


def inbreeding(network: Labelled) -> dict[str, float | None]:
    """Coleman's homophily index by group, −1 to 1: how far a group keeps to itself, corrected for its size.

    Each undirected tie counts as two arcs. None for a group of one, without ties, or that holds every unit. Source: Coleman,
    Human Organization 17 (1958) 28.
    """
    matrix, n = mixing_matrix(network), network.n
    found: dict[str, float | None] = {}
    for index, (group, size) in enumerate(zip(network.groups, network.sizes, strict=True)):
        sent, kept = float(matrix[index].sum()), float(matrix[index, index])
        expected = sent * (size - 1) / (n - 1) if n > 1 else 0.0
        room = sent - expected if kept >= expected else expected
        found[group] = float((kept - expected) / room) if room and size > 1 else None
    return found


def node_ei(network: Labelled, least: int = 1) -> dict[str, float]:
    """E-I index of each unit with at least `least` ties, −1 (all inside its group) to 1 (all across)."""
    across = network.labels[network.heads] != network.labels[network.tails]
    ends, outside = np.zeros(network.n), np.zeros(network.n)
    for side in (network.heads, network.tails):
        ends += np.bincount(side, network.weights, network.n)
        outside += np.bincount(side[across], network.weights[across], network.n)
    return {
        unit: float((2 * outside[i] - ends[i]) / ends[i])
        for i, unit in enumerate(network.units)
        if ends[i] and ends[i] >= least
    }
