"""The app as `streamlit run` starts it: what stands around every page, and the pages that there are."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from topology.app import registry
from topology.app.chrome import ICON, remember_pages, style
from topology.app.problems import show_problems
from topology.app.watch import follow_files

PAGES = Path(__file__).parent / "pages"


@cache
def pages() -> dict[str, dict[str, Any]]:
    """{name: title and order} of every file of `pages/`, as its `PAGE` says, in that order."""
    found = {file.stem: _page_of(file) for file in PAGES.glob("[a-z]*.py")}
    return dict(sorted(found.items(), key=lambda one: one[1]["order"]))


def _page_of(file: Path) -> dict[str, Any]:
    """The `PAGE` of a page's file, which is read and not run: a page runs when it is opened."""
    for one in ast.parse(file.read_text("utf-8")).body:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and one.targets[0].id == "PAGE":
            found: dict[str, Any] = ast.literal_eval(one.value)
            return found
    raise ValueError(f"{file.name} has no PAGE")


def main() -> None:
    """One run of a page."""
    st.set_page_config(page_title="Topology", page_icon=ICON, layout="wide")
    style()
    known = {
        name: st.Page(PAGES / f"{name}.py", title=page["title"], url_path=name, default=index == 0)
        for index, (name, page) in enumerate(pages().items())
    }
    remember_pages(known)
    page = st.navigation(list(known.values()), position="top")
    with st.spinner("Opening the organisation ...", show_time=False):
        opened = registry.open_model()
    follow_files(opened)
    show_or_stop(opened)
    page.run()


def show_or_stop(opened: registry.Opened) -> None:
    """Hands the organisation to the page; says what is wrong with the file, above the last good version if there is one."""
    if opened.broken is not None:
        show_problems(opened.broken, registry.model_path(), last_good=opened.workspace is not None)
    if opened.workspace is None:
        st.stop()
    registry.remember(opened.workspace)
    for complaint in opened.complaints:
        st.error(f"The settings cannot be read, so the defaults hold. {complaint}")
    for one in opened.workspace.events.report.files:
        if not one.table:  # the warehouse or database as a whole, and not one of its tables
            st.error(f"There are no events: {one.error}")
