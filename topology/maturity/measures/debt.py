"""Risk and debt: what was done of it, by periods of four weeks against the squad's own share."""

from __future__ import annotations

import datetime as dt
from statistics import median

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown
from topology.maturity.pack import ROUNDING
from topology.model import whole_weeks_end

PERIODS, LENGTH = 6, 4  # periods of four weeks
SHARE = "tech-investment-share"
FAILS = ("change-fail-rate", "deployment-rework-rate")


def _done(asked: Asked) -> Found:
    number = asked.evidence.metric(SHARE, asked.id, 13)
    return Seen(round(number.value * number.n), of=number.n, newest=number.newest) if number else Unknown.NO_DATA


def _periods(asked: Asked, metric: str) -> list[float]:
    """The rate of each of the last six periods of four weeks in which there was anything to count."""
    weeks = asked.evidence.weekly(metric, asked.id, PERIODS * LENGTH)
    end, found = whole_weeks_end(asked.day), []
    for k in range(PERIODS):
        first, last = end - dt.timedelta(weeks=LENGTH * (k + 1)), end - dt.timedelta(weeks=LENGTH * k)
        told = [one for week, one in weeks.items() if first <= week < last]
        if n := sum(one.n for one in told):
            found.append(sum(one.value * one.n for one in told) / n)
    return found


def _kept(asked: Asked) -> Found:
    """Periods in which at least the stated share was done; one without any work done is not known, and may be either."""
    target = asked.team.targets.tech_investment if asked.team.targets else None
    known = _periods(asked, SHARE) if target is not None else []
    if target is None or len(known) < PERIODS / 2:
        return Unknown.NO_DATA
    kept = sum(one >= target - ROUNDING for one in known)
    return Seen(kept, kept, PERIODS, or_else=kept + PERIODS - len(known))


def _fails(asked: Asked) -> Found:
    """Points by which the fail rate or the rework rate of the quarter lies above its own median of six periods of the half-year: the
    lesser of the two, since one of them is enough."""
    above = [points for metric in FAILS if (points := _above_own(asked, metric)) is not None]
    return Seen(min(above)) if above else Unknown.NO_DATA


def _above_own(asked: Asked, metric: str) -> float | None:
    now, past = asked.evidence.metric(metric, asked.id, 13), _periods(asked, metric)
    return 100 * (now.value - median(past)) if now and len(past) >= PERIODS / 2 else None


MEASURES = (
    Measure("debt-items-done", Text("Risk and debt items done"), "count", _done),
    Measure(
        "debt-periods-kept", Text("Periods of four weeks in which the stated share was kept, of six"), "count", _kept
    ),
    Measure(
        "fails-above-own-median", Text("Fail or rework rate above the squad's own half-year median"), "points", _fails
    ),
)
