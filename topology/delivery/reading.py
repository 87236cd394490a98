"""A metric as plain rows: what the terminal prints and the app draws."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import ibis

from topology.delivery.metrics import METRICS
from topology.delivery.metrics.metric import Metric
from topology.delivery.scope import Scope
from topology.delivery.statistics import wilson


@dataclass(frozen=True)
class Reading:
    """One metric for every team of the organisation.

    `headline` holds {team: row}, `weekly` {team: rows by week}; a row has value, n, low, high and the metric's
    parts. A team without a row has no data; `missing` says why when no team has any.
    """

    metric: Metric
    weeks: tuple[dt.date, ...]
    headline: dict[str, dict[str, Any]]
    weekly: dict[str, list[dict[str, Any]]]
    query: str = ""
    missing: str = ""

    def value(self, team: str) -> float | None:
        """The headline value of a team; None when there is no data."""
        row = self.headline.get(team)
        return None if row is None else row["value"]


def read_metric(metric_id: str, scope: Scope) -> Reading:
    """Computes a metric in its headline and weekly form. Raises KeyError for a metric that is not in METRICS."""
    metric = METRICS[metric_id]
    absent = [name for name in metric.needs if not scope.events.has(name)]
    if absent:
        return Reading(metric, scope.weeks, {}, {}, missing=f"no data: there is no table {' and '.join(absent)}")
    expression = metric.headline(scope)
    headline = {row["team"]: _with_interval(row, metric) for row in _rows(expression)}
    weekly: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(_rows(metric.weekly(scope)), key=lambda one: (one["team"], one["week"])):
        weekly.setdefault(row["team"], []).append(_with_interval(row, metric))
    missing = "" if headline else "no data: no event of a service that a team owns lies in these weeks"
    return Reading(metric, scope.weeks, headline, weekly, _query(expression), missing)


def rows_behind(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events behind a team's number, oldest first, without columns that are empty in all of them."""
    metric = METRICS[metric_id]
    if not scope.events.has(*metric.needs):
        return []
    events = metric.rows(scope)
    shown = [name for name in events.columns if not name.endswith("_day") and name != "team"]
    rows = _rows(events.filter(events.team == team).order_by(metric.when, "id").select(shown))
    filled = [name for name in shown if any(row[name] is not None for row in rows)]
    return [{name: row[name] for name in filled} for row in rows]


def _query(expression: Any) -> str:
    """The SQL of an expression; what comes from the organisation file (owners, weeks) says so."""
    return re.sub(r"ibis_\w*memtable_\w+", "from_the_organisation_file", str(ibis.to_sql(expression, dialect="duckdb")))


def _rows(expression: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return rows


def _with_interval(row: dict[str, Any], metric: Metric) -> dict[str, Any]:
    interval = wilson(int(row[metric.rate_of]), int(row["n"])) if metric.rate_of else None
    low, high = interval or (None, None)
    return {**row, "low": low, "high": high}
