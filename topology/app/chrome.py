"""What stands around every page: the icon, the spacing, the small words that several pages use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from topology.view.markdown import escaped
from topology.view.palette import PALETTES, Palette

ICON = str(Path(__file__).parent / "icon.png")

# Less air around the page, so that a map of 1280 units fits a screen of 1280; nothing here changes a colour.
_STYLE = """<style>
.stMainBlockContainer {padding: 4.25rem 1.5rem 2rem 1.5rem; max-width: 1920px;}
.stMainBlockContainer h1 {font-size: 1.9rem; padding: 0.2rem 0 0.4rem 0;}
.stMainBlockContainer h2 {font-size: 1.35rem; padding: 0.9rem 0 0.3rem 0;}
.stMainBlockContainer h3 {font-size: 1.1rem; padding: 0.6rem 0 0.2rem 0;}
.stMainBlockContainer .stPageLink a p, .stMainBlockContainer .stPageLink a span {white-space: normal;}
/* Streamlit's own download of a table writes cells as they are, also those that a spreadsheet would run. */
button[aria-label="Download as CSV"] {display: none;}
.stMainBlockContainer .stPageLink a {padding-left: 0; text-decoration: underline; text-decoration-color: currentColor;}
</style>"""


def style() -> None:
    """Sets the spacing of the pages."""
    st.html(_STYLE)


def remember_pages(pages: Mapping[str, Any]) -> None:
    """The pages of this run, by name, for the links between them."""
    st.session_state["pages"] = dict(pages)


def page_link(page: str, label: str, **query: str | None) -> None:
    """A link to a page by its name, with what it is to show; what is empty is left out."""
    known = {name: value for name, value in query.items() if value}
    st.page_link(st.session_state["pages"][page], label=label, query_params=known)


def palette() -> Palette:
    """The colours of the reader's theme; light where there is no browser."""
    return PALETTES["dark" if st.context.theme.type == "dark" else "light"]


def no_data(what: str, file: str, example: str) -> None:
    """An empty panel: which file would fill it, and what a line of it looks like."""
    st.info(f"No data for {what}. The file `{file}` would fill this panel; a line of it looks like this:", icon=None)
    st.code(example, language="text")


def plain_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """A table of texts as they are, in its own order. (A grid that sorts by a click would make a ranking of squads.)"""
    if rows:
        st.table([{name: escaped(str(value)) for name, value in row.items()} for row in rows], hide_index=True)


def show_facts(facts: Mapping[str, str]) -> None:
    """Facts side by side, each under its name."""
    for column, (label, value) in zip(st.columns(len(facts)), facts.items(), strict=True):
        column.caption(label)
        column.markdown(escaped(value))


def download(label: str, make: Callable[[], str], file: str, mime: str) -> None:
    """A button that makes a file when it is pressed. (One that is made before has an address, which the next run takes away under
    the browser that still asks for it.)"""
    st.download_button(label, make, file, mime, key=f"download:{file}", on_click="ignore")
