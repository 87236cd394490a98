"""Drafts of the organisation, so that one survives a reload and a restart and is a link for a colleague."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from topology.store.database import Database, StoreError
from topology.store.tables import DRAFTS

KEPT = dt.timedelta(days=90)  # after the last change
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
ID_LENGTH = 10  # whoever has the link reads the draft: nobody guesses it
MOST = 1_000  # drafts of one organisation
MOST_CHARACTERS = 400_000


@dataclass(frozen=True)
class Stored:
    """A draft as it is kept: its text, and how often it was changed."""

    id: str
    version: int
    body: str
    changed: dt.date


class Drafts:
    """The drafts of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def new(self, body: str, today: dt.date) -> Stored:
        """Keeps a new draft, and forgets those that nobody changed for 90 days. Raises StoreError where there are too many."""
        made = Stored("".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH)), 1, _of_size(body), today)
        with self._database.writing() as connection:
            connection.execute(sa.delete(DRAFTS).where(DRAFTS.c.changed < (today - KEPT).isoformat()))
            if (connection.scalar(sa.select(sa.func.count()).select_from(DRAFTS)) or 0) >= MOST:
                raise StoreError(f"there are {MOST} drafts already; throw some away")
            connection.execute(
                sa.insert(DRAFTS).values(draft=made.id, version=1, body=made.body, changed=today.isoformat())
            )
        return made

    def get(self, draft: str) -> Stored | None:
        """A draft; None where there is none, or not any more."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(DRAFTS).where(DRAFTS.c.draft == draft)).mappings().first()
        return None if row is None else _stored(row)

    def change(self, draft: str, edit: Callable[[str], str], today: dt.date) -> Stored | None:
        """Changes what is kept now, whoever changed it meanwhile; None where there is no such draft any more."""
        with self._database.writing() as connection:
            row = connection.execute(
                sa.select(DRAFTS).where(DRAFTS.c.draft == draft).with_for_update()
            ).mappings().first()  # fmt: skip
            if row is None:
                return None
            found = _stored(row)
            made = Stored(draft, found.version + 1, _of_size(edit(found.body)), today)
            values = {"version": made.version, "body": made.body, "changed": today.isoformat()}
            connection.execute(sa.update(DRAFTS).where(DRAFTS.c.draft == draft).values(values))
        return made

    def drop(self, draft: str) -> None:
        """Throws a draft away."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(DRAFTS).where(DRAFTS.c.draft == draft))

    def every(self) -> list[Stored]:
        """All drafts, those that were changed last first, then by id."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(DRAFTS)).mappings().all()
        return sorted(map(_stored, rows), key=lambda one: (-one.changed.toordinal(), one.id))


def _stored(row: sa.RowMapping) -> Stored:
    return Stored(row["draft"], row["version"], row["body"], dt.date.fromisoformat(row["changed"]))


def _of_size(body: str) -> str:
    if len(body) > MOST_CHARACTERS:
        raise StoreError(f"a draft has at most {MOST_CHARACTERS} characters")
    return body
