"""The load that a team assessed for itself."""

import datetime as dt

from topology.language import Text
from topology.maturity import LOAD_CLASSES
from topology.model.team import CognitiveLoad
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.workspace import Workspace


def lay(workspace: Workspace, day: dt.date) -> Overlay:
    """Intrinsic + extraneous + germane, 3 to 30."""
    loads = {
        id_: load for id_, team in workspace.organisation.teams.items()
        if (load := team.cognitive_load) and (load.assessed is None or load.assessed <= day)
    }  # fmt: skip
    return classed(
        "cognitive-load", "Cognitive load",
        {id_: float(loads[id_].total) if id_ in loads else None for id_ in workspace.organisation.teams}, LOAD_CLASSES,
        ("3–11", "12–15", "16–19", "20–23", "24–30"), lambda value: f"{value:.0f}",
        about="The team's own assessment: intrinsic + extraneous + germane load, 3 to 30.",
        empty="no data: no team has assessed its load (`cognitive_load:` of a team)",
        rests_on={id_: _rests_on(load) for id_, load in loads.items()},
    )  # fmt: skip


def _rests_on(load: CognitiveLoad) -> str:
    assessed = f", assessed on {load.assessed}" if load.assessed else ""
    return f" of 30 (intrinsic {load.intrinsic}, extraneous {load.extraneous}, germane {load.germane}{assessed})"


OVERLAY = Kind("cognitive-load", 202, Text("Cognitive load"), lay)
