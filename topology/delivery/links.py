"""Which deployment an incident is counted against, and when a change first reached production."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from topology.delivery.scope import Scope, without

PRODUCTION = ("production", "prod")
# The parts of a change's way to production: (from, to); a negative part is left out and listed.
PARTS = {
    "coding_hours": ("first_commit_at", "opened_at"),
    "pickup_hours": ("opened_at", "first_review_at"),
    "review_hours": ("first_review_at", "merged_at"),
    "deploy_hours": ("merged_at", "deployed_at"),
}


def production(scope: Scope) -> Any:
    """D over all time: finished production deployments (a deployment without environment is production)."""
    deployments = scope.events.tables["deployments"]
    environment = deployments.environment.lower()
    return deployments.filter(environment.isnull() | environment.isin(PRODUCTION))


def successful(scope: Scope) -> Any:
    """D⁺ over all time: the successful ones of D."""
    deployments = production(scope)
    return deployments.filter(deployments.result == "success")


def incident_links(scope: Scope) -> Any:
    """Table (incident, deployment, finished_at[, team]): the incidents that are linked to a deployment, once each.

    The first that applies: the deployment that the incident names (`caused_by`); by the definition, the latest D⁺ (of
    the same service; of all that the team owns, then with `team`) that finished at or before the incident opened, within
    the horizon. Every other incident is unlinked.
    """
    definition = scope.definition
    incidents = scope.events.tables["incidents"]
    named = production(scope).select(named="id", finished_at="finished_at", named_service="service")
    told = incidents.inner_join(named, incidents.caused_by == named.named)
    told = told.mutate(service=ibis.coalesce(told.service, told.named_service))
    if definition.link == "named":
        return told.select(incident="id", deployment="named", finished_at="finished_at")
    candidates = (
        production(scope)
        if definition.fails_among == "finished" and definition.link == "project"
        else successful(scope)
    )
    whole = definition.link == "project"
    if whole:
        told = scope.owned(told, "opened_at_day")
        incidents = scope.owned(incidents, "opened_at_day")
        candidates = scope.owned(candidates, "finished_at_day")
    if definition.horizon:
        incidents, candidates = _near(scope, incidents), _near(scope, candidates)
    by = "team" if whole else "service"
    columns = {"team": "team"} if whole else {}
    asked = without(incidents, named, "caused_by", "named")
    found = latest_before(asked, candidates, by)
    if definition.horizon:
        found = found.filter(found.finished_at >= found.opened_at - ibis.interval(days=scope.horizon_days))
    return ibis.union(
        told.select(incident="id", deployment="named", finished_at="finished_at", **columns),
        found.select("incident", "deployment", "finished_at", *columns),
    )


def _near(scope: Scope, events: Any) -> Any:
    """The events from the horizon before the window until the horizon after it: no others can be linked across its edges."""
    day = "opened_at_day" if "opened_at_day" in events.columns else "finished_at_day"
    days = dt.timedelta(days=scope.horizon_days + 1)
    return events.filter(
        (events[day] >= ibis.literal(scope.first - days)) & (events[day] < ibis.literal(scope.end + days))
    )


def latest_before(incidents: Any, deployments: Any, by: str) -> Any:
    """Table (by, incident, opened_at, deployment, finished_at): the last deployment with the same `by` at or before each incident.

    An as-of join by one sort instead of a join of all pairs: both stand in one line by time, each incident belongs to the
    deployment whose running number it shares.
    """
    first = deployments.select(
        by, deployment="id", incident=ibis.null("string"), at="finished_at", later=ibis.literal(0)
    )
    second = incidents.select(by, deployment=ibis.null("string"), incident="id", at="opened_at", later=ibis.literal(1))
    line = ibis.union(first, second).filter(lambda t: t[by].notnull())
    order = ibis.cumulative_window(group_by=by, order_by=["at", "later", "deployment", "incident"])
    line = line.mutate(run=line.deployment.count().over(order))
    run = ibis.window(group_by=[by, "run"])
    finished = ibis.cases((line.deployment.notnull(), line["at"]), else_=ibis.null(line["at"].type()))
    line = line.mutate(latest=line.deployment.max().over(run), finished_at=finished.max().over(run))
    found = line.filter(line.incident.notnull() & line.latest.notnull())
    return found.select(by, "incident", opened_at="at", deployment="latest", finished_at="finished_at")


def deployed_changes(scope: Scope, since: dt.date | None = None) -> Any:
    """The changes whose first production deployment is in D⁺, with `deployed_at`, `deployed_day` and their `service`.

    The deployment is the one that the change names; when the same commit was deployed before to the same service, that
    earlier one. A change that carries `deployed_at` itself is taken at its word. With `since` those that were first deployed
    before that day may be missing: a reading of later weeks need not look at them.
    """
    changes = with_service(scope, scope.events.tables["changes"])
    told = changes.filter(changes.deployed_at.notnull()).mutate(deployed_day=changes.deployed_at_day)
    if not scope.events.has("deployments"):
        return told
    firsts = _first_deployments(scope)
    if since is not None:  # (the first deployment of a commit is never after the one that the change names)
        firsts = firsts.filter(firsts.named_day >= ibis.literal(since))
    asked = changes.filter(changes.deployed_at.isnull()).drop("deployed_at")
    linked = asked.inner_join(firsts, asked.deployment_id == firsts.deployed_id)
    linked = linked.mutate(service=ibis.coalesce(linked.service, linked.deployed_service))
    columns = told.columns
    return told.select(columns).union(linked.select(columns))


def with_service(scope: Scope, changes: Any) -> Any:
    """The changes with their service; one that names only its repository has the service of that."""
    repositories = scope.repositories()
    joined = changes.left_join(repositories, changes.repository == repositories.repository)
    return joined.mutate(service=ibis.coalesce(joined.service, joined.owned)).drop("owned", "repository_right")


def _first_deployments(scope: Scope) -> Any:
    """Table (deployed_id, deployed_service, deployed_at, deployed_day, named_day): each D⁺, its day, and the first one of its commit."""
    deployments = successful(scope)
    by_commit = ibis.window(group_by=["service", ibis.coalesce(deployments.commit_sha, deployments.id)])
    return deployments.select(
        deployed_id="id",
        deployed_service="service",
        deployed_at=deployments.finished_at.min().over(by_commit),
        deployed_day=deployments.finished_at_day.min().over(by_commit),
        named_day="finished_at_day",
    )
