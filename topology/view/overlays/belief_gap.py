"""How much higher or lower people see their squad than the evidence shows it, on a dimension of maturity."""

import datetime as dt
from collections.abc import Mapping

from topology.language import Text
from topology.maturity.voices.change import belief_gap
from topology.view.maturity.cells import BELIEF_EDGES
from topology.view.overlays.maturity_level import dimensions
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.words.numbers import tenths
from topology.workspace import Workspace


def asked(workspace: Workspace) -> Mapping[str, str]:
    """{dimension: name} of those with a question."""
    return {name: told for name, told in dimensions(workspace).items() if workspace.pack.dimensions[name].question}


def lay(workspace: Workspace, day: dt.date, dimension: str) -> Overlay:
    """The mean of the answers, where they may be shown, minus the level of the evidence, −4 to 4: positive where people see it higher."""
    question, voices = workspace.pack.dimensions[dimension].question, workspace.voices(day)
    item = question.item if question else ""
    levels = {
        one.team: one.level for one in workspace.maturity(day) if one.dimension == dimension and one.exempt is None
    }
    counts = {team: own[item] for team, own in voices.teams.items() if item in own} if voices else {}
    name = asked(workspace)[dimension]
    return classed(
        f"belief-gap:{dimension}", f"Answers − evidence: {name}",
        {team: belief_gap(counts.get(team), levels.get(team)) for team in workspace.organisation.teams}, BELIEF_EDGES,
        ("people see it lower by 1.5 or more", "lower by about 1", "within half a level", "higher by about 1", "higher by 1.5 or more"),
        tenths, scale="diverging",
        about=f"The mean of the answers on “{name}” minus the level that the evidence shows, in levels. Positive: people see it higher.",
        empty="no data: no team has both a level and answers that may be shown",
        rests_on={team: f" ({sum(own)} answers, evidence level {levels[team]})" for team, own in counts.items() if levels.get(team)},
    )  # fmt: skip


OVERLAY = Kind("belief-gap", 204, Text("Answers − evidence of a dimension"), lay, asked)
