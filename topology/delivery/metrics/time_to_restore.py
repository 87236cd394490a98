"""Time to restore: from the opening of any incident until it is resolved, whatever caused it (DORA until 2022)."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.definitions import DEFAULT
from topology.delivery.metrics.failed_deployment_recovery_time import recovered, summary
from topology.delivery.metrics.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope


def rows(scope: Scope) -> Any:
    """Incidents opened in the window, with the owning team and hours; an open one has none."""
    incidents = scope.events.tables["incidents"]
    return recovered(scope.owned(incidents.filter(scope.within(incidents.opened_at_day)), "opened_at_day"), DEFAULT)


def _summary(events: Any, by: list[str]) -> Any:
    return summary(events, by, DEFAULT)


METRIC = Metric(
    id="time-to-restore",
    name="Time to restore",
    unit="hours",
    formula="resolved_at − opened_at of all incidents opened in the window; interpolated median; open ones are counted apart",
    needs=("incidents",),
    counted=("resolved incident", "resolved incidents"),
    weekly=by_week(rows, _summary, "opened_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="opened_at",
    parts=("still_open",),
    left_out=left_out.incidents,
)
