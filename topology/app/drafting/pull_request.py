"""The draft as a pull request: the change of the file, a title, a description, downloads, and the way into the file where it is allowed."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import streamlit as st

from topology.app.chrome import download
from topology.app.drafting import state
from topology.app.registry import model_path, workspace
from topology.planning.consequences import Outcome
from topology.planning.pull_request import Counted, branch_of, description_of, names_in_repository, patch_of, title_of
from topology.report.markdown import markdown
from topology.source.files import read_texts
from topology.source.settings import EDIT_VARIABLE
from topology.view.markdown import escaped
from topology.view.whatif import patch_html
from topology.words.planning import patch_words
from topology.writing import write_files

MOST_CHARACTERS = 60_000


def show_pull_request(opened: state.Open, follows: Outcome) -> None:
    """Left the diff, right what goes with it."""
    plan = follows.plan
    if not plan.counting:
        st.info("There is nothing to ask for yet: the draft has no change.", icon=None)
        return
    path = workspace().path
    patch = workspace().once(("patch", plan.steps[-1]), lambda: patch_of(plan, path))
    left, right = st.columns([5.5, 6.2], gap="medium")
    with left:
        lines = Counted.of(patch)
        st.subheader(escaped(f"The change of {path.name}"))
        st.caption(patch_words(lines.come, lines.go))
        st.html(patch_html(patch))
    with right:
        _request(opened, follows, patch)


def _request(opened: state.Open, follows: Outcome, patch: str) -> None:
    st.subheader("The pull request")
    made_title, made_description = title_of(follows.plan), description_of(follows, escape=markdown)
    title = st.text_input(
        "Title", value=opened.draft.title or made_title, max_chars=200, key=f"title-{opened.id}-{made_title}"
    )
    description = st.text_area(
        "Description · Markdown, made from the draft; yours to change", value=opened.draft.description or made_description,
        height=340, max_chars=MOST_CHARACTERS, key=f"description-{opened.id}-{hash(made_description)}",
    )  # fmt: skip
    own = (title if title != made_title else "", description if description != made_description else "")
    if own != (opened.draft.title, opened.draft.description):
        state.change(lambda draft: draft.described(*own))
    branch = branch_of(opened.draft.name or title)
    with st.container(horizontal=True):
        st.download_button(
            "Download the patch", lambda: patch, f"{branch}.patch", "text/x-diff", type="primary", on_click="ignore"
        )
        _files(follows)
        download("Description", lambda: f"{title}\n\n{description}", f"{branch}.md", "text/markdown")
        download("The draft, to go on elsewhere", lambda: opened.draft.text, f"{branch}.json", "application/json")
    with st.container(border=True):
        st.markdown("**On your machine**, at the top of the repository")
        st.code(
            f"git switch -c {branch}\ngit apply {branch}.patch && git commit -aF {branch}.md && git push", language="sh"
        )
    _into_the_file(follows)


def _files(follows: Outcome) -> None:
    """The file as it would be; of a folder all of its files."""
    after = follows.plan.after.texts
    names = names_in_repository(workspace().path, after)
    if len(after) == 1:
        (file,) = after
        download(Path(file).name, lambda: after[file], Path(file).name, "application/yaml")
        return

    def packed() -> bytes:
        packed_ = io.BytesIO()
        with zipfile.ZipFile(packed_, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, text in after.items():
                archive.writestr(names[file], text)
        return packed_.getvalue()

    st.download_button("The files (zip)", packed, "squads.zip", "application/zip", on_click="ignore")


def _into_the_file(follows: Outcome) -> None:
    """Writes the draft into the file, on a server that was started so, and only where the file is still the draft's."""
    path = model_path()
    with st.container(border=True):
        st.markdown("**Write it into the file**")
        allowed = os.environ.get(EDIT_VARIABLE) == "1"
        st.caption(
            "Refused where the file has changed since."
            if allowed
            else "Only on a server that was started with `--edit`."
        )
        if not st.button(f"Apply to {path.name}", disabled=not allowed) or not allowed:
            return
        before, after = follows.plan.base.texts, follows.plan.after.texts
        if read_texts(path) != before:
            st.error("The file has changed since this page read it; nothing was written.")
            return
        try:
            changed = {Path(file): text for file, text in after.items() if text != before[file]}
            write_files(changed, within=path if path.is_dir() else None)
        except OSError as error:
            st.error(escaped(f"Nothing was written: {error.strerror or error}"))
            return
        state.leave()
        st.rerun()
