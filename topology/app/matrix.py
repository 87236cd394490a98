"""The matrix on a page: its selection is shared with the map."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from topology.app import choices
from topology.app.chrome import palette
from topology.app.component import MATRIX_KEY, show_picture
from topology.app.registry import workspace
from topology.view.matrix import matrix_of
from topology.view.teammap.matrix import draw_matrix


def pick(id_: str) -> None:
    """A click on a row or a cell: the team is selected, here and on the map; again, or Escape, lets go."""
    choices.choose("team", id_)
    choices.choose("lit", "")


def show_matrix(day: dt.date, *, room: float, scale: float = 1.0) -> None:
    """Shows the matrix of a day, with its caption, in a room of so many pixels."""
    layout, selected = matrix_of(workspace(), day), choices.chosen_team()
    title = f"Who meets whom in {workspace().organisation.title}"
    picture = draw_matrix(layout, palette(), selected, title, scale, room / scale)
    show_picture(picture, width=int(room), selected=selected, escapes=bool(selected), on_pick=pick, key=MATRIX_KEY)
    if workspace().window(day).exchange is None:
        st.caption("There are no observed contacts: the cells show only what the file declares.")
    elif layout.folded:
        st.caption("Pairs of teams in contact, grouping by grouping; a frame where more needed pairs are missing.")
    else:
        st.caption(
            "Ground: contact that was seen. Shape: what the file declares. A click selects a team here and on the map."
        )
