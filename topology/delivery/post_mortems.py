"""Incidents and delays that ask for a post-mortem."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.links import incidents
from topology.delivery.scope import Scope

COLUMNS = ("postmortem_url", "actions_open", "actions_done", "team")


def rows(scope: Scope) -> Any:
    """Incidents (no bugs) opened in the window and delays planned for it, with their team and whether there is a post-mortem."""
    found = []
    if scope.events.has("incidents"):
        counted = incidents(scope)
        owned = scope.owned(counted.filter(scope.within(counted.opened_at_day)), "opened_at_day")
        found.append(
            owned.select("id", what=ibis.literal("incident"), day="opened_at_day", **{one: one for one in COLUMNS})
        )
    if scope.events.has("delays"):
        delays = scope.events.tables["delays"]
        owned = scope.of_team(delays.filter(scope.within(delays.planned_date_day)))
        found.append(
            owned.select("id", what=ibis.literal("delay"), day="planned_date_day", **{one: one for one in COLUMNS})
        )
    events = ibis.union(*found) if len(found) > 1 else found[0]
    if not _fills(scope):  # (then a blank is not "none was held": nobody writes it down)
        events = events.filter(ibis.literal(False))
    return events.mutate(
        has_postmortem=events.postmortem_url.notnull(),
        is_incident=events.what == "incident",
        is_delay=events.what == "delay",
    )


def _fills(scope: Scope) -> bool:
    """Whether any incident or delay names a post-mortem, or its actions."""

    def count() -> bool:
        tables = [scope.events.tables[name] for name in ("incidents", "delays") if scope.events.has(name)]
        counts = [
            one.aggregate(n=one.postmortem_url.count() + one.actions_open.count() + one.actions_done.count())
            for one in tables
        ]
        return any(row["n"] for one in counts for row in one.to_pyarrow().to_pylist())

    return scope.events.once("post-mortems", count)
