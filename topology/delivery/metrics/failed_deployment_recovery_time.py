"""Failed deployment recovery time: from the opening of an incident that a deployment caused until it is resolved (DORA)."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import SPANS
from topology.delivery.definitions import RECOVERY, Definition
from topology.delivery.links import incident_links, incidents
from topology.delivery.metric import Metric, in_weeks, spans
from topology.delivery.scope import Scope
from topology.delivery.statistics import censored_median, hours_between, quantile
from topology.delivery.units import HOURS
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Incidents of the window that are linked to a production deployment, with the owning team and hours.

    An open one has no hours: it is counted as `is_open` and has no part in the average. By some definitions all incidents.
    """
    return scope.fact("recovered", lambda: _rows(scope), scope.by)


def _rows(scope: Scope) -> Any:
    definition, found = scope.definition, _linked(scope)
    if definition.recovery_of == "linked":
        found = found.filter(found.deployment.notnull())
    day = definition.recovery_window
    return recovered(found.filter(scope.within(found[day])), scope)


def _linked(scope: Scope) -> Any:
    """The incidents with their team, and the `deployment` they count against with its finish; null when there is none."""
    links = incident_links(scope).rename(incident_="incident", deployed_at="finished_at")
    owned = scope.owned(incidents(scope), "opened_at_day")
    same = [owned.id == links.incident_] + ([owned.team == links.team] if "team" in links.columns else [])
    joined = owned.left_join(links, same).drop("incident_")
    return joined.drop("team_right") if "team_right" in joined.columns else joined


def recovered(incidents: Any, scope: Scope) -> Any:
    """The incidents with the `hours` until they were resolved, whether they are open, and the `open_hours` since when."""
    definition = scope.definition
    match definition.recovery_from:
        case "opened":
            begin = incidents.opened_at
        case "deployment":
            begin = incidents.deployed_at
        case "earlier":
            begin = ibis.least(incidents.opened_at, ibis.coalesce(incidents.deployed_at, incidents.opened_at))
    hours = hours_between(begin, incidents.resolved_at)
    hours = hours.floor().cast("float64") if definition.whole_hours else hours
    is_open = incidents.resolved_at.isnull()
    waited = hours_between(begin, ibis.literal(scope.known_until).cast(incidents.opened_at.type()))
    open_hours = ibis.cases((is_open, waited), else_=ibis.null("float64"))
    return incidents.mutate(hours=hours, is_open=is_open.ifelse(1, 0), open_hours=open_hours)


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, still_open, open_hours) by the week in which an incident opened (or was resolved, by the definition)."""
    day = scope.definition.recovery_window
    return summary(in_weeks(rows(scope), day), ["team", "week"], scope.definition)


def headline(scope: Scope) -> Any:
    """(team, value, n, still_open, open_hours) over the window."""
    return summary(rows(scope), ["team"], scope.definition)


def summary(events: Any, by: list[str], definition: Definition) -> Any:
    """Average of the resolved ones, their n, how many are still open and the median of how long; where any is open, the median is that
    of Kaplan and Meier, in which the open ones count with the time that they have lasted: no value where it is not reached."""
    counted = events.group_by(by).aggregate(still_open=events.is_open.sum())
    found = spans(events, by, "hours", definition, definition.recovery_window)
    waits = quantile(events, by, "open_hours", 0.5).select(*by, open_hours="value")
    joined = _beside(_beside(counted, found, by), waits, by)
    value = joined.value
    if definition.censored and definition.average == "median":
        joined = _beside(joined, censored_median(events, by, "hours", "open_hours").rename(censored_="value"), by)
        value = ibis.cases((joined.still_open > 0, joined.censored_), else_=joined.value)
    told = joined.mutate(n=ibis.coalesce(joined.n, 0), value=value)
    return told.select(*by, "value", "n", "still_open", "open_hours")


def _beside(first: Any, second: Any, by: list[str]) -> Any:
    return first.left_join(second, by).drop([f"{name}_right" for name in by])


METRIC = Metric(
    id=RECOVERY,
    order=14,
    name=Text("Failed deployment recovery time"),
    unit=HOURS,
    formula=Text(
        "resolved_at − opened_at of incidents linked to a production deployment; interpolated median; that of Kaplan and Meier where any "
        "is open"
    ),
    needs=("incidents", "deployments"),
    counted=(Text("resolved incident"), Text("resolved incidents")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="opened_at",
    parts=("still_open", "open_hours"),
    left_out=left_out.recovery,
    of_services=True,
    classes=SPANS.of(
        "Recovery time",
        "From the opening of an incident that a deployment caused until it was resolved: the median of the last 12 whole weeks, in which "
        "open incidents count with the time that they have lasted.",
    ),
)
