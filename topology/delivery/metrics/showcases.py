"""Showcases: technical results that a team showed to the business."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.units import count_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Showcases of the window with their team, whether Product was there and whether their effect is told in business words."""
    showcases = scope.events.tables["showcases"]
    found = scope.of_team(showcases.filter(scope.within(showcases.shown_at_day)))
    return found.mutate(
        has_effect=found.effect.notnull().ifelse(1, 0),
        with_product=found.product_present.ifelse(1, 0),
    )


def _summary(events: Any, by: list[str]) -> Any:
    counted = events.group_by(by).aggregate(
        n=events.count(), with_effect=events.has_effect.sum(), product_there=events.with_product.sum()
    )
    return counted.mutate(value=counted.n.cast("float64"))


def headline(scope: Scope) -> Any:
    """(team, value, n, …): showcases of the window; 0 for a team that has shown something before, but nothing in it."""
    counted = in_window(rows, _summary)(scope)
    known = scope.of_team(scope.events.tables["showcases"]).select("team").distinct()
    joined = known.left_join(counted, "team").drop("team_right")
    return joined.select(
        "team", value=joined.value.fill_null(0.0),
        **{name: ibis.coalesce(joined[name], 0) for name in ("n", "with_effect", "product_there")},
    )  # fmt: skip


METRIC = Metric(
    id="showcases",
    order=36,
    name=Text("Showcases"),
    unit=count_of("showcase", "showcases"),
    formula=Text(
        "technical results shown to the business in the window; beside them those with an effect in business words "
        "and with Product present"
    ),
    needs=("showcases",),
    counted=(Text("showcase"), Text("showcases")),
    weekly=by_week(rows, _summary, "shown_at_day"),
    headline=headline,
    rows=rows,
    when="shown_at",
    family="practice",
    parts=("with_effect", "product_there"),
    left_out=left_out.teamless("showcases", "shown_at_day"),
    classes=classes((1, 2, 3, 4), "none", "1", "2", "3", "4 and over").of(
        "Showcases", "Technical results that the team showed to the business in the last 12 whole weeks."
    ),
)
