"""The statistics that metrics share: an interpolated quantile as window functions, and Wilson's interval."""

from __future__ import annotations

import math
from typing import Any

import ibis

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


def hours_between(begin: Any, end: Any) -> Any:
    """Hours between two times; null when one is unknown or the span is negative."""
    seconds = end.delta(begin, unit="second")
    return ibis.cases((seconds >= 0, seconds / 3600.0), else_=ibis.null("float64"))


def quantile(table: Any, by: list[str], column: str, share: float) -> Any:
    """Table (*by, value, n): the quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).

    Written with row_number and count, which every engine has; some have no native percentile.
    """
    known = table.filter(table[column].notnull())
    window = ibis.window(group_by=by, order_by=column) if by else ibis.window(order_by=column)
    everything = ibis.window(group_by=by) if by else ibis.window()
    ranked = known.mutate(rank_=ibis.row_number().over(window), n_=known[column].count().over(everything))
    position = (ranked.n_ - 1).cast("float64") * share
    lower = position.floor()
    weight = ibis.cases(
        (ranked.rank_ == lower, 1 - (position - lower)), (ranked.rank_ == lower + 1, position - lower), else_=0.0
    )  # fmt: skip
    weighted = ranked.mutate(part_=weight * ranked[column].cast("float64"))
    return weighted.group_by(by).aggregate(value=weighted.part_.sum(), n=weighted.n_.max())


def wilson(count: int, n: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a rate `count / n` (Wilson 1927); None without observations."""
    if n == 0:
        return None
    rate, square = count / n, Z95**2
    centre = (rate + square / (2 * n)) / (1 + square / n)
    half = Z95 * math.sqrt(rate * (1 - rate) / n + square / (4 * n * n)) / (1 + square / n)
    # At the ends the interval is exact; rounding would leave 1e-17 instead of 0.
    return (0.0 if count == 0 else centre - half), (1.0 if count == n else centre + half)
