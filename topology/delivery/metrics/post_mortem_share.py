"""Post-mortems: the share of incidents and delays that have one."""

from __future__ import annotations

from topology.delivery.classes import SHARES
from topology.delivery.metric import Metric, by_week, in_window, share
from topology.delivery.post_mortems import rows
from topology.delivery.units import share_of
from topology.language import Text

_shared = share("has_postmortem", "with_postmortem", incidents="is_incident", delays="is_delay")

METRIC = Metric(
    id="post-mortem-share",
    order=38,
    name=Text("Post-mortems held"),
    unit=share_of("incidents and delays"),
    formula=Text(
        "incidents opened in the window and delays planned for it that have a post-mortem ÷ all of them (bugs are not counted)"
    ),
    needs=(),
    needs_one=("incidents", "delays"),
    counted=(Text("incident or delay"), Text("incidents and delays")),
    weekly=by_week(rows, _shared, "day"),
    headline=in_window(rows, _shared),
    rows=rows,
    when="day",
    family="practice",
    parts=("with_postmortem", "incidents", "delays"),
    rate_of="with_postmortem",
    classes=SHARES.of(
        "Post-mortems", "Incidents and delays of the last 12 whole weeks that have a post-mortem ÷ all of them."
    ),
)
