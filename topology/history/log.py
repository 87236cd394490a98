"""Which files an organisation had after each commit, from one `git log`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from topology.history.git import SUBMODULE, TREE, Entry, GitError, Repository
from topology.history.versions import is_part

HEADER = b"\x01"
ABSENT = "000000"


@dataclass(frozen=True)
class State:
    """The organisation's files after a commit of the first-parent line."""

    commit: str
    when: dt.datetime
    files: dict[str, Entry]
    """{path: entry}; empty where the organisation does not exist."""


def states(repository: Repository, names: tuple[str, ...], revision: str = "HEAD") -> list[State]:
    """The states of the first of `names` that each commit has, oldest first. Raises GitError.

    A name may be a file or a folder, at one commit this and at another that.
    """
    log = repository.run(
        "log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames",
        "--no-ext-diff", "--format=%x01%H %ct", repository.commit(revision), "--", *names,
    )  # fmt: skip
    found, tracked = [], dict[str, Entry]()
    for commit, when, raw in _commits(log):
        for path, entry in raw:
            if entry.mode == ABSENT:
                tracked.pop(path, None)
            else:
                tracked[path] = entry
        found.append(State(commit, when, _present(tracked, names)))
    return found


def _commits(log: bytes) -> Iterator[tuple[str, dt.datetime, list[tuple[str, Entry]]]]:
    """(commit, time, changed paths) of each record. A path follows its `:…` token, so a name may look like anything."""
    head: tuple[str, dt.datetime] | None = None
    raw: list[tuple[str, Entry]] = []
    tokens = iter(log.split(b"\0"))
    for token in tokens:
        token = token.lstrip(b"\n")
        if token.startswith(HEADER):
            if head is not None:
                yield (*head, raw)
            commit, seconds = token[1:].decode().split()
            head, raw = (commit, dt.datetime.fromtimestamp(int(seconds), dt.UTC)), []
        elif token.startswith(b":"):
            _, mode, _, id_, _ = token.decode().split()
            raw.append((os.fsdecode(next(tokens)), Entry(mode, id_)))
        elif token:
            raise GitError("the answer of `git log` was not understood.")
    if head is not None:
        yield (*head, raw)


def _present(tracked: dict[str, Entry], names: tuple[str, ...]) -> dict[str, Entry]:
    """The files of the first name that is there: itself, or the YAML files of the folder."""
    for name in names:
        if name in tracked and tracked[name].mode != TREE:
            return {name: tracked[name]}
        parts = {
            path: one
            for path, one in tracked.items()
            if _inside(path, name) and is_part(PurePosixPath(path).name, one.mode)
        }
        if parts:
            return dict(sorted(parts.items()))
    return {}


def _inside(path: str, folder: str) -> bool:
    return str(PurePosixPath(path).parent) == folder


def is_submodule(state: State) -> bool:
    """Whether the organisation's place was a submodule: its files are in another repository."""
    return any(one.mode == SUBMODULE for one in state.files.values())
