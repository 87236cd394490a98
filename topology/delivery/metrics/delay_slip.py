"""Slip: how many days later than planned something came that was delayed."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.statistics import quantile
from topology.delivery.units import DAYS
from topology.language import Text


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
    order=37,
    name=Text("Slip of delays"),
    unit=DAYS,
    formula=Text(
        "actual_date − planned_date of delays planned for the window; interpolated median; what has not come yet is counted apart"
    ),
    needs=("delays",),
    counted=(Text("delay"), Text("delays")),
    weekly=by_week(rows, _summary, "planned_date_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="planned_date",
    family="practice",
    parts=("still_open",),
    left_out=left_out.teamless("delays", "planned_date_day"),
    classes=classes(
        (1, 7, 14, 30), "under 1 day", "1 to 6 days", "1 to 2 weeks", "2 to 4 weeks", "30 days and over"
    ).of(
        "Slip of delays",
        "Days from planned to actual, of what was planned for the last 12 whole weeks and came late: the median.",
    ),
)
