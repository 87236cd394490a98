"""What a click on a change of the draft opens: what it says, and the way to take it out."""

from __future__ import annotations

from typing import Any

import streamlit as st

from topology.app.drafting import state
from topology.planning.plan import Step
from topology.view.markdown import escaped
from topology.words.planning import STATES


def edit_step(step: Step) -> None:
    """Opens the dialog of a change."""
    st.dialog(f"Change {step.letter}")(_change)(step)


def _change(step: Step) -> None:
    st.markdown(f"**{escaped(step.text)}**")
    if not step.counts:
        st.error(escaped(f"It {STATES[step.state]} and counts for nothing. {step.why}"))
    st.table(
        [{"What": name, "Value": escaped(_said(value))} for name, value in step.operation.args.items()], hide_index=True
    )
    with st.container(horizontal=True):
        if st.button("Take it out of the draft", type="primary"):
            state.change(lambda draft: draft.without(step.operation))
            st.rerun()
        if st.button("Leave it"):
            st.rerun()


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items())
    return ", ".join(map(_said, value)) if isinstance(value, list) else str(value)
