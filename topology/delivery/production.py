"""What counts as a deployment to production, and which of them are one release."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis

from topology.delivery.scope import Scope, beginning

APART_HOURS = 1  # regions of one version that follow each other by more than this are two deployments


def production(scope: Scope) -> Any:
    """D over all time: finished production deployments, once for each of their services."""
    deployments = scope.events.tables["deployments"]
    groups = scope.profile.production
    rows = [
        {"service_": one.service, "environment_": one.environment or "", "told_": "" if one.production is None else str(one.production)}
        for one in groups
    ]  # fmt: skip
    known = ibis.memtable(rows, schema={"service_": "string", "environment_": "string", "told_": "string"})
    told = ibis.cases((deployments.production.isnull(), ""), (deployments.production, "True"), else_="False")
    same = [
        deployments.service == known.service_,
        deployments.environment.fill_null("") == known.environment_,
        told == known.told_,
    ]
    return scope.spelled(deployments.inner_join(known, same).drop("service_", "environment_", "told_"))


def successful(scope: Scope) -> Any:
    """D⁺ over all time: the successful ones of D. (What is not known to have ended well is no success.)"""
    deployments = production(scope)
    return deployments.filter(deployments.result == "success")


def near(scope: Scope, events: Any, when: str) -> Any:
    """The events from the horizon before the window until the horizon after it: no others can be linked across its edges."""
    days = dt.timedelta(days=scope.horizon_days + 1)
    at = events[when]
    return events.filter((at >= beginning(scope.first - days, at)) & (at < beginning(scope.end + days, at)))


def releases(scope: Scope) -> Any:
    """The deployments of the window and its surroundings, one version in several regions as one: with `release`, the id of
    the first of them, in each row; the first row stands for all."""

    def make() -> Any:
        found = near(scope, production(scope), "finished_at")
        together = scope.definition.regions and scope.settings.regions == "together" and scope.profile.has_regions
        return _together(found) if together else found.mutate(release=found.id, is_first=ibis.literal(True))

    return scope.fact("releases", make)


def first_of_each(releases: Any) -> Any:
    """One row for each release and service."""
    return releases.filter(releases.is_first).drop("is_first", "release")


def _together(found: Any) -> Any:
    """Deployments of one version of a service that follow each other within an hour; one that comes to an environment again in that
    time is another."""
    order, version = ["finished_at", "id"], ["service", "version_"]
    found = found.mutate(
        version_=ibis.coalesce(found.version, found.commit_sha, found.id), place_=found.environment.fill_null("")
    )
    before = found.finished_at.lag().over(ibis.window(group_by=version, order_by=order))
    apart = before.isnull() | (found.finished_at > before + ibis.interval(hours=APART_HOURS))
    found = found.mutate(begins_=apart.ifelse(1, 0))
    found = found.mutate(run_=found.begins_.sum().over(ibis.cumulative_window(group_by=version, order_by=order)))
    again = ibis.window(group_by=[*version, "run_", "place_"], order_by=order)
    found = found.mutate(turn_=ibis.row_number().over(again))
    run = ibis.window(group_by=[*version, "run_", "turn_"])
    ordered = ibis.window(group_by=[*version, "run_", "turn_"], order_by=order)
    worst = ibis.cases((found.result == "failure", 2), (found.result == "unknown", 1), else_=0).max().over(run)
    told = {
        "result": ibis.cases((worst == 2, "failure"), (worst == 1, "unknown"), else_="success"),
        "unplanned": _any(found.unplanned, run),
        "rolled_back": _any(found.rolled_back, run),
        "change_failure": _any(found.change_failure, run),
        "release": found.id.first().over(ordered),
        "is_first": ibis.row_number().over(ordered) == 0,
    }
    return found.mutate(**told).drop("version_", "place_", "turn_", "begins_", "run_")


def _any(flag: Any, run: Any) -> Any:
    """Whether any of a run says yes; null where none says anything."""
    return ibis.cases((flag, 1), (~flag, 0), else_=ibis.null("int64")).max().over(run) == 1
