"""Experiments: decided, expected in writing, with users, how soon they gave evidence."""

from __future__ import annotations

import datetime as dt

from topology.language import Text
from topology.maturity.evidence import WEEKS, Asked, Row, Rows
from topology.maturity.measure import Found, Measure, Unknown, counted, middle, share

YEAR = 52
CHANGED = ("changed", "stopped")


def _own(asked: Asked) -> tuple[list[Row], Rows | None]:
    """The experiments that began in the window."""
    rows = asked.evidence.rows("experiments")
    return list(rows.of(asked.id)) if rows else [], rows


def _is_decided(row: Row, asked: Asked) -> bool:
    return bool(row["decision"]) and (row["decided_at_day"] is None or row["decided_at_day"] <= asked.day)


def _decided(asked: Asked) -> Found:
    """Decided in the window, whenever they began; one of which no day is written by the day of its beginning."""
    first = asked.end - dt.timedelta(weeks=WEEKS)

    def lately(row: Row) -> bool:
        return _is_decided(row, asked) and (row["decided_at_day"] or row["started_at_day"]) >= first

    return counted("experiments", asked, lately, YEAR)


def _expected(asked: Asked) -> Found:
    return counted("experiments", asked, lambda row: bool(row["expected"]))


def _with_users(asked: Asked) -> Found:
    own, rows = _own(asked)
    if not any(row["with_users"] is not None for row in own):
        return Unknown.NO_DATA
    return share(own, lambda row: bool(row["with_users"]), rows.newest if rows else None)


def _days(asked: Asked) -> Found:
    own, rows = _own(asked)
    told = [
        row for row in own if row["evidence_at_day"] and row["started_at_day"] <= row["evidence_at_day"] <= asked.day
    ]
    return middle(
        [(row["evidence_at_day"] - row["started_at_day"]).days for row in told], rows.newest if rows else None
    )


def _changed(asked: Asked) -> Found:
    own, rows = _own(asked)
    decided = [row for row in own if _is_decided(row, asked)]
    return share(decided, lambda row: row["decision"] in CHANGED, rows.newest if rows else None)


MEASURES = (
    Measure("experiments-decided", Text("Experiments decided"), "count", _decided),
    Measure("experiments-expected", Text("Experiments with a written expected result"), "count", _expected),
    Measure("experiments-with-users", Text("Experiments with users"), "share", _with_users),
    Measure("experiment-days", Text("Days from idea to evidence, at the median"), "days", _days),
    Measure("experiments-changed", Text("Experiments stopped or changed, of those decided"), "share", _changed),
)
