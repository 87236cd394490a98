"""Tech-investment share: of the work items that were done, those that are risk or debt (flow distribution, Kersten 2018)."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.items import done
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.units import share_of
from topology.language import Text

FLOW_TYPES = ("feature", "defect", "risk", "debt")


def rows(scope: Scope) -> Any:
    """Work items that were done in the window, with the team that did them."""
    items = done(scope)
    return scope.of_team(items.filter(scope.within(items.done_at_day)))


def _summary(events: Any, by: list[str]) -> Any:
    kinds = {kind: (events.flow_type == kind).ifelse(1, 0).sum() for kind in FLOW_TYPES}
    counted = events.group_by(by).aggregate(n=events.count(), **kinds)
    counted = counted.mutate(tech=counted.risk + counted.debt)
    return counted.mutate(value=counted.tech.cast("float64") / counted.n)


METRIC = Metric(
    id="tech-investment-share",
    order=21,
    name=Text("Tech-investment share"),
    unit=share_of("items done"),
    formula=Text("(risk + debt) ÷ all work items done in the window"),
    needs=("work_items",),
    counted=(Text("item done"), Text("items done")),
    weekly=by_week(rows, _summary, "done_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="done_at",
    family="flow",
    parts=("tech", *FLOW_TYPES),
    rate_of="tech",
    left_out=left_out.undone,
    classes=classes((0.1, 0.2, 0.3, 0.4), "under 10 %", "10–19 %", "20–29 %", "30–39 %", "40 % and over").of(
        "Tech-investment share",
        "Of the work items done in the last 12 whole weeks, those that are risk or debt. More is not better: squads have targets.",
    ),
)
