"""Objectives of a squad, and the indicators that they move."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, parts
from topology.model.team import Objective


def _technical(asked: Asked) -> list[Objective]:
    return [one for one in asked.team.objectives if one.side == "tech"]


def _shared(asked: Asked) -> Found:
    objectives = asked.team.objectives
    return Seen(sum(one.side == "shared" for one in objectives), of=len(objectives)) if objectives else Unknown.NO_DATA


def _shared_or_tied(asked: Asked) -> Found:
    objectives = asked.team.objectives
    told = sum(one.side == "shared" or one.kpi is not None for one in objectives)
    return parts(told, len(objectives)) if objectives else Unknown.NO_DATA


def _with_indicator(asked: Asked) -> Found:
    told = _technical(asked)
    if not told:
        return Unknown.NOT_APPLICABLE if asked.team.objectives else Unknown.NO_DATA
    return Seen(sum(one.kpi is not None for one in told))


def _with_baseline(asked: Asked) -> Found:
    told = _technical(asked)
    return parts(sum(one.kpi is not None and one.baseline is not None for one in told), len(told))


def _with_target(asked: Asked) -> Found:
    told = _technical(asked)
    return parts(sum(None not in (one.kpi, one.baseline, one.target) for one in told), len(told))


def _owned_by_both(asked: Asked) -> Found:
    """Of the indicators of the technical objectives."""
    known = {
        one.kpi: asked.organisation.kpis[one.kpi] for one in _technical(asked) if one.kpi in asked.organisation.kpis
    }
    return parts(sum(None not in (one.product_owner, one.tech_owner) for one in known.values()), len(known))


MEASURES = (
    Measure("shared-objectives", Text("Shared objectives"), "count", _shared),
    Measure(
        "objectives-shared-or-tied",
        Text("Objectives that are shared or tied to an indicator"),
        "share",
        _shared_or_tied,
    ),
    Measure("tech-objectives-with-kpi", Text("Technical objectives that name an indicator"), "count", _with_indicator),
    Measure(
        "tech-objectives-with-baseline",
        Text("Technical objectives with indicator and baseline"),
        "share",
        _with_baseline,
    ),
    Measure(
        "tech-objectives-with-target",
        Text("Technical objectives with indicator, baseline and target"),
        "share",
        _with_target,
    ),
    Measure("kpis-owned-by-both", Text("Their indicators with an owner on each side"), "share", _owned_by_both),
)
