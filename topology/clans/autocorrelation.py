"""Whether tied units resemble each other in a number, such as maturity or lead time; and whether groups differ in it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from topology.clans.labelled import Floats, Labelled
from topology.clans.shuffles import SEED, SHUFFLES

LEAST_UNITS = 8  # fewer values tell nothing (clans.md)


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I of a number along ties: above `expected` when tied units are alike. `p` is two-sided (normal)."""

    index: float
    expected: float
    variance: float
    n: int

    @property
    def p(self) -> float:
        """Two-sided, by the normal approximation."""
        return math.erfc(abs(self.index - self.expected) / math.sqrt(self.variance) / math.sqrt(2))


def moran(network: Labelled, values: Mapping[str, float], *, row_standardised: bool = False) -> Moran | None:
    """Moran's I over the units that have a value and a tie to another that has one; ties without direction, unweighted.

    The variance is that of randomisation. None for fewer than four units or a constant. Source: Cliff and Ord, Spatial
    Processes (1981), 1.5; `row_standardised` divides each row of the weights by its sum.
    """
    matrix, numbers = _matrix(network, values)
    n = len(numbers)
    deviation = numbers - numbers.mean() if n else numbers
    squares = float((deviation**2).sum())
    if n < 4 or squares == 0:
        return None
    weights = matrix / matrix.sum(axis=1, keepdims=True) if row_standardised else matrix
    s0 = float(weights.sum())
    s1 = float(((weights + weights.T) ** 2).sum()) / 2
    s2 = float(((weights.sum(axis=0) + weights.sum(axis=1)) ** 2).sum())
    kurtosis = n * float((deviation**4).sum()) / squares**2
    expected = -1 / (n - 1)
    first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    if variance <= 0:
        return None
    return Moran(n / s0 * float(deviation @ weights @ deviation) / squares, expected, variance, n)


def numeric_assortativity(network: Labelled, values: Mapping[str, float]) -> float | None:
    """Pearson's correlation of a number over both ends of each tie (Newman 2003); None without ties or for a constant."""
    matrix, numbers = _matrix(network, values)
    heads, tails = np.nonzero(matrix)
    if not len(heads) or np.ptp(numbers[heads]) == 0:
        return None
    return float(np.corrcoef(numbers[heads], numbers[tails])[0, 1])


def _matrix(network: Labelled, values: Mapping[str, float]) -> tuple[Floats, Floats]:
    """The 0/1 matrix of ties between units that have a value, and those values; units without such a tie are left out."""
    index = {i: values[unit] for i, unit in enumerate(network.units) if unit in values}
    full = np.zeros((network.n, network.n))
    full[network.heads, network.tails] = full[network.tails, network.heads] = 1.0
    known = np.array(list(index), dtype=np.int64)
    matrix = full[np.ix_(known, known)]
    tied = matrix.sum(axis=1) > 0
    return matrix[np.ix_(tied, tied)], np.array(list(index.values()), dtype=np.float64)[tied]


@dataclass(frozen=True, slots=True)
class Difference:
    """The widest difference between the medians of two groups, with the two-sided p of shuffled units."""

    low_group: str
    high_group: str
    low: float
    high: float
    p: float
    n: int


def difference_of_medians(
    groups: Mapping[str, str], values: Mapping[str, float], *, draws: int = SHUFFLES, seed: int = SEED
) -> Difference | None:
    """The widest difference of medians between groups of at least four units, and how often shuffling gives as wide a one.

    `groups`: {unit: group}. None with fewer than eight units or two such groups. p = (1 + k) ÷ (1 + draws).
    """
    units = [unit for unit in values if unit in groups]
    sizes = {group: sum(groups[unit] == group for unit in units) for group in sorted({groups[unit] for unit in units})}
    large = [group for group, size in sizes.items() if size >= 4]
    units = [unit for unit in units if groups[unit] in large]
    if len(units) < LEAST_UNITS or len(large) < 2:
        return None
    labels = np.array([large.index(groups[unit]) for unit in units])
    numbers = np.array([values[unit] for unit in units], dtype=np.float64)
    order = np.argsort(labels, kind="stable")
    cuts = np.cumsum(np.bincount(labels))[:-1]
    observed = [float(np.median(part)) for part in np.split(numbers[order], cuts)]
    shuffled = np.random.default_rng(seed).permuted(np.tile(numbers, (draws, 1)), axis=1)
    medians = np.stack([np.median(part, axis=1) for part in np.split(shuffled, cuts, axis=1)])
    spread = max(observed) - min(observed)
    hits = int((np.ptp(medians, axis=0) >= spread - 1e-12).sum())
    low, high = int(np.argmin(observed)), int(np.argmax(observed))
    return Difference(large[low], large[high], observed[low], observed[high], (1 + hits) / (1 + draws), len(units))
