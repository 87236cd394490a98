"""The foot of the screen: what is selected on the map of a draft, and what can be done with it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from topology.app import choices
from topology.app.drafting import state
from topology.app.drafting.dialogs import change, interactions, structure, teams
from topology.app.drafting.dialogs.fields import judging_day, organisation
from topology.app.drafting.dialogs.opening import open_dialog, show_dialog
from topology.model import Organisation
from topology.view.map import team_facts
from topology.view.markdown import escaped
from topology.words.planning import Names, relation

ACTS = {
    "interaction": ("New interaction", "N", interactions.NEW_INTERACTION), "move": ("Move", "M", teams.MOVE),
    "type": ("Type", "T", teams.TYPE), "leads": ("PM and EM", "P", teams.LEADS), "name": ("Name", "F2", teams.RENAME),
    "split": ("Split", "S", structure.SPLIT), "merge": ("Merge", "G", structure.MERGE),
    "depends": ("Depends on", "D", teams.DEPENDENCIES), "end": ("End", "Delete", teams.END),
}  # fmt: skip
"""What can be done with a team: {name: (label, key, dialog)}."""
DIALOGS = {name: dialog for name, (_, _, dialog) in ACTS.items()} | {
    "of-interaction": interactions.OF_INTERACTION,
    "new-team": structure.NEW_TEAM,
    "change": change.CHANGE,
}


def show_foot(opened: state.Open) -> None:
    """Shows it."""
    there = organisation()
    team, tie = choices.choice("team"), choices.choice("tie")
    with st.container(key="draft-foot", horizontal=True, vertical_alignment="center", gap="small"):
        if tie.count(":") == 2:
            _of_tie(there, tie)
        elif team in there.teams_on(judging_day()):
            _of_team(there, team)
        else:
            _of_nothing(opened)
    show_dialog(DIALOGS, lambda name, about: name not in ACTS or about in there.teams)


def _of_team(there: Organisation, team: str) -> None:
    facts = team_facts(there, team, judging_day())
    words = f"{facts['Type']}, {facts['Grouping']} · PM {facts['Product manager']}, EM {facts['Engineering manager']}"
    st.markdown(f"**{escaped(there.team_name(team))}** {escaped(words)}", width="stretch")
    for name, (label, shortcut, _) in ACTS.items():
        _opens(label, shortcut, name, team, primary=name == "interaction")


def _of_tie(there: Organisation, tie: str) -> None:
    mode, *pair = tie.split(":")
    st.markdown(f"**{escaped(relation(Names(there), mode, pair))}**", width="stretch")
    _opens("Change or end it", "E", "of-interaction", tie, primary=True)


def _opens(label: str, shortcut: str, name: str, about: str, *, primary: bool = False) -> None:
    """A button that opens a dialog."""
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    st.button(label, shortcut=shortcut, key=f"act-{name}", type=kind, on_click=open_dialog, args=(name, about))


def _of_nothing(opened: state.Open) -> None:
    st.markdown("Click a team or an interaction, or press Tab and Enter. Letters act on what is selected, never while you type in a field.",
                width="stretch")  # fmt: skip
    _opens("New team", "A", "new-team", "", primary=True)
    with st.popover("This draft"):
        _about(opened)


def _about(opened: state.Open) -> None:
    """Its name, the way to others, and out of the world."""
    if opened.id == state.HERE:
        st.warning(
            f"This draft lives in this session alone: download it under Pull request. {st.session_state.get('draft:why here', '')}"
        )
    elif opened.is_kept:
        st.caption("The address of this page is a link to this draft. It is kept for 90 days after its last change.")
    name = st.text_input("Name of this draft", value=opened.draft.name, max_chars=100, key=f"name-of-{opened.id}")
    if st.button("Rename the draft") and name != opened.draft.name:
        state.change(lambda draft: draft.called(name))
        st.rerun()
    others = {id_: words for id_, words in state.every().items() if id_ != opened.id}
    if others:
        id_ = st.selectbox("Open a draft", list(others), format_func=others.__getitem__, index=None)
        if id_ and st.button("Open it"):
            choices.choose("draft", id_)
            st.rerun()
    if opened.draft.operations and st.button("Throw this draft away"):
        state.drop()
        st.rerun()
