"""Squad against squad: whether answers tell squads apart at all, and whether some have lagged in two snapshots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

RELIABLE = 0.70
FAR_BELOW = 2  # levels below the median
LEAST_LAGGING, LEAST_SHARE = 2, 1 / 6


@dataclass(frozen=True, slots=True)
class Reliability:
    """How much of the spread of answers lies between squads."""

    between: float
    """MSB, the mean square between squads."""
    within: float
    """MSW, the mean square within them."""
    of_one: float
    """ICC(1) = (MSB − MSW) ÷ (MSB + (k − 1) MSW), k = N ÷ J: of one answer."""
    of_mean: float | None
    """ICC(2) = (MSB − MSW) ÷ MSB: of a squad's mean; None where the squads have one mean."""

    @property
    def tells_apart(self) -> bool:
        """Whether differences between squads are reliable at this size."""
        return self.of_mean is not None and self.of_mean >= RELIABLE


def reliability(squads: Sequence[Sequence[float]]) -> Reliability | None:
    """ICC(1) and ICC(2) of answers by squad; None for fewer than two squads with answers, or where no squad has two.

    Source: Shrout and Fleiss, Psychological Bulletin 86 (1979) 420; Bliese (2000) for the names.
    """
    told = [squad for squad in squads if squad]
    j, n = len(told), sum(map(len, told))
    if j < 2 or n <= j:
        return None
    grand = sum(map(sum, told)) / n
    means = [sum(squad) / len(squad) for squad in told]
    between = sum(len(squad) * (mean - grand) ** 2 for squad, mean in zip(told, means, strict=True)) / (j - 1)
    within = sum((one - mean) ** 2 for squad, mean in zip(told, means, strict=True) for one in squad) / (n - j)
    k = n / j
    whole = between + (k - 1) * within
    if not whole:
        return None
    return Reliability(between, within, (between - within) / whole, (between - within) / between if between else None)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The squads that stand two levels or more below the median in both of two snapshots."""

    squads: tuple[str, ...]
    median: float
    """Of the later snapshot."""
    of: int
    """How many squads have a level in both."""
    least: int
    """From how many on it is called a lasting gap."""

    @property
    def holds(self) -> bool:
        """Whether there are so many of them that it is no accident of one squad."""
        return len(self.squads) >= self.least


def lasting_gap(
    before: Mapping[str, int | None], now: Mapping[str, int | None], aims: Mapping[str, int]
) -> Lasting | None:
    """Which squads lag in both snapshots, of those below an aim of their own (or without one); None where no squad has a level in both.

    At least two squads and a sixth of them make a lasting gap: by chance 2.4 % or less at 8 to 30 squads (docs/maturity.md).
    """
    levels = {
        squad: (old, new) for squad, new in now.items() if new is not None and (old := before.get(squad)) is not None
    }
    if not levels:
        return None
    middles = median(old for old, _ in levels.values()), median(new for _, new in levels.values())
    lagging = tuple(
        squad
        for squad, (old, new) in levels.items()
        if old <= middles[0] - FAR_BELOW and new <= middles[1] - FAR_BELOW and not new >= aims.get(squad, 6)
    )
    least = max(LEAST_LAGGING, ceil(LEAST_SHARE * len(levels)))
    return Lasting(lagging, middles[1], len(levels), least)


def gini(values: Sequence[float]) -> float | None:
    """Gini's coefficient Σ|xᵢ − xⱼ| ÷ (2 n² x̄): 0 where all are equal; None without values, or where all are 0."""
    total, n = sum(values), len(values)
    if not total:
        return None
    ranked = sorted(values)
    return sum((2 * rank - n - 1) * value for rank, value in enumerate(ranked, start=1)) / (n * total)
