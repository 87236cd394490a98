"""What a press on a change of the draft opens: what it says, and the way to take it out."""

from __future__ import annotations

from typing import Any

import streamlit as st

from topology.app.drafting import state
from topology.app.drafting.dialogs.opening import Dialog, close_dialog
from topology.planning.plan import Step
from topology.view.markdown import escaped
from topology.words.planning import STATES


def _step(letter: str) -> Step | None:
    """The change of a letter, as long as it is there."""
    return next((step for step in state.plan_of(state.current().draft).steps if step.letter == letter), None)


def _change(letter: str) -> None:
    step = _step(letter)
    if step is None:
        return
    st.markdown(f"**{escaped(step.text)}**")
    if not step.counts:
        st.error(escaped(f"It {STATES[step.state]} and counts for nothing. {step.why}"))
    said = [{"What": name, "Value": escaped(_said(value))} for name, value in step.operation.args.items()]
    st.table(said, hide_index=True)
    with st.container(horizontal=True):
        if st.button("Take it out of the draft", type="primary"):
            state.take_out(step.operation)
            close_dialog()
            st.rerun()
        if st.button("Leave it"):
            close_dialog()
            st.rerun()


CHANGE = Dialog(lambda letter: f"Change {letter}", _change)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items())
    return ", ".join(map(_said, value)) if isinstance(value, list) else str(value)
