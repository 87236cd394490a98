"""Time to restore: from the opening of any incident until it is resolved, whatever caused it (DORA until 2022)."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import SPANS
from topology.delivery.definitions import DEFAULT
from topology.delivery.links import incidents
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.metrics.failed_deployment_recovery_time import recovered, summary
from topology.delivery.scope import Scope
from topology.delivery.units import HOURS
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Incidents opened in the window, with the owning team and hours; an open one has none."""
    return scope.by_default().fact("restored", lambda: _rows(scope), scope.by)


def _rows(scope: Scope) -> Any:
    found = incidents(scope)
    return recovered(scope.owned(found.filter(scope.within(found.opened_at_day)), "opened_at_day"), scope.by_default())


def _summary(events: Any, by: list[str]) -> Any:
    return summary(events, by, DEFAULT)


METRIC = Metric(
    id="time-to-restore",
    order=16,
    name=Text("Time to restore"),
    unit=HOURS,
    formula=Text(
        "resolved_at − opened_at of all incidents opened in the window; interpolated median, that of Kaplan and Meier where any is open"
    ),
    needs=("incidents",),
    counted=(Text("resolved incident"), Text("resolved incidents")),
    weekly=by_week(rows, _summary, "opened_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="opened_at",
    parts=("still_open", "open_hours"),
    left_out=left_out.incidents,
    of_services=True,
    classes=SPANS.of(
        "Time to restore",
        "From the opening of any incident until it was resolved: the median of the last 12 whole weeks.",
    ),
)
