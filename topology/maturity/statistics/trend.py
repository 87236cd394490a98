"""Answers of two snapshots: from which change on it is more than the chance of who answered."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution
LEAST_SD = 0.5  # levels: where all of a squad agree, its own spread of 0 would make any change count


def pooled_deviation(groups: Sequence[Sequence[float]]) -> float:
    """The standard deviation within groups, such as squads in two snapshots, in levels; at least 0.5."""
    squares = freedom = 0.0
    for group in groups:
        if len(group) > 1:
            mean = sum(group) / len(group)
            squares += sum((one - mean) ** 2 for one in group)
            freedom += len(group) - 1
    return max(LEAST_SD, sqrt(squares / freedom)) if freedom else LEAST_SD


def detectable_change(deviation: float, n: int) -> float | None:
    """1.96 · √2 · SD ÷ √n, in levels: a smaller change of a mean of `n` answers is no detectable change; None without answers."""
    return Z95 * sqrt(2) * deviation / sqrt(n) if n else None
