"""A measure: what can be seen of a team, as a number with what it counts; or that it does not apply, or is not known."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Literal, TypeVar

from topology.language import Text
from topology.maturity.evidence import WEEKS, Asked, Number, Row

T = TypeVar("T")
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
    or_else: float | None = None
    """What it may as well be, where a part is not known: it is measured only where both say the same."""


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


def share(rows: Sequence[T], holds: Callable[[T], bool], newest: dt.date | None) -> Found:
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


def counted(table: str, asked: Asked, holds: Callable[[Row], bool] = lambda _: True, weeks: int = WEEKS) -> Found:
    """How many rows of the team there are in the window; no data where the table never tells of the team. A team that is younger than the
    window may reach more in a whole one."""
    rows = asked.evidence.rows(table, weeks)
    if rows is None or rows.newest is None or asked.id not in asked.evidence.tells(table):
        return Unknown.NO_DATA
    count = sum(map(holds, rows.of(asked.id)))
    return Seen(count, newest=rows.newest, or_else=math.inf if asked.weeks < WEEKS else None)


def of_number(number: Number | None) -> Found:
    """A share that a metric counts, with how many of how many; no data where it is not known."""
    if number is None:
        return Unknown.NO_DATA
    return Seen(number.value, round(number.value * number.n), number.n, number.newest)
