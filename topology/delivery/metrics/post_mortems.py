"""Post-mortems: the share of incidents and delays that have one, and the share of their actions that are done."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.metrics.metric import Metric, by_week, in_window, share
from topology.delivery.scope import Scope

COLUMNS = ("postmortem_url", "actions_open", "actions_done", "team")


def rows(scope: Scope) -> Any:
    """Incidents (no bugs) opened in the window and delays planned for it, with their team and whether there is a post-mortem."""
    found = []
    if scope.events.has("incidents"):
        incidents = scope.events.tables["incidents"]
        counted = incidents.filter((incidents.kind.lower() != "bug") | incidents.kind.isnull())
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


_shared = share("has_postmortem", "with_postmortem", incidents="is_incident", delays="is_delay")


def _not_below_0(count: Any) -> Any:
    """A count that is absent, or below 0 by a slip, is 0."""
    return ibis.greatest(count.fill_null(0.0), 0.0)


def _actions(events: Any, by: list[str]) -> Any:
    done, still = _not_below_0(events.actions_done), _not_below_0(events.actions_open)
    counted = events.group_by(by).aggregate(done=done.sum().cast("int64"), n=(done + still).sum().cast("int64"))
    counted = counted.filter(counted.n > 0)
    return counted.mutate(value=counted.done.cast("float64") / counted.n)


METRIC = Metric(
    id="post-mortem-share",
    name="Post-mortems held",
    unit="share of incidents and delays",
    formula="incidents opened in the window and delays planned for it that have a post-mortem ÷ all of them (bugs are not counted)",
    needs=(),
    needs_one=("incidents", "delays"),
    counted=("incident or delay", "incidents and delays"),
    weekly=by_week(rows, _shared, "day"),
    headline=in_window(rows, _shared),
    rows=rows,
    when="day",
    family="practice",
    parts=("with_postmortem", "incidents", "delays"),
    rate_of="with_postmortem",
)
ACTIONS = Metric(
    id="post-mortem-actions-done",
    name="Post-mortem actions done",
    unit="share of actions",
    formula="actions_done ÷ (actions_done + actions_open) of incidents opened in the window and delays planned for it",
    needs=(),
    needs_one=("incidents", "delays"),
    counted=("action", "actions"),
    weekly=by_week(rows, _actions, "day"),
    headline=in_window(rows, _actions),
    rows=rows,
    when="day",
    family="practice",
    parts=("done",),
    rate_of="done",
)
