"""Opening the database of surveys, once for each place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from topology.store.database import Database
from topology.store.surveys import Surveys


def surveys_at(place: Path | str, *, make: bool = False) -> Surveys | None:
    """The surveys at a place; None for a file that is not there, unless it may be made. Raises StoreError."""
    if isinstance(place, Path) and not make and not place.is_file():
        return None
    return _opened(place)


@cache
def _opened(place: Path | str) -> Surveys:
    return Surveys(Database(place))
