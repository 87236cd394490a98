"""What a metric is: its name, its formula in words, and the expressions that compute it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from topology.delivery.scope import Scope


@dataclass(frozen=True)
class Metric:
    """A delivery metric.

    `weekly` gives a table (team, week, value, n, …) and `headline` one (team, value, n, …), both as Ibis expressions;
    further columns are the value's parts. `rows` gives the events behind it. `counted` says what n counts, of one and of
    several; `rate_of` names the count column of a rate, for Wilson's interval.
    """

    id: str
    name: str
    unit: str
    formula: str
    needs: tuple[str, ...]
    counted: tuple[str, str]
    weekly: Callable[[Scope], Any]
    headline: Callable[[Scope], Any]
    rows: Callable[[Scope], Any]
    when: str
    """The column by which the rows behind a number are put in order."""
    parts: tuple[str, ...] = ()
    rate_of: str | None = None


Rows = Callable[[Scope], Any]
Summary = Callable[[Any, list[str]], Any]
"""(events, columns to group by) → a table with these columns, value, n and the parts."""


def by_week(rows: Rows, summary: Summary, day: str) -> Rows:
    """The summary of each team and week, by the day column; a week without an event has no row, which is not 0."""

    def weekly(scope: Scope) -> Any:
        events = rows(scope)
        return summary(events.mutate(week=events[day].truncate("W").cast("date")), ["team", "week"])

    return weekly


def in_window(rows: Rows, summary: Summary) -> Rows:
    """The summary of each team over all events of the window."""
    return lambda scope: summary(rows(scope), ["team"])
