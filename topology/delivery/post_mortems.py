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
    return events.mutate(
        has_postmortem=events.postmortem_url.notnull(),
        is_incident=events.what == "incident",
        is_delay=events.what == "delay",
    )
