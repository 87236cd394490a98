"""Wrong values: pydantic's errors in the words of the file, each at its place."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

from topology.source.problem import Problem
from topology.source.shape import Path, describe, first_place
from topology.source.suggest import did_you_mean
from topology.source.tree import Mapping, Sequence, locate

ID_HELP = "Ids are lower-case letters, digits and `-`, such as `data-platform`; the name to show goes under `name:`."


def problem_of(error: ErrorDetails, tree: Mapping, file: str) -> Problem:
    """The TT004 problem of one validation error."""
    path = _file_path(error["loc"], tree)
    wants_key = error["type"] == "missing" or path[-1:] == ("[key]",)
    shown = path[:-1] if wants_key and path else path
    message, help_ = _words(error, path)
    place = locate(tree, shown, key=wants_key) or first_place(file)
    return Problem("TT004", message, place, help_, shown)


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
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    where = describe(path)
    match kind:
        case "missing":
            return f"{describe(path[:-1])} needs the key `{path[-1]}`" if path[:-1] else f"the key `{path[-1]}` is missing", (
                "Write `version: 1` at the top of the file." if path == ("version",) else f"Add `{path[-1]}:`."
            )
        case "literal_error":
            words = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
            return f"{where}: {_shown(value)} is not one of the known values", did_you_mean(str(value), words)
        case "union_tag_invalid":
            words = [word.strip("'") for word in str(context["expected_tags"]).split(", ")]
            return f"{where}: {_shown(context['tag'])} is not an interaction mode", did_you_mean(str(context["tag"]), words)
        case "union_tag_not_found":
            return f"{where} needs the key `mode`", "Add `mode: collaboration`, `x-as-a-service` or `facilitating`."
        case "string_pattern_mismatch":
            name = path[-2] if path[-1] == "[key]" else value
            return f"{_shown(name)} is not an id", ID_HELP
        case "value_error":
            return f"{where}: {context['error']}, got {_shown(value)}", ""
        case "greater_than_equal" | "less_than_equal":
            return _out_of_range(path, value, context)
        case "too_short" | "too_long":
            return f"{where}: {'fewer' if kind == 'too_short' else 'more'} items than expected", (
                "Name exactly two teams, such as `between: [checkout, search]`." if path[-1] == "between" else "Name at least one."
            )
    expected = {"dict_type": "keys and values", "model_type": "keys and values", "list_type": "a list", "string_type": "text",
                "model_attributes_type": "keys and values"}.get(kind)  # fmt: skip
    if value is None:
        return f"{where} has no value", f"Expected {expected or 'a value'}; write one, or remove the key."
    if expected:
        return f"{where}: expected {expected}, got {_shown(value)}", ""
    return f"{where}: {error['msg']}", ""


def _out_of_range(path: Path, value: Any, context: dict[str, Any]) -> tuple[str, str]:
    if path == ("version",):
        return f"version {value} of the format is not known", "This release reads `version: 1`."
    bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return f"{describe(path)}: expected {bound}, got {_shown(value)}", ""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"
