"""Deployment frequency: successful production deployments per week (DORA)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.definitions import FREQUENCY, Definition
from topology.delivery.metric import Metric, in_weeks
from topology.delivery.production import first_of_each, releases
from topology.delivery.scope import Scope
from topology.delivery.statistics import average
from topology.delivery.units import count_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Successful production deployments of the window, with the owning team; a shared service once for each owner."""
    return scope.fact("deployed", lambda: _rows(scope), scope.by)


def _rows(scope: Scope) -> Any:
    deployments = first_of_each(releases(scope))
    deployments = deployments.filter(scope.within(deployments.finished_at) & (deployments.result == "success"))
    return scope.owned(deployments, "finished_at_day")


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, days): deployments and distinct deployment days; a week with none counts 0."""
    events = in_weeks(rows(scope), "finished_at_day")
    counted = events.group_by(["team", "week"]).aggregate(
        found=events.id.nunique(), on_days=events.finished_at_day.nunique(), versions=_versions(events)
    )
    frame = scope.team_weeks(but=scope.profile.teams_without_result)
    if (
        not scope.profile.production
    ):  # (then a week without a deployment is no 0: nothing in the table could have counted)
        frame = frame.filter(ibis.literal(False))
    joined = frame.left_join(counted, ["team", "week"])
    n, days, versions = (ibis.coalesce(joined[name], 0).cast("int64") for name in ("found", "on_days", "versions"))
    frequency = scope.definition.frequency
    value = {"deployments": n, "days": days, "versions": versions}[frequency.of].cast("float64")
    return joined.select("team", "week", value=value / 7 if frequency.per == "day" else value, n=n, days=days)


def _versions(events: Any) -> Any:
    """How many versions of services: a commit of a service once, a deployment without a commit as one of its own."""
    return (events.service + "@" + ibis.coalesce(events.commit_sha, events.id)).nunique()


def headline(scope: Scope) -> Any:
    """(team, value, n, days, median_week): deployments by week, n of them, the medians over weeks of deployment days and of deployments."""
    by_week = weekly(scope)
    counts = by_week.group_by("team").aggregate(n=by_week.n.sum())
    days = average(by_week, ["team"], "days", "median", "week").select("team", days="value")
    middle = average(
        by_week.mutate(deployed_=by_week.n.cast("float64")), ["team"], "deployed_", "median", "week"
    ).select("team", median_week="value")
    found = _average(scope, by_week, counts)
    whole = found.inner_join(days, "team").inner_join(middle, "team").inner_join(counts, "team")
    return whole.select("team", "value", "n", "days", "median_week")


def _average(scope: Scope, by_week: Any, counts: Any) -> Any:
    frequency = scope.definition.frequency
    if frequency.per == "window":
        events = rows(scope)
        found = events.group_by("team").aggregate(value=_versions(events).cast("float64"))
        joined = counts.left_join(found, "team")
        return joined.select("team", value=joined.value.fill_null(0.0))
    if frequency.average == "whole-mean":
        weeks = len(scope.weeks)
        by_day = 7 * (counts.n / (7 * weeks)).floor()
        return counts.select("team", value=ibis.greatest((counts.n / weeks).floor(), by_day).cast("float64"))
    if frequency.average == "mean":  # (of every day of the window, whether the team owned a service then or not)
        days = 7 * len(scope.weeks)
        return counts.select("team", value=counts.n / (days if frequency.per == "day" else len(scope.weeks)))
    return average(by_week, ["team"], "value", frequency.average, "week").drop("n")


def _by(metric: Metric, definition: Definition) -> Metric:
    return replace(metric, unit=definition.frequency.unit)


METRIC = Metric(
    id=FREQUENCY,
    order=11,
    name=Text("Deployment frequency"),
    unit=count_of("deployment", "deployments", " per week"),
    formula=Text(
        "successful production deployments finished in the window ÷ its whole weeks; one version in several regions within an hour is one"
    ),
    needs=("deployments",),
    counted=(Text("deployment"), Text("deployments")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="finished_at",
    parts=("days", "median_week"),
    left_out=left_out.unsuccessful,
    varies=_by,
    of_services=True,
    classes=classes(
        # One a month and one a week are edges of the DORA survey's own bands; two and five divide what lies above.
        (12 / 52, 1, 2, 5),
        "under 1 a month",
        "1 a month or more",
        "1 a week or more",
        "2 a week or more",
        "5 a week or more",
    ).of(
        "Deployments per week",
        "Successful production deployments of the last 12 whole weeks ÷ 12.",
    ),
)
