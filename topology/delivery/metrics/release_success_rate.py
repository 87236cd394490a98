"""Release success rate: the share of production deployments after which nothing had to be mended; 1 − change fail rate."""

from __future__ import annotations

from typing import Any

from topology.delivery import left_out
from topology.delivery.classes import classes
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.metrics import change_fail_rate
from topology.delivery.scope import Scope
from topology.delivery.units import share_of
from topology.language import Text


def rows(scope: Scope) -> Any:
    """The production deployments of the window, `well` where the change fail rate does not count them.

    Always by the default definition: one that counts incidents instead of deployments has no success rate.
    """
    events = change_fail_rate.rows(scope.by_default())
    return events.mutate(well=events.fails == 0)


_summary = share("well", "succeeded")

METRIC = Metric(
    id="release-success-rate",
    order=25,
    name=Text("Release success rate"),
    unit=share_of("deployments"),
    formula=Text(
        "1 − change fail rate: production deployments that did not fail, were not rolled back and have no linked incident "
        "÷ all of them"
    ),
    needs=("deployments",),
    counted=(Text("deployment"), Text("deployments")),
    weekly=by_week(rows, _summary, "day"),
    headline=in_window(rows, _summary),
    rows=rows,
    when="finished_at",
    family="flow",
    parts=("succeeded",),
    rate_of="succeeded",
    left_out=left_out.fails,
    of_services=True,
    classes=classes((0.7, 0.85, 0.9, 0.95), "under 70 %", "70–84 %", "85–89 %", "90–94 %", "95 % and over").of(
        "Release success", "1 − change fail rate, over the last 12 whole weeks."
    ),
)
