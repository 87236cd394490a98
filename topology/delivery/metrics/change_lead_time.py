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
    """Median, 85th percentile, n, and the median and n of each part."""
    summary = quantile(events, by, "lead_hours", 0.5)
    summary = summary.inner_join(quantile(events, by, "lead_hours", 0.85).rename(p85="value").drop("n"), by)
    for part in PARTS:
        found = quantile(events, by, part, 0.5).rename({part: "value", f"{part}_n": "n"})
        summary = summary.left_join(found, by).drop([f"{name}_right" for name in by])
    return summary


METRIC = Metric(
    id="change-lead-time",
    name="Change lead time",
    unit="hours",
    formula="deployed_at − first_commit_at of changes whose first successful production deployment is in the window; interpolated median",
    needs=("changes",),
    counted="changes",
    weekly=by_week(rows, _summary, "deployed_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="deployed_at",
    parts=("p85", *(column for part in PARTS for column in (part, f"{part}_n"))),
)
