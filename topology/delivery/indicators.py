"""Shared indicators: the series of each, and how it moved around the deployments of its service."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.events import Events
from topology.delivery.production import successful
from topology.delivery.scope import Scope
from topology.delivery.statistics import quantile

AROUND_DAYS = 14  # docs/delivery.md, metric 9


def series(events: Events) -> list[dict[str, Any]] | None:
    """(kpi, day, value): the median of each indicator's measurements on a day, oldest first; None without a table."""
    if not events.has("outcomes"):
        return None
    outcomes = events.tables["outcomes"].rename(day="measured_at_day", measured="value")
    daily = quantile(outcomes, ["kpi", "day"], "measured", 0.5).drop("n")
    rows: list[dict[str, Any]] = daily.order_by("kpi", "day").to_pyarrow().to_pylist()
    return rows


def around_deployments(scope: Scope) -> list[dict[str, Any]] | None:
    """(kpi, deployment, service, day, before, n_before, after, n_after, change) of the window's successful deployments.

    `before` and `after` are the medians of the measurements in the 14 days before and after the deployment; a deployment
    counts for an indicator when measurements name it, or name its service. None where a table is missing.
    """
    if not scope.events.has("outcomes", "deployments"):
        return None
    found = _medians(scope)
    wide = found.group_by(["kpi", "deployment", "service", "day"]).aggregate(
        **{f"{column}{side}": found[source].max(where=found.side == side)
           for side in ("before", "after") for column, source in (("", "value"), ("n_", "n"))}
    )  # fmt: skip
    both = wide.filter(wide.before.notnull() & wide.after.notnull())
    both = both.mutate(change=both.after - both.before)
    rows: list[dict[str, Any]] = both.order_by("kpi", "day", "deployment").to_pyarrow().to_pylist()
    return rows


def _medians(scope: Scope) -> Any:
    """Table (kpi, deployment, service, day, side, value, n)."""
    outcomes = scope.spelled(scope.events.tables["outcomes"]).select(
        "kpi", "measured_at", measured="value", of="service", told="deployment_id"
    )
    deployments = successful(scope)
    deployments = deployments.filter(scope.within(deployments.finished_at))
    deployments = deployments.select(deployment="id", service="service", day="finished_at_day", at="finished_at")
    concerned = _concerned(outcomes, deployments)
    pairs = concerned.inner_join(outcomes, "kpi")
    near = ibis.interval(days=AROUND_DAYS)
    pairs = pairs.filter((pairs.measured_at >= pairs["at"] - near) & (pairs.measured_at <= pairs["at"] + near))
    pairs = pairs.mutate(side=(pairs.measured_at < pairs["at"]).ifelse("before", "after"))
    return quantile(pairs, ["kpi", "deployment", "service", "day", "side"], "measured", 0.5)


def _concerned(outcomes: Any, deployments: Any) -> Any:
    """Table (kpi, deployment, service, day, at): which deployments may have moved which indicator."""
    by_service = outcomes.filter(outcomes.of.notnull()).select("kpi", "of").distinct()
    first = deployments.inner_join(by_service, deployments.service == by_service.of).drop("of")
    by_name = outcomes.filter(outcomes.told.notnull()).select("kpi", "told").distinct()
    second = deployments.inner_join(by_name, deployments.deployment == by_name.told).drop("told")
    return first.select(second.columns).union(second, distinct=True)
