"""The tables that other readings take as plain rows: observed contacts, and the rituals that were held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from topology.delivery.events import Events


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact of two people, or two teams, in a week; `kind` is review, meeting or message."""

    week: dt.date
    source: str
    target: str
    kind: str
    weight: float


def read_contacts(events: Events) -> list[Contact] | None:
    """Every contact in a fixed order; None when there is no such table."""
    if not events.has("contacts"):
        return None
    table = events.tables["contacts"].select("week", "source", "target", "kind", "weight")
    rows = table.order_by("week", "source", "target", "kind").to_pyarrow().to_pydict()
    return [
        Contact(*values)
        for values in zip(*(rows[name] for name in ("week", "source", "target", "kind", "weight")), strict=True)
    ]


def read_rituals(events: Events, kind: str | None, first: dt.date, end: dt.date) -> list[dict[str, Any]] | None:
    """The rituals of a kind (of every kind) that were planned from `first` until before `end`, oldest first; None without a table."""
    if not events.has("rituals"):
        return None
    table = events.tables["rituals"]
    table = table.filter(table.kind == kind) if kind else table
    chosen = table.filter((table.planned_at_day >= first) & (table.planned_at_day < end))
    rows: list[dict[str, Any]] = chosen.order_by("planned_at", "id").to_pyarrow().to_pylist()
    return rows
