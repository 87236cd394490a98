"""Which deployment an incident is counted against, and when a change first reached production."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.scope import Scope


def production(scope: Scope) -> Any:
    """D over all time: finished production deployments (a deployment without environment is production)."""
    deployments = scope.events.tables["deployments"]
    environment = deployments.environment.lower()
    return deployments.filter(environment.isnull() | environment.isin(["production", "prod"]))


def successful(scope: Scope) -> Any:
    """D⁺ over all time: the successful ones of D."""
    deployments = production(scope)
    return deployments.filter(deployments.result == "success")


def incident_links(scope: Scope) -> Any:
    """Table (incident, deployment): one row for each incident, deployment null when it is unlinked.

    The first that applies: the deployment that the incident names (`caused_by`); the same service's latest D⁺
    that finished at or before the incident opened, within the horizon; else unlinked.
    """
    incidents = scope.events.tables["incidents"]
    candidates = successful(scope).select(candidate="id", candidate_service="service", candidate_finished="finished_at")
    near = incidents.inner_join(
        candidates,
        [
            incidents.service == candidates.candidate_service,
            candidates.candidate_finished <= incidents.opened_at,
            candidates.candidate_finished >= incidents.opened_at - ibis.interval(days=scope.horizon_days),
        ],
    )
    latest = (
        ibis.row_number().over(group_by="id", order_by=[ibis.desc("candidate_finished"), ibis.desc("candidate")]) == 0
    )
    near = near.mutate(latest_=latest)
    near = near.filter(near.latest_).select(linked="id", candidate="candidate")
    named = production(scope).select(named="id").distinct()
    joined = incidents.left_join(near, incidents.id == near.linked).left_join(named, incidents.caused_by == named.named)
    return joined.select(incident="id", deployment=ibis.coalesce(joined.named, joined.candidate))


def deployed_changes(scope: Scope) -> Any:
    """The changes whose first production deployment is in D⁺, with `deployed_at`, `deployed_day` and their `service`.

    The deployment is the one that the change names; when the same commit was deployed before to the same service, that
    earlier one. A change that carries `deployed_at` itself is taken at its word.
    """
    changes = scope.events.tables["changes"]
    repositories = scope.repositories()
    changes = changes.left_join(repositories, changes.repository == repositories.repository)
    changes = changes.mutate(service=ibis.coalesce(changes.service, changes.owned)).drop("owned", "repository_right")
    told = changes.filter(changes.deployed_at.notnull()).mutate(deployed_day=changes.deployed_at_day)
    if not scope.events.has("deployments"):
        return told
    firsts = _first_deployments(scope)
    asked = changes.filter(changes.deployed_at.isnull()).drop("deployed_at")
    linked = asked.inner_join(firsts, asked.deployment_id == firsts.deployed_id)
    linked = linked.mutate(service=ibis.coalesce(linked.service, linked.deployed_service))
    columns = told.columns
    return told.select(columns).union(linked.select(columns))


def _first_deployments(scope: Scope) -> Any:
    """Table (deployed_id, deployed_service, deployed_at, deployed_day): each D⁺ with the first one of its commit."""
    deployments = successful(scope)
    by_commit = ibis.window(group_by=["service", ibis.coalesce(deployments.commit_sha, deployments.id)])
    return deployments.select(
        deployed_id="id",
        deployed_service="service",
        deployed_at=deployments.finished_at.min().over(by_commit),
        deployed_day=deployments.finished_at_day.min().over(by_commit),
    )
