"""The operations: set, add, remove, and rename an id everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as SequenceOf
from typing import Any

from topology.model.values import ID_PATTERN
from topology.source.edit.spans import Document
from topology.source.edit.splices import Edit, EditError, Splice
from topology.source.edit.values import entry, flow, item, plain
from topology.source.load import tree_of as read_tree
from topology.source.references import REFERENCES, matches
from topology.source.shape import Path, describe
from topology.source.tree import Mapping as Tree
from topology.source.tree import Sequence

Texts = Mapping[str, str]


def set_value(texts: Texts, path: Path, value: Any) -> Edit:
    """Sets the value at a path; a key that its mapping does not have is added at its end. Raises EditError."""
    tree = tree_of(texts)
    parent = _container(tree, path)
    key = path[-1]
    if not _has(parent, key):
        return add(texts, path, value)
    document = Document(texts)
    start, end = document.value_span(parent, path[-1])
    old = document.text(parent, path[-1])[start:end]
    new = flow(value)
    if plain(parent[path[-1]]) == plain(value):  # type: ignore[index]
        return Edit(())
    if old and old[0] not in "{[" and isinstance(parent, Tree) and isinstance(parent[str(key)], Tree | Sequence):
        if document.has_comment(document.file(parent, key), document.after_colon(parent, str(key)), end):
            raise EditError("comments stand in the lines that would be replaced; change them by hand")
        start = document.after_colon(parent, str(path[-1]))  # a block of lines becomes one
        old, new = document.text(parent, path[-1])[start:end], f" {new}"
    elif not old:
        new = f" {new}"
    edit = Edit.of([Splice(document.file(parent, path[-1]), start, old, new)])
    return _verified(texts, edit, _with(tree, path, plain(value)))


def add(texts: Texts, path: Path, value: Any) -> Edit:
    """Adds a key to a mapping, or an item at the end of a list: then the path ends with the list's length. Raises EditError."""
    tree = tree_of(texts)
    parent = _container(tree, path)
    key = path[-1]
    if (isinstance(parent, Tree) and key in parent) or (isinstance(parent, Sequence) and key != len(parent)):
        raise EditError(f"{describe(path)} is there already, or does not follow the last item")
    if isinstance(parent, Sequence):
        return extend(texts, path[:-1], [value])
    document = Document(texts)
    expected = _with(tree, path, plain(value))
    if len(path) == 1:
        return _verified(texts, _new_section(texts, str(key), value), expected)
    where = document.of_container(tree, path[:-1])
    if where.flow:
        return _verified(texts, Edit.of([document.into_flow(where, parent, f"{flow(key)}: {flow(value)}")]), expected)
    if document.in_brackets_like_its_neighbour(parent) or _small(path, value):
        new = f"{' ' * where.indent}{flow(key)}: {flow(value)}\n"
    else:
        new = entry(str(key), value, where.indent)
    return _verified(texts, Edit.of([document.after(where, parent, new)]), expected)


def extend(texts: Texts, path: Path, values: SequenceOf[Any]) -> Edit:
    """Adds items at the end of a list. Raises EditError."""
    tree = tree_of(texts)
    node = _container(tree, (*path, 0))
    if not isinstance(node, Sequence):
        raise EditError(f"{describe(path)} is no list")
    document, expected = Document(texts), _plain(tree)
    for index, value in enumerate(values, len(node)):
        _put(expected, (*path, index), plain(value))
    where = document.of_container(tree, path)
    if where.flow:
        return _verified(texts, Edit.of([document.into_flow(where, node, ", ".join(map(flow, values)))]), expected)
    if document.in_brackets_like_its_neighbour(node):
        new = "".join(f"{' ' * where.indent}- {flow(one)}\n" for one in values)
    else:
        new = "".join(item(one, where.indent) for one in values)
    return _verified(texts, Edit.of([document.after(where, node, new)]), expected)


def _small(path: Path, value: Any) -> bool:
    """Whether a part of an entry, such as a seat, has no parts of its own: it is written on one line."""
    return (
        len(path) > 2
        and isinstance(value, dict)
        and not any(isinstance(one, dict | list | tuple) for one in value.values())
    )


def remove(texts: Texts, path: Path) -> Edit:
    """Removes the entry or item at a path, with the comment at the end of its line; comments above it stay. Raises EditError."""
    tree = tree_of(texts)
    parent = _container(tree, path)
    if not _has(parent, path[-1]):
        raise EditError(f"there is no {describe(path)}")
    document = Document(texts)
    if len(path) > 1:
        file = document.file(parent, path[-1], key=isinstance(parent, Tree))
        beside = [one for one in _parts(parent) if document.file(parent, one, key=isinstance(parent, Tree)) == file]
        if len(beside) == 1:
            return _verified(texts, _last_one(texts[file], file, path[:-1]), _without(tree, path))
    where = document.of_container(tree, path[:-1], near=path[-1])
    splice = document.out_of_flow(where, parent, path[-1]) if where.flow else document.out_of_block(parent, path[-1])
    return _verified(texts, Edit.of([splice]), _without(tree, path))


def _last_one(text: str, file: str, path: Path) -> Edit:
    """Empties a container of one file, whose key stays with `{}` or `[]`; comments above its last entry stay."""
    texts = {file: text}
    tree = tree_of(texts)
    parent = _container(tree, path)
    node = parent[path[-1]]  # type: ignore[index]
    empty = "{}" if isinstance(node, Tree) else "[]"
    document = Document(texts)
    where = document.of_container(tree, path)
    if where.flow or not isinstance(parent, Tree):
        return set_value(texts, path, {} if isinstance(node, Tree) else [])
    colon = document.after_colon(parent, str(path[-1]))
    return Edit.of([Splice(file, colon, "", f" {empty}"), document.out_of_block(node, _parts(node)[0])])


def rename_key(texts: Texts, path: Path, new: str) -> Edit:
    """Writes another key for the entry at a path. Raises EditError when its mapping has that key already."""
    tree = tree_of(texts)
    parent = _container(tree, path)
    if not isinstance(parent, Tree) or path[-1] not in parent or new in parent:
        raise EditError(f"{describe(path)} cannot be renamed to `{new}`")
    old = str(path[-1])
    document = Document(texts)
    start, end = document.key_span(parent, old)
    file = document.file(parent, old, key=True)
    expected = _without(tree, path)
    _put(expected, (*path[:-1], new), plain(parent[old]))
    return _verified(texts, Edit.of([Splice(file, start, texts[file][start:end], flow(new))]), expected)


def rename_id(texts: Texts, section: str, old: str, new: str) -> Edit:
    """Renames an id of a section (teams, people, groups, kpis) everywhere; a team keeps the old one under `was`. Raises EditError."""
    tree = tree_of(texts)
    entries = tree.get(section)
    if not isinstance(entries, Tree) or old not in entries:
        raise EditError(f"there is no {describe((section, old))}")
    if new in entries:
        raise EditError(f"{describe((section, new))} is there already")
    if not re.fullmatch(ID_PATTERN, new):
        raise EditError(f"`{new}` is not an id: lower-case letters, digits and `-`")
    document = Document(texts)
    start, end = document.key_span(entries, old)
    file = document.file(entries, old, key=True)
    splices = [Splice(file, start, texts[file][start:end], flow(new))]
    expected = _plain(tree)
    expected[section] = {new if key == old else key: value for key, value in expected[section].items()}
    for path in _references(tree, section, old):
        parent = _container(tree, path)
        start, end = document.value_span(parent, path[-1])
        text = document.text(parent, path[-1])
        splices.append(Splice(document.file(parent, path[-1]), start, text[start:end], flow(new)))
        _put(
            expected,
            tuple(
                new if part == old and index == 1 and path[0] == section else part for index, part in enumerate(path)
            ),
            new,
        )
    edit = Edit.of(splices)
    if section == "teams":
        former = [one for one in expected["teams"][new].get("was") or [] if one != new] + [old]
        expected["teams"][new]["was"] = former
        edit = Edit.of([*edit.splices, *_remember(texts, tree, old, new).splices])
    return _verified(texts, edit, expected)


def _remember(texts: Texts, tree: Tree, old: str, new: str) -> Edit:
    """Adds the former id to the team's `was`; an id that it takes again is no former one."""
    team = tree["teams"][old]
    if not isinstance(team, Tree):
        raise EditError(f"{describe(('teams', old))} has no keys")
    was = team.get("was")
    if isinstance(was, Sequence) and new in was:
        return set_value(texts, ("teams", old, "was"), [one for one in was if one != new] + [old])
    if isinstance(was, Sequence):
        return add(texts, ("teams", old, "was", len(was)), old)
    if team:
        return add(texts, ("teams", old, "was"), [old])
    return set_value(texts, ("teams", old), {"was": [old]})


def _references(tree: Tree, section: str, id_: str) -> Iterator[Path]:
    for pattern, target in REFERENCES:
        if target == section:
            yield from (path for path, value in matches(tree, pattern) if value == id_)


def _new_section(texts: Texts, key: str, value: Any) -> Edit:
    """A new key at the top of the file, written at the end of the (first) file."""
    file = next(iter(texts))
    text = texts[file]
    line_end = "" if text.endswith("\n") or not text else "\n"
    several = isinstance(value, list | tuple) and value
    new = f"{key}:\n" + "".join(item(one, 2) for one in value) if several else entry(key, value, 0)
    return Edit.of([Splice(file, len(text), "", line_end + new)])


def tree_of(texts: Texts) -> Tree:
    """The texts' keys and items. Raises EditError when a text cannot be read."""
    try:
        return read_tree(texts)
    except ValueError as error:
        raise EditError(f"the file cannot be read: {error}") from None


# -- the tree as plain values, to compare with -----------------------------------------------------------------------


def _container(tree: Tree, path: Path) -> Tree | Sequence:
    if not path:
        raise EditError("the path is empty")
    node: Any = tree
    for index, part in enumerate(path[:-1]):
        if not _has(node, part):
            raise EditError(f"there is no {describe(path[: index + 1])}")
        node = node[part]
    if isinstance(node, Tree | Sequence):
        return node
    raise EditError(f"{describe(path[:-1])} is a single value; set it as a whole")


def _parts(node: Tree | Sequence) -> list[str | int]:
    return list(node) if isinstance(node, Tree) else list(range(len(node)))


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, Sequence):
        return isinstance(part, int) and 0 <= part < len(node)
    return isinstance(node, Tree) and part in node


def _plain(tree: Tree) -> dict[str, Any]:
    copy: dict[str, Any] = plain(tree)
    return copy


def _put(data: Any, path: Path, value: Any) -> None:
    for part in path[:-1]:
        data = data[part]
    if isinstance(data, list) and path[-1] == len(data):
        data.append(value)
    else:
        data[path[-1]] = value


def _with(tree: Tree, path: Path, value: Any) -> dict[str, Any]:
    data = _plain(tree)
    _put(data, path, value)
    return data


def _without(tree: Tree, path: Path) -> dict[str, Any]:
    data = _plain(tree)
    node: Any = data
    for part in path[:-1]:
        node = node[part]
    del node[path[-1]]
    return data


def _verified(texts: Texts, edit: Edit, expected: dict[str, Any]) -> Edit:
    """The edit, once its result has been read again and is what was asked for."""
    try:
        found: dict[str, Any] | None = _plain(read_tree(edit.apply(texts)))
    except EditError:
        raise
    except ValueError:  # the text that came out is no YAML
        found = None
    if found != expected:
        raise EditError(
            "this place of the file is written in a way that cannot be edited safely (an alias, or brackets over lines); "
            "change it by hand"
        )
    return edit
