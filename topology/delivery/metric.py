"""What a metric is: its name, its formula in words, and the expressions that compute it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from topology.delivery.classes import Classes
from topology.delivery.definitions import Definition
from topology.delivery.scope import Scope
from topology.delivery.statistics import average
from topology.delivery.units import Unit
from topology.language import Text

Family = Literal["delivery", "flow", "practice"]
"""Where a metric is read: the DORA metrics, work and its quality, or how Product and Tech work together."""


@dataclass(frozen=True)
class Metric:
    """A delivery metric.

    `weekly` gives a table (team, week, value, n, …) and `headline` one (team, value, n, …), both as Ibis expressions;
    further columns are the value's parts. `rows` gives the events behind it. `counted` says what n counts, of one and of
    several; `rate_of` names the count column of a rate, for Wilson's interval.
    """

    id: str
    order: int
    """Its place in every list: by family, then as a reader would ask."""
    name: Text
    unit: Unit
    formula: Text
    needs: tuple[str, ...]
    counted: tuple[Text, Text]
    weekly: Callable[[Scope], Any]
    headline: Callable[[Scope], Any]
    rows: Callable[[Scope], Any]
    when: str
    """The column by which the rows behind a number are put in order."""
    classes: Classes
    """How it is laid over the map."""
    family: Family = "delivery"
    parts: tuple[str, ...] = ()
    rate_of: str | None = None
    left_out: Callable[[Scope], Any] | None = None
    """The events of the window that do not count, with their reason (topology.delivery.left_out)."""
    people: Callable[[Scope], Any] = lambda _: None
    """Table (team, day, person): whose doing the number of each team shows, where it shows people's; None where it shows events'.
    What is of fewer than five people is withheld (topology.privacy), and no single event is told."""
    of_services: bool = False
    """Whether it can be read of each service: its events name one."""
    of_teams: bool = False
    """Whether it shows what teams do to one another, so that nothing is told of teams under five people."""
    needs_one: tuple[str, ...] = ()
    """Tables of which one is enough; the metric reads those that are there."""
    varies: Callable[[Metric, Definition], Metric] = lambda metric, _: metric
    """The metric as a named definition has it: its unit, what it needs, whether it is a rate."""

    def by(self, definition: Definition) -> Metric:
        """The metric as a named definition has it."""
        return self.varies(self, definition)


Rows = Callable[[Scope], Any]
Summary = Callable[[Any, list[str]], Any]
"""(events, columns to group by) → a table with these columns, value, n and the parts."""


def by_week(rows: Rows, summary: Summary, day: str) -> Rows:
    """The summary of each team and week, by the day column; a week without an event has no row, which is not 0."""
    return lambda scope: summary(in_weeks(rows(scope), day), ["team", "week"])


def in_window(rows: Rows, summary: Summary) -> Rows:
    """The summary of each team over all events of the window."""
    return lambda scope: summary(rows(scope), ["team"])


def in_weeks(events: Any, day: str) -> Any:
    """The events with the Monday of their week."""
    return events.mutate(week=events[day].truncate("W").cast("date"))


def share(flag: str, name: str, **parts: str) -> Summary:
    """The share of the events whose `flag` holds, its count under `name`, and the counts of further flags."""

    def summary(events: Any, by: list[str]) -> Any:
        counts = {part: events[column].ifelse(1, 0).sum() for part, column in {name: flag, **parts}.items()}
        counted = events.group_by(by).aggregate(n=events.count(), **counts)
        return counted.mutate(value=counted[name].cast("float64") / counted.n)

    return summary


def spans(events: Any, by: list[str], column: str, definition: Definition, day: str) -> Any:
    """Table (*by, value, n): the average of a span of time by the definition; of each service first, where it says so."""
    if not definition.each_service:
        return average(events, by, column, definition.average, day)
    each = average(events, [*by, "service"], column, definition.average, day)
    return each.group_by(by).aggregate(value=each.value.mean(), n=each.n.sum())
