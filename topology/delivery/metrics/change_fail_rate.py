"""Change fail rate: the share of production deployments that failed, were rolled back or caused an incident (DORA)."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.links import incident_links, production
from topology.delivery.metrics.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope


def rows(scope: Scope) -> Any:
    """Production deployments of the window with the owning team and three flags; a deployment counts once
    however many incidents it caused."""
    deployments = production(scope)
    deployments = scope.owned(deployments.filter(scope.within(deployments.finished_at_day)), "finished_at_day")
    failed = deployments.result == "failure"
    rolled_back = deployments.rolled_back.fill_null(False)
    if scope.events.has("incidents"):
        links = incident_links(scope)
        hit = links.filter(links.deployment.notnull()).select(hit="deployment").distinct()
        deployments = deployments.left_join(hit, deployments.id == hit.hit)
        caused = deployments.hit.notnull()
    else:
        caused = ibis.literal(False)
    flagged = deployments.mutate(is_failed=failed, is_rolled_back=rolled_back, has_incident=caused)
    return flagged.mutate(is_fail=flagged.is_failed | flagged.is_rolled_back | flagged.has_incident)


def _summary(events: Any, by: list[str]) -> Any:
    counted = events.group_by(by).aggregate(
        n=events.count(),
        fails=events.is_fail.cast("int64").sum(),
        failed=events.is_failed.cast("int64").sum(),
        rolled_back=events.is_rolled_back.cast("int64").sum(),
        with_incident=events.has_incident.cast("int64").sum(),
    )
    return counted.mutate(value=counted.fails.cast("float64") / counted.n)


METRIC = Metric(
    id="change-fail-rate",
    name="Change fail rate",
    unit="share of deployments",
    formula="deployments that failed, were rolled back or have a linked incident ÷ production deployments",
    needs=("deployments",),
    counted=("deployment", "deployments"),
    weekly=by_week(rows, _summary, "finished_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="finished_at",
    parts=("fails", "failed", "rolled_back", "with_incident"),
    rate_of="fails",
)
