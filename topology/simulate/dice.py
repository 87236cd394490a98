"""Chance that is the same everywhere: built on `random.Random.random`, whose stream Python keeps across versions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded source of chance. Each `name` has a stream of its own, so that one more team changes no other."""

    def __init__(self, seed: int, *names: object) -> None:
        self._random = Random("/".join(str(part) for part in (seed, *names)))

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self._random.random()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random.random() < probability

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each with the same chance."""
        return items[int(self._random.random() * len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order (Fisher and Yates)."""
        found = list(items)
        for last in range(len(found) - 1, 0, -1):
            other = int(self._random.random() * (last + 1))
            found[last], found[other] = found[other], found[last]
        return found

    def poisson(self, mean: float) -> int:
        """A count with the given mean (Knuth's product method; fit for means below 30)."""
        limit, product, count = math.exp(-mean), self._random.random(), 0
        while product > limit:
            product *= self._random.random()
            count += 1
        return count

    def around(self, median: float, spread: float = 0.6) -> float:
        """A positive number with the given median, log-normal (Box–Muller)."""
        radius = math.sqrt(-2 * math.log(1 - self._random.random()))
        return median * math.exp(spread * radius * math.cos(2 * math.pi * self._random.random()))
