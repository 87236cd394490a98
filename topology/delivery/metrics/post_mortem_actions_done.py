"""Post-mortem actions: the share of them that is done."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.classes import SHARES
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.post_mortems import rows
from topology.delivery.units import share_of
from topology.language import Text


def _not_below_0(count: Any) -> Any:
    """A count that is absent, or below 0 by a slip, is 0."""
    return ibis.greatest(count.fill_null(0.0), 0.0)


def _actions(events: Any, by: list[str]) -> Any:
    done, still = _not_below_0(events.actions_done), _not_below_0(events.actions_open)
    counted = events.group_by(by).aggregate(done=done.sum().cast("int64"), n=(done + still).sum().cast("int64"))
    counted = counted.filter(counted.n > 0)
    return counted.mutate(value=counted.done.cast("float64") / counted.n)


METRIC = Metric(
    id="post-mortem-actions-done",
    order=39,
    name=Text("Post-mortem actions done"),
    unit=share_of("actions"),
    formula=Text(
        "actions_done ÷ (actions_done + actions_open) of incidents opened in the window and delays planned for it"
    ),
    needs=(),
    needs_one=("incidents", "delays"),
    counted=(Text("action"), Text("actions")),
    weekly=by_week(rows, _actions, "day"),
    headline=in_window(rows, _actions),
    rows=rows,
    when="day",
    family="practice",
    parts=("done",),
    rate_of="done",
    classes=SHARES.of(
        "Actions done",
        "Actions of post-mortems that are done ÷ all of them, for incidents and delays of the last 12 weeks.",
    ),
)
