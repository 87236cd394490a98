"""Teams of other value streams that a team's work needs, and that it was hardly ever seen with."""

import datetime as dt

from topology.language import Text
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.view.overlays.standing import NO_CONTACT, standings_on, weeks_of
from topology.words.numbers import plain
from topology.words.thresholds import FEW
from topology.workspace import Workspace


def lay(workspace: Workspace, day: dt.date) -> Overlay:
    """How many there are."""
    found, organisation = standings_on(workspace, day), workspace.organisation
    names = {id_: ", ".join(organisation.team_name(team) for team in one.missing) for id_, one in found.items()}
    return classed(
        "missing-bridges", "Silent pairs across",
        {id_: float(len(found[id_].missing)) if id_ in found else None for id_ in organisation.teams}, (1, 2, 3, 4),
        ("none", "1", "2", "3", "4 and over"), plain,
        about="Teams of other value streams that a team's work needs, or that need it, and that were seen with it in fewer than one week "
        f"of four. Teams outside the value streams, or under {FEW}, have no value.",
        empty=NO_CONTACT, weeks=weeks_of(workspace, day),
        rests_on={id_: f" ({text})" for id_, text in names.items() if text},
    )  # fmt: skip


OVERLAY = Kind("missing-bridges", 204, Text("Silent pairs across"), lay)
