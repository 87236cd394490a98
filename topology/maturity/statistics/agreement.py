"""How much the answers of one group agree: r_wg, the average deviation, van der Eijk's A; and from where they agree more than chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations_with_replacement
from math import factorial, prod

LEVELS = 5
MOST_BY_CHANCE = 0.05
ROUNDING = 1e-9


def within_group_agreement(answers: Sequence[float], levels: int = LEVELS) -> float | None:
    """r_wg = 1 − s² ÷ σ², σ² = (A² − 1) ÷ 12 of answers spread evenly over A levels; below 0 where they are further apart than that.

    None for fewer than two answers. Source: James, Demaree and Wolf, Journal of Applied Psychology 69 (1984) 85.
    """
    if len(answers) < 2:
        return None
    mean = sum(answers) / len(answers)
    variance = sum((one - mean) ** 2 for one in answers) / (len(answers) - 1)
    return 1 - variance / ((levels**2 - 1) / 12)


def average_deviation(answers: Sequence[float]) -> float | None:
    """AD: the mean distance of the answers from their mean, in levels; None without answers.

    Source: Burke, Finkelstein and Dusig, Organizational Research Methods 2 (1999) 49.
    """
    if not answers:
        return None
    mean = sum(answers) / len(answers)
    return sum(abs(one - mean) for one in answers) / len(answers)


def least_agreement(n: int, levels: int = LEVELS) -> float | None:
    """The r_wg that `n` answers by chance (each level as likely) reach in 5 % or fewer; None where not even agreement of all is that rare.

    By enumeration of every count of answers a level, as Dunlap, Burke and Smith-Crowe (2003) tabulate by simulation.
    """
    return _critical(n, levels, lambda answers: within_group_agreement(answers, levels), highest=True)


def most_deviation(n: int, levels: int = LEVELS) -> float | None:
    """The average deviation below or at which `n` answers by chance lie in 5 % or fewer; None where there is none."""
    return _critical(n, levels, average_deviation, highest=False)


def _critical(n: int, levels: int, index: Callable[[Sequence[float]], float | None], *, highest: bool) -> float | None:
    chances: dict[float, float] = {}
    for answers in combinations_with_replacement(range(1, levels + 1), n):
        value = index(answers)
        if value is None:
            return None
        ways = factorial(n) / prod(factorial(answers.count(level)) for level in range(1, levels + 1))
        key = round(value, 9)
        chances[key] = chances.get(key, 0.0) + ways / levels**n
    total, found = 0.0, None
    for value in sorted(chances, reverse=highest):
        total += chances[value]
        if total > MOST_BY_CHANCE + ROUNDING:
            return found
        found = value
    return found


def consensus(counts: Sequence[int]) -> float | None:
    """Van der Eijk's A of the counts a level: 1 where all are on one level, 0 where they are spread evenly, −1 in two camps at the ends.

    The counts are taken apart into layers, each of which has the same count on some levels and none on the others; A is the mean of the
    layers' own, weighted by their answers. None without answers. Source: van der Eijk, Quality and Quantity 35 (2001) 325.
    """
    total = sum(counts)
    if not total:
        return None
    return sum(weight * _of_layer(pattern) for weight, pattern in _layers(counts)) / total


def polarisation(counts: Sequence[int]) -> float | None:
    """(1 − A) ÷ 2: 0 where all are on one level, 1 in two camps at the ends; None without answers."""
    found = consensus(counts)
    return None if found is None else (1 - found) / 2


def _layers(counts: Sequence[int]) -> Iterator[tuple[int, tuple[bool, ...]]]:
    """(answers in it, which levels it has) of each layer."""
    rest = list(counts)
    while any(rest):
        height = min(one for one in rest if one)
        pattern = tuple(one > 0 for one in rest)
        yield height * sum(pattern), pattern
        rest = [one - height if one else 0 for one in rest]


def _of_layer(pattern: tuple[bool, ...]) -> float:
    k, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    if filled == k:
        return 0.0
    one_peak = two_peaks = 0
    for low in range(k):
        for middle in range(low + 1, k):
            for high in range(middle + 1, k):
                match pattern[low], pattern[middle], pattern[high]:
                    case (True, True, False) | (False, True, True):
                        one_peak += 1
                    case (True, False, True):
                        two_peaks += 1
    unimodality = ((k - 2) * one_peak - (k - 1) * two_peaks) / ((k - 2) * (one_peak + two_peaks))
    return unimodality * (1 - (filled - 1) / (k - 1))
