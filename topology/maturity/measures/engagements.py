"""Engagements of an enabling team: their end and outcome, and whether the team had to come back."""

from __future__ import annotations

import datetime as dt

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, parts
from topology.model import Facilitating
from topology.model.interactions import RUNNING

AWAY = dt.timedelta(weeks=26)


def _begun(asked: Asked) -> list[Facilitating]:
    """Those that run, or began or ended in the last year."""
    first = asked.day - dt.timedelta(weeks=52)
    own = [
        one for one in asked.organisation.interactions if isinstance(one, Facilitating) and one.facilitator == asked.id
    ]
    return [one for one in own if one.state(asked.day) in RUNNING or _ended_since(one, asked.day, first)]


def _ended_since(one: Facilitating, day: dt.date, first: dt.date) -> bool:
    days = [at for at in (one.since, one.ended) if at is not None]
    return one.state(day) == "ended" and any(first <= at <= day for at in days)


def _described(asked: Asked) -> Found:
    begun = _begun(asked)
    return parts(sum(one.until is not None and bool(one.outcome) for one in begun), len(begun))


def _on_time(asked: Asked) -> Found:
    due = [one for one in _begun(asked) if one.until is not None and one.until <= asked.day]
    return parts(sum(one.ended is not None and one.ended <= one.until for one in due if one.until), len(due))


def _returned(asked: Asked) -> Found:
    """Teams at which an engagement began within 26 weeks of the end of one before."""
    begun = _begun(asked)
    again = {
        later.team
        for earlier in begun for later in begun
        if earlier is not later and earlier.team == later.team and earlier.ended and later.since
        and earlier.ended <= later.since < earlier.ended + AWAY
    }  # fmt: skip
    return Seen(len(again))


MEASURES = (
    Measure("engagements-described", Text("Engagements with an end and an outcome"), "share", _described),
    Measure("engagements-on-time", Text("Engagements that ended on time, of those due"), "share", _on_time),
    Measure("engagements-again", Text("Teams to which it had to return within 26 weeks"), "count", _returned),
)
