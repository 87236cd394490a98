"""What the Squad page shows of maturity: the duo as a mirror, and what is next on each dimension."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from topology.app import choices
from topology.app.chrome import page_link, palette, plain_table
from topology.app.component import show_picture
from topology.app.registry import workspace
from topology.maturity.levels import Rating
from topology.maturity.pack import Pack
from topology.maturity.packs import PackError
from topology.maturity.positions import duo_positions, widest_first
from topology.maturity.voices.snapshot import Snapshot
from topology.model.people import Lead
from topology.view.markdown import bullets, escaped
from topology.view.maturity.mirror import Side, draw_mirror, mirrored
from topology.view.maturity.steps import draw_steps
from topology.view.squad import notes_of, position_rows, vacant_seats
from topology.words.maturity import purpose
from topology.words.voices import duo_heading, mirror_legend


def _told(team: str, day: dt.date) -> tuple[Pack, list[Rating], Snapshot | None] | None:
    """(pack, ratings of the team, the last survey); None where the settings' pack cannot be used, which the Maturity page tells."""
    opened = workspace()
    try:
        ratings = [one for one in opened.maturity(day) if one.team == team]
    except PackError:
        return None
    return opened.pack, ratings, opened.voices(day)


def show_duo(team: str, day: dt.date) -> None:
    """The PM's words, the axis with both marks, the EM's words; the widest gap of this squad first."""
    opened, told = workspace(), _told(team, day)
    organisation = opened.organisation
    found = organisation.teams[team]
    if found.pm is None and found.em is None and not found.positions:
        return  # (an enabling team, say, has no duo to ask)
    positions = widest_first(duo_positions(found, day))
    names = {name: str(one.name) for name, one in told[0].dimensions.items()} if told else {}
    st.header(escaped(duo_heading(positions, names, vacant_seats(found, day))))
    if not positions or told is None:
        st.write(
            "Where the two leads each see their squad, signed, stands in `positions:` of the file; a survey asks them."
        )
        return
    pack, ratings, voices = told
    signed = sorted({one.assessed for one in positions if one.assessed})
    pm, em = (
        _side(seat, role, signed) for seat, role in ((found.pm, "product manager"), (found.em, "engineering manager"))
    )
    room = choices.room()
    svg = draw_mirror(mirrored(pack, positions, ratings, team, voices), pm, em, palette(), room)
    show_picture(
        svg, width=room, selected=None, escapes=False, on_pick=lambda _: None, on_width=choices.keep_room, key="mirror"
    )
    st.caption(mirror_legend([f"{one:%d %B %Y}" for one in signed]))
    if any(one.stale(day) for one in positions):
        st.caption("A position older than 100 days counts as stale: ask again.")
    with st.expander("The same as a table"):
        plain_table(position_rows(positions))
        st.markdown(bullets(notes_of(positions)))


def _side(seat: Lead | None, role: str, signed: Sequence[dt.date]) -> Side:
    """Who sat in a seat on all days on which the duo signed; nobody where that is not one person."""
    person = seat.person if seat and signed and all(seat.filled_on(day) for day in signed) else None
    return Side(workspace().organisation.person_name(person) if person else "", role)


def show_next_steps(team: str, day: dt.date) -> None:
    """A row a dimension: the level, the answers, the aim, the next step."""
    told = _told(team, day)
    if told is None or not told[1]:
        return
    pack, ratings, voices = told
    st.header("Maturity: what is next")
    st.caption(purpose())
    room = choices.room()
    svg = draw_steps(pack, ratings, palette(), room, voices)
    show_picture(svg, width=room, selected=None, escapes=False, on_pick=lambda _: None, key="steps")
    page_link("maturity", "Every criterion, and where the others stand", team=team)
