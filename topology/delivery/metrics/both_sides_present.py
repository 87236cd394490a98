"""Both sides present: of the rituals that were held."""

from __future__ import annotations

from topology.delivery import left_out
from topology.delivery.classes import SHARES
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.rituals import held
from topology.delivery.units import share_of
from topology.language import Text

_both = share("both", "with_both")

METRIC = Metric(
    id="both-sides-present",
    order=32,
    name=Text("Both sides present"),
    unit=share_of("rituals held"),
    formula=Text("rituals held with Product and Tech present ÷ rituals held"),
    needs=("rituals",),
    counted=(Text("ritual held"), Text("rituals held")),
    weekly=by_week(held, _both, "planned_at_day"),
    headline=in_window(held, _both),
    rows=held,
    when="planned_at",
    family="practice",
    left_out=left_out.untold("rituals", "planned_at_day", "product_present", "tech_present"),
    parts=("with_both",),
    rate_of="with_both",
    classes=SHARES.of(
        "Both sides present", "Rituals with Product and Tech present ÷ rituals held in the last 12 whole weeks."
    ),
)
