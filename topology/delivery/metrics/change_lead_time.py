"""Change lead time: from the first commit to production (DORA), with its parts."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.definitions import LEAD
from topology.delivery.links import deployed_changes
from topology.delivery.metrics.metric import Metric, in_weeks, spans
from topology.delivery.scope import Scope
from topology.delivery.statistics import hours_between, quantile

# part: (from, to); a negative part is left out
PARTS = {
    "coding_hours": ("first_commit_at", "opened_at"),
    "pickup_hours": ("opened_at", "first_review_at"),
    "review_hours": ("first_review_at", "merged_at"),
    "deploy_hours": ("merged_at", "deployed_at"),
}


def rows(scope: Scope) -> Any:
    """Changes whose first successful production deployment is in the window, with hours and the owning (or author's) team."""
    changes = deployed_changes(scope)
    day = scope.definition.lead_window
    changes = changes.filter(scope.within(changes[day]))
    changes = scope.authored(changes, day) if scope.attribution == "author" else scope.owned(changes, day)
    hours = {name: hours_between(changes[begin], changes[end]) for name, (begin, end) in PARTS.items()}
    changes = changes.mutate(**hours)
    return changes.mutate(lead_hours=_lead(changes, scope))


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
    return _summary(in_weeks(rows(scope), day), ["team", "week"], scope)


def headline(scope: Scope) -> Any:
    """(team, …) over the window."""
    return _summary(rows(scope), ["team"], scope)


def _summary(events: Any, by: list[str], scope: Scope) -> Any:
    """Average, 85th percentile, n, and the median and n of each part.

    The medians of the parts come from one pass over a long table (a row for each change and part), so that the changes
    are looked up a few times and not once for each number.
    """
    long = _long(events, by)
    medians = quantile(long, [*by, "span"], "hours", 0.5)
    columns = {name: medians["value"].max(where=medians["span"] == name) for name in PARTS}
    counts = {f"{name}_n": medians["n"].max(where=medians["span"] == name) for name in PARTS}
    parts = medians.group_by(by).aggregate(**columns, **counts)
    lead = spans(events, by, "lead_hours", scope.definition, scope.definition.lead_window)
    p85 = quantile(events, by, "lead_hours", 0.85).rename(p85="value").drop("n")
    joined = lead.inner_join(p85, by).left_join(parts, by)
    return joined.drop([f"{name}_right" for name in by])


def _long(events: Any, by: list[str]) -> Any:
    """Table (*by, span, hours): a row for each change and part. (Some engines cannot unpivot; a union they all can.)"""
    each = [events.select(*by, span=ibis.literal(name), hours=events[name]) for name in PARTS]
    return ibis.union(*each)


METRIC = Metric(
    id=LEAD,
    name="Change lead time",
    unit="hours",
    formula="deployed_at − first_commit_at of changes whose first successful production deployment is in the window; interpolated median",
    needs=("changes",),
    counted=("change", "changes"),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="deployed_at",
    parts=("p85", *(column for part in PARTS for column in (part, f"{part}_n"))),
    left_out=left_out.changes,
)
