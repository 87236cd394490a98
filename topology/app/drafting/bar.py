"""The bar above the map of a draft: its view, what it does in one line, undo and redo, a pill for each change."""

from __future__ import annotations

import streamlit as st

from topology.app import choices
from topology.app.drafting import state
from topology.app.drafting.dialogs.opening import open_dialog
from topology.planning import Draft, Plan, Step
from topology.planning.consequences import Outcome
from topology.view.markdown import escaped
from topology.view.whatif import pill_text
from topology.words.planning import STATES, headline

VIEWS = {"map": "Map", "follows": "What follows", "pull-request": "Pull request"}
MOST_PILLS = 6
EVERY_SECONDS = 2


def show_bar(opened: state.Open, found: Plan, follows: Outcome) -> str:
    """Shows it; gives the view that is chosen."""
    draft = opened.draft
    with st.container(key="draft-bar"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            view = str(choices.segments("View of the draft", "draft-view", VIEWS, "map", label_visibility="collapsed"))
            st.markdown(f"**{escaped(draft.name or 'Draft')}** · {escaped(_headline(found, follows))}", width="stretch")
            _button("Undo", "Alt+Z", "undo", lambda: state.change(Draft.undo), disabled=not draft.made)
            _button("Redo", "Alt+Y", "redo", lambda: state.change(Draft.redo), disabled=not draft.undone)
            earlier = choices.choice("before") == "yes"
            _button("After" if earlier else "Before", "B", "before", lambda: choices.choose("before", "" if earlier else "yes"),
                    disabled=not found.counting)  # fmt: skip
            _button("Leave", None, "leave", state.leave)
        _pills(found)
    _follow(opened)
    return view


def _button(label: str, shortcut: str | None, name: str, act: object, *, disabled: bool = False) -> None:
    st.button(label, shortcut=shortcut, key=f"draft-{name}", on_click=act, disabled=disabled)  # type: ignore[arg-type]


def _headline(found: Plan, follows: Outcome) -> str:
    counts = len(follows.difference.introduced), len(follows.difference.resolved)
    return headline(len(found.counting), len(found.letters), *counts)


def _pills(found: Plan) -> None:
    """One pill a change; six fit, the others stand behind a number."""
    shown, rest = found.steps[:MOST_PILLS], found.steps[MOST_PILLS:]
    with st.container(key="draft-pills", horizontal=True, gap="small", vertical_alignment="center"):
        if not found.steps:
            st.caption(
                "Select a team or an interaction on the map, then say what changes. Nothing is written into the file."
            )
        for step in shown:
            _pill(step, pill_text(step))
        if rest:
            with st.popover(f"+ {len(rest)}"):
                for step in rest:
                    _pill(step, step.text)


def _pill(step: Step, text: str) -> None:
    state_ = "" if step.counts else f" :red[({STATES[step.state]})]"
    label = f"**{step.letter}** {escaped(text)}{state_}"
    st.button(
        label, key=f"pill-{step.letter}", help=escaped(step.text), on_click=open_dialog, args=("change", step.letter)
    )


@st.fragment(run_every=EVERY_SECONDS)
def _follow(opened: state.Open) -> None:
    """Draws the page again when a colleague has changed the draft."""
    if state.changed_meanwhile(opened):
        st.rerun(scope="app")
