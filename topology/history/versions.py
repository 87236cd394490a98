"""The organisation as it was in a commit, as it is in the work tree, or as a file has it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from topology.history.git import LINK, SUBMODULE, TREE, Entry, GitError, Objects, Repository
from topology.source import Loaded, load, load_texts
from topology.source.files import DEFAULT_NAMES, MAX_BYTES, MOST_FILES, SUFFIXES
from topology.source.lenient import lenient

LONGEST_LINK = 4_096  # bytes of the path that a link names


@dataclass(frozen=True)
class Version:
    """An organisation at one time. `loaded` may have no organisation, and says why."""

    name: str
    """A revision, a file, or "the work tree"."""
    loaded: Loaded


def places(repository: Repository, path: Path) -> tuple[str, ...]:
    """Where the organisation may have been in a commit: at its path, and for squads.yaml at the other usual ones beside it
    (a file that became a folder is the same organisation)."""
    name = repository.relative(path)
    folder, base = posixpath.split(name)
    usual = DEFAULT_NAMES if base in DEFAULT_NAMES else ()
    return tuple(dict.fromkeys([name, *(posixpath.join(folder, one) for one in usual)]))


def version_at(repository: Repository, revision: str, names: tuple[str, ...]) -> Version:
    """The organisation at a revision, in the first of the places that has it, as well as it can be read. Raises GitError."""
    commit = repository.commit(revision)
    with repository.objects() as objects:
        for name in names:
            entry = _followed(repository, objects, commit, name)
            if entry is not None:
                return Version(revision, forgiving(texts_of(repository, objects, entry, name)))
    return Version(revision, Loaded(None, (), {}))


def _followed(repository: Repository, objects: Objects, commit: str, name: str) -> Entry | None:
    """What stands at a place; of a link, what it leads to inside the repository."""
    entry = repository.entry(commit, name)
    if entry is None or entry.mode != LINK:
        return entry
    target = posixpath.normpath(
        posixpath.join(posixpath.dirname(name), os.fsdecode(objects.read(entry.id, LONGEST_LINK, shown(name))))
    )
    return None if target.startswith(("..", "/")) else repository.entry(commit, target)


def version_of(path: Path) -> Version:
    """The organisation as a file or folder has it now; without one when a part cannot be read."""
    loaded = load(path)
    return Version(str(path), loaded if loaded.tree is None or loaded.organisation is not None else lenient(loaded))


def forgiving(texts: Mapping[str, str]) -> Loaded:
    """The texts as they are, or without the entries that cannot be read. A part that is no YAML leaves no organisation."""
    loaded = load_texts(texts)
    return loaded if loaded.organisation is not None else lenient(loaded)


def texts_of(repository: Repository, objects: Objects, entry: Entry, name: str) -> dict[str, str]:
    """{file: text} of a file, or of the YAML files of a folder, in a commit. Raises GitError."""
    if entry.mode == SUBMODULE:
        raise GitError(f"{name} is a submodule there; run the command inside it.")
    if entry.mode == LINK:
        raise GitError(f"{name} is a link to a link there, which is not followed.")
    if entry.mode != TREE:
        return {name: text_of(objects, entry.id, name)}
    files = {one: found for one, found in sorted(repository.entries(entry.id).items()) if is_part(one, found.mode)}
    check_sizes(objects, files, name)
    return {
        posixpath.normpath(posixpath.join(name, one)): text_of(objects, found.id, one) for one, found in files.items()
    }


def check_sizes(objects: Objects, files: Mapping[str, Entry], name: str) -> int:
    """The bytes of the files of a version. Raises GitError for more, or larger, files than an organisation has."""
    if len(files) > MOST_FILES:
        raise GitError(f"{shown(name)} has {len(files)} YAML files there; {MOST_FILES} are read at most.")
    sizes = {one: objects.size(found.id) for one, found in files.items()}
    for one, size in sizes.items():
        if size > MAX_BYTES:
            raise GitError(
                f"{shown(one)} has {size / 1_048_576:.1f} MB there; {MAX_BYTES / 1_048_576:.1f} MB are read at most."
            )
    if (total := sum(sizes.values())) > MAX_BYTES:
        raise GitError(
            f"{shown(name)} has {total / 1_048_576:.1f} MB there; {MAX_BYTES / 1_048_576:.1f} MB are read at most."
        )
    return total


def is_part(name: str, mode: str) -> bool:
    """Whether a name of a folder belongs to its organisation: a YAML file that is not hidden."""
    return mode not in (TREE, SUBMODULE, LINK) and PurePosixPath(name).suffix in SUFFIXES and not name.startswith(".")


def text_of(objects: Objects, id_: str, name: str) -> str:
    """The text of a blob. Raises GitError when it is not one."""
    try:
        return objects.read(id_, MAX_BYTES, shown(name)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GitError(f"{shown(name)} is not UTF-8 text there.") from None


def shown(name: str) -> str:
    """A file name of any bytes as text."""
    return os.fsencode(name).decode("utf-8", "replace")
