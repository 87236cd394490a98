"""The ways into a draft from other pages: a proposal, a finding, a team."""

from __future__ import annotations

import streamlit as st

from topology.app import choices
from topology.app.chrome import page_link
from topology.app.drafting import state
from topology.planning import Operation, OperationError
from topology.planning.plan import letter
from topology.view.markdown import escaped

GO = "draft:go to the map"


def try_on_the_map(proposed: Operation, key: str) -> None:
    """A button that puts a proposal into the draft, a new one or the one that is open, and shows the map; or says that it is in it."""
    made = state.current().draft.made if state.is_on() else ()
    known = [index for index, one in enumerate(made) if (one.verb, one.args) == (proposed.verb, proposed.args)]
    if known:
        page_link("map", f"{letter(known[0])} In the draft ✓", draft=choices.choice("draft"))
    else:
        st.button("Try it on the map", type="primary", key=f"try-{key}", on_click=_put, args=(proposed,))
    if st.session_state.pop(GO, False):
        st.switch_page(st.session_state["pages"]["map"])


def _put(proposed: Operation) -> None:
    """Puts it into the draft before the page runs again: a run that another one cuts short loses no press."""
    if not state.is_on():
        state.begin()
    try:
        state.add(proposed)
    except OperationError as error:  # (a draft has a bound)
        st.toast(escaped(str(error)))
        return
    choices.choose("team", "")
    st.session_state[GO] = True


def change_link(label: str, *, team: str = "", tie: str = "") -> None:
    """A link to the map with a draft open, where a team or an interaction is selected."""
    page_link("map", label, draft=choices.choice("draft") or state.NEW, team=team, tie=tie)
