"""The events of a window by team, as plain rows: what evidence of a squad's practice is counted from. They name no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import ibis

from topology.delivery.items import countable
from topology.delivery.scope import LEADERS, Scope
from topology.delivery.tables import PERSONAL

DAYS: Mapping[str, str] = MappingProxyType({
    "rituals": "planned_at_day", "decisions": "decided_at_day", "interviews": "held_at_day", "showcases": "shown_at_day",
    "experiments": "started_at_day", "outcomes": "measured_at_day", "work_items": "started_at_day",
})  # fmt: skip
"""{table: the day by which a row lies in a window}."""


def team_rows(scope: Scope, table: str) -> tuple[dict[str, list[dict[str, Any]]], dt.date | None]:
    """({team: its rows of the window, oldest first}, the last day up to the window's end of which the table tells).

    Rows that name no team are the leaders' own, or everybody's, and stand under "". Raises KeyError for a table of another kind.
    """
    day, events = DAYS[table], scope.events.tables[table]
    (known,) = (
        events.filter(events[day] < ibis.literal(scope.end)).aggregate(last=events[day].max()).to_pyarrow().to_pylist()
    )
    found = countable(scope, events) if table == "work_items" else events
    found = found.filter(scope.within(found[day]))
    found = found.drop([name for name in found.columns if name in PERSONAL])
    parts = [found.mutate(team=ibis.literal(LEADERS))]
    if "team" in found.columns:
        parts = [scope.each_team().of_team(found), found.filter(found.team.isnull()).mutate(team=ibis.literal(LEADERS))]
    by_team: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        for row in part.order_by(day, *(["id"] if "id" in part.columns else [])).to_pyarrow().to_pylist():
            by_team.setdefault(row["team"], []).append(row)
    return by_team, known["last"]


def teams_telling(scope: Scope, table: str, column: str = "") -> frozenset[str]:
    """The teams of which a table has a row up to the window's end (that fills a column): of the others a blank is not "no"."""
    events, day = scope.events.tables[table], DAYS[table]
    found = scope.each_team().of_team(events.filter(events[day] < ibis.literal(scope.end)))
    found = found.filter(found[column].notnull()) if column else found
    return frozenset(row["team"] for row in found.select("team").distinct().to_pyarrow().to_pylist())
