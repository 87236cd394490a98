"""Which dialog is open. It is kept in the session, so that a run of the whole page (a colleague's change, a saved file) closes none under
the hands of who fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

KEY = "draft:dialog"


@dataclass(frozen=True)
class Dialog:
    """A dialog about a team, an interaction or a change of the draft: its title, and what it asks."""

    title: Callable[[str], str]
    ask: Callable[[str], None]


def open_dialog(name: str, about: str = "") -> None:
    """Opens a dialog at the next run."""
    st.session_state[KEY] = (name, about)


def close_dialog() -> None:
    """Closes the one that is open."""
    st.session_state.pop(KEY, None)


def show_dialog(known: Mapping[str, Dialog], there: Callable[[str, str], bool]) -> None:
    """Shows the dialog that is open, as long as what it is about is `there`."""
    name, about = st.session_state.get(KEY, ("", ""))
    if name not in known or not there(name, about):
        close_dialog()
        return
    st.dialog(known[name].title(about), on_dismiss=close_dialog)(known[name].ask)(about)
