"""Change lead time: from the first commit to production (DORA), with its parts."""

from __future__ import annotations

from typing import Any

from topology.delivery.links import deployed_changes
from topology.delivery.metrics.metric import Metric, by_week, in_window
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
    """Changes whose first successful production deployment is in the window, with hours and the owning team."""
    changes = deployed_changes(scope)
    changes = scope.owned(changes.filter(scope.within(changes.deployed_day)), "deployed_day")
    hours = {name: hours_between(changes[begin], changes[end]) for name, (begin, end) in PARTS.items()}
    return changes.mutate(lead_hours=hours_between(changes.first_commit_at, changes.deployed_at), **hours)


def _summary(events: Any, by: list[str]) -> Any:
    """Median, 85th percentile, n, and the median and n of each part.

    All medians come from one pass over a long table (a row for each change and span), so that the changes are looked up
    twice and not once for each number.
    """
    spans = ("lead_hours", *PARTS)
    long = events.select(*by, *spans).pivot_longer(spans, names_to="span", values_to="hours")
    medians = quantile(long, [*by, "span"], "hours", 0.5)
    columns = {name: medians["value"].max(where=medians["span"] == name) for name in PARTS}
    counts = {f"{name}_n": medians["n"].max(where=medians["span"] == name) for name in PARTS}
    lead = medians["span"] == "lead_hours"
    wide = medians.group_by(by).aggregate(
        value=medians["value"].max(where=lead), n=medians["n"].max(where=lead), **columns, **counts
    )
    known = wide.filter(wide["n"].notnull())  # a change may have parts and no lead time
    return known.inner_join(quantile(events, by, "lead_hours", 0.85).rename(p85="value").drop("n"), by)


METRIC = Metric(
    id="change-lead-time",
    name="Change lead time",
    unit="hours",
    formula="deployed_at − first_commit_at of changes whose first successful production deployment is in the window; interpolated median",
    needs=("changes",),
    counted=("change", "changes"),
    weekly=by_week(rows, _summary, "deployed_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="deployed_at",
    parts=("p85", *(column for part in PARTS for column in (part, f"{part}_n"))),
)
