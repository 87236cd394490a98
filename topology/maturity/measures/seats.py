"""The duo: who holds the two seats, since when, and of how many squads at once."""

from __future__ import annotations

import datetime as dt

from topology.language import Text
from topology.maturity.evidence import STALE_DAYS, Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, yes
from topology.model.people import Lead


def _seats(asked: Asked) -> list[Lead | None]:
    return [asked.team.pm, asked.team.em]


def _filled(asked: Asked) -> Found:
    return yes(all(seat is not None and seat.filled_on(asked.day) for seat in _seats(asked)))


def _acting(asked: Asked) -> Found:
    """Days of the longest acting of the two; 0 where nobody acts, no data where nobody wrote since when."""
    acting = [
        seat for seat in _seats(asked) if seat is not None and seat.status == "acting" and seat.filled_on(asked.day)
    ]
    if any(seat.since is None for seat in acting):
        return Unknown.NO_DATA
    return Seen(max(((asked.day - (seat.since or asked.day)).days for seat in acting), default=0))


def _shared(asked: Asked) -> Found:
    """How many of the two lead another team on the day too."""
    own = {seat.person for seat in _seats(asked) if seat is not None and seat.person}
    others = {
        seat.person
        for id_, team in asked.organisation.teams_on(asked.day).items() if id_ != asked.id
        for seat in (team.pm, team.em) if seat is not None and seat.filled_on(asked.day)
    }  # fmt: skip
    return Seen(len(own & others))


def _signed(asked: Asked) -> Found:
    """Whether the two signed where they see their squad within a quarter."""
    first = asked.day - dt.timedelta(days=STALE_DAYS)
    return yes(any(
        one.pm is not None and one.em is not None and one.assessed is not None and first <= one.assessed <= asked.day
        for one in asked.team.positions.values()
    ))  # fmt: skip


MEASURES = (
    Measure("seats-filled", Text("Both seats filled"), "yes", _filled),
    Measure("acting-days", Text("Longest time in an acting seat"), "days", _acting),
    Measure("shared-leads", Text("Leads shared with another squad"), "count", _shared),
    Measure("positions-signed", Text("Positions signed by both this quarter"), "yes", _signed),
)
