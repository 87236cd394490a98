"""Decisions presented by both sides, of all that were presented."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import SHARES
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.scope import Scope
from topology.delivery.units import share_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Decisions of the window with their team; the leaders' own count for the organisation."""
    decisions = scope.events.tables["decisions"]
    found = scope.of_team(decisions.filter(scope.within(decisions.decided_at_day)))
    return found.mutate(**{f"by_{side}": found.presented_by == side for side in ("product", "tech", "both")})


_summary = share("by_both", "both", product="by_product", tech="by_tech")

METRIC = Metric(
    id="decisions-by-both",
    order=34,
    name=Text("Decisions presented by both"),
    unit=share_of("decisions"),
    formula=Text("decisions that Product and Tech presented together ÷ decisions of the window"),
    needs=("decisions",),
    counted=(Text("decision"), Text("decisions")),
    weekly=by_week(rows, _summary, "decided_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="decided_at",
    family="practice",
    parts=("both", "product", "tech"),
    rate_of="both",
    left_out=left_out.teamless("decisions", "decided_at_day"),
    classes=SHARES.of(
        "Decisions by both",
        "Decisions that Product and Tech presented together ÷ decisions of the last 12 whole weeks.",
    ),
)
