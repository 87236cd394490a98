"""The file changed meanwhile: what of the draft still applies, what is there already, what meets another change."""

from __future__ import annotations

import json

import streamlit as st

from topology.app.drafting import state
from topology.planning import Draft, Plan, Step
from topology.planning.draft import mark_of
from topology.view.markdown import escaped
from topology.words.lists import listed


def show_meanwhile(opened: state.Open, found: Plan) -> None:
    """Shows it, where the file is another version than the one of the draft."""
    if not state.file_moved(opened.draft):
        return
    with st.container(border=True, key="draft-meanwhile"):
        st.markdown("**The file has changed since this draft was begun.** " + escaped(_said(found)))
        for step in found.steps:
            if step.state == "meets":
                _choice(step)
        if not any(step.state == "meets" for step in found.steps) and st.button("Go on from the file as it is now"):
            state.change(lambda draft: _carried_over(draft, found))
            st.rerun()


def _said(found: Plan) -> str:
    parts = []
    for state_, words in (
        ("applied", "applies"),
        ("there already", "is there already"),
        ("cannot", "cannot be made any more"),
    ):
        letters = [step.letter for step in found.steps if step.state == state_]
        if letters:
            several = words.replace("applies", "apply").replace("is there", "are there") if len(letters) > 1 else words
            parts.append(f"{listed(letters, 26)} {several}.")
    return " ".join(parts)


def _choice(step: Step) -> None:
    """Two who changed the same: one of them decides."""
    now, was = (_value(one) for one in (step.now, step.operation.was))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            escaped(f"{step.letter} meets another change: {step.text}. The file says {now} now, and said {was}."),
            width="stretch",
        )
        if st.button("Keep theirs", key=f"theirs-{step.letter}"):
            state.change(lambda draft: draft.without(step.operation))
            st.rerun()
        if st.button("Keep yours", key=f"yours-{step.letter}"):
            state.change(lambda draft: draft.with_other(step.operation, step.stamped))
            st.rerun()


def _value(told: object) -> str:
    value = told.get("value") if isinstance(told, dict) else told
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "nothing" if value is None else str(value)


def _carried_over(draft: Draft, found: Plan) -> Draft:
    """The draft on the file as it is: without what is there already."""
    for step in found.steps:
        if step.state == "there already":
            draft = draft.without(step.operation)
        elif step.counts:
            draft = draft.with_other(step.operation, step.stamped)
    return draft.based_on(mark_of(state.base().texts))
