"""Texts from files as Markdown that shows them unchanged, on one line, without calling anybody (`@name`) or any issue (`#1`)."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])")
_CALLS = re.compile(r"([@#])(?=\w)|(?<=www)(?=\.)|(?<=http:)(?=//)|(?<=https:)(?=//)", re.IGNORECASE)
_JOINER = "\u2060"  # an invisible word joiner: the text looks the same and is no mention, issue or address


def markdown(text: object) -> str:
    """The text, escaped."""
    return _SPECIAL.sub(r"\\\1", html(text))


def folded(title: str, body: str) -> str:
    """A part that a reader opens: the title is plain text, the body Markdown."""
    return f"<details>\n<summary>{html(title)}</summary>\n\n{body.strip()}\n\n</details>\n"


def html(text: object) -> str:
    """The text inside an HTML element."""
    line = "".join(one if one.isprintable() else " " for one in str(text))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _CALLS.sub(lambda found: found[0] + _JOINER, line)
