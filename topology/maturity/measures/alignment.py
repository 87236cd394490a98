"""Alignment: workshops, interactions past their end, contact with the teams that are needed."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown

YEAR, LAST = 52, 4


def _attended(asked: Asked, last: int) -> Found:
    """Of the last workshops of the organisation, how many days had the team in one; no data before there were so many."""
    rows = asked.evidence.rows("rituals", YEAR)
    held = {
        team: {row["planned_at_day"] for row in listed if row["kind"] == "workshop" and row["held"]}
        for team, listed in rows.by_team.items()
    } if rows else {}  # fmt: skip
    days = sorted(set().union(*held.values()))[-last:] if held else []
    if rows is None or len(days) < last:
        return Unknown.NO_DATA
    there = len(held.get(asked.id, set()) & set(days))
    return Seen(there, there, last)


def _overrun(asked: Asked) -> Found:
    return Seen(sum(
        one.state(asked.day) == "overrun" and any(asked.id in pair for pair in one.pairs) for one in asked.organisation.interactions
    ))  # fmt: skip


def _silent(asked: Asked) -> Found:
    pairs = asked.evidence.silent_pairs(asked.id)
    return Unknown.NO_DATA if pairs is None else Seen(pairs[0], pairs[0], pairs[1])


MEASURES = (
    Measure("last-workshop", Text("In the last alignment workshop"), "yes", lambda asked: _attended(asked, 1)),
    Measure(
        "last-workshops", Text("In the last four alignment workshops"), "count", lambda asked: _attended(asked, LAST)
    ),
    Measure("overrun-interactions", Text("Interactions past their end"), "count", _overrun),
    Measure("silent-needed-pairs", Text("Needed teams with hardly any contact"), "count", _silent),
)
