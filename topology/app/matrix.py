"""The matrix on a page: drawn from pairs of teams, its selection shared with the map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from topology.app import choices
from topology.app.chrome import palette
from topology.app.teammap.component import MATRIX_KEY, show_map
from topology.app.teammap.matrix import draw_matrix
from topology.clans.pairs import PairRow
from topology.clans.ties import Source
from topology.graph.teammap import layout_matrix
from topology.model import Organisation


def pick(id_: str) -> None:
    """A click on a row or a cell: the team is selected, here and on the map; again, or Escape, lets go."""
    choices.choose("team", id_)
    choices.choose("lit", "")


def show_matrix(
    organisation: Organisation,
    day: dt.date,
    pairs: Sequence[PairRow],
    source: Source,
    *,
    room: float,
    scale: float = 1.0,
) -> None:
    """Shows the matrix of a day, with its caption, in a room of so many pixels."""
    exchange = {row.teams: row.events or 0.0 for row in pairs if row.tied}
    missing = [row.teams for row in pairs if row.missing]
    layout = layout_matrix(organisation, day, exchange, source.least, missing)
    selected = choices.chosen_team()
    picture = draw_matrix(layout, palette(), selected, f"Who meets whom in {organisation.title}", scale, room / scale)
    show_map(picture, width=int(room), selected=selected, escapes=bool(selected), on_pick=pick, key=MATRIX_KEY)
    if source.exchange is None:
        st.caption("There are no observed contacts: the cells show only what the file declares.")
    else:
        words = (
            "Ground: contact that was seen. Shape: what the file declares. A click selects a team here and on the map."
        )
        st.caption(
            words
            if not layout.folded
            else "Pairs of teams in contact, grouping by grouping; a frame where more needed pairs are missing."
        )
