"""Which files an organisation had after each commit, from one `git log`."""

from __future__ import annotations

import datetime as dt
import os
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from topology.history.git import TREE, Entry, GitError, Repository
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

    @property
    def day(self) -> dt.date:
        """The day of the commit where the reader is, as `today` is."""
        return self.when.astimezone().date()


def states(repository: Repository, names: tuple[str, ...], revision: str = "HEAD") -> list[State]:
    """The states of the first of `names` that each commit has, oldest first. Raises GitError.

    A name may be a file or a folder, at one commit this and at another that.
    """
    log = repository.run(
        "log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames",
        "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--no-show-signature", "--ignore-submodules=none",
        "--encoding=UTF-8", "-O/dev/null", "--format=%x01%H %ct", repository.commit(revision), "--", *names,
    )  # fmt: skip
    found, tracked = [], dict[str, Entry]()
    for commit, when, raw in _commits(log):
        for path, entry in raw:
            if entry.mode == ABSENT:
                tracked.pop(path, None)
            else:
                tracked[path] = entry
        found.append(State(commit, when, _present(tracked, names)))
    return _in_order(found)


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
            commit, _, seconds = token[1:].decode().partition(" ")
            head, raw = (commit, _time(seconds)), []
        elif token.startswith(b":"):
            _, mode, _, id_, _ = token.decode().split()
            raw.append((os.fsdecode(next(tokens)), Entry(mode, id_)))
        elif token:
            raise GitError("the answer of `git log` was not understood.")
    if head is not None:
        yield (*head, raw)


def _time(seconds: str) -> dt.datetime:
    """The time of a commit; the beginning of time for one that has none, which then counts as its neighbour's."""
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return dt.datetime.fromtimestamp(0, dt.UTC)


def _in_order(found: list[State]) -> list[State]:
    """The states with times that never go back.

    The clock of a machine may have been wrong. The longest run of commits whose times are in order is believed; each other
    commit gets the time of the one before it.
    """
    tails: list[int] = []  # of the runs of each length, the one that ends earliest
    before: list[int] = []
    for index, state in enumerate(found):
        length = bisect_right(tails, state.when, key=lambda one: found[one].when)
        before.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [index]
    believed, index = set(), tails[-1] if tails else -1
    while index >= 0:
        believed.add(index)
        index = before[index]
    last = found[min(believed)].when if believed else None
    ordered = []
    for index, state in enumerate(found):
        last = state.when if index in believed else last
        ordered.append(replace(state, when=last) if last else state)
    return ordered


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
