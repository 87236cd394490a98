"""Speaking balance: whether Product and Tech speak as much in their rituals."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.rituals import speakers, spoken
from topology.delivery.units import INDEX
from topology.language import Text


def _balance(events: Any, by: list[str]) -> Any:
    """1 − |2s − 1| with s Product's share of the speaking minutes: 1 when both speak as much, 0 when one side speaks alone."""
    counted = events.group_by(by).aggregate(
        n=events.count(),
        product_minutes=events.product_speaking_minutes.sum(),
        tech_minutes=events.tech_speaking_minutes.sum(),
    )
    counted = counted.mutate(product_share=counted.product_minutes / (counted.product_minutes + counted.tech_minutes))
    return counted.mutate(value=1 - (2 * counted.product_share - 1).abs())


METRIC = Metric(
    id="speaking-balance",
    order=33,
    name=Text("Speaking balance"),
    unit=INDEX,
    formula=Text(
        "1 − |2s − 1|, s = Product's share of the speaking minutes of both sides in rituals held: 1 when both speak as much, "
        "0 when one side speaks alone; without the leaders' own rituals"
    ),
    needs=("rituals",),
    counted=(Text("ritual with speaking times"), Text("rituals with speaking times")),
    weekly=by_week(spoken, _balance, "planned_at_day"),
    headline=in_window(spoken, _balance),
    rows=spoken,
    people=speakers,
    when="planned_at",
    family="practice",
    left_out=left_out.teamless("rituals", "planned_at_day", leaders=left_out.Left.LEADERS_WITHHELD),
    parts=("product_share", "product_minutes", "tech_minutes"),
    classes=classes((0.25, 0.5, 0.75, 0.9), "under 0.25", "0.25–0.49", "0.5–0.74", "0.75–0.89", "0.9 and over").of(
        "Speaking balance", "1 when Product and Tech speak as much in their rituals, 0 when one side speaks alone."
    ),
)
