"""Delivery: what is measured of it, and the squad's own targets."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, yes

MEASURED = (
    "deployment-frequency", "change-lead-time", "change-fail-rate", "failed-deployment-recovery-time", "deployment-rework-rate",
)  # fmt: skip
"""DORA's five of 2025."""
LEAD, FREQUENCY, FAILS = "change-lead-time", "deployment-frequency", "change-fail-rate"
MORE_IS_MEANT = (FREQUENCY,)


def _targets(asked: Asked) -> dict[str, float]:
    return dict(asked.team.targets.metrics) if asked.team.targets else {}


def _measured(asked: Asked) -> Found:
    known = sum(asked.evidence.metric(metric, asked.id, 13) is not None for metric in MEASURED)
    return Seen(known, known, len(MEASURED))


def _both_set(asked: Asked) -> Found:
    return yes({LEAD, FREQUENCY} <= _targets(asked).keys())


def _met(asked: Asked, metrics: tuple[str, ...], before: int) -> Found:
    """Whether every target that is set of these is met; not applicable where none is."""
    targets = {metric: bound for metric, bound in _targets(asked).items() if metric in metrics}
    if not targets:
        return Unknown.NOT_APPLICABLE
    numbers = {metric: asked.evidence.metric(metric, asked.id, 13, before) for metric in targets}
    if any(number is None for number in numbers.values()):
        return Unknown.NO_DATA
    met = [
        number.value >= targets[metric] if metric in MORE_IS_MEANT else number.value <= targets[metric]
        for metric, number in numbers.items()
        if number is not None
    ]
    return yes(all(met))


MEASURES = (
    Measure("delivery-metrics-measured", Text("Delivery metrics that are measured, of five"), "count", _measured),
    Measure("delivery-targets-set", Text("A lead-time and a frequency target set"), "yes", _both_set),
    Measure("delivery-targets-met", Text("These targets met this quarter"), "yes", lambda asked: _met(asked, (LEAD, FREQUENCY), 0)),
    Measure("delivery-targets-met-before", Text("These targets met in the quarter before"), "yes",
            lambda asked: _met(asked, (LEAD, FREQUENCY), 13)),
    Measure("fail-target-met", Text("Fail rate within its target"), "yes", lambda asked: _met(asked, (FAILS,), 0)),
)  # fmt: skip
