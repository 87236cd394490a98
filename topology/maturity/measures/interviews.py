"""Engineers and users: sessions, and how many of a squad's engineers were in one."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Seen, Unknown, counted


def _with_engineers(asked: Asked) -> Found:
    if asked.id not in asked.evidence.tells("interviews", "engineers_present"):
        return Unknown.NO_DATA
    return counted("interviews", asked, lambda row: (row["engineers_present"] or 0) > 0)


def _engineers(asked: Asked) -> Found:
    """The least share of the engineers who met a user: nobody writes down who, so the fullest session is what is known. A session of more
    engineers than there are is not known."""
    rows = asked.evidence.rows("interviews")
    told = [(row["engineers_present"], row["engineers_total"]) for row in rows.of(asked.id)] if rows else []
    known = [(there, of) for there, of in told if there is not None and of and 0 <= there <= of]
    if rows is None or not known:
        return Unknown.NO_DATA
    there, of = max(known, key=lambda one: one[0] / one[1])
    return Seen(there / of, int(there), int(of), rows.newest)


MEASURES = (
    Measure("sessions-with-engineers", Text("User sessions with an engineer"), "count", _with_engineers),
    Measure("engineers-in-a-session", Text("Engineers in the fullest session, of all"), "share", _engineers),
    Measure("user-sessions", Text("User sessions"), "count", lambda asked: counted("interviews", asked)),
)
