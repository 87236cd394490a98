"""Delivery: what is measured of it, and the squad's own targets."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import STALE_DAYS, WEEKS, Asked, Number
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
    """How many are known; a rate of nothing at all is not."""
    numbers = [number for metric in MEASURED if (number := _number(asked, metric)) is not None]
    newest = max((one.newest for one in numbers if one.newest), default=None)
    return Seen(len(numbers), len(numbers), len(MEASURED), newest)


def _number(asked: Asked, metric: str, before: int = 0) -> Number | None:
    """A metric over a quarter; None where it counts nothing, or its tables tell of nothing so late."""
    number = asked.evidence.metric(metric, asked.id, WEEKS, before)
    if number is None or not number.n or (number.newest and (asked.day - number.newest).days > STALE_DAYS):
        return None
    return number


def _both_set(asked: Asked) -> Found:
    return yes({LEAD, FREQUENCY} <= _targets(asked).keys())


def _met(asked: Asked, before: int) -> Found:
    """Whether the targets of lead time and frequency that are set are met; not applicable where none is."""
    targets = {metric: bound for metric, bound in _targets(asked).items() if metric in (LEAD, FREQUENCY)}
    if not targets:
        return Unknown.NOT_APPLICABLE
    numbers = {metric: _number(asked, metric, before) for metric in targets}
    met = [_within(metric, number.value, targets[metric]) for metric, number in numbers.items() if number is not None]
    return yes(all(met)) if len(met) == len(targets) or not all(met) else Unknown.NO_DATA


def _within(metric: str, value: float, target: float) -> bool:
    return value >= target if metric in MORE_IS_MEANT else value <= target


def _fails(asked: Asked) -> Found:
    """Whether the fail rate is within the squad's target; not where it has set none."""
    target, number = _targets(asked).get(FAILS), _number(asked, FAILS)
    if target is None:
        return yes(False)
    return Unknown.NO_DATA if number is None else yes(_within(FAILS, number.value, target))


MEASURES = (
    Measure("delivery-metrics-measured", Text("Delivery metrics that are measured, of five"), "count", _measured),
    Measure("delivery-targets-set", Text("A lead-time and a frequency target set"), "yes", _both_set),
    Measure("delivery-targets-met", Text("These targets met this quarter"), "yes", lambda asked: _met(asked, 0)),
    Measure("delivery-targets-met-before", Text("These targets met in the quarter before"), "yes",
            lambda asked: _met(asked, WEEKS)),
    Measure("fail-target-met", Text("Fail rate within its target"), "yes", _fails),
)  # fmt: skip
