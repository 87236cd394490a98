"""A metric as plain rows: what the terminal prints and the app draws."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, Literal

import ibis

from topology.delivery.left_out import DETAIL
from topology.delivery.metric import Metric
from topology.delivery.metrics import METRICS
from topology.delivery.scope import Scope
from topology.delivery.statistics import wilson
from topology.delivery.units import Unit
from topology.language import Text
from topology.privacy import PERSONAL


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nobody has a number: the definition knows no such metric, tables are not there (of `one-table` any would do), or no
    event lies in the window, while the `last` one was before or after it."""

    why: Literal["undefined", "tables", "one-table", "silent"]
    tables: tuple[str, ...] = ()
    definition: str = ""
    last: dt.date | None = None
    side: Literal["before", "after", ""] = ""


@dataclass(frozen=True)
class Reading:
    """One metric for every team of the organisation.

    `headline` holds {team: row}, `weekly` {team: rows by week}; a row has value, n, low, high and the metric's
    parts. A team without a row has no data; `missing` says why when no team has any (`topology.words.delivery` says it).
    """

    metric: Metric
    weeks: tuple[dt.date, ...]
    headline: dict[str, dict[str, Any]]
    weekly: dict[str, list[dict[str, Any]]]
    query: str = ""
    missing: Missing | None = None
    formula: Text = Text("")
    """The metric's formula in words, by the definition that was asked for."""
    unit: Unit = field(default_factory=lambda: Unit("count", Text("")))

    def value(self, team: str) -> float | None:
        """The headline value of a team; None when there is no data."""
        row = self.headline.get(team)
        return None if row is None else row["value"]


def read_metric(metric_id: str, scope: Scope) -> Reading:
    """Computes a metric in its headline and weekly form. Raises KeyError for a metric that is not in METRICS."""
    metric = METRICS[metric_id]
    formula = Text(scope.definition.formulas.get(metric_id, metric.formula))
    defined = metric.by(scope.definition)
    if absent := _absent(defined, scope):
        return Reading(metric, scope.weeks, {}, {}, "", absent, formula, defined.unit)
    expression = metric.headline(scope)
    headline = {row["team"]: _with_interval(row, defined.rate_of) for row in _rows(expression)}
    weekly: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(_rows(metric.weekly(scope)), key=lambda one: (one["team"], one["week"])):
        weekly.setdefault(row["team"], []).append(_with_interval(row, defined.rate_of))
    missing = None if headline else _silence(scope)
    return Reading(metric, scope.weeks, headline, weekly, _query(expression), missing, formula, defined.unit)


def _silence(scope: Scope) -> Missing:
    """Why there is a table and no number."""
    last = scope.events.last_day
    side: Literal["before", "after", ""] = (
        "" if last is None else "after" if last >= scope.end else "before" if last < scope.first else ""
    )
    return Missing("silent", last=last, side=side)


def _absent(metric: Metric, scope: Scope) -> Missing | None:
    """Why the metric cannot be computed at all; None when it can."""
    if not scope.definition.defines(metric.id):
        return Missing("undefined", definition=scope.definition.name)
    absent = tuple(name for name in metric.needs if not scope.events.has(name))
    if absent:
        return Missing("tables", absent)
    if metric.needs_one and not any(scope.events.has(name) for name in metric.needs_one):
        return Missing("one-table", metric.needs_one)
    return None


def rows_behind(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events behind a team's number, oldest first, without columns that are empty in all of them, or that name a person."""
    metric = METRICS[metric_id]
    if _absent(metric.by(scope.definition), scope):
        return []
    events = metric.rows(scope)
    shown = [name for name in events.columns if not name.endswith("_day") and name not in ("team", *PERSONAL)]
    return _filled(_rows(events.filter(events.team == team).order_by(metric.when, "id").select(shown)))


def rows_left_out(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events of the window that do not count for a team, or for nobody, oldest first.

    `reason` is a `Left`, `detail` what its sentence needs beside it (`topology.words.delivery.told_reasons` says both).
    """
    metric = METRICS[metric_id]
    if metric.left_out is None or _absent(metric.by(scope.definition), scope):
        return []
    events = metric.left_out(scope)
    events = events.filter((events.team == team) | events.team.isnull()).drop("team")
    return _filled(_rows(events.order_by("day", "id", "reason", DETAIL)))


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
