"""Wrong values: pydantic's errors in the words of the file, each at its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from topology.source.dates import iso_date
from topology.source.problem import Fix, Problem
from topology.source.shape import Path, describe, first_place
from topology.source.suggest import did_you_mean, surely
from topology.source.tree import Mapping, Sequence, locate

ID_HELP = "Ids are lower-case letters, digits and `-`, such as `data-platform`; the name to show goes under `name:`."


def problem_of(error: ErrorDetails, tree: Mapping, file: str) -> Problem:
    """The TT004 problem of one validation error."""
    path = _file_path(error["loc"], tree)
    wants_key = error["type"] == "missing" or path[-1:] == ("[key]",)
    shown = path[:-1] if wants_key and path else path
    message, help_ = _words(error, path)
    place = locate(tree, shown, key=wants_key) or first_place(file)
    return Problem("TT004", message, place, help_, shown, fix=_fix(error, shown))


def _fix(error: ErrorDetails, path: Path) -> Fix | None:
    """The value that can only have been meant: a known word spelled otherwise, a date written otherwise."""
    value = error["input"]
    if error["type"] == "literal_error" and isinstance(value, str):
        meant = surely(value, _in_quotes(error["ctx"]["expected"]))
        return Fix(path, meant) if meant else None
    if error["type"] == "union_tag_invalid" and isinstance(value.get("mode"), str):
        meant = surely(value["mode"], _in_quotes(error["ctx"]["expected_tags"]))
        return Fix((*path, "mode"), meant) if meant else None
    if error["type"] == "value_error" and isinstance(value, str) and "expected a date" in str(error["ctx"]["error"]):
        meant = iso_date(value)
        return Fix(path, meant) if meant else None
    return None


def _file_path(loc: tuple[int | str, ...], tree: Mapping) -> Path:
    """pydantic's path without the tags of the interaction union, which do not stand in the file."""
    path: list[str | int] = []
    node: Any = tree
    for part in loc:
        if isinstance(node, Mapping) and part not in node and node.get("mode") == part and len(path) == 2:
            continue
        path.append(part)
        if isinstance(node, Mapping):
            node = node.get(str(part))
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            node = None
    return tuple(path)


def _words(error: ErrorDetails, path: Path) -> tuple[str, str]:
    """(message, help) for one kind of error; a kind without words of its own speaks of the type that was expected."""
    return _WORDS.get(error["type"], _unexpected)(error, path)


def _missing(_error: ErrorDetails, path: Path) -> tuple[str, str]:
    key = path[-1]
    if len(path) == 1:
        return f"the key `{key}` is missing", f"Write `{key}: 1` at the top of the file."
    return f"{describe(path[:-1])} needs the key `{key}`", f"Add `{key}:`."


def _no_mode(_error: ErrorDetails, path: Path) -> tuple[str, str]:
    return f"{describe(path)} needs the key `mode`", "Add `mode: collaboration`, `x-as-a-service` or `facilitating`."


def _not_a_choice(error: ErrorDetails, path: Path) -> tuple[str, str]:
    value = error["input"]
    known = _in_quotes(error["ctx"]["expected"])
    return f"{describe(path)}: {_shown(value)} is not one of the known values", did_you_mean(str(value), known)


def _not_a_mode(error: ErrorDetails, path: Path) -> tuple[str, str]:
    mode, known = error["input"].get("mode"), _in_quotes(error["ctx"]["expected_tags"])
    return f"{describe(path)}: {_shown(mode)} is not an interaction mode", did_you_mean(str(mode), known)


def _in_quotes(words: object) -> list[str]:
    """The words in pydantic's "'a', 'b' or 'c'"."""
    return [word.strip("'") for word in str(words).replace(" or ", ", ").split(", ")]


def _not_an_id(error: ErrorDetails, path: Path) -> tuple[str, str]:
    name = path[-2] if path[-1] == "[key]" else error["input"]
    return f"{_shown(name)} is not an id", ID_HELP


def _refused(error: ErrorDetails, path: Path) -> tuple[str, str]:
    """A message of our own types (topology.model.values)."""
    return f"{describe(path)}: {error['ctx']['error']}, got {_shown(error['input'])}", ""


def _out_of_range(error: ErrorDetails, path: Path) -> tuple[str, str]:
    context, value = error["ctx"], error["input"]
    if path == ("version",):
        return f"version {value} of the format is not known", "This release reads `version: 1`."
    bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return f"{describe(path)}: expected {bound}, got {_shown(value)}", ""


def _wrong_length(error: ErrorDetails, path: Path) -> tuple[str, str]:
    how = "fewer" if error["type"] == "too_short" else "more"
    help_ = "Name exactly two teams, such as `between: [checkout, search]`."
    return f"{describe(path)}: {how} items than expected", help_ if path[-1] == "between" else "Name at least one."


def _unexpected(error: ErrorDetails, path: Path) -> tuple[str, str]:
    where, expected = describe(path), _EXPECTED.get(error["type"])
    if error["input"] is None:
        return f"{where} has no value", f"Expected {expected or 'a value'}; write one, or remove the key."
    if expected:
        return f"{where}: expected {expected}, got {_shown(error['input'])}", ""
    return f"{where}: {error['msg']}", ""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"


_EXPECTED = {
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "list_type": "a list",
    "string_type": "text",
}
_WORDS: dict[str, Callable[[ErrorDetails, Path], tuple[str, str]]] = {
    "missing": _missing,
    "union_tag_not_found": _no_mode,
    "union_tag_invalid": _not_a_mode,
    "literal_error": _not_a_choice,
    "string_pattern_mismatch": _not_an_id,
    "value_error": _refused,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "too_short": _wrong_length,
    "too_long": _wrong_length,
}
