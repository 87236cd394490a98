"""Texts from files as Markdown that shows them unchanged. No Streamlit here."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What Streamlit turns into arrows, dashes and links even where it is escaped: an invisible word joiner breaks it up.
_JOINED = re.compile(r"(?<=[-<>~=])(?=[->=])|(?<=www)(?=\.)|(?=@)|(?<=http:)(?=//)|(?<=https:)(?=//)", re.IGNORECASE)
_SPECIAL = frozenset("\\`*_{}[]<>()#+-.!|~:$&=@/\"'")


def escaped(text: str) -> str:
    """A text on one line, each character that Markdown (or its typography and link finder) could read written as itself."""
    broken_up = _JOINED.sub("\u2060", " ".join(text.split("\n")))
    return "".join(f"&#{ord(one)};" if one in _SPECIAL else one for one in broken_up)


def bullets(lines: Iterable[str]) -> str:
    """A Markdown list of plain texts."""
    return "\n".join(f"- {escaped(line)}" for line in lines)
