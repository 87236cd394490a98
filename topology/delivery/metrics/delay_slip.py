"""Slip: how many days later than planned something came that was delayed."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.metrics.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.statistics import quantile


def rows(scope: Scope) -> Any:
    """Delays that were planned for a day of the window, with their team and the days from planned to actual.

    One that has not come yet has no days: it is counted as `is_open` and has no part in the median.
    """
    delays = scope.events.tables["delays"]
    delays = scope.of_team(delays.filter(scope.within(delays.planned_date_day)))
    days = delays.actual_date.delta(delays.planned_date, unit="day").cast("float64")
    return delays.mutate(slip_days=days, is_open=delays.actual_date.isnull().ifelse(1, 0))


def _summary(events: Any, by: list[str]) -> Any:
    counted = events.group_by(by).aggregate(still_open=events.is_open.sum())
    joined = counted.left_join(quantile(events, by, "slip_days", 0.5), by).drop([f"{name}_right" for name in by])
    return joined.mutate(n=ibis.coalesce(joined.n, 0))


METRIC = Metric(
    id="delay-slip",
    name="Slip of delays",
    unit="days",
    formula="actual_date − planned_date of delays planned for the window; interpolated median; what has not come yet is counted apart",
    needs=("delays",),
    counted=("delay", "delays"),
    weekly=by_week(rows, _summary, "planned_date_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="planned_date",
    family="practice",
    parts=("still_open",),
    left_out=left_out.teamless("delays", "planned_date_day"),
)
