"""Engineers in user interviews: how many interviews had one, and how many of the team were there."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import SHARES
from topology.delivery.metric import Metric, by_week, in_window
from topology.delivery.scope import Scope
from topology.delivery.units import share_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """Interviews of the window that say how many engineers were there, with their team."""
    interviews = scope.events.tables["interviews"]
    found = scope.of_team(interviews.filter(scope.within(interviews.held_at_day)))
    known = found.filter(found.engineers_present.notnull())
    present = known.engineers_present
    return known.mutate(present=present, was_there=(present > 0).ifelse(1, 0))


def _summary(events: Any, by: list[str]) -> Any:
    counted = events.group_by(by).aggregate(
        n=events.count(),
        with_engineers=events.was_there.sum(),
        engineers=events.present.sum(),
        seats=events.engineers_total.fill_null(0.0).sum(),
    )
    return counted.mutate(value=counted.with_engineers.cast("float64") / counted.n)


METRIC = Metric(
    id="engineers-met-users",
    order=35,
    name=Text("Interviews with engineers"),
    unit=share_of("user interviews"),
    formula=Text(
        "user interviews of the window with at least one engineer ÷ user interviews; "
        "beside it engineers present and engineers of the team, summed"
    ),
    needs=("interviews",),
    counted=(Text("interview"), Text("interviews")),
    weekly=by_week(rows, _summary, "held_at_day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="held_at",
    family="practice",
    parts=("with_engineers", "engineers", "seats"),
    rate_of="with_engineers",
    left_out=left_out.teamless("interviews", "held_at_day"),
    classes=SHARES.of(
        "With engineers", "User interviews with at least one engineer ÷ user interviews of the last 12 whole weeks."
    ),
)
