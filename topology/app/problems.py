"""A file that cannot be shown: every problem with its place and the lines of the file."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from topology.report import text
from topology.source import Loaded

MOST_SHOWN = 20


def show_problems(loaded: Loaded, path: Path, *, last_good: bool) -> None:
    """The problems as `topology check` prints them; above the last good version, or alone."""
    count = len(loaded.problems)
    kind = "problem" if count == 1 else "problems"
    if last_good:
        st.error(
            f"The file that was saved has {count} {kind}; below is the last version without. Mend the file and save it: the page follows."
        )
    else:
        st.title("This organisation cannot be shown yet")
        st.error(f"`{path.name}` has {count} {kind}. Mend the file and save it: the page follows.")
    st.code("\n\n".join(text.full(one, loaded.texts) for one in loaded.problems[:MOST_SHOWN]), language="text")
    if count > MOST_SHOWN:
        st.caption(f"{count - MOST_SHOWN} more; `topology check {path.name}` prints all of them.")
