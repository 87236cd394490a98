"""Texts from files, as Markdown that shows them unchanged."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topology.view.markdown import bullets, escaped


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80))
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    shown = html.unescape(escaped(text)).replace("\u2060", "")
    assert shown == text.replace("\u2060", "")


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://elsewhere.example/x.png)",
        "<img src=x>",
        "[a](b)",
        "`c`",
        "$d$",
        ":red[e]",
        "# f",
        "a@b.example",
        "www.g.example",
    ],
)
def test_nothing_is_left_for_markdown_to_read(text: str) -> None:
    assert not set(escaped(text)) & set("[]()<>`$*_#@!") - {"#"}
    assert "www." not in html.unescape(escaped(text))


def test_a_list_has_a_line_for_each_text() -> None:
    assert bullets(["a", "b\nc"]) == "- a\n- b c"
