"""Alignment: workshops, interactions past their end, contact with the teams that are needed."""

from __future__ import annotations

import datetime as dt

from topology.language import Text
from topology.maturity.evidence import ORGANISATION, Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, parts

YEAR, LAST = 52, 4


def _attended(asked: Asked, last: int) -> Found:
    """Of the last workshops of the organisation since the team is there, in how many it was; no data before there were so many. Days of
    one week are one workshop; a row of no team says nothing of who was there."""
    held: dict[str, dict[tuple[int, int], dt.date]] = asked.once("workshops", lambda: _workshops(asked))
    since = asked.team.since or dt.date.min
    own = _kept_in_file(asked)
    every = {week: day for weeks in (*held.values(), own) for week, day in weeks.items() if day >= since}
    weeks = sorted(every)[-last:]
    if len(weeks) < last:
        return Unknown.NO_DATA
    there = len((held.get(asked.id, {}).keys() | own.keys()) & set(weeks))
    return Seen(there, there, last, newest=every[weeks[-1]])


def _workshops(asked: Asked) -> dict[str, dict[tuple[int, int], dt.date]]:
    """{team: {week of a workshop in which it was: its day}}, of the event table."""
    rows = asked.evidence.rows("rituals", YEAR)
    found: dict[str, dict[tuple[int, int], dt.date]] = {}
    for team, listed in rows.by_team.items() if rows else ():
        days = [row["planned_at_day"] for row in listed if row["kind"] == "workshop" and row["held"]]
        if team != ORGANISATION:
            found[team] = {day.isocalendar()[:2]: day for day in days}
    return found


def _kept_in_file(asked: Asked) -> dict[tuple[int, int], dt.date]:
    """{week: day} of the file's workshops of the last year in which the team was. (Who is not named in one was perhaps not asked to it:
    such a workshop counts for those alone who were there.)"""
    first = asked.day - dt.timedelta(weeks=YEAR)
    held = {id_: one.held for id_, one in asked.organisation.workshops.items() if first < one.held <= asked.day}
    return {day.isocalendar()[:2]: day for id_, day in held.items() if asked.id in asked.organisation.took_part(id_)}


def _kept(asked: Asked) -> Found:
    """Of the team's actions of the last year that are closed or past their day, those that were done by it."""
    first = asked.day - dt.timedelta(weeks=YEAR)
    actions = asked.organisation.actions.values()
    mine = [one for one in actions if asked.id in one.teams and (one.closed or one.due or first) > first]
    told = [one for one in mine if one.overdue(asked.day) or (one.closed is not None and one.closed <= asked.day)]
    kept = [one for one in told if one.status == "done" and one.closed and (one.due is None or one.closed <= one.due)]
    return parts(len(kept), len(told))


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
    Measure("actions-kept", Text("Agreed actions done by their day, of those due"), "share", _kept),
    Measure("overrun-interactions", Text("Interactions past their end"), "count", _overrun),
    Measure("silent-needed-pairs", Text("Needed teams with hardly any contact"), "count", _silent),
)
