"""The tables that other readings take as plain rows: observed contacts, and the rituals that were held."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from topology.delivery.events import Events
from topology.delivery.metrics.cross_changes import crossing
from topology.delivery.scope import Scope
from topology.graph.observed import CHANNELS, CROSS_CHANGE, Contacts
from topology.model import Organisation


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact of two people, or two teams, in a week; `kind` is review, meeting, message or cross-change."""

    week: dt.date
    source: str
    target: str
    kind: str
    weight: float
    about: str = ""
    """The team that owns what it was about; "" where that is not known."""


COLUMNS = ("week", "source", "target", "kind", "weight")
FIRST_ORDINAL = dt.date(1970, 1, 1).toordinal()  # Arrow counts days from here


def read_contacts(events: Events, organisation: Organisation | None = None) -> Contacts | None:
    """Every contact in a fixed order; None when there is no table that tells of any, or the contacts could not be read.

    Where the contacts hold no review, the reviewers that the changes name are reviews: one for each change and reviewer,
    in the week of the merge; with the organisation, about the team that owns the service.
    """
    if any(file.table == "contacts" and file.error for file in events.report.files):
        return None  # reviews alone would say of everybody else that they do not talk
    found = _told(events) if events.has("contacts") else None
    if events.has("changes") and (found is None or not (found.kind == CHANNELS.index("review")).any()):
        reviews = _reviews(events, organisation)
        found = (
            Contacts.together([*([found] if found is not None else []), reviews])
            if found is not None or len(reviews)
            else None
        )
    return found


def _told(events: Events) -> Contacts:
    """The table as arrays; names are told apart once, not for each row."""
    table = events.tables["contacts"].select(*COLUMNS)
    rows = table.order_by("week", "source", "target", "kind").to_pyarrow()
    source, target, kind = (rows[name].combine_chunks().dictionary_encode() for name in ("source", "target", "kind"))
    names = tuple(dict.fromkeys([*source.dictionary.to_pylist(), *target.dictionary.to_pylist()]))
    place = {name: index for index, name in enumerate(names)}
    channel = {word: index for index, word in enumerate(CHANNELS)}

    def codes(column: Any, of: Mapping[str, int]) -> Any:
        words = np.array([of.get(word, -1) for word in column.dictionary.to_pylist()], dtype=np.int64)
        indices = column.indices.to_numpy(zero_copy_only=False)
        return words[indices] if len(words) else indices.astype(np.int64)

    weeks = rows["week"].combine_chunks().cast("int32").to_numpy(zero_copy_only=False).astype(np.int64) + FIRST_ORDINAL
    weight = rows["weight"].to_numpy().astype(np.float64)
    return Contacts(names, codes(source, place), codes(target, place), weeks, codes(kind, channel), weight)


def _reviews(events: Events, organisation: Organisation | None) -> Contacts:
    changes = events.tables["changes"]
    named = changes.filter(changes.author.notnull() & changes.reviewers.notnull())
    counts: Counter[tuple[dt.date, str, str, str]] = Counter()
    for row in named.select("merged_at_day", "author", "reviewers", "service").to_pyarrow().to_pylist():
        day = row["merged_at_day"]
        about = organisation.owner_of(row["service"], day) if organisation is not None and row["service"] else None
        for reviewer in {one.strip() for one in row["reviewers"].split(";")} - {"", row["author"]}:
            counts[day - dt.timedelta(days=day.weekday()), reviewer, row["author"], about or ""] += 1
    return Contacts.of(
        Contact(week, one, other, "review", float(count), about) for (week, one, other, about), count in sorted(counts.items())
    )  # fmt: skip


def read_cross_changes(events: Events, organisation: Organisation) -> Contacts:
    """Contact through code: for each week the changes of one team in another's services; empty without changes."""
    if not events.has("changes") or not events.last_day:
        return Contacts.of(())
    changes = events.tables["changes"]
    first = changes.merged_at_day.min().to_pyarrow().as_py()
    if first is None:
        return Contacts.of(())
    last = events.last_day
    mondays = [first - dt.timedelta(days=first.weekday())]
    while mondays[-1] + dt.timedelta(weeks=1) <= last:
        mondays.append(mondays[-1] + dt.timedelta(weeks=1))
    found = crossing(Scope(events, organisation, tuple(mondays))).order_by("week", "source", "target")
    columns = found.to_pyarrow().to_pydict()
    rows = zip(*(columns[name] for name in ("week", "source", "target", "n")), strict=True)
    return Contacts.of(Contact(week, source, target, CROSS_CHANGE, float(n)) for week, source, target, n in rows)


def read_exchange(events: Events, organisation: Organisation) -> Contacts | None:
    """Contacts and cross-changes together, each of its kind; None when no table tells of either."""
    contacts, changes = read_contacts(events, organisation), read_cross_changes(events, organisation)
    if contacts is None and not len(changes):
        return None
    return Contacts.together([*([contacts] if contacts is not None else []), changes])


def read_rituals(events: Events, kind: str | None, first: dt.date, end: dt.date) -> list[dict[str, Any]] | None:
    """The rituals of a kind (of every kind) that were planned from `first` until before `end`, oldest first; None without a table."""
    if not events.has("rituals"):
        return None
    table = events.tables["rituals"]
    table = table.filter(table.kind == kind) if kind else table
    chosen = table.filter((table.planned_at_day >= first) & (table.planned_at_day < end))
    rows: list[dict[str, Any]] = chosen.order_by("planned_at", "id").to_pyarrow().to_pylist()
    return rows
