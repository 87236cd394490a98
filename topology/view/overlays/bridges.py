"""The share of a squad's contact that leaves its value stream."""

import datetime as dt

from topology.language import Text
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.view.overlays.standing import NO_CONTACT, standings_on, weeks_of
from topology.words.numbers import percent
from topology.workspace import Workspace


def lay(workspace: Workspace, day: dt.date) -> Overlay:
    """Ties across ÷ all ties, of squads with a tie."""
    known = {id_: one for id_, one in standings_on(workspace, day).items() if one.ties}
    return classed(
        "bridges", "Share of bridges",
        {id_: known[id_].across / known[id_].ties if id_ in known else None for id_ in workspace.organisation.teams},
        (0.2, 0.4, 0.6, 0.8), ("under 20 %", "20–39 %", "40–59 %", "60–79 %", "80 % and over"), percent,
        about="Of the squads with which a squad was seen in contact (at least 3 events in 4 weeks), the share of other value streams.",
        empty=NO_CONTACT, weeks=weeks_of(workspace, day),
        rests_on={id_: f" ({one.across} of {one.ties} teams)" for id_, one in known.items()},
    )  # fmt: skip


OVERLAY = Kind("bridges", 203, Text("Share of bridges"), lay)
