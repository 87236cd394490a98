"""JSON as tools write it: one document, several after each other, pages of pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from topology.interop.imported import InputError

PAGES = ("workflow_runs", "data", "deployments", "items")  # keys that hold the objects of a page


def objects(file: Path) -> Iterator[dict[str, Any]]:
    """Every object of a file, in its order. Raises InputError for a file that is no JSON, with the place."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: {not_utf_8(file, error.start)}") from None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}.") from None
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", text.count("\n", 0, at) + 1)
            reason = (
                "nested too deeply"
                if isinstance(error, RecursionError)
                else getattr(error, "msg", "a number of too many digits")
            )
            raise InputError(f"{file}:{line}: it is no JSON, or was cut off: {reason}.") from None
        yield from _flat(found)


def not_utf_8(file: Path, byte: int) -> str:
    """What a file is that is no UTF-8, and how to save it."""
    with file.open("rb") as handle:
        if handle.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return (
                "it is UTF-16 text, as `>` of Windows PowerShell writes it. Save it again with "
                f"`… | Out-File -Encoding utf8 {file.name}`."
            )
    return f"it is not UTF-8 text (byte {byte})."


def _flat(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, list):
        for one in found:
            yield from _flat(one)
    elif isinstance(found, dict):
        page = next(
            (found[key] for key in PAGES if isinstance(found.get(key), list | dict) and _is_page(found, key)), None
        )
        if page is None:
            yield found
        else:
            yield from _flat(page)
    else:
        yield {}  # (what is no object is counted as an empty one)


def _is_page(found: dict[str, Any], key: str) -> bool:
    """Whether the object is only a wrapper around its objects."""
    return key != "deployments" and ("total_count" in found or set(found) <= {key, "meta", "links", "total_count"})
