"""Engineers and users: sessions, and how many of a squad's engineers were in one."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked, Row, Rows
from topology.maturity.measure import Found, Measure, Seen, Unknown, counted


def _sessions(asked: Asked) -> tuple[list[Row], Rows | None]:
    """The sessions of the window that say how many engineers were there."""
    rows = asked.evidence.rows("interviews")
    return [row for row in rows.of(asked.id) if row["engineers_present"] is not None] if rows else [], rows


def _with_engineers(asked: Asked) -> Found:
    rows = asked.evidence.rows("interviews")
    told, _ = _sessions(asked)
    if rows is None or (rows.of(asked.id) and not told):
        return Unknown.NO_DATA
    return Seen(sum(row["engineers_present"] > 0 for row in told), newest=rows.newest)


def _engineers(asked: Asked) -> Found:
    """The least share of the engineers who met a user: nobody writes down who, so the fullest session is what is known."""
    told, rows = _sessions(asked)
    known = [row for row in told if row["engineers_total"]]
    if rows is None or not known:
        return Unknown.NO_DATA
    most = max(known, key=lambda row: row["engineers_present"] / row["engineers_total"])
    return Seen(
        min(1.0, most["engineers_present"] / most["engineers_total"]), int(most["engineers_present"]), int(most["engineers_total"]),
        rows.newest,
    )  # fmt: skip


MEASURES = (
    Measure("sessions-with-engineers", Text("User sessions with an engineer"), "count", _with_engineers),
    Measure("engineers-in-a-session", Text("Engineers in the fullest session, of all"), "share", _engineers),
    Measure(
        "user-sessions", Text("User sessions"), "count", lambda asked: counted(asked.evidence.rows("interviews"), asked)
    ),
)
