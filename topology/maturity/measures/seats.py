"""The duo: who holds the two seats, since when, and of how many squads at once."""

from __future__ import annotations

import datetime as dt
import math

from topology.language import Text
from topology.maturity.evidence import STALE_DAYS, Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, yes
from topology.model.people import Lead


def _seats(asked: Asked) -> list[Lead | None]:
    return [asked.team.pm, asked.team.em]


def _filled(asked: Asked) -> Found:
    return yes(all(seat is not None and seat.filled_on(asked.day) for seat in _seats(asked)))


def _acting(asked: Asked) -> Found:
    """Days of the longest acting of the two; 0 where nobody acts. Of one without a beginning it may be any time."""
    acting = [
        seat for seat in _seats(asked) if seat is not None and seat.status == "acting" and seat.filled_on(asked.day)
    ]
    known = [(asked.day - seat.since).days for seat in acting if seat.since is not None]
    undated = len(known) < len(acting)
    return (
        Unknown.NO_DATA if undated and not known else Seen(max(known, default=0), or_else=math.inf if undated else None)
    )


def _shared(asked: Asked) -> Found:
    """How many of the two lead another team on the day too."""
    leads: dict[str, set[str]] = asked.once("leads", lambda: _leads(asked))
    return Seen(sum(len(teams) > 1 for teams in leads.values() if asked.id in teams))


def _leads(asked: Asked) -> dict[str, set[str]]:
    """{person: the teams that they lead on the day}."""
    found: dict[str, set[str]] = {}
    for id_, team in asked.organisation.teams_on(asked.day).items():
        for seat in (team.pm, team.em):
            if seat is not None and seat.person and seat.filled_on(asked.day):
                found.setdefault(seat.person, set()).add(id_)
    return found


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
