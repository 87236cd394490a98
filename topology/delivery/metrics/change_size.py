"""Change size: the lines that a change adds and takes away; small batches are easier to review and to take back (DORA)."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.links import deployed_changes
from topology.delivery.metric import Metric, in_weeks
from topology.delivery.scope import Scope
from topology.delivery.statistics import quantiles
from topology.delivery.units import count_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Changes that reached production in the window, with the owning team and their `size` where the table gives both counts."""
    changes = deployed_changes(scope, "deployed_day")
    owned = scope.owned(changes, "deployed_day")
    return owned.mutate(size=owned.additions + owned.deletions).filter(lambda t: t["size"].notnull())


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, p85)."""
    return _summary(in_weeks(rows(scope), "deployed_day"), ["team", "week"])


def headline(scope: Scope) -> Any:
    """(team, value, n, p85): median and 85th percentile over the window."""
    return _summary(rows(scope), ["team"])


def _summary(events: Any, by: list[str]) -> Any:
    return quantiles(events, by, "size", value=0.5, p85=0.85)


METRIC = Metric(
    id="change-size",
    order=18,
    name=Text("Change size"),
    unit=count_of("line", "lines"),
    formula=Text("additions + deletions of changes deployed in the window; interpolated median"),
    needs=("changes",),
    counted=(Text("change"), Text("changes")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="deployed_at",
    parts=("p85",),
    of_services=True,
    left_out=left_out.sizeless,
    classes=classes((20, 100, 300, 1000), "under 20 lines", "20–99", "100–299", "300–999", "1000 and over").of(
        "Change size",
        "Lines added and taken away by the changes deployed in the last 12 whole weeks: their median.",
    ),
)
