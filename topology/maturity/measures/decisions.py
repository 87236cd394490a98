"""Decisions of a squad that both sides presented."""

from __future__ import annotations

from topology.language import Text
from topology.maturity.evidence import Asked
from topology.maturity.measure import Found, Measure, share


def _by_both(asked: Asked) -> Found:
    rows = asked.evidence.rows("decisions")
    return share(
        rows.of(asked.id) if rows else (), lambda row: row["presented_by"] == "both", rows.newest if rows else None
    )


MEASURES = (Measure("decisions-by-both", Text("Decisions presented by both"), "share", _by_both),)
