"""How far the signed levels of a squad's PM and EM are apart."""

import datetime as dt

from topology.language import Text
from topology.maturity import DuoPosition, widest_gap
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.words.numbers import signed
from topology.workspace import Workspace


def lay(workspace: Workspace, day: dt.date) -> Overlay:
    """PM − EM on the dimension where they are furthest apart, −4 to 4."""
    found = {id_: widest_gap(team, day) for id_, team in workspace.organisation.teams.items()}
    return classed(
        "duo-gap", "Duo gap", {id_: float(one.gap) if one and one.gap is not None else None for id_, one in found.items()},
        (-1.5, -0.5, 0.5, 1.5),
        ("EM higher by 2 or more", "EM higher by 1", "same level", "PM higher by 1", "PM higher by 2 or more"), signed,
        scale="diverging", empty="no data: no PM and EM have both signed a position (`positions:` of a team)",
        about="The PM's signed level minus the EM's, on the dimension where they are furthest apart.",
        rests_on={id_: _rests_on(one) for id_, one in found.items() if one},
    )  # fmt: skip


def _rests_on(position: DuoPosition) -> str:
    signed_on = f", on {position.assessed}" if position.assessed else ""
    return f" (on “{position.dimension}” the PM signed {position.pm}, the EM {position.em}{signed_on})"


OVERLAY = Kind("duo-gap", 201, Text("Duo gap (PM − EM)"), lay)
