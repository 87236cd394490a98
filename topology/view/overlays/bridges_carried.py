"""The share of all bridges that a team takes part in."""

import datetime as dt

from topology.language import Text
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.view.overlays.standing import NO_CONTACT, standings_on, weeks_of
from topology.words.numbers import percent
from topology.workspace import Workspace


def lay(workspace: Workspace, day: dt.date) -> Overlay:
    """Bridges that end at the team ÷ all bridges between value streams."""
    found = standings_on(workspace, day)
    return classed(
        "bridges-carried", "Bridges carried",
        {id_: found[id_].share if id_ in found else None for id_ in workspace.organisation.teams}, (0.1, 0.2, 0.3, 0.5),
        ("under 10 %", "10–19 %", "20–29 %", "30–49 %", "50 % and over"), percent,
        about="Of all bridges between value streams, those that a team takes part in. When it is busy, they are at risk.",
        empty=NO_CONTACT, weeks=weeks_of(workspace, day),
        rests_on={id_: f" ({one.across} bridges)" for id_, one in found.items()},
    )  # fmt: skip


OVERLAY = Kind("bridges-carried", 205, Text("Bridges carried"), lay)
