"""Lines as YAML counts them."""

from __future__ import annotations

import re

BREAK = "\r\n|[\n\r\x85\u2028\u2029]"


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return re.split(BREAK, text)
