"""Rituals of Product and Tech: how many of those planned were held, by both sides, and who spoke."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.metrics.metric import Metric, by_week, in_window, share
from topology.delivery.scope import Scope


def planned(scope: Scope) -> Any:
    """Rituals that were planned for the window, with their team; the leaders' own count for the organisation."""
    rituals = scope.events.tables["rituals"]
    found = scope.of_team(rituals.filter(scope.within(rituals.planned_at_day)))
    return found.mutate(was_held=found.held.fill_null(False))


def held(scope: Scope) -> Any:
    """Those that were held, and whether both sides were there; a blank counts as absent."""
    found = planned(scope).filter(lambda t: t.was_held)
    return found.mutate(both=found.product_present.fill_null(False) & found.tech_present.fill_null(False))


def spoken(scope: Scope) -> Any:
    """Those that were held and of which the speaking minutes of both sides are known."""
    found = held(scope)
    minutes = found.product_speaking_minutes + found.tech_speaking_minutes
    spoke = (found.product_speaking_minutes >= 0) & (found.tech_speaking_minutes >= 0)
    return found.filter(spoke & (minutes > 0)).mutate(both_minutes=minutes)


_held = share("was_held", "held_count")
_both = share("both", "with_both")


def _balance(events: Any, by: list[str]) -> Any:
    """1 − |2s − 1| with s Product's share of the speaking minutes: 1 when both speak as much, 0 when one side speaks alone."""
    counted = events.group_by(by).aggregate(
        n=events.count(),
        product_minutes=events.product_speaking_minutes.sum(),
        tech_minutes=events.tech_speaking_minutes.sum(),
    )
    counted = counted.mutate(product_share=counted.product_minutes / (counted.product_minutes + counted.tech_minutes))
    return counted.mutate(value=1 - (2 * counted.product_share - 1).abs())


HELD = Metric(
    id="rituals-held",
    name="Rituals held",
    unit="share of rituals planned",
    formula="rituals that were held ÷ rituals planned for the window (duo, roadmap review, demo, post-mortem, executive)",
    needs=("rituals",),
    counted=("ritual planned", "rituals planned"),
    weekly=by_week(planned, _held, "planned_at_day"),
    headline=in_window(planned, _held),
    rows=planned,
    when="planned_at",
    family="practice",
    left_out=left_out.teamless("rituals", "planned_at_day"),
    parts=("held_count",),
    rate_of="held_count",
)
BOTH = Metric(
    id="both-sides-present",
    name="Both sides present",
    unit="share of rituals held",
    formula="rituals held with Product and Tech present ÷ rituals held",
    needs=("rituals",),
    counted=("ritual held", "rituals held"),
    weekly=by_week(held, _both, "planned_at_day"),
    headline=in_window(held, _both),
    rows=held,
    when="planned_at",
    family="practice",
    left_out=left_out.teamless("rituals", "planned_at_day"),
    parts=("with_both",),
    rate_of="with_both",
)
BALANCE = Metric(
    id="speaking-balance",
    name="Speaking balance",
    unit="0 to 1",
    formula="1 − |2s − 1|, s = Product's share of the speaking minutes of both sides in rituals held: 1 when both speak as much, "
    "0 when one side speaks alone",
    needs=("rituals",),
    counted=("ritual with speaking times", "rituals with speaking times"),
    weekly=by_week(spoken, _balance, "planned_at_day"),
    headline=in_window(spoken, _balance),
    rows=spoken,
    when="planned_at",
    family="practice",
    left_out=left_out.teamless("rituals", "planned_at_day"),
    parts=("product_share", "product_minutes", "tech_minutes"),
)
