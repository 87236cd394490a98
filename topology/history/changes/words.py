"""A change of a value in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from topology.history.changes.compared import Sign

LONGEST = 120  # characters of a value in a sentence
_NOTHING: tuple[Any, ...] = (None, [], {})


def dump(value: Any) -> dict[str, Any]:
    """A model as plain values, with its defaults."""
    found: dict[str, Any] = value.model_dump(mode="json")
    return found


def fields(old: Any, new: Any) -> str:
    """`until 2026-12-18, before: 2026-10-02; purpose …`: the fields that differ."""
    return different(dump(old) if old is not None else {}, dump(new) if new is not None else {})


def different(first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    """The fields of two mappings that differ, in words."""
    keys = [key for key in dict.fromkeys([*second, *first]) if first.get(key) != second.get(key)]
    return "; ".join(turned(key, first.get(key), second.get(key)) for key in keys) or "written otherwise"


def turned(key: str, old: Any, new: Any) -> str:
    """`until 2026-12-18, before: 2026-10-02`; of two long texts the part from where they differ."""
    before, after = said(old), said(new)
    if before == after:
        return f"{key}: {_from_difference(old, new)}"
    return f"{key} {after}" + ("" if old in _NOTHING else f", before: {before}")


def _from_difference(old: Any, new: Any) -> str:
    first, second = _words(old), _words(new)
    if said(old) == said(new) == "nothing" or first == second:
        return "written, empty" if new is not None else "removed"
    start = next(
        index for index, pair in enumerate(zip(first + "\0", second + "\0", strict=False)) if pair[0] != pair[1]
    )
    begin = max(0, start - 20)
    return f"…{_cut(second[begin:])}, before: …{_cut(first[begin:])}"


def said(value: Any) -> str:
    """A value in a sentence, cut where it is long."""
    return (_cut(_words(value)) if value not in _NOTHING else "") or "nothing"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(one)}" for key, one in value.items() if one not in _NOTHING)
    if isinstance(value, list):
        return "; ".join(_words(one) for one in value)
    return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def sign_of(old: Any, new: Any) -> Sign:
    """+ for what was nothing before, − for what is nothing now, else ~."""
    return "+" if old in _NOTHING else "−" if new in _NOTHING else "~"


def on_day(day: dt.date | None) -> str:
    """`on 2026-01-01`, or that there is no date."""
    return f"on {day}" if day else "without a date"


def period(since: dt.date | None, until: dt.date | None) -> str:
    """` from … to …`, as far as it is known."""
    return (f" from {since}" if since else "") + (f" to {until}" if until else "")
