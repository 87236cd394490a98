"""Bridges between groups against chance, in closed form.

Given group sizes and the number of ties, the share of bridges, the E-I index (Krackhardt and Stern 1988), Freeman's
segregation (1978) and the within-group odds ratio are the same number in other clothes, and share one p.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from topology.clans.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Bridges:
    """Ties that cross from one group to another, against what shuffled labels would give.

    `expected` and `sd` are in ties (of weight); `z` is (crossing − expected) ÷ sd. They are None where chance leaves no
    room: no ties, or a single group.
    """

    ties: float
    crossing: float
    expected: float | None
    sd: float | None

    @property
    def ei(self) -> float | None:
        """E-I index: (external − internal) ÷ all, −1 (all inside) to 1 (all across); None without ties."""
        return (2 * self.crossing - self.ties) / self.ties if self.ties else None

    @property
    def expected_ei(self) -> float | None:
        """The E-I index that shuffled labels give on average."""
        return None if self.expected is None else (2 * self.expected - self.ties) / self.ties

    @property
    def z(self) -> float | None:
        """Standard deviations from chance; negative means fewer bridges."""
        return None if self.expected is None or not self.sd else (self.crossing - self.expected) / self.sd

    @property
    def fewer(self) -> float | None:
        """Freeman's segregation, 1 − crossing ÷ expected: 0.58 reads "58 % fewer bridges than chance would give"."""
        return None if not self.expected else 1 - self.crossing / self.expected


def bridges(network: Labelled) -> Bridges:
    """Bridges and their moments under shuffled labels (Cliff and Ord 1981, non-free sampling join counts)."""
    across = network.labels[network.heads] != network.labels[network.tails]
    total, crossing = float(network.weights.sum()), float(network.weights[across].sum())
    moments = closed_form(network)
    if moments is None:
        return Bridges(total, crossing, None, None)
    expected, sd = moments
    return Bridges(total, crossing, expected, sd)


def closed_form(network: Labelled) -> tuple[float, float] | None:
    """(mean, sd) of the crossing weight when labels are shuffled over all units; None without ties or with one group.

    Expected share inside p2 = Σ n_g(n_g − 1) ÷ n(n − 1). The variance follows from S0 = ΣW, S1 = ½ Σ(W + Wᵀ)²,
    S2 = Σ(row + column)² over the full matrix, and p2, p3, p4: the chances that two units, three units, two disjoint
    pairs match.
    """
    n, sizes = network.n, network.sizes.astype(float)
    if network.m == 0 or n < 4 or np.count_nonzero(sizes) < 2:
        return None
    pairs, triples, fours = (
        sizes * (sizes - 1),
        sizes * (sizes - 1) * (sizes - 2),
        sizes * (sizes - 1) * (sizes - 2) * (sizes - 3),
    )
    p2 = pairs.sum() / (n * (n - 1))
    p3 = triples.sum() / (n * (n - 1) * (n - 2))
    p4 = (fours.sum() + pairs.sum() ** 2 - (pairs**2).sum()) / (n * (n - 1) * (n - 2) * (n - 3))
    s0, s1, s2 = _sums(network)
    # An undirected tie stands twice in the full matrix, so its weight is half of S0 and the variance a quarter.
    share = 1.0 if network.directed else 0.5
    variance = (s1 * p2 + (s2 - 2 * s1) * p3 + (s0**2 - s2 + s1) * p4 - s0**2 * p2**2) * share**2
    return float(s0 * share * (1 - p2)), math.sqrt(max(0.0, float(variance)))


def _sums(network: Labelled) -> tuple[float, float, float]:
    """S0, S1, S2 of the full weight matrix, without building it."""
    n, weights = network.n, network.weights
    out = np.bincount(network.heads, weights, n) + np.bincount(network.tails, weights, n)
    if not network.directed:
        return 2 * float(weights.sum()), 4 * float((weights**2).sum()), float(((2 * out) ** 2).sum())
    low, high = np.minimum(network.heads, network.tails), np.maximum(network.heads, network.tails)
    _, where = np.unique(low * n + high, return_inverse=True)
    both_ways = np.bincount(where, weights)
    return float(weights.sum()), float((both_ways**2).sum()), float((out**2).sum())


def group_ei(network: Labelled) -> dict[str, float | None]:
    """E-I index by group, counting tie-ends, so that the groups' values recombine to the whole; None without ties."""
    groups = len(network.groups)
    heads, tails = network.labels[network.heads], network.labels[network.tails]
    inside = 2 * np.bincount(heads[heads == tails], network.weights[heads == tails], groups)
    across = heads != tails
    outside = np.bincount(heads[across], network.weights[across], groups) + np.bincount(
        tails[across], network.weights[across], groups
    )
    ends = inside + outside
    return {
        group: float((outside[i] - inside[i]) / ends[i]) if ends[i] else None for i, group in enumerate(network.groups)
    }


def odds_ratio(network: Labelled) -> float | None:
    """Odds of a tie inside a group ÷ odds of a tie across groups (Moody 2001), over ordered pairs where ties have a direction.

    None where a side has no pairs or no ties to compare with.
    """
    heads, tails = network.heads, network.tails
    ends = (heads, tails) if network.directed else (np.minimum(heads, tails), np.maximum(heads, tails))
    keys = np.unique(ends[0] * network.n + ends[1])
    crossing = int((network.labels[keys // network.n] != network.labels[keys % network.n]).sum()) if len(keys) else 0
    inside, ways = len(keys) - crossing, 2 if network.directed else 1
    pairs_inside = ways * int((network.sizes * (network.sizes - 1)).sum()) // 2
    pairs_across = ways * network.n * (network.n - 1) // 2 - pairs_inside
    if crossing == 0 or inside == pairs_inside or crossing == pairs_across:
        return None
    return inside / (pairs_inside - inside) / (crossing / (pairs_across - crossing))
