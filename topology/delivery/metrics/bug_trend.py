"""Bug trend: bugs that are open, with those opened and closed in the time and the age of the open ones."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.classes import classes
from topology.delivery.items import countable
from topology.delivery.links import stands
from topology.delivery.metric import Metric
from topology.delivery.scope import Scope
from topology.delivery.statistics import quantile
from topology.delivery.units import count_of
from topology.language import Text


def bugs(scope: Scope) -> Any:
    """Table (id, opened, closed, kind, team) of all bugs: incidents of the kind `bug`, and work items of the flow type `defect`."""
    found = []
    if scope.events.has("incidents"):
        incidents = scope.events.tables["incidents"]
        known = scope.owned(
            scope.spelled(incidents.filter((incidents.kind.lower() == "bug") & stands(scope, incidents))),
            "opened_at_day",
        )
        found.append(
            known.select("id", opened="opened_at_day", closed="resolved_at_day", kind=ibis.literal("bug"), team="team")
        )
    if scope.events.has("work_items"):
        items = scope.events.tables["work_items"]
        known = scope.of_team(
            countable(scope, items).filter(lambda t: (t.flow_type == "defect") & t.created_at.notnull())
        )
        found.append(
            known.select("id", opened="created_at_day", closed="done_at_day", kind=ibis.literal("defect"), team="team")
        )
    return ibis.union(*found) if len(found) > 1 else found[0]


def rows(scope: Scope) -> Any:
    """The bugs that were opened, closed or open in the window, with their age in days at its end, or when they were closed."""
    known = bugs(scope)
    end = ibis.literal(scope.end)
    seen = known.filter((known.opened < end) & (known.closed.isnull() | (known.closed >= ibis.literal(scope.first))))
    until = ibis.least(seen.closed.fill_null(scope.end), end)
    return seen.mutate(
        age_days=until.delta(seen.opened, unit="day").cast("float64"),
        is_open=seen.closed.isnull() | (seen.closed >= end),
    )


def weekly(scope: Scope) -> Any:
    """(team, week, value, n, opened, closed): bugs open at the end of each week; 0 where a team has bugs and none is open."""
    known = bugs(scope)
    weeks = ibis.memtable([{"week": week} for week in scope.weeks], schema={"week": "date"})
    pairs = known.cross_join(weeks)
    after = pairs.week + ibis.interval(days=7)
    is_open = (pairs.opened < after) & (pairs.closed.isnull() | (pairs.closed >= after))
    opened = (pairs.opened >= pairs.week) & (pairs.opened < after)
    closed = (pairs.closed >= pairs.week) & (pairs.closed < after)
    counted = pairs.group_by(["team", "week"]).aggregate(
        n=is_open.ifelse(1, 0).sum(),
        opened=opened.ifelse(1, 0).sum(),
        closed=closed.ifelse(1, 0).sum(),
    )
    return counted.mutate(value=counted.n.cast("float64"))


def headline(scope: Scope) -> Any:
    """(team, value, n, opened, closed, age_days): bugs open at the end; opened and closed in the window; median age of the open."""
    known = bugs(scope)
    first, end = ibis.literal(scope.first), ibis.literal(scope.end)
    is_open = (known.opened < end) & (known.closed.isnull() | (known.closed >= end))
    opened = (known.opened >= first) & (known.opened < end)
    closed = (known.closed >= first) & (known.closed < end)
    counted = known.group_by("team").aggregate(
        n=is_open.ifelse(1, 0).sum(),
        opened=opened.ifelse(1, 0).sum(),
        closed=closed.ifelse(1, 0).sum(),
    )
    still = rows(scope).filter(lambda t: t.is_open)
    ages = quantile(still, ["team"], "age_days", 0.5).select("team", age_days="value")
    joined = counted.left_join(ages, "team").drop("team_right")
    return joined.mutate(value=joined.n.cast("float64"))


METRIC = Metric(
    id="bug-trend",
    order=24,
    name=Text("Open bugs"),
    unit=count_of("open bug", "open bugs"),
    formula=Text(
        "incidents of the kind bug and work items of the flow type defect that are open at the end of the window (of the week); "
        "beside them those opened and closed in it, and the median age of the open ones in days"
    ),
    needs=(),
    needs_one=("incidents", "work_items"),
    counted=(Text("open bug"), Text("open bugs")),
    weekly=weekly,
    headline=headline,
    rows=rows,
    when="opened",
    family="flow",
    parts=("opened", "closed", "age_days"),
    classes=classes((1, 2, 4, 8), "none", "1", "2–3", "4–7", "8 and over").of(
        "Open bugs",
        "Incidents of the kind bug and work items of the type defect that are open at the end of the last whole week.",
    ),
)
