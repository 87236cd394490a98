"""Deployment frequency: successful production deployments per week (DORA)."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.links import successful
from topology.delivery.metrics.metric import Metric
from topology.delivery.scope import Scope
from topology.delivery.statistics import quantile


def rows(scope: Scope) -> Any:
    """Successful production deployments of the window, with the owning team; a shared service once for each owner."""
    deployments = successful(scope)
    return scope.owned(deployments.filter(scope.within(deployments.finished_at_day)), "finished_at_day")


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, days): deployments and distinct deployment days; a week with none counts 0."""
    events = rows(scope)
    events = events.mutate(week=events.finished_at_day.truncate("W").cast("date"))
    counted = events.group_by(["team", "week"]).aggregate(
        found=events.id.nunique(), on_days=events.finished_at_day.nunique()
    )
    frame = scope.team_weeks()
    joined = frame.left_join(counted, ["team", "week"])
    value = ibis.coalesce(joined.found, 0)
    return joined.select(
        "team", "week", value=value.cast("float64"), n=value.cast("int64"), days=ibis.coalesce(joined.on_days, 0).cast("int64")
    )  # fmt: skip


def headline(scope: Scope) -> Any:
    """(team, value, n, days): median over whole weeks, n deployments, median of deployment days."""
    by_week = weekly(scope)
    median = quantile(by_week, ["team"], "value", 0.5).drop("n")
    days = quantile(by_week, ["team"], "days", 0.5).select("team", days="value")
    counts = by_week.group_by("team").aggregate(n=by_week.n.sum())
    return median.inner_join(days, "team").inner_join(counts, "team").select("team", "value", "n", "days")


METRIC = Metric(
    id="deployment-frequency",
    name="Deployment frequency",
    unit="deployments per week",
    formula="successful production deployments finished in the week; headline: median over whole weeks, weeks with none included",
    needs=("deployments",),
    counted=("deployment", "deployments"),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="finished_at",
    parts=("days",),
)
