"""Flow load: the work items that a team has begun and not yet finished (Kersten 2018)."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.classes import classes
from topology.delivery.items import countable
from topology.delivery.metric import Metric
from topology.delivery.scope import Scope
from topology.delivery.units import count_of
from topology.language import Text


def _known(scope: Scope) -> Any:
    return scope.of_team(countable(scope, scope.events.tables["work_items"]))


def rows(scope: Scope) -> Any:
    """Work items in progress at the end of the window, with the team that does them."""
    items = _known(scope)
    return items.filter(_in_progress(items, ibis.literal(scope.end)))


def _in_progress(items: Any, end: Any) -> Any:
    """Begun before a day and not done before it."""
    return (items.started_at_day < end) & (items.done_at_day.isnull() | (items.done_at_day >= end))


def weekly(scope: Scope) -> Any:
    """(team, week, value, n): items in progress at the end of each week; 0 where a team has items and none is in progress."""
    items = _known(scope)
    weeks = ibis.memtable([{"week": week} for week in scope.weeks], schema={"week": "date"})
    # (Where no item of a team ever says when it was begun, none is known to be in progress.)
    frame = items.filter(items.started_at_day.notnull()).select("team").distinct().cross_join(weeks)
    held = items.select("id", "team", "started_at_day", "done_at_day").cross_join(weeks)
    held = held.filter(_in_progress(held, held.week + ibis.interval(days=7)))
    counted = held.group_by(["team", "week"]).aggregate(found=held.count())
    joined = frame.left_join(counted, ["team", "week"])
    n = ibis.coalesce(joined.found, 0)
    return joined.select("team", "week", value=n.cast("float64"), n=n)


def headline(scope: Scope) -> Any:
    """(team, value, n): items in progress at the end of the window."""
    found = weekly(scope)
    return found.filter(found.week == ibis.literal(scope.weeks[-1])).drop("week")


METRIC = Metric(
    id="flow-load",
    order=23,
    name=Text("Flow load"),
    unit=count_of("item", "items", " in progress"),
    formula=Text("work items that were started and not done at the end of the window (of the week)"),
    needs=("work_items",),
    counted=(Text("item in progress"), Text("items in progress")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="started_at",
    family="flow",
    classes=classes((2, 4, 7, 11), "under 2", "2–3", "4–6", "7–10", "11 and over").of(
        "Flow load", "Work items that were started and not done at the end of the last whole week."
    ),
)
