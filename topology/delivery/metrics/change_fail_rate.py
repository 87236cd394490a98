"""Change fail rate: the share of production deployments that failed, were rolled back, or led to an incident (DORA)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import FAILS as FAILED
from topology.delivery.definitions import FAILS, Definition
from topology.delivery.links import deployed_changes, incident_links, incidents
from topology.delivery.metric import Metric, in_weeks
from topology.delivery.production import first_of_each, releases
from topology.delivery.scope import Scope
from topology.delivery.units import Unit, share_of
from topology.language import Text

FLAGS = ("is_failed", "is_rolled_back", "is_change_failure", "has_incident")


def rows(scope: Scope) -> Any:
    """What the rate is made of in the window: `counts` says that a row is divided by, `fails` how often it counts above.

    By the default the production deployments with their flags; by definitions that count incidents, these too.
    """
    definition = scope.definition
    if definition.fails == "incidents":
        return _incidents_beside(scope)
    owned = scope.fact("failable", lambda: _flagged(_among(scope), scope), scope.by)
    owned = owned.mutate(counts=1, day=owned.finished_at_day)
    if definition.fails == "linked-incidents":
        return owned.mutate(fails=owned.incidents)
    flags = [owned[name] for name in FLAGS if name in definition.fails_by]
    anyone = flags[0]
    for flag in flags[1:]:
        anyone = anyone | flag
    return owned.mutate(fails=anyone.ifelse(1, 0))


def _among(scope: Scope) -> Any:
    """What is divided by, with the team: the deployments of teams of which something could say that one failed.

    A deployment of which it is not known how it ended counts where incidents are known: else nothing could speak against it.
    """
    found = first_of_each(releases(scope))
    found = found.filter(scope.within(found.finished_at))
    if scope.definition.fails_among == "successful":
        found = found.filter(found.result == "success")
    elif not scope.events.has("incidents"):
        found = found.filter(found.result != "unknown")
    return scope.owned(found, "finished_at_day", evident(scope))


def evident(scope: Scope) -> frozenset[str] | None:
    """The teams of which something could say that a deployment failed: incidents (of all), else a failure or a word on roll-backs among
    their own deployments; None for all. Without any of these 0 % is not a rate, but nothing known."""
    if scope.events.has("incidents") or not scope.definition.fails_by - {"has_incident"}:
        return None
    return scope.profile.teams_where("failures") | scope.profile.teams_where("reverted")


def _flagged(deployments: Any, scope: Scope) -> Any:
    """The deployments with the three flags and the number of `incidents` that are linked to each."""
    if scope.events.has("incidents"):
        links = incident_links(scope)
        keys = ["deployment", "team"] if "team" in links.columns else ["deployment"]
        # (Spark joins texts in the order in which it meets them.)
        order = None if links.get_backend().name == "pyspark" else links.incident
        named = links.incident.group_concat(sep=";", order_by=order)
        hits = links.group_by(keys).aggregate(found=links.count(), incident_ids=named).rename(hit="deployment")
        same = [deployments.id == hits.hit] + ([deployments.team == hits.team] if "team" in keys else [])
        joined = deployments.left_join(hits, same)
        joined = joined.drop([name for name in ("hit", "team_right") if name in joined.columns])
    else:
        joined = deployments.mutate(found=ibis.null("int64"), incident_ids=ibis.null("string"))
    flagged = joined.mutate(incidents=joined.found.fill_null(0)).drop("found")
    return flagged.mutate(
        is_failed=flagged.result == "failure",
        is_rolled_back=flagged.rolled_back.fill_null(False),
        is_change_failure=flagged.change_failure.fill_null(False),
        has_incident=flagged.incidents > 0,
    )


def _incidents_beside(scope: Scope) -> Any:
    """What is divided by, and the incidents opened in the window, in one table; nothing links them."""
    if scope.definition.fails_among == "changes":
        found = deployed_changes(scope).rename(at="deployed_at", day="deployed_day")
    else:
        found = first_of_each(releases(scope))
        found = found.filter(found.result == "success").rename(at="finished_at", day="finished_at_day")
    below = scope.owned(found.filter(scope.within(found.day)), "day")
    below = below.select("id", "service", "team", "at", "day", kind=ibis.literal("counted"), counts=1, fails=0)
    if not scope.events.has("incidents"):
        return below
    opened = incidents(scope).rename(at="opened_at", day="opened_at_day").drop("kind")
    above = scope.owned(opened.filter(scope.within(opened.day)), "day")
    above = above.select("id", "service", "team", "at", "day", kind=ibis.literal("incident"), counts=0, fails=1)
    return ibis.union(below, above)


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, fails, …) of the weeks in which something is divided by."""
    return _summary(in_weeks(rows(scope), "day"), ["team", "week"], scope.definition)


def headline(scope: Scope) -> Any:
    """(team, value, n, fails, …) over the window."""
    return _summary(rows(scope), ["team"], scope.definition)


def _summary(events: Any, by: list[str], definition: Definition) -> Any:
    flags = {name.removeprefix("is_").replace("has_", "with_"): name for name in FLAGS if name in events.columns}
    keys = [*by, "service"] if definition.each_service else by
    counted = events.group_by(keys).aggregate(
        n=events.counts.sum(),
        fails=events.fails.sum(),
        **{part: events[name].ifelse(1, 0).sum() for part, name in flags.items()},
    )
    counted = counted.filter(counted.n > 0)
    counted = counted.mutate(value=counted.fails.cast("float64") / counted.n)
    if not definition.each_service:
        return counted
    return counted.group_by(by).aggregate(value=counted.value.mean(), n=counted.n.sum(), fails=counted.fails.sum())


def _by(metric: Metric, definition: Definition) -> Metric:
    """A ratio of incidents has another unit and no interval, and that of changes needs these."""
    if not definition.fails_by - {"has_incident"}:
        metric = replace(metric, needs=(*metric.needs, "incidents"))
    if definition.fails == "deployments":
        return metric if definition.fail_share else replace(metric, rate_of=None)
    among = "change" if definition.fails_among == "changes" else "deployment"
    needs = (*metric.needs, "changes") if among == "change" else metric.needs
    return replace(metric, unit=Unit("ratio", Text(f"incidents per {among}")), needs=needs, rate_of=None)


METRIC = Metric(
    id=FAILS,
    order=13,
    name=Text("Change fail rate"),
    unit=share_of("deployments"),
    formula=Text("deployments that failed, were rolled back or have a linked incident ÷ production deployments"),
    needs=("deployments",),
    counted=(Text("deployment"), Text("deployments")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="day",
    parts=("fails", "failed", "rolled_back", "change_failure", "with_incident"),
    rate_of="fails",
    left_out=left_out.fails,
    varies=_by,
    of_services=True,
    classes=FAILED.of(
        "Change fail rate",
        "Deployments that failed, were rolled back or have a linked incident ÷ deployments of the last 12 whole weeks.",
    ),
)
