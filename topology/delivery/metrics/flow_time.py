"""Flow time: from the start of a work item until it is done (Kersten 2018)."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.items import done
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between, quantile
from topology.delivery.units import DAYS
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Work items that were done in the window, with the team that did them and the days that they took.

    An item without a start, or with one after its end, has no days and no part in the median.
    """
    items = done(scope)
    items = scope.of_team(items.filter(scope.within(items.done_at_day)))
    return items.mutate(days=hours_between(items.started_at, items.done_at) / 24.0)


def _summary(events: Any, by: list[str]) -> Any:
    """Median days and the n that have them."""
    return quantile(events, by, "days", 0.5)


METRIC = Metric(
    id="flow-time",
    order=22,
    name=Text("Flow time"),
    unit=DAYS,
    formula=Text("done_at − started_at of work items done in the window; interpolated median"),
    needs=("work_items",),
    counted=(Text("item done"), Text("items done")),
    weekly=by_week(rows, _summary, "done_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="done_at",
    family="flow",
    left_out=left_out.startless,
    classes=classes(
        (1, 3, 7, 14), "under 1 day", "1 to 3 days", "3 days to 1 week", "1 to 2 weeks", "2 weeks and over"
    ).of(
        "Flow time",
        "From the start of a work item until it was done: the median of the items done in the last 12 whole weeks.",
    ),
)
