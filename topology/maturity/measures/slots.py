"""The leaders' own slot: how often it is held, how long, who speaks, and whether they are measured by the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from topology.language import Text
from topology.maturity.evidence import ORGANISATION, Asked, Row, Rows
from topology.maturity.measure import Found, Measure, Seen, Unknown, middle, share, yes


def _slots(asked: Asked) -> tuple[Sequence[Row], Rows | None]:
    rows = asked.evidence.rows("rituals")
    chosen = [row for row in rows.of(ORGANISATION) if row["kind"] == "executive"] if rows else []
    return (chosen if any(row["held"] is not None for row in chosen) else []), rows


def _weeks(asked: Asked) -> Found:
    """Whole weeks in which a slot was held."""
    chosen, rows = _slots(asked)
    if rows is None or not chosen:
        return Unknown.NO_DATA
    weeks = {row["planned_at_day"].isocalendar()[:2] for row in chosen if row["held"]}
    return Seen(len(weeks), newest=rows.newest)


def _minutes(asked: Asked) -> Found:
    chosen, rows = _slots(asked)
    return middle(
        [row["minutes"] for row in chosen if row["held"] and (row["minutes"] or 0) > 0], rows.newest if rows else None
    )


def _by_both(asked: Asked) -> Found:
    """Of all decisions of the organisation, its squads' and its leaders'."""
    rows = asked.evidence.rows("decisions")
    every = [row for listed in rows.by_team.values() for row in listed] if rows else []
    return share(every, lambda row: row["presented_by"] == "both", rows.newest if rows else None)


def _balance(asked: Asked) -> Found:
    """The speaking balance of all squads' rituals together: of the leaders' own each side is one person."""
    number = asked.evidence.metric("speaking-balance", ORGANISATION, 13)
    return Seen(number.value, of=number.n, newest=number.newest) if number else Unknown.NO_DATA


def _incentive(asked: Asked) -> Found:
    return yes(bool(asked.organisation.organisation.shared_incentives))


MEASURES = (
    Measure("slot-weeks", Text("Weeks with a CTO–CPO slot, of the last 13"), "count", _weeks),
    Measure("slot-minutes", Text("Minutes of a slot, at the median"), "minutes", _minutes),
    Measure("organisation-decisions-by-both", Text("Decisions presented by both, of all"), "share", _by_both),
    Measure(
        "organisation-speaking-balance", Text("Speaking balance of the squads' rituals together"), "number", _balance
    ),
    Measure("shared-incentive", Text("A shared incentive named in the file"), "yes", _incentive),
)
