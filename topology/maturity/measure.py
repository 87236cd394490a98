"""A measure: what can be seen of a team, as a number with what it counts; or that it does not apply, or is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Literal

from topology.language import Text
from topology.maturity.evidence import Asked, Row, Rows

Unit = Literal["share", "count", "days", "minutes", "yes", "points", "number"]


class Unknown(StrEnum):
    """Why a measure gives no number."""

    NO_DATA = "no-data"
    NOT_APPLICABLE = "not-applicable"
    TOO_OLD = "too-old"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: the value in the measure's unit, of a share also how many of how many."""

    value: float
    count: int | None = None
    of: int | None = None
    newest: dt.date | None = None
    """The last day of which it tells; None for what the file says, which holds until it is changed."""


Found = Seen | Unknown


@dataclass(frozen=True)
class Measure:
    """One measure; `see` looks at a team on a day."""

    id: str
    name: Text
    unit: Unit
    see: Callable[[Asked], Found]


def yes(holds: bool) -> Seen:
    """Yes or no, from the file."""
    return Seen(float(holds))


def share(rows: Sequence[Row], holds: Callable[[Row], bool], newest: dt.date | None) -> Found:
    """The share of some rows of which it holds; no data without any."""
    if not rows:
        return Unknown.NO_DATA
    count = sum(map(holds, rows))
    return Seen(count / len(rows), count, len(rows), newest)


def parts(count: int, of: int) -> Found:
    """So many of so many things in the file; not applicable where there are none."""
    return Seen(count / of, count, of) if of else Unknown.NOT_APPLICABLE


def middle(values: Sequence[float], newest: dt.date | None) -> Found:
    """The median; no data without any value."""
    return Seen(median(values), len(values), None, newest) if values else Unknown.NO_DATA


def counted(rows: Rows | None, asked: Asked, holds: Callable[[Row], bool] = lambda _: True) -> Found:
    """How many rows of the team there are; no data without the table."""
    if rows is None:
        return Unknown.NO_DATA
    return Seen(sum(map(holds, rows.of(asked.id))), newest=rows.newest)
