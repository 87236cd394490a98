"""The level that the evidence shows on a dimension of maturity."""

import datetime as dt
from collections.abc import Mapping

from topology.language import Text
from topology.maturity.packs import PackError
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.words.maturity import level_words, step_words
from topology.workspace import Workspace

EDGES = (1.5, 2.5, 3.5, 4.5)


def dimensions(workspace: Workspace) -> Mapping[str, str]:
    """{dimension: name} of those on which teams stand; none where the pack cannot be used."""
    try:
        pack = workspace.pack
    except PackError:
        return {}
    return {name: str(one.name) for name, one in pack.dimensions.items() if "organisation" not in one.applies_to}


def lay(workspace: Workspace, day: dt.date, dimension: str) -> Overlay:
    """1 to 5; no value where too little is measured."""
    ratings = {one.team: one for one in workspace.maturity(day) if one.dimension == dimension}
    name = dimensions(workspace)[dimension]
    levels = {
        team: float(one.level) if (one := ratings.get(team)) and one.level is not None and one.exempt is None else None
        for team in workspace.organisation.teams
    }
    found = classed(
        f"maturity-level:{dimension}", f"Level: {name}", levels, EDGES,
        ("level 1", "level 2", "level 3", "level 4", "level 5"), lambda value: f"{value:.0f}",
        about=f"The level that the evidence shows on “{name}”. A level is a description, not a grade: nobody has to reach 5.",
        empty="no data: too little of this dimension is measured for any team",
        rests_on={team: f" (next: {step})" for team, one in ratings.items() if (step := step_words(one))},
    )  # fmt: skip
    return Overlay(**{**vars(found), "texts": {team: level_words(ratings[team]) for team in found.texts}})


OVERLAY = Kind("maturity-level", 203, Text("Level of a dimension"), lay, dimensions)
