"""Product against Tech: the gap between the two sides of squads, against labels shuffled within each squad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from typing import Any

import numpy as np

DRAWS, SEED = 9_999, 20261123
MOST_ENUMERATED = 200_000  # ways to label the answers of all squads; beyond, they are drawn
MOST_P = 0.05
STEPS = 60  # halvings of the interval's ends
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one squad to one question, by side."""

    product: tuple[float, ...]
    tech: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Mean over squads of (mean of Product − mean of Tech), in levels."""

    value: float
    p: float
    """How often labels shuffled within squads are as far apart, two-sided."""
    low: float | None
    """The ends of the shifts that the same test does not reject at 5 %; None where none is rejected on that side."""
    high: float | None
    squads: int
    """How many have answers of both sides; the others say nothing about a gap."""
    n: int
    exact: bool
    """Whether every labelling was counted."""
    draws: int
    """How many labellings were counted or drawn."""
    seed: int


def gap_of(squads: Sequence[Answers], *, draws: int = DRAWS, seed: int = SEED) -> Gap | None:
    """The gap between the sides, with its p and its 95 % interval; None where no squad has answers of both sides.

    p is exact where there are few enough labellings, else (1 + hits) ÷ (1 + draws) (Phipson and Smyth 2010). The interval is found by
    bisection and never contradicts p.
    """
    both = [squad for squad in squads if squad.product and squad.tech]
    if not both:
        return None
    test = _test(both, draws, seed)
    value = float(np.mean([np.mean(one.product) - np.mean(one.tech) for one in both]))
    p = test.p(0.0)
    widest = 2 * max(max(*one.product, *one.tech) - min(*one.product, *one.tech) for one in both) + 1
    low, high = (_end(test.p, value, value + sign * widest, p) for sign in (-1, 1))
    count = sum(len(one.product) + len(one.tech) for one in both)
    return Gap(value, p, low, high, len(both), count, test.exact, test.count, seed)


@dataclass(frozen=True, slots=True)
class _Test:
    """Labellings of each squad: for each, a matrix (labelling × answer) that is true where an answer is taken for Product's."""

    squads: Sequence[Answers]
    labellings: Sequence[Any]
    exact: bool
    count: int

    def p(self, shift: float) -> float:
        """The p of the gap if Product stood `shift` levels higher in every squad than it should by chance."""
        parts, seen = [], 0.0
        for squad, product in zip(self.squads, self.labellings, strict=True):
            values = np.array([*(one - shift for one in squad.product), *squad.tech], dtype=np.float64)
            k, n = len(squad.product), len(values)
            chosen = product @ values
            parts.append(chosen / k - (values.sum() - chosen) / (n - k))
            seen += values[:k].mean() - values[k:].mean()
        totals = parts[0]
        for part in parts[1:]:
            totals = np.add.outer(totals, part).ravel() if self.exact else totals + part
        hits = int((np.abs(totals) >= abs(seen) - ROUNDING).sum())
        return hits / self.count if self.exact else (1 + hits) / (1 + self.count)


def _test(squads: Sequence[Answers], draws: int, seed: int) -> _Test:
    sizes = [(len(one.product), len(one.product) + len(one.tech)) for one in squads]
    ways = prod(comb(n, k) for k, n in sizes)
    if ways <= MOST_ENUMERATED:
        return _Test(squads, [_every(k, n) for k, n in sizes], exact=True, count=ways)
    random = np.random.default_rng(seed)
    drawn = [random.random((draws, n)).argsort(axis=1) < k for k, n in sizes]
    return _Test(squads, drawn, exact=False, count=draws)


def _every(k: int, n: int) -> Any:
    chosen = np.zeros((comb(n, k), n), dtype=bool)
    for row, places in enumerate(combinations(range(n), k)):
        chosen[row, list(places)] = True
    return chosen


def _end(p: Callable[[float], float], value: float, far: float, at_zero: float) -> float | None:
    """The shift between the gap and a far one from which on the test rejects; on the side of no gap it agrees with p."""
    kept, rejected = value, far
    if min(value, far) <= 0 <= max(value, far):
        kept, rejected = (kept, 0.0) if at_zero <= MOST_P else (0.0, rejected)
    if p(rejected) > MOST_P:
        return None
    for _ in range(STEPS):
        middle = (kept + rejected) / 2
        kept, rejected = (kept, middle) if p(middle) <= MOST_P else (middle, rejected)
    return kept


def holm(values: Sequence[float]) -> list[float]:
    """Each p corrected so that of all statements none is false by chance in 95 %.

    Source: Holm, Scandinavian Journal of Statistics 6 (1979) 65.
    """
    found, worst = [1.0] * len(values), 0.0
    for rank, (value, index) in enumerate(sorted((value, index) for index, value in enumerate(values))):
        worst = max(worst, min(1.0, value * (len(values) - rank)))
        found[index] = worst
    return found


def cliffs_delta(first: Sequence[float], second: Sequence[float]) -> float | None:
    """How much oftener a value of the first lies above one of the second than below, −1 to 1; None where one is empty.

    Source: Cliff, Psychological Bulletin 114 (1993) 494.
    """
    if not first or not second:
        return None
    signs = sum((one > other) - (one < other) for one in first for other in second)
    return signs / (len(first) * len(second))


def in_group_bias(product_of: tuple[float, float], tech_of: tuple[float, float]) -> float:
    """½[(P→P − P→T) + (T→T − T→P)]: how much higher each side sees itself than the other; each pair is (of Product, of Tech)."""
    return ((product_of[0] - product_of[1]) + (tech_of[1] - tech_of[0])) / 2
