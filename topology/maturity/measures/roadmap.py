"""The one roadmap: a squad's items on it, what each says to both sides, and whether the split is what was planned."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, parts, yes
from topology.model.organisation import RoadmapItem


def _items(asked: Asked) -> list[RoadmapItem]:
    return [one for one in asked.organisation.roadmap if one.team == asked.id]


def _on_it(asked: Asked) -> Found:
    return Seen(len(_items(asked))) if asked.organisation.roadmap else Unknown.NO_DATA


def _both_statements(asked: Asked) -> Found:
    items = _items(asked)
    return parts(sum(bool(one.impact and one.stability) for one in items), len(items))


def _planned(asked: Asked) -> float | None:
    return asked.team.targets.tech_investment if asked.team.targets else None


def _off_plan(asked: Asked, before: int) -> Found:
    """Points between the share of risk and debt that was done and the one that is stated."""
    planned = _planned(asked)
    if planned is None:
        return Unknown.NO_DATA
    done = asked.evidence.metric("tech-investment-share", asked.id, 13, before)
    return Seen(100 * abs(done.value - planned), of=done.n, newest=done.newest) if done else Unknown.NO_DATA


MEASURES = (
    Measure("roadmap-items", Text("Items on the one roadmap"), "count", _on_it),
    Measure(
        "planned-split",
        Text("A planned share of risk and debt is stated"),
        "yes",
        lambda asked: yes(_planned(asked) is not None),
    ),
    Measure("items-with-both-statements", Text("Items that say impact and stability"), "share", _both_statements),
    Measure("split-off-plan", Text("Actual split, away from the plan"), "points", lambda asked: _off_plan(asked, 0)),
    Measure(
        "split-off-plan-before", Text("The same in the quarter before"), "points", lambda asked: _off_plan(asked, 13)
    ),
)
