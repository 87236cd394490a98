"""Rituals held: of those of Product and Tech that were planned."""

from __future__ import annotations

from topology.delivery import left_out
from topology.delivery.classes import SHARES
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.rituals import planned
from topology.delivery.units import share_of
from topology.language import Text

_held = share("was_held", "held_count")

METRIC = Metric(
    id="rituals-held",
    order=31,
    name=Text("Rituals held"),
    unit=share_of("rituals planned"),
    formula=Text(
        "rituals that were held ÷ rituals planned for the window (duo, roadmap review, demo, post-mortem, executive)"
    ),
    needs=("rituals",),
    counted=(Text("ritual planned"), Text("rituals planned")),
    weekly=by_week(planned, _held, "planned_at_day"),
    headline=in_window(planned, _held),
    rows=planned,
    when="planned_at",
    family="practice",
    left_out=left_out.untold("rituals", "planned_at_day", "held"),
    parts=("held_count",),
    rate_of="held_count",
    classes=SHARES.of("Rituals held", "Rituals held ÷ rituals planned for the last 12 whole weeks."),
)
