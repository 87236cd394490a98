"""Cross-changes: changes that a team makes in a service that another team owns."""

from __future__ import annotations

from typing import Any

import ibis

from topology.delivery.classes import classes
from topology.delivery.links import with_service
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.scope import Scope, without
from topology.delivery.units import share_of
from topology.language import Text


def attributed(scope: Scope) -> Any:
    """Changes merged in the window with the owning team (`team`) and each team of their author (`author_team`).

    An author whom the file does not know, or who is in no team on that day (a bot, somebody who left), has no row.
    """
    changes = with_service(scope, scope.events.tables["changes"])
    changes = changes.filter(scope.within(changes.merged_at))
    each = scope.each_team()
    authored = each.with_authors(changes, "merged_at_day").rename(author_team="team")
    return each.owned(authored, "merged_at_day")


def rows(scope: Scope) -> Any:
    """Changes merged in the window with the owning team and whether they come from outside.

    A change is a team's own when its author is in it, or, where several teams own the service, in one of them. Changes by people of
    teams under five, or in their services, are left out: else what these did would be the rest.
    """
    found = attributed(scope)
    if scope.small:
        found = found.filter(found.team.notin(sorted(scope.small)) & found.author_team.notin(sorted(scope.small)))
    own = found.mutate(own=(found.author_team == found.team).ifelse(1, 0))
    known = own.group_by("id").aggregate(owns=own.own.max())
    joined = found.inner_join(known, "id")
    events = joined.mutate(crosses=joined.owns == 0)
    return scope.united(events.drop("owns", "author_team").distinct())


def crossing(scope: Scope) -> Any:
    """Table (week, source, target, n): changes that people of the team `source` made in services of the team `target`; one of a person
    of several teams counts for each in equal parts."""
    found = attributed(scope)
    others = without(found, found.filter(found.author_team == found.team))
    teams = others.author_team.count().over(ibis.window(group_by=["id", "team"]))
    weeks = others.mutate(week=others.merged_at_day.truncate("W").cast("date"), part=1.0 / teams.cast("float64"))
    return (
        weeks.group_by(["week", "author_team", "team"])
        .aggregate(n=weeks.part.sum())
        .rename(source="author_team", target="team")
    )


_summary = share("crosses", "crossing")

METRIC = Metric(
    id="cross-changes",
    order=26,
    name=Text("Changes from other teams"),
    unit=share_of("changes"),
    formula=Text(
        "changes merged in the window into the team's services by people of other teams ÷ those whose author's team is known; without "
        "teams under five people"
    ),
    needs=("changes",),
    counted=(Text("change with a known author"), Text("changes with a known author")),
    weekly=by_week(rows, _summary, "merged_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    of_teams=True,
    when="merged_at",
    family="flow",
    parts=("crossing",),
    rate_of="crossing",
    classes=classes((0.02, 0.05, 0.1, 0.25), "under 2 %", "2–4 %", "5–9 %", "10–24 %", "25 % and over").of(
        "From other teams",
        "Changes in the team's services that people of other teams made ÷ those with a known author, of the last 12 whole weeks.",
    ),
)
