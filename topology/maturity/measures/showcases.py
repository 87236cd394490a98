"""Technical results that were shown."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, Unknown, counted, share

HALF_YEAR = 26


def _with_effect(asked: Asked) -> Found:
    rows = asked.evidence.rows("showcases")
    return share(rows.of(asked.id) if rows else (), lambda row: bool(row["effect"]), rows.newest if rows else None)


def _together(asked: Asked) -> Found:
    rows = asked.evidence.rows("showcases")
    own = rows.of(asked.id) if rows else ()
    if not any(row["product_present"] is not None for row in own):
        return Unknown.NO_DATA
    return share(own, lambda row: bool(row["product_present"]), rows.newest if rows else None)


MEASURES = (
    Measure("results-shown-half-year", Text("Technical results shown in the half-year"), "count",
            lambda asked: counted("showcases", asked, weeks=HALF_YEAR)),
    Measure("results-shown", Text("Technical results shown in the quarter"), "count",
            lambda asked: counted("showcases", asked)),
    Measure("results-with-effect", Text("Shown with their effect in business words"), "share", _with_effect),
    Measure("results-shown-together", Text("Shown with Product there"), "share", _together),
)  # fmt: skip
