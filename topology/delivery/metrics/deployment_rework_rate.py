"""Deployment rework rate: the share of production deployments that were not planned, but made to mend something (DORA 2024)."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import FAILS as FAILED
from topology.delivery.definitions import REWORK
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.production import first_of_each, releases
from topology.delivery.scope import Scope
from topology.delivery.units import share_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Production deployments of the window with the owning team and whether they were unplanned.

    A blank counts as planned, but only for a team of which some deployment says whether it was: a column that another team uses says
    nothing of this one.
    """
    deployments = first_of_each(releases(scope))
    told = scope.profile.teams_where("planned")
    owned = scope.owned(deployments.filter(scope.within(deployments.finished_at)), "finished_at_day", told)
    return owned.mutate(is_unplanned=owned.unplanned.fill_null(False))


_summary = share("is_unplanned", "unplanned")


METRIC = Metric(
    id=REWORK,
    order=15,
    name=Text("Deployment rework rate"),
    unit=share_of("deployments"),
    formula=Text("unplanned production deployments ÷ production deployments"),
    needs=("deployments",),
    counted=(Text("deployment"), Text("deployments")),
    weekly=by_week(rows, _summary, "finished_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="finished_at",
    parts=("unplanned",),
    rate_of="unplanned",
    left_out=left_out.unplanned,
    of_services=True,
    classes=FAILED.of(
        "Deployment rework rate",
        "Deployments that were not planned, but made to mend something ÷ deployments of the last 12 whole weeks.",
    ),
)
