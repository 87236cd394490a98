"""The matrix of a day as a picture: who declares, who meets, who should."""

from __future__ import annotations

import datetime as dt

from topology.clans.pairs import pair_table
from topology.graph.teammap import MatrixLayout, layout_matrix
from topology.workspace import Workspace


def matrix_of(workspace: Workspace, day: dt.date) -> MatrixLayout:
    """The layout of the matrix of a day, kept; nothing is in it of the contact of teams under five people."""

    def lay_out() -> MatrixLayout:
        window = workspace.window(day)
        pairs = pair_table(window)
        exchange = {row.teams: row.events or 0.0 for row in pairs if row.tied}
        missing = [row.teams for row in pairs if row.missing]
        return layout_matrix(workspace.organisation, day, exchange, window.least, missing)

    return workspace.once(("matrix", day), lay_out)
