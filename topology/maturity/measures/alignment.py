"""Alignment: workshops, interactions past their end, contact with the teams that are needed."""

from __future__ import annotations

import datetime as dt

from topology.language import Text
from topology.maturity.evidence import ORGANISATION, Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown

YEAR, LAST = 52, 4


def _attended(asked: Asked, last: int) -> Found:
    """Of the last workshops of the organisation since the team is there, in how many it was; no data before there were so many. Days of
    one week are one workshop; a row of no team says nothing of who was there."""
    held: dict[str, dict[tuple[int, int], dt.date]] = asked.once("workshops", lambda: _workshops(asked))
    since = asked.team.since or dt.date.min
    every = {week: day for weeks in held.values() for week, day in weeks.items() if day >= since}
    weeks = sorted(every)[-last:]
    if len(weeks) < last:
        return Unknown.NO_DATA
    there = len(held.get(asked.id, {}).keys() & set(weeks))
    return Seen(there, there, last, newest=every[weeks[-1]])


def _workshops(asked: Asked) -> dict[str, dict[tuple[int, int], dt.date]]:
    """{team: {week of a workshop in which it was: its day}}."""
    rows = asked.evidence.rows("rituals", YEAR)
    found: dict[str, dict[tuple[int, int], dt.date]] = {}
    for team, listed in rows.by_team.items() if rows else ():
        days = [row["planned_at_day"] for row in listed if row["kind"] == "workshop" and row["held"]]
        if team != ORGANISATION:
            found[team] = {day.isocalendar()[:2]: day for day in days}
    return found


def _overrun(asked: Asked) -> Found:
    return Seen(sum(
        one.state(asked.day) == "overrun" and any(asked.id in pair for pair in one.pairs) for one in asked.organisation.interactions
    ))  # fmt: skip


def _silent(asked: Asked) -> Found:
    pairs = asked.evidence.silent_pairs(asked.id)
    if pairs is None:
        return Unknown.NO_DATA
    return Seen(pairs[0], pairs[0], pairs[1]) if pairs[1] else Unknown.NOT_APPLICABLE


MEASURES = (
    Measure("last-workshop", Text("In the last alignment workshop"), "yes", lambda asked: _attended(asked, 1)),
    Measure(
        "last-workshops", Text("In the last four alignment workshops"), "count", lambda asked: _attended(asked, LAST)
    ),
    Measure("overrun-interactions", Text("Interactions past their end"), "count", _overrun),
    Measure("silent-needed-pairs", Text("Needed teams with hardly any contact"), "count", _silent),
)
