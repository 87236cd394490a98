"""Which organisations the server holds open, and the one that this run of a page looks at.

A workspace is never changed: a file that is saved gives another one, beside the sessions that still look at the first. Keyed by
everything that it was read from: the files with their times and sizes, the settings, the day.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from topology.delivery.files import LONG_LOAD_BYTES, SUFFIXES
from topology.once import Once
from topology.rules import SelectionError
from topology.rules.selection import selection
from topology.source import Loaded
from topology.source.address import Address, Source
from topology.source.files import files_of
from topology.source.settings import RuleSettings, Settings, SettingsError, data_source, load_settings
from topology.workspace import Workspace

Stamp = tuple[tuple[str, int, int], ...]
"""(file, modification time in ns, size) of each file."""

WAREHOUSE_SECONDS = 600  # after which a warehouse is read again
MOST_OPEN = 4

_OPEN = Once(MOST_OPEN)
_LAST_GOOD: dict[Path, Workspace] = {}
"""The last version of each path that could be shown: a save that breaks the file must not blank the page."""


def model_path() -> Path:
    """The organisation that the server was started for."""
    return Path(os.environ.get("TOPOLOGY_MODEL", "squads.yaml"))


def today() -> dt.date:
    """The day on which the reader looks; the app's one look at the clock."""
    return dt.datetime.now(dt.UTC).astimezone().date()


@dataclass(frozen=True)
class Opened:
    """What a run shows; a newer version of the files that cannot be shown; what is wrong with the settings."""

    workspace: Workspace | None
    broken: Loaded | None
    complaints: tuple[str, ...]
    data: Source
    stamp: tuple[Stamp, Stamp]
    """The files of the organisation, and those of its events, as they were when they were read."""


def open_model() -> Opened:
    """The organisation as it is on disk; else the last good version beside what is wrong; else what is wrong alone."""
    path = model_path()
    settings, data, complaints = _settings(path)
    stamp = present_stamp(data)
    found = _OPEN((path, stamp, repr(settings), today()), lambda: _opened(path, settings, data))
    if found.loaded.organisation is not None:
        _LAST_GOOD[path] = found
        return Opened(found, None, complaints, data, stamp)
    return Opened(_LAST_GOOD.get(path), found.loaded, complaints, data, stamp)


def warm_up() -> None:
    """Opens the organisation and reads its clans, so that the first reader finds them made, or half made. Runs beside the server.

    A long load waits for its reader, who sees a bar. What goes wrong here is said by the page, which meets it again.
    """
    with suppress(Exception):
        data = _settings(model_path())[1]
        if sum(size for _, _, size in _data_stamp(data)) < LONG_LOAD_BYTES and (found := open_model().workspace):
            found.clans(found.last_day)
    gc.freeze()  # (Streamlit collects all garbage after each run of a page: what is here now, libraries above all, is none)


def _opened(path: Path, settings: Settings, data: Source) -> Workspace:
    return Workspace.open(path, today(), data=data, settings=settings, forgiving=True, progress=_bar)


def _settings(path: Path) -> tuple[Settings, Source, tuple[str, ...]]:
    """The settings beside the organisation, where its events are, and what cannot be read of it: there the defaults hold."""
    complaints: list[str] = []
    settings = Settings()
    try:
        settings = load_settings(path)
        selection(settings.rules)
    except SettingsError as error:
        complaints.append(str(error))
    except SelectionError as error:
        complaints.append(str(error))
        settings = settings.model_copy(update={"rules": RuleSettings()})
    try:
        return settings, data_source(path, settings), tuple(complaints)
    except SettingsError as error:
        return settings, path.parent / "no-such-folder", (*complaints, str(error))


def _bar(name: str, done: int, total: int) -> None:
    """A bar for the reader who waits for a long load."""
    if total >= LONG_LOAD_BYTES:
        if "loading" not in st.session_state:
            st.session_state["loading"] = st.empty()
        st.session_state["loading"].progress(done / total, text=f"Loading {name}")
        if done >= total:
            st.session_state.pop("loading").empty()


def remember(workspace: Workspace) -> None:
    """Makes it the one that this run looks at."""
    st.session_state["workspace"] = workspace


def workspace() -> Workspace:
    """The organisation that this run shows."""
    found: Workspace = st.session_state["workspace"]
    return found


def present_stamp(data: Source) -> tuple[Stamp, Stamp]:
    """The present state of everything that a run is made from: the organisation's files, and the event tables of a source."""
    return _stamp(_own_files(model_path())), _data_stamp(data)


def _own_files(path: Path) -> list[Path]:
    folder = path if path.is_dir() else path.parent
    return [*files_of(path)[0], folder / "topology.toml", folder / "pyproject.toml"]


def _data_stamp(data: Source) -> Stamp:
    if isinstance(data, Address):  # what is in a warehouse has no time: it is read again after a while
        return ((data.url, int(time.monotonic() // WAREHOUSE_SECONDS), 0),)
    return _stamp([data] if data.is_file() else sorted(file for file in data.glob("*") if file.suffix in SUFFIXES))


def _stamp(files: list[Path]) -> Stamp:
    found = []
    for file in files:
        try:
            info = file.stat()
        except OSError:
            continue
        found.append((str(file), info.st_mtime_ns, info.st_size))
    return tuple(found)
