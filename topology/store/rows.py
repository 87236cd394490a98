"""Rows of the database as values."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.engine import RowMapping

from topology.maturity.voices.asking import Asked
from topology.store.database import StoreError
from topology.store.values import Kind, Signed, Survey


def survey_of(row: RowMapping) -> Survey:
    """A row as a value. Raises StoreError for one that somebody changed by hand."""
    try:
        return _survey(row)
    except ValueError:
        raise StoreError(f"the survey {row['survey']} in this database cannot be read") from None


def _survey(row: RowMapping) -> Survey:
    others = row["others_from"]
    return Survey(
        row["survey"], Asked.model_validate_json(row["asked"]), dt.datetime.fromisoformat(row["closes"]),
        row["state"] == "open", row["drafts_key"], row["reports_key"], dt.date.fromisoformat(others) if others else None,
    )  # fmt: skip


def signed_of(row: RowMapping) -> Signed:
    """What a duo signed of a dimension."""
    assessed = row["assessed"]
    return Signed(
        row["dimension"], {kind: row[kind] for kind in (Kind.PM, Kind.EM)},
        {kind: row[f"{kind}_note"] for kind in (Kind.PM, Kind.EM)}, dt.date.fromisoformat(assessed) if assessed else None,
    )  # fmt: skip
