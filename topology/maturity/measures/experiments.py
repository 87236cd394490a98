"""Experiments: decided, expected in writing, with users, how soon they gave evidence."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked, Row, Rows
from topology.maturity.measure import Found, Measure, Unknown, counted, middle, share

CHANGED = ("changed", "stopped")


def _own(asked: Asked) -> tuple[list[Row], Rows | None]:
    rows = asked.evidence.rows("experiments")
    return list(rows.of(asked.id)) if rows else [], rows


def _decided(asked: Asked) -> Found:
    return counted(asked.evidence.rows("experiments"), asked, lambda row: bool(row["decision"]))


def _expected(asked: Asked) -> Found:
    return counted(asked.evidence.rows("experiments"), asked, lambda row: bool(row["expected"]))


def _with_users(asked: Asked) -> Found:
    own, rows = _own(asked)
    if not any(row["with_users"] is not None for row in own):
        return Unknown.NO_DATA
    return share(own, lambda row: bool(row["with_users"]), rows.newest if rows else None)


def _days(asked: Asked) -> Found:
    own, rows = _own(asked)
    days = [(row["evidence_at_day"] - row["started_at_day"]).days for row in own if row["evidence_at_day"]]
    return middle([day for day in days if day >= 0], rows.newest if rows else None)


def _changed(asked: Asked) -> Found:
    own, rows = _own(asked)
    return share(
        [row for row in own if row["decision"]], lambda row: row["decision"] in CHANGED, rows.newest if rows else None
    )


MEASURES = (
    Measure("experiments-decided", Text("Experiments decided"), "count", _decided),
    Measure("experiments-expected", Text("Experiments with a written expected result"), "count", _expected),
    Measure("experiments-with-users", Text("Experiments with users"), "share", _with_users),
    Measure("experiment-days", Text("Days from idea to evidence, at the median"), "days", _days),
    Measure("experiments-changed", Text("Experiments stopped or changed, of those decided"), "share", _changed),
)
