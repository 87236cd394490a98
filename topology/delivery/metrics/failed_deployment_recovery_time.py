"""Failed deployment recovery time: from the opening of an incident that a deployment caused until it is resolved (DORA)."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.links import incident_links, production
from topology.delivery.metrics.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between, quantile


def rows(scope: Scope) -> Any:
    """Incidents opened in the window that are linked to a production deployment, with the owning team and hours.

    An open one has no hours: it is counted as `is_open` and has no part in the median.
    """
    links = incident_links(scope)
    caused = links.filter(links.deployment.notnull())
    services = production(scope).select(caused_id="id", caused_service="service")
    caused = caused.inner_join(services, caused.deployment == services.caused_id).drop("caused_id")
    incidents = scope.events.tables["incidents"]
    incidents = incidents.inner_join(caused, incidents.id == caused.incident).drop("incident")
    incidents = incidents.mutate(service=ibis.coalesce(incidents.service, incidents.caused_service)).drop(
        "caused_service"
    )
    incidents = scope.owned(incidents.filter(scope.within(incidents.opened_at_day)), "opened_at_day")
    return incidents.mutate(
        hours=hours_between(incidents.opened_at, incidents.resolved_at),
        is_open=incidents.resolved_at.isnull().cast("int64"),
    )


def _summary(events: Any, by: list[str]) -> Any:
    """Median of the resolved ones, their n, and how many are still open; a team with open ones only has no value."""
    counted = events.group_by(by).aggregate(still_open=events.is_open.sum())
    median = quantile(events, by, "hours", 0.5)
    joined = counted.left_join(median, by).drop([f"{name}_right" for name in by])
    return joined.mutate(n=ibis.coalesce(joined.n, 0))


METRIC = Metric(
    id="failed-deployment-recovery-time",
    name="Failed deployment recovery time",
    unit="hours",
    formula="resolved_at − opened_at of incidents linked to a production deployment; interpolated median; open ones are counted apart",
    needs=("incidents", "deployments"),
    counted=("resolved incident", "resolved incidents"),
    weekly=by_week(rows, _summary, "opened_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="opened_at",
    parts=("still_open",),
)
