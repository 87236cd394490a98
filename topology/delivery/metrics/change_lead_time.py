"""Change lead time: from the first commit to production (DORA), with its parts."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import SPANS
from topology.delivery.definitions import LEAD
from topology.delivery.links import PARTS, deployed_changes
from topology.delivery.metric import Metric, in_weeks, spans
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between, quantiles
from topology.delivery.units import HOURS
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Changes whose first successful production deployment is in the window, with hours and the owning (or author's) team."""
    day = scope.definition.lead_window
    changes = deployed_changes(scope)
    changes = scope.authored(changes, day) if scope.attribution == "author" else scope.owned(changes, day)
    hours = {name: hours_between(changes[begin], changes[end]) for name, (begin, end) in PARTS.items()}
    changes = changes.mutate(**hours)
    return changes.mutate(lead_hours=_lead(changes, scope))


def _measured(scope: Scope) -> Any:
    """What the numbers need of the changes, made once: a table of every column takes twice the time."""
    day = scope.definition.lead_window

    def make() -> Any:
        return rows(scope).select("team", "service", day, "lead_hours", *PARTS)

    return scope.fact("lead_times", make, scope.by, scope.attribution)


def people(scope: Scope) -> Any:
    """Their authors, where a change is taken for its author's team's."""
    if scope.attribution != "author":
        return None
    found = rows(scope.each_team())
    found = found.filter(found.lead_hours.notnull())
    return found.select("team", day=found[scope.definition.lead_window], person=found.author)


def _lead(changes: Any, scope: Scope) -> Any:
    """Hours from the start to production, by the definition; null when they are not known or negative."""
    match scope.definition.lead:
        case "commit-to-deployment":
            return hours_between(changes.first_commit_at, changes.deployed_at)
        case "positive":
            return hours_between(changes.first_commit_at, changes.deployed_at).nullif(0.0)
        case "merge-to-deployment":
            return hours_between(changes.merged_at, changes.deployed_at)
        case "rounded-parts":
            parts = (changes.coding_hours, hours_between(changes.opened_at, changes.merged_at), changes.deploy_hours)
            minutes = [(part * 60).ceil() for part in parts]
        case "known-parts":
            minutes = [changes[part] * 60 for part in PARTS]
    total: Any = sum(part.cast("float64").fill_null(0.0) for part in minutes)
    return ibis.cases((ibis.coalesce(*minutes).notnull(), total / 60.0), else_=ibis.null("float64"))


def weekly(scope: Scope) -> Any:
    """(team, week, …) by the week of the deployment (of the merge, by a definition that says so)."""
    day = scope.definition.lead_window
    return _summary(in_weeks(_measured(scope), day), ["team", "week"], scope)


def headline(scope: Scope) -> Any:
    """(team, …) over the window."""
    return _summary(_measured(scope), ["team"], scope)


def _summary(events: Any, by: list[str], scope: Scope) -> Any:
    """Average, 85th percentile, n, and the median and n of each part.

    All medians and percentiles come from one sort of a long table (a row for each change and span), so that the changes are looked
    up once and not once for each number; an average that is no median takes a second look.
    """
    found = quantiles(_long(events, by), [*by, "span"], "hours", median=0.5, p85=0.85)
    columns = {name: found["median"].max(where=found["span"] == name) for name in PARTS}
    counts = {f"{name}_n": found["n"].max(where=found["span"] == name) for name in PARTS}
    lead = found["span"] == "lead_hours"
    wide = found.group_by(by).aggregate(
        value=found["median"].max(where=lead),
        n=found["n"].max(where=lead),
        p85=found["p85"].max(where=lead),
        **columns,
        **counts,
    )
    known = wide.filter(wide["n"].notnull())  # a change may have parts and no lead time
    if scope.definition.average == "median" and not scope.definition.each_service:
        return known
    averages = spans(events, by, "lead_hours", scope.definition, scope.definition.lead_window)
    return known.drop("value", "n").inner_join(averages, by)


def _long(events: Any, by: list[str]) -> Any:
    """Table (*by, span, hours): a row for each change and span. (Some engines cannot unpivot; all can multiply by a few rows.)"""
    names = ("lead_hours", *PARTS)
    rows = ibis.memtable([{"span": name} for name in names], schema={"span": "string"})
    pairs = events.select(*by, *names).cross_join(rows)
    hours = ibis.cases(*((pairs["span"] == name, pairs[name]) for name in names), else_=ibis.null("float64"))
    return pairs.select(*by, "span", hours=hours)


METRIC = Metric(
    id=LEAD,
    order=12,
    name=Text("Change lead time"),
    unit=HOURS,
    formula=Text(
        "deployed_at − first_commit_at of changes whose first successful production deployment is in the window; interpolated median"
    ),
    needs=("changes",),
    counted=(Text("change"), Text("changes")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    people=people,
    when="deployed_at",
    parts=("p85", *(column for part in PARTS for column in (part, f"{part}_n"))),
    left_out=left_out.changes,
    of_services=True,
    classes=SPANS.of(
        "Change lead time",
        "From the first commit to production: the median of the changes deployed in the last 12 whole weeks.",
    ),
)
