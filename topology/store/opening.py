"""Opening the database, once for each place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from topology.store.database import Database
from topology.store.drafts import Drafts
from topology.store.surveys import Surveys

MOST_OPEN = 8


def surveys_at(place: Path | str, *, make: bool = False) -> Surveys | None:
    """The surveys at a place; None for a file that is not there, unless it may be made. Raises StoreError."""
    found = database_at(place, make=make)
    return None if found is None else Surveys(found)


def drafts_at(place: Path | str, *, make: bool = False) -> Drafts | None:
    """The drafts at a place; None for a file that is not there, unless it may be made. Raises StoreError."""
    found = database_at(place, make=make)
    return None if found is None else Drafts(found)


def database_at(place: Path | str, *, make: bool = False) -> Database | None:
    """The database at a place, open once for all. Raises StoreError."""
    if isinstance(place, str):
        return _opened(place, None)
    if not place.is_file():
        if not make:
            return None
        Database(place).close()
    info = place.stat()
    return _opened(place, (info.st_dev, info.st_ino))


@lru_cache(MOST_OPEN)
def _opened(place: Path | str, _: tuple[int, int] | None) -> Database:
    """A file that was replaced by another one is opened anew."""
    return Database(place)
