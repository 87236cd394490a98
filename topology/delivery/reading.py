"""A metric as plain rows: what the terminal prints and the app draws."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import ibis

from topology.delivery.definitions import FAILS, FREQUENCY
from topology.delivery.metrics import METRICS
from topology.delivery.metrics.metric import Metric
from topology.delivery.scope import Scope
from topology.delivery.statistics import wilson

PERSONAL = ("author", "reviewers")  # a list of people beside durations would be a ranking of them


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
    formula: str = ""
    """The metric's formula in words, by the definition that was asked for."""
    unit: str = ""

    def value(self, team: str) -> float | None:
        """The headline value of a team; None when there is no data."""
        row = self.headline.get(team)
        return None if row is None else row["value"]


def read_metric(metric_id: str, scope: Scope) -> Reading:
    """Computes a metric in its headline and weekly form. Raises KeyError for a metric that is not in METRICS."""
    metric = METRICS[metric_id]
    formula = scope.definition.formulas.get(metric_id, metric.formula)
    unit = unit_of(metric, scope)
    reason = scope.definition.undefined(metric_id) or _absent(metric, scope)
    if reason:
        return Reading(metric, scope.weeks, {}, {}, "", reason, formula, unit)
    expression = metric.headline(scope)
    rated = metric.rate_of and (metric_id != FAILS or scope.definition.fail_share)
    headline = {row["team"]: _with_interval(row, metric.rate_of if rated else None) for row in _rows(expression)}
    weekly: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(_rows(metric.weekly(scope)), key=lambda one: (one["team"], one["week"])):
        weekly.setdefault(row["team"], []).append(_with_interval(row, metric.rate_of if rated else None))
    missing = "" if headline else _silence(scope)
    return Reading(metric, scope.weeks, headline, weekly, _query(expression), missing, formula, unit)


def _silence(scope: Scope) -> str:
    """Why there is a table and no number."""
    last = scope.events.last_day
    after = f"; the last event was on {last}, in a week that is not over" if last and last >= scope.end else ""
    before = f"; the last event was on {last}" if last and last < scope.first else ""
    return f"no data: no event that counts for a team lies in these weeks{after}{before}"


def unit_of(metric: Metric, scope: Scope) -> str:
    """The unit of a metric's value by the definition."""
    definition = scope.definition
    if metric.id == FREQUENCY:
        return definition.frequency.unit
    if metric.id == FAILS and definition.fails != "deployments":
        return "incidents per change" if definition.fails_among == "changes" else "incidents per deployment"
    return metric.unit


def _absent(metric: Metric, scope: Scope) -> str:
    """Which table is missing; "" when the metric can be computed."""
    needs = metric.needs + (("changes",) if metric.id == FAILS and scope.definition.fails_among == "changes" else ())
    absent = [name for name in needs if not scope.events.has(name)]
    if absent:
        return f"no data: there is no table {' and '.join(absent)}"
    if metric.needs_one and not any(scope.events.has(name) for name in metric.needs_one):
        return f"no data: there is no table {' or '.join(metric.needs_one)}"
    return ""


def rows_behind(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events behind a team's number, oldest first, without columns that are empty in all of them, or that name a person."""
    metric = METRICS[metric_id]
    if scope.definition.undefined(metric_id) or _absent(metric, scope):
        return []
    events = metric.rows(scope)
    shown = [name for name in events.columns if not name.endswith("_day") and name not in ("team", *PERSONAL)]
    return _filled(_rows(events.filter(events.team == team).order_by(metric.when, "id").select(shown)))


def rows_left_out(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events of the window that do not count for a team, or for nobody, each with its reason; oldest first."""
    metric = METRICS[metric_id]
    if metric.left_out is None or scope.definition.undefined(metric_id) or _absent(metric, scope):
        return []
    events = metric.left_out(scope)
    events = events.filter((events.team == team) | events.team.isnull()).drop("team")
    return _filled(_rows(events.order_by("day", "id", "reason")))


def _filled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without the columns that are empty in all of them."""
    filled = [name for name in rows[0] if any(row[name] is not None for row in rows)] if rows else []
    return [{name: row[name] for name in filled} for row in rows]


def _query(expression: Any) -> str:
    """The SQL of an expression, as its engine gets it; what comes from the organisation file (owners, weeks) says so."""
    return re.sub(r"ibis_\w*memtable_\w+", "from_the_organisation_file", str(ibis.to_sql(expression)))


def _rows(expression: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return rows


def _with_interval(row: dict[str, Any], rate_of: str | None) -> dict[str, Any]:
    interval = wilson(int(row[rate_of]), int(row["n"])) if rate_of else None
    low, high = interval or (None, None)
    return {**row, "low": low, "high": high}
