"""Time to the next success: from a failed deployment to the next one of its service that succeeds, where nobody tells of incidents."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import SPANS
from topology.delivery.definitions import DEFAULT
from topology.delivery.links import first_after
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.metrics.failed_deployment_recovery_time import summary
from topology.delivery.production import first_of_each, releases, successful
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between
from topology.delivery.units import HOURS
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Failed production deployments of the window, with the owning team and the hours until the next success of their service began to
    stand; one that none has followed is open."""
    return scope.by_default().fact("followed", lambda: _rows(scope.by_default()), scope.by)


def _rows(scope: Scope) -> Any:
    deployments = first_of_each(releases(scope))
    failed = deployments.filter(scope.within(deployments.finished_at) & (deployments.result == "failure"))
    good = successful(scope)
    good = good.filter(good.finished_at_day >= ibis.literal(scope.first))
    asked = failed.select("id", "service", merged_at="finished_at")
    found = first_after(asked, good.mutate(started_at=good.finished_at), "service").rename(of_="service")
    joined = failed.left_join(found, [failed.service == found.of_, failed.id == found.change]).drop(
        "of_", "change", "deployed_day"
    )
    owned = scope.owned(joined.rename(resolved_at="deployed_at"), "finished_at_day")
    waited = hours_between(owned.finished_at, ibis.literal(scope.known_until).cast(owned.finished_at.type()))
    is_open = owned.resolved_at.isnull()
    return owned.mutate(
        hours=hours_between(owned.finished_at, owned.resolved_at), is_open=is_open.ifelse(1, 0),
        open_hours=ibis.cases((is_open, waited), else_=ibis.null("float64")), resolved_at_day=owned.finished_at_day,
        opened_at_day=owned.finished_at_day,
    )  # fmt: skip


def _summary(events: Any, by: list[str]) -> Any:
    return summary(events, by, DEFAULT)


METRIC = Metric(
    id="time-to-next-success",
    order=17,
    name=Text("Time to next success"),
    unit=HOURS,
    formula=Text(
        "from the finish of a failed production deployment to that of the next successful one of its service; interpolated median; that of "
        "Kaplan and Meier where any has none yet"
    ),
    needs=("deployments",),
    counted=(Text("failed deployment"), Text("failed deployments")),
    weekly=by_week(rows, _summary, "finished_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="finished_at",
    parts=("still_open", "open_hours"),
    of_services=True,
    left_out=left_out.deployments,
    classes=SPANS.of(
        "Time to next success",
        "From a failed deployment to the next successful one of its service: the median of the last 12 whole weeks.",
    ),
)
