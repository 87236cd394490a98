"""A metric as plain rows: what the terminal prints and the app draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

from topology.delivery.left_out import DETAIL, Left
from topology.delivery.metric import Metric
from topology.delivery.metrics import METRICS
from topology.delivery.people import withheld
from topology.delivery.query import query
from topology.delivery.scope import Scope
from topology.delivery.statistics import wilson
from topology.delivery.tables import PERSONAL
from topology.delivery.units import Unit
from topology.language import Text
from topology.privacy import Names, names_of

SHOWN = (
    "id", "service", "environment", "finished_at", "result", "rolled_back", "unplanned", "started_at", "version", "commit_sha",
    "first_commit_at", "opened_at", "first_review_at", "merged_at", "deployment_id", "deployed_at", "additions", "deletions",
    "coding_hours", "pickup_hours", "review_hours", "deploy_hours", "lead_hours", "resolved_at", "severity", "kind", "caused_by",
    "deployment", "hours", "open_hours", "incidents", "incident_ids", "size", "change_failure", "production",
    "resolution", "flow_type", "created_at", "done_at", "blocked_by", "due_at", "days", "opened", "closed",
    "age_days", "crosses", "planned_at", "held", "minutes", "product_present", "tech_present", "both", "decided_at", "presented_by",
    "by_product", "by_tech", "by_both", "held_at", "engineers_present", "engineers_total", "present", "shown_at", "effect",
    "planned_date", "actual_date", "actions_open", "actions_done", "slip_days", "item", "what", "day", "counts", "fails", "well",
)  # fmt: skip
"""The columns of events that are given behind a number. Labels, addresses, names of repositories and branches, causes and minutes of
speech are not: they name people, or say what one of two did."""
WITHHELD = "withheld"  # the column that names the columns of an event that are not given
FLAGS = ("is_", "has_", "was_", "with_")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why events do not count: for how many of them it is this one."""

    left: Left
    detail: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nobody has a number: the definition knows no such metric, it is not one of services, tables are not there (of `one-table` any
    would do), no deployment is production (`names` are their environments), the events are `left-out`, most of them for one `reason`, or
    no event lies in the window, while the `last` one was before or after it."""

    why: Literal["undefined", "of-teams", "tables", "one-table", "elsewhere", "left-out", "silent"]
    tables: tuple[str, ...] = ()
    definition: str = ""
    last: dt.date | None = None
    side: Literal["before", "after", ""] = ""
    names: tuple[str, ...] = ()
    reason: Reason | None = None


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
    compile: Callable[[], str] = lambda: ""
    """The query, for who opens it."""
    why: Callable[[], Mapping[str, Reason]] = dict
    """{team: why it has no number}, of those whose events are left out."""
    missing: Missing | None = None
    formula: Text = Text("")
    """The metric's formula in words, by the definition that was asked for."""
    unit: Unit = field(default_factory=lambda: Unit("count", Text("")))
    withheld: frozenset[str] = frozenset()
    """Whose number is not told, because it shows what fewer than five people did."""
    withheld_weeks: frozenset[tuple[str, dt.date]] = frozenset()
    """Whose number of which week is not told."""
    of_people: bool = False
    """Whether it shows what people did, so that no single event behind it is told."""

    @property
    def computed(self) -> bool:
        """Whether there was anything to compute it from."""
        return self.missing is None or self.missing.why in ("silent", "left-out", "elsewhere")

    def value(self, team: str) -> float | None:
        """The headline value of a team; None when there is no data."""
        row = self.headline.get(team)
        return None if row is None else row["value"]


def read_metric(metric_id: str, scope: Scope, *, weekly: bool = True) -> Reading:
    """Computes a metric in its headline and (where it is asked for) weekly form. Raises KeyError for a metric that is not in METRICS."""
    metric = METRICS[metric_id]
    formula = Text(scope.definition.formulas.get(metric_id, metric.formula))
    defined = metric.by(scope.definition)
    if absent := _absent(defined, scope):
        return Reading(metric, scope.weeks, {}, {}, missing=absent, formula=formula, unit=defined.unit)
    expression, hidden = metric.headline(scope), withheld(metric, scope)
    of_people = metric.people(scope) is not None
    headline = {
        row["team"]: _told(row, metric, of_people, defined.rate_of)
        for row in _rows(expression)
        if not hidden.hides(row)
    }
    by_week: dict[str, list[dict[str, Any]]] = {}
    rows = sorted(_rows(metric.weekly(scope)), key=lambda one: (one["team"], one["week"])) if weekly else []
    for row in rows:
        if not hidden.hides(row):
            by_week.setdefault(row["team"], []).append(_told(row, metric, of_people, defined.rate_of))
    hides_events = of_people or metric.of_teams
    missing = None if headline or hidden.window else _silence(metric, scope, hides_events)
    return Reading(
        metric, scope.weeks, headline, by_week, lambda: query(expression, scope), lambda: {} if hides_events else _reasons(metric, scope),
        missing, formula, defined.unit, hidden.window, hidden.weeks, of_people,
    )  # fmt: skip


def _told(row: dict[str, Any], metric: Metric, of_people: bool, rate_of: str | None) -> dict[str, Any]:
    """A row with its interval; of what people did without the parts, which may be of fewer people than the whole."""
    parts = dict.fromkeys(part for part in metric.parts if part.endswith(("_hours", "_hours_n"))) if of_people else {}
    return _with_interval({**row, **parts}, rate_of)


def _reasons(metric: Metric, scope: Scope) -> dict[str, Reason]:
    """{team: the reason for which most of its events do not count}."""
    found: dict[str, Reason] = {}
    for reason, team in _counted_reasons(metric, scope):
        if team and (team not in found or found[team].events < reason.events):
            found[team] = reason
    return found


def _counted_reasons(metric: Metric, scope: Scope) -> list[tuple[Reason, str | None]]:
    if metric.left_out is None:
        return []
    events = metric.left_out(scope)
    counted = (
        events.group_by(["team", "reason", DETAIL]).aggregate(events=events.count()).order_by("team", "reason", DETAIL)
    )
    names = Names({*_names(scope), *_people_of_changes(scope)})  # (a branch may be called after who made it)
    return [
        (Reason(Left(row["reason"]), names.hidden_in(row[DETAIL]) if row[DETAIL] else None, row["events"]), row["team"])
        for row in _rows(counted)
    ]  # fmt: skip


def _silence(metric: Metric, scope: Scope, hides_events: bool) -> Missing:
    """Why there is a table and no number."""
    reasons = [] if hides_events else [reason for reason, _ in _counted_reasons(metric, scope)]
    if reasons:
        return Missing("left-out", reason=max(reasons, key=lambda one: one.events))
    last = scope.events.last_day
    side: Literal["before", "after", ""] = (
        "" if last is None else "after" if last >= scope.end else "before" if last < scope.first else ""
    )
    return Missing("silent", last=last, side=side)


def _absent(metric: Metric, scope: Scope) -> Missing | None:
    """Why the metric cannot be computed at all; None when it can."""
    if not scope.definition.defines(metric.id):
        return Missing("undefined", definition=scope.definition.name)
    if scope.by == "service" and (not metric.of_services or scope.attribution == "author"):
        return Missing("of-teams")
    absent = tuple(name for name in metric.needs if not scope.events.has(name))
    if absent:
        return Missing("tables", absent)
    if metric.needs_one and not any(scope.events.has(name) for name in metric.needs_one):
        return Missing("one-table", metric.needs_one)
    if "deployments" in metric.needs and not scope.profile.production and scope.profile.elsewhere:
        return Missing("elsewhere", names=scope.profile.elsewhere)
    return None


def rows_behind(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events behind a team's number, oldest first, without columns that are empty in all of them. None names a person: only
    columns of SHOWN are given, and an account in an id is hidden; `withheld` names the columns that the event fills and that are not
    given. No row is given behind a number of what people did: each is the doing of one of them."""
    metric = METRICS[metric_id]
    if _absent(metric.by(scope.definition), scope) or _rows_are_withheld(metric, scope, team):
        return []
    events = metric.rows(scope)
    columns = [name for name in events.columns if name != "team" and not name.endswith("_day")]
    rows = _in_zone(
        _rows(events.filter(events.team == team).order_by(metric.when, "id").select(*columns)), scope.events.zone
    )
    shown = [name for name in columns if name in SHOWN or name.startswith(FLAGS)]
    names = Names({*_names(scope), *(name for row in rows for name in _people(row))})
    return _filled([
        {**_unnamed({name: row[name] for name in shown}, names), WITHHELD: _withheld_columns(row, shown)} for row in rows
    ])  # fmt: skip


def _withheld_columns(row: Mapping[str, Any], shown: list[str]) -> str | None:
    """`author, labels`; None where an event fills no column that is not given."""
    return ", ".join(name for name, value in row.items() if name not in shown and value is not None) or None


def _rows_are_withheld(metric: Metric, scope: Scope, team: str) -> bool:
    return metric.people(scope) is not None or (metric.of_teams and scope.by == "team" and team in scope.small)


def _names(scope: Scope) -> set[str]:
    """The words by which people of the file are known, but for those that name a team or a service of it too."""
    teams = scope.organisation.teams
    return names_of(scope.organisation) - {*teams, *(service for team in teams.values() for service in team.services)}


def _people(row: Mapping[str, Any]) -> list[str]:
    """Whom a row names."""
    return [one for name in PERSONAL for one in (row.get(name) or "").split(";")]


def _unnamed(row: dict[str, Any], names: Names) -> dict[str, Any]:
    """A row in whose texts nobody is named."""
    return {
        name: names.hidden_in(value) if isinstance(value, str) and name != "reason" else value
        for name, value in row.items()
    }


def rows_left_out(metric_id: str, scope: Scope, team: str) -> list[dict[str, Any]]:
    """The events of the window that do not count for a team, or for nobody, oldest first; none names a person.

    `reason` is a `Left`, `detail` what its sentence needs beside it (`topology.words.delivery.told_reasons` says both).
    """
    metric = METRICS[metric_id]
    if (
        metric.left_out is None
        or _absent(metric.by(scope.definition), scope)
        or _rows_are_withheld(metric, scope, team)
    ):
        return []
    events = metric.left_out(scope)
    events = events.filter((events.team == team) | events.team.isnull()).drop("team")
    rows = _rows(events.order_by("day", "id", "reason", DETAIL))
    names = Names({*_names(scope), *(_people_of_changes(scope) if rows else ())})
    return _filled([_unnamed(row, names) for row in rows])


def _people_of_changes(scope: Scope) -> set[str]:
    """Everybody whom the changes name: those who are not in the file too."""
    if not scope.events.has("changes"):
        return set()
    changes = scope.events.tables["changes"]
    named = [
        changes.select(name=changes[column]).distinct().to_pyarrow()["name"].to_pylist()
        for column in PERSONAL
        if column in changes.columns
    ]
    return {one for column in named for text in column if text for one in text.split(";")}


def _filled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without the columns that are empty in all of them."""
    filled = [name for name in rows[0] if any(row[name] is not None for row in rows)] if rows else []
    return [{name: row[name] for name in filled} for row in rows]


def _rows(expression: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return rows


def _in_zone(rows: list[dict[str, Any]], zone: str) -> list[dict[str, Any]]:
    """The rows with their times in the organisation's zone."""
    own = ZoneInfo(zone)
    return [
        {name: value.astimezone(own) if isinstance(value, dt.datetime) and value.tzinfo else value for name, value in row.items()}
        for row in rows
    ]  # fmt: skip


def _with_interval(row: dict[str, Any], rate_of: str | None) -> dict[str, Any]:
    interval = wilson(int(row[rate_of]), int(row["n"])) if rate_of else None
    low, high = interval or (None, None)
    return {**row, "low": low, "high": high}
