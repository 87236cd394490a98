"""The statistics that metrics share: quantiles and averages as window functions, and Wilson's interval.

Written with row_number and count, which every engine has; some have no native percentile.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import ibis
import ibis.expr.datatypes as types

Statistic = Literal["median", "lower-median", "mean", "median-of-days"]
"""The interpolated median; the lower of the two middle values; the arithmetic mean; the median of the medians of each day."""

ROUNDING = 1e-9  # a share of a half, as a product of fractions
Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


def hours_between(begin: Any, end: Any) -> Any:
    """Hours between two times; null when one is unknown or the span is negative."""
    seconds = _seconds_between(begin, end)
    return ibis.cases((seconds >= 0, seconds / 3600.0), else_=ibis.null("float64"))


def _seconds_between(begin: Any, end: Any) -> Any:
    """Whole seconds that passed. In the week of a clock change engines differ: as Ibis compiles them, PostgreSQL and Spark subtract the
    hands of the local clock in `delta`, DuckDB does in `epoch_seconds`; and its `delta` asks a calendar for each row, which takes long."""
    if begin.get_backend().name == "duckdb":
        return _second(end) - _second(begin)
    return (end.epoch_seconds() - begin.epoch_seconds()).cast("float64")


def _second(when: Any) -> Any:
    """The second of a time in DuckDB, whatever the zone of the session."""
    return (_microseconds(when) / 1e6).floor()


def epoch_us(_when: Any) -> Any:
    """DuckDB's own function: microseconds since 1970."""


_microseconds: Any = ibis.udf.scalar.builtin(epoch_us, signature=((types.Timestamp(timezone="UTC"),), types.int64))


def quantile(table: Any, by: list[str], column: str, share: float) -> Any:
    """Table (*by, value, n): the quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996)."""
    return quantiles(table, by, column, value=share)


def quantiles(table: Any, by: list[str], column: str, **shares: float) -> Any:
    """Table (*by, each name of `shares`, n): several quantiles of a column from one sort. (DuckDB has them itself, by the same rule; of
    other engines some do not.)"""
    if table.get_backend().name == "duckdb":
        known = table.filter(table[column].notnull())
        values = {name: known[column].cast("float64").quantile(share) for name, share in shares.items()}
        return known.group_by(by).aggregate(**values, n=known.count())
    ranked = _ranked(table, by, column)
    weighted = {name: _weight(ranked, share) * ranked[column].cast("float64") for name, share in shares.items()}
    parts = ranked.mutate(**{f"{name}_": value for name, value in weighted.items()})
    return parts.group_by(by).aggregate(**{name: parts[f"{name}_"].sum() for name in shares}, n=parts.n_.max())


def _weight(ranked: Any, share: float) -> Any:
    """What a row weighs in the quantile: something for the one or two rows next to its position, else 0."""
    position = (ranked.n_ - 1).cast("float64") * share
    lower = position.floor()
    return ibis.cases(
        (ranked.rank_ == lower, 1 - (position - lower)), (ranked.rank_ == lower + 1, position - lower), else_=0.0
    )  # fmt: skip


def censored_median(table: Any, by: list[str], column: str, waited: str) -> Any:
    """Table (*by, value): the median of a span where some are not over yet and are known to last longer than they have `waited`.

    The least span at which the share that lasts longer, as Kaplan and Meier (1958) estimate it, is a half or less; null where it is
    not reached. A span that ends and one that is broken off at the same length: the first ends first.
    """
    known = table.filter(table[column].notnull() | table[waited].notnull())
    known = known.mutate(span_=ibis.coalesce(known[column], known[waited]), over_=known[column].notnull().ifelse(0, 1))
    line = ibis.window(group_by=by, order_by=["span_", "over_"])
    known = known.mutate(n_=known.span_.count().over(ibis.window(group_by=by)), rank_=ibis.row_number().over(line))
    known = known.mutate(left_=known.n_ - known.rank_)
    ends, last = known.over_ == 0, known.left_ == 1
    share = (known.left_ - 1).cast("float64") / known.left_.cast("float64")
    lasting = ibis.cases((ends & ~last, share.nullif(0.0).ln()), else_=0.0)
    known = known.mutate(log_=lasting, none_=ends & last)
    running = ibis.cumulative_window(group_by=by, order_by=[ibis.desc("left_")])
    known = known.mutate(lasts_=ibis.cases((known.none_, 0.0), else_=known.log_.sum().over(running).exp()))
    found = known.group_by(by).aggregate(
        value=known.span_.min(where=(known.over_ == 0) & (known.lasts_ <= 0.5 + ROUNDING))
    )
    return found.select(*by, "value")


def average(table: Any, by: list[str], column: str, statistic: Statistic, day: str) -> Any:
    """Table (*by, value, n): the average of a column; `day` is the column of each row's day."""
    match statistic:
        case "median":
            return quantile(table, by, column, 0.5)
        case "lower-median":
            ranked = _ranked(table, by, column)
            middle = ranked.filter(ranked.rank_ == ((ranked.n_ - 1) / 2).floor().cast("int64"))
            return middle.select(*by, value=middle[column].cast("float64"), n="n_")
        case "median-of-days":
            daily = quantile(table, list(dict.fromkeys([*by, day])), column, 0.5)
            found = quantile(daily, by, "value", 0.5).drop("n")
            counts = daily.group_by(by).aggregate(n=daily.n.sum())
            return found.inner_join(counts, by)
        case "mean":
            known = table.filter(table[column].notnull())
            return known.group_by(by).aggregate(value=known[column].cast("float64").mean(), n=known.count())


def _ranked(table: Any, by: list[str], column: str) -> Any:
    """The rows that have a value, with `rank_` from 0 by value among those of the same `by`, and their number `n_`."""
    known = table.filter(table[column].notnull())
    window = ibis.window(group_by=by, order_by=column)
    return known.mutate(rank_=ibis.row_number().over(window), n_=known[column].count().over(ibis.window(group_by=by)))


def wilson(count: int, n: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a rate `count / n` (Wilson 1927); None without observations."""
    if n == 0:
        return None
    rate, square = count / n, Z95**2
    centre = (rate + square / (2 * n)) / (1 + square / n)
    half = Z95 * math.sqrt(rate * (1 - rate) / n + square / (4 * n * n)) / (1 + square / n)
    # At the ends the interval is exact; rounding would leave 1e-17 instead of 0.
    return (0.0 if count == 0 else centre - half), (1.0 if count == n else centre + half)
