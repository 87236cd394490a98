"""The page follows the files: a saved squads.yaml, or a new event table, redraws it within two seconds."""

from __future__ import annotations

import streamlit as st

from topology.app.registry import Opened, present_stamp

EVERY_SECONDS = 1.5


@st.fragment(run_every=EVERY_SECONDS)
def follow_files(shown: Opened) -> None:
    """Compares the files with what this run has read, and runs the page again when they differ."""
    if present_stamp(shown.data) != shown.stamp:
        st.rerun(scope="app")
