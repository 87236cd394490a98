"""The foot of the screen: what is selected on the map of a draft, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from topology.app import choices
from topology.app.drafting import state
from topology.app.drafting.dialogs import interactions, structure, teams
from topology.app.drafting.dialogs.fields import judging_day, organisation
from topology.model import Organisation
from topology.view.map import team_facts
from topology.view.markdown import escaped
from topology.words.planning import Names, relation

Act = Callable[[str], None]
ACTS: tuple[tuple[str, str, Act], ...] = (
    ("New interaction", "N", interactions.new_interaction), ("Move", "M", teams.move), ("Type", "T", teams.change_type),
    ("PM and EM", "P", teams.seats), ("Name", "F2", teams.rename), ("Split", "S", structure.split), ("Merge", "G", structure.merge),
    ("Depends on", "D", teams.dependencies), ("End", "Delete", teams.end),
)  # fmt: skip


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


def _of_team(there: Organisation, team: str) -> None:
    facts = team_facts(there, team, judging_day())
    words = f"{facts['Type']}, {facts['Grouping']} · PM {facts['Product manager']}, EM {facts['Engineering manager']}"
    st.markdown(f"**{escaped(there.team_name(team))}** {escaped(words)}", width="stretch")
    for index, (label, shortcut, act) in enumerate(ACTS):
        if st.button(label, shortcut=shortcut, key=f"act-{index}", type="secondary" if index else "primary"):
            act(team)


def _of_tie(there: Organisation, tie: str) -> None:
    mode, *pair = tie.split(":")
    st.markdown(f"**{escaped(relation(Names(there), mode, pair))}**", width="stretch")
    if st.button("Change or end it", shortcut="E", key="act-tie", type="primary"):
        interactions.of_interaction(tie)


def _of_nothing(opened: state.Open) -> None:
    st.markdown("Click a team or an interaction, or press Tab and Enter. Letters act on what is selected, never while you type in a field.",
                width="stretch")  # fmt: skip
    if st.button("New team", shortcut="A", key="act-new", type="primary"):
        structure.new_team()
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
