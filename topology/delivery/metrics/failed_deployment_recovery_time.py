"""Failed deployment recovery time: from the opening of an incident that a deployment caused until it is resolved (DORA)."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import SPANS
from topology.delivery.definitions import RECOVERY, Definition
from topology.delivery.links import incident_links, production
from topology.delivery.metric import Metric, in_weeks, spans
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between
from topology.delivery.units import HOURS
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Incidents of the window that are linked to a production deployment, with the owning team and hours.

    An open one has no hours: it is counted as `is_open` and has no part in the average. By some definitions all incidents.
    """
    definition = scope.definition
    incidents = _linked(scope)
    if definition.recovery_of == "linked":
        incidents = incidents.filter(incidents.deployment.notnull())
    day = definition.recovery_window
    return recovered(incidents.filter(scope.within(incidents[day])), definition)


def _linked(scope: Scope) -> Any:
    """The incidents with their team, and the `deployment` they count against with its finish; null when there is none."""
    incidents = scope.events.tables["incidents"]
    links = incident_links(scope).rename(incident_="incident", deployed_at="finished_at")
    services = production(scope).select(caused_id="id", caused_service="service")
    named = incidents.left_join(services, incidents.caused_by == services.caused_id)
    incidents = named.mutate(service=ibis.coalesce(named.service, named.caused_service)).drop(
        "caused_id", "caused_service"
    )
    owned = scope.owned(incidents, "opened_at_day")
    same = [owned.id == links.incident_] + ([owned.team == links.team] if "team" in links.columns else [])
    joined = owned.left_join(links, same).drop("incident_")
    return joined.drop("team_right") if "team_right" in joined.columns else joined


def recovered(incidents: Any, definition: Definition) -> Any:
    """The incidents with the `hours` until they were resolved, and whether they are open."""
    match definition.recovery_from:
        case "opened":
            begin = incidents.opened_at
        case "deployment":
            begin = incidents.deployed_at
        case "earlier":
            begin = ibis.least(incidents.opened_at, ibis.coalesce(incidents.deployed_at, incidents.opened_at))
    hours = hours_between(begin, incidents.resolved_at)
    hours = hours.floor().cast("float64") if definition.whole_hours else hours
    return incidents.mutate(hours=hours, is_open=incidents.resolved_at.isnull().ifelse(1, 0))


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, still_open) by the week in which an incident opened (or was resolved, by the definition)."""
    day = scope.definition.recovery_window
    return summary(in_weeks(rows(scope), day), ["team", "week"], scope.definition)


def headline(scope: Scope) -> Any:
    """(team, value, n, still_open) over the window."""
    return summary(rows(scope), ["team"], scope.definition)


def summary(events: Any, by: list[str], definition: Definition) -> Any:
    """Average of the resolved ones, their n, and how many are still open; a team with open ones only has no value."""
    counted = events.group_by(by).aggregate(still_open=events.is_open.sum())
    found = spans(events, by, "hours", definition, definition.recovery_window)
    joined = counted.left_join(found, by).drop([f"{name}_right" for name in by])
    return joined.mutate(n=ibis.coalesce(joined.n, 0))


METRIC = Metric(
    id=RECOVERY,
    order=14,
    name=Text("Failed deployment recovery time"),
    unit=HOURS,
    formula=Text(
        "resolved_at − opened_at of incidents linked to a production deployment; interpolated median; open ones are counted apart"
    ),
    needs=("incidents", "deployments"),
    counted=(Text("resolved incident"), Text("resolved incidents")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="opened_at",
    parts=("still_open",),
    left_out=left_out.recovery,
    classes=SPANS.of(
        "Recovery time",
        "From the opening of an incident that a deployment caused until it was resolved: the median of the last 12 whole weeks. "
        "Open incidents are not in it.",
    ),
)
