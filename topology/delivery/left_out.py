"""What a number leaves out: the events of the window that do not count, each with its reason.

Every function gives a table (id, about, day, reason, team): `about` is the service or team that the event names, `team`
the one whose number it is missing from, null when nobody's.
"""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.links import deployed_changes, incident_links, production, with_service
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between


def deployments(scope: Scope) -> Any:
    """Deployments of services that nobody owns on that day, and those to other environments than production."""
    known = scope.events.tables["deployments"].rename(about="service", day="finished_at_day")
    known = known.filter(scope.within(known.day))
    elsewhere = known.anti_join(production(scope).select("id"), "id")
    reason = ibis.literal("environment is ") + elsewhere.environment
    return ibis.union(
        unowned(scope, production(scope), "finished_at_day"),
        elsewhere.select("id", "about", "day", reason=reason, team=ibis.null("string")),
    )


def changes(scope: Scope) -> Any:
    """Changes that have not reached production, whose service nobody owns, or whose span is not known."""
    merged = with_service(scope, scope.events.tables["changes"])
    deployed = deployed_changes(scope)
    waiting = scope.owned(merged.filter(scope.within(merged.merged_at_day)), "merged_at_day")
    waiting = waiting.anti_join(deployed.select("id"), "id")
    counted = scope.owned(deployed.filter(scope.within(deployed.deployed_day)), "deployed_day")
    spanless = counted.filter(hours_between(counted.first_commit_at, counted.deployed_at).isnull())
    reason = ibis.cases(
        (spanless.first_commit_at.isnull(), "no first_commit_at"), else_="first_commit_at is after the deployment"
    )
    return ibis.union(
        unowned(scope, merged, "merged_at_day"),
        _rows(waiting, "merged_at_day", ibis.literal("no successful production deployment of it is known"), "team"),
        _rows(spanless, "deployed_day", reason, "team"),
    )


def fails(scope: Scope) -> Any:
    """The deployments that do not count, and the incidents that are linked to none."""
    found = deployments(scope)
    return ibis.union(found, unlinked(scope)) if scope.events.has("incidents") else found


def unlinked(scope: Scope) -> Any:
    """Incidents that are counted against no deployment."""
    incidents = scope.events.tables["incidents"]
    incidents = incidents.filter(scope.within(incidents.opened_at_day))
    alone = incidents.anti_join(incident_links(scope), incidents.id == incident_links(scope).incident)
    days = f" within {scope.horizon_days} days" if scope.definition.horizon else ""
    reason = ibis.literal(f"no deployment of its service before it{days}, and it names none")
    owned = scope.owned(alone, "opened_at_day")
    rest = alone.anti_join(owned.select("id"), "id")
    return ibis.union(
        _rows(owned, "opened_at_day", reason, "team"),
        _rows(rest, "opened_at_day", ibis.literal("it names no service that a team owns, and no deployment"), None),
    )


def incidents(scope: Scope) -> Any:
    """Incidents of services that nobody owns on that day."""
    return unowned(scope, scope.events.tables["incidents"], "opened_at_day")


def teamless(table: str, day: str) -> Any:
    """A function that gives the events of a table whose team is not in the file."""

    def found(scope: Scope) -> Any:
        events = scope.events.tables[table]
        events = events.filter(scope.within(events[day]))
        whole = scope.organisation_wide()
        rest = events.anti_join(whole.of_team(events).select("id"), "id").rename(about="team")
        reason = ibis.cases(
            (rest.about.isnull(), "the leaders' own: counts for the organisation"),
            else_="no team of that id is in the file",
        )
        return rest.select("id", "about", day=rest[day], reason=reason, team=ibis.null("string"))

    return found


def startless(scope: Scope) -> Any:
    """Work items without a start, or done before it, and those whose team is not in the file."""
    items = scope.events.tables["work_items"]
    items = scope.of_team(items.filter(scope.within(items.done_at_day)))
    items = items.filter(hours_between(items.started_at, items.done_at).isnull())
    reason = ibis.cases((items.started_at.isnull(), "no started_at"), else_="done_at is before started_at")
    own = items.select("id", about="team", day="done_at_day", reason=reason, team="team")
    return ibis.union(teamless("work_items", "done_at_day")(scope), own)


def unowned(scope: Scope, events: Any, day: str) -> Any:
    """The events of the window whose service belongs to no team on their day."""
    events = events.filter(scope.within(events[day]))
    rest = events.anti_join(scope.each_team().owned(events, day).select("id"), "id")
    reason = ibis.cases((rest.service.isnull(), "it names no service"), else_="no team owns the service on that day")
    return _rows(rest, day, reason, None)


def _rows(events: Any, day: str, reason: Any, team: str | None) -> Any:
    return events.select("id", about="service", day=events[day], reason=reason, team=team or ibis.null("string"))
