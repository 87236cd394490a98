"""The page follows the files: a saved squads.yaml, or a new event table, redraws it within two seconds."""

from __future__ import annotations

import streamlit as st

from topology.app import registry

EVERY_SECONDS = 1.5


@st.fragment(run_every=EVERY_SECONDS)
def follow_files() -> None:
    """Compares the files with what this run has shown, and runs the page again when they differ."""
    seen = st.session_state.setdefault("files_shown", registry.present_stamp())
    now = registry.present_stamp()
    if now != seen:
        st.session_state["files_shown"] = now
        st.rerun(scope="app")
