"""Plain values → YAML text in flow style, as people write it in an organisation file."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from typing import Any

from topology.source.edit.splices import EditError

# Plain without quotes in every place of a file: no indicator, no `: `, no ` #`, no comma or bracket, nothing that YAML reads as null.
_PLAIN = re.compile(r"[\w+./À-ɏ](?:[\w %+./()'’–—À-ɏ-]*[\w%./()'’À-ɏ])?")
_NULLS = ("", "~", "null", "Null", "NULL")


def flow(value: Any) -> str:
    """A text, number, day, list or mapping of such on one line. Raises EditError for anything else."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise EditError(f"an organisation file has no value such as {value!r}")
    if isinstance(value, float) and not math.isfinite(value):
        raise EditError(f"{value} is not a number to write")
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text not in _NULLS else json.dumps(text, ensure_ascii=False)


def entry(key: str, value: Any, indent: int) -> str:
    """`key: value` as an entry of a block mapping; a mapping gets a line for each of its own keys."""
    margin = " " * indent
    if isinstance(value, dict) and value:
        return f"{margin}{flow(key)}:\n" + "".join(
            f"{margin}  {flow(name)}: {flow(one)}\n" for name, one in value.items()
        )
    return f"{margin}{flow(key)}: {flow(value)}\n"


def item(value: Any, indent: int) -> str:
    """An item of a block sequence; a mapping gets a line for each of its keys."""
    margin = " " * indent
    if isinstance(value, dict) and value:
        lines = [f"{flow(name)}: {flow(one)}\n" for name, one in value.items()]
        return f"{margin}- " + f"{margin}  ".join(lines)
    return f"{margin}- {flow(value)}\n"


def plain(value: Any) -> Any:
    """A value as it is after it was written and read: texts, lists and mappings."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None else str(value)
