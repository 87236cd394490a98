"""What a session looks at: the organisation, its events, the day, the selected team. The only place that caches.

What is cached is never changed, and keyed by the time and size of the files that it was read from.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from topology.app.problems import show_problems
from topology.clans import ClanReading
from topology.clans.brokers import Broker, brokers_of
from topology.clans.changes import Change, change
from topology.clans.floors import FloorRow, by_floor
from topology.clans.gathered import Clans, gather
from topology.clans.pairs import PairRow, pair_table
from topology.clans.ties import Source
from topology.clans.trend import Point, trend
from topology.delivery import (
    DEFINITIONS,
    By,
    Events,
    FileReport,
    LoadReport,
    Metric,
    Reading,
    Scope,
    UnknownZoneError,
    WarehouseError,
    is_url,
    load_events,
    read_metric,
    rows_behind,
    rows_left_out,
    whole_weeks,
)
from topology.delivery.contacts import read_exchange, read_rituals
from topology.delivery.files import LONG_LOAD_BYTES, SUFFIXES
from topology.delivery.indicators import around_deployments, series
from topology.history.git import repository_of
from topology.history.timeline import Every, Timeline, timeline
from topology.history.versions import places
from topology.model import Organisation
from topology.rules import Checked, Selection, SelectionError, check
from topology.rules.selection import selection
from topology.source import Loaded, load
from topology.source.files import files_of
from topology.source.settings import RuleSettings, Settings, SettingsError, data_source, load_settings

if TYPE_CHECKING:
    from typing import Any

Stamp = tuple[tuple[str, int, int], ...]
"""(file, modification time in ns, size) of each file: what a cached value was read from."""

WAREHOUSE_MINUTES = 10  # after which a warehouse is read again
MOST_COMMITS = 200  # of a Timeline by commit: a reading of each takes some hundredths of a second

_LOCK = threading.RLock()  # one DuckDB connection serves all sessions, one at a time


def model_path() -> Path:
    """The organisation that the server was started for."""
    return Path(os.environ.get("TOPOLOGY_MODEL", "squads.yaml"))


def _stamp(files: list[Path]) -> Stamp:
    found = []
    for file in files:
        try:
            info = file.stat()
        except OSError:
            continue
        found.append((str(file), info.st_mtime_ns, info.st_size))
    return tuple(found)


@dataclass(frozen=True)
class Opened:
    """What is shown, its files' stamp, and the problems of a newer version that cannot be shown."""

    loaded: Loaded
    stamp: Stamp
    problems: Loaded | None = None

    @property
    def organisation(self) -> Organisation:
        """The organisation that is shown."""
        assert self.loaded.organisation is not None
        return self.loaded.organisation


@st.cache_resource(max_entries=8, show_spinner=False)
def _load(path: str, stamp: Stamp) -> Loaded:
    return load(Path(path))


@st.cache_resource(max_entries=1, show_spinner=False)
def _last_good() -> dict[str, tuple[Loaded, Stamp]]:
    """The last version of each path that could be shown: a save that breaks the file must not blank the page."""
    return {}


def open_organisation() -> Opened | Loaded:
    """The organisation as it is on disk; else the last good version with the problems; else the problems alone."""
    path = model_path()
    files, _ = files_of(path)
    stamp = _stamp(files)
    loaded = _load(str(path), stamp)
    if loaded.organisation is not None:
        _last_good()[str(path)] = (loaded, stamp)
        return Opened(loaded, stamp)
    before = _last_good().get(str(path))
    return Opened(before[0], before[1], loaded) if before else loaded


def organisation_or_stop() -> None:
    """Loads the organisation for this run; says what is wrong with the file, above the last good version if there is one."""
    found = open_organisation()
    if isinstance(found, Loaded):
        show_problems(found, model_path(), last_good=False)
        st.stop()
    if found.problems is not None:
        show_problems(found.problems, model_path(), last_good=True)
    try:
        chosen = load_settings(model_path())
        selection(chosen.rules)
        data_source(model_path(), chosen)
    except (SettingsError, SelectionError) as error:
        st.error(f"The settings cannot be read, so the defaults hold. {error}")
    st.session_state["opened"] = found
    for one in events().report.files:
        if not one.table:  # the warehouse or database as a whole, and not one of its tables
            st.error(f"There are no events: {one.error}")


def opened() -> Opened:
    """What this run shows."""
    found: Opened = st.session_state["opened"]
    return found


def organisation() -> Organisation:
    """The organisation that this run shows."""
    return opened().organisation


# -- events -------------------------------------------------------------------------------------------------------


def settings() -> Settings:
    """The settings beside the organisation; the defaults where they cannot be read (`organisation_or_stop` says so)."""
    try:
        return load_settings(model_path())
    except SettingsError:
        return Settings()


@st.cache_resource(max_entries=4, show_spinner="Loading the event tables ...")
def _events(folder: str, timezone: str, stamp: Stamp) -> Events:
    bar = st.empty()

    def tell(name: str, done: int, total: int) -> None:
        if total >= LONG_LOAD_BYTES:
            bar.progress(done / total, text=f"Loading {name}")

    found = load_events(Path(folder), timezone, tell)
    bar.empty()
    return found


@st.cache_resource(max_entries=2, show_spinner="Reading the warehouse ...", ttl=WAREHOUSE_MINUTES * 60)
def _warehouse(url: str, timezone: str) -> Events:
    try:
        return load_events(url, timezone)
    except WarehouseError as error:
        return Events({}, LoadReport((FileReport("", "the warehouse", error=str(error)),)))


def files_stamp() -> tuple[Stamp, Stamp]:
    """The present state of everything that a page is made from: the organisation's files and the event tables."""
    files, _ = files_of(model_path())
    folder = model_path() if model_path().is_dir() else model_path().parent
    beside = [folder / "topology.toml", folder / "pyproject.toml"]
    return _stamp([*files, *beside]), _events_key()[2]


def _events_key() -> tuple[str, str, Stamp]:
    chosen = settings()
    source, zone = _source(), chosen.data.timezone
    if isinstance(source, str):  # (what was read last stands for a warehouse's state)
        return source, zone, (("read", id(_warehouse(source, zone)), 0),)
    files = [source] if source.is_file() else sorted(file for file in source.glob("*") if file.suffix in SUFFIXES)
    return str(source), zone, _stamp(files)


def _source() -> Path | str:
    """Where the event tables are; no folder at all where the settings name an environment variable that is not set."""
    try:
        return data_source(model_path(), settings())
    except SettingsError:
        return model_path().parent / "no-such-folder"


def events() -> Events:
    """The event tables beside the organisation."""
    with _LOCK:
        source, zone, stamp = _events_key()
        if is_url(source):
            return _warehouse(source, zone)
        try:
            return _events(source, zone, stamp)
        except UnknownZoneError:  # known to Python (the settings were read) but not to DuckDB
            return _events(source, "UTC", stamp)
        except WarehouseError as error:
            return Events({}, LoadReport((FileReport("", Path(source).name, error=str(error)),)))


@st.cache_resource(max_entries=512, show_spinner="Counting ...")
def _reading(key: tuple[Any, ...], metric: str, _scope: Scope) -> Reading:
    return read_metric(metric, _scope)


def scope(day: dt.date, by: By = "team", definition: str = "") -> Scope:
    """The whole weeks that ended on or before a day, by a named definition (the settings' own by default)."""
    chosen = settings().delivery
    named = DEFINITIONS[definition or chosen.definition]
    return Scope(events(), organisation(), tuple(whole_weeks(day)), chosen.incident_horizon_days, by, named)


def absent(metric: Metric) -> list[str]:
    """The tables that a metric needs and that are not there."""
    return [table for table in (*metric.needs, *metric.needs_one) if not events().has(table)]


def week_of(chosen: Scope, monday: dt.date) -> Scope:
    """The same for one week, such as the one that is not over."""
    return replace(chosen, weeks=(monday,))


def reading(metric: str, chosen: Scope) -> Reading:
    """A delivery metric of everyone that the scope counts for."""
    with _LOCK:
        key = (opened().stamp, _events_key(), chosen.weeks, chosen.horizon_days, chosen.by, chosen.definition.id)
        return _reading(key, metric, chosen)


def readings(chosen: Scope, metrics: Iterable[str]) -> dict[str, Reading]:
    """Several of them, in their order."""
    return {metric: reading(metric, chosen) for metric in metrics}


def metric_rows(metric: str, chosen: Scope, whose: str) -> list[dict[str, Any]]:
    """The events behind a number."""
    with _LOCK:
        return rows_behind(metric, chosen, whose)


def metric_left_out(metric: str, chosen: Scope, whose: str) -> list[dict[str, Any]]:
    """The events that a number leaves out, each with its reason."""
    with _LOCK:
        return rows_left_out(metric, chosen, whose)


@st.cache_resource(max_entries=4, show_spinner=False)
def _clan_source(key: tuple[Any, ...], _loaded: Events, _organisation: Organisation, weeks: int) -> Source:
    return Source.of(_organisation, read_exchange(_loaded, _organisation), weeks)


def clan_source() -> Source:
    """What the clan readings rest on: the organisation, contacts and cross-changes, and the settings' window."""
    with _LOCK:
        weeks = settings().clans.weeks
        return _clan_source((opened().stamp, _events_key(), weeks), events(), organisation(), weeks)


@st.cache_resource(max_entries=64, show_spinner=False)
def _pairs(key: tuple[Any, ...], _source: Source, day: dt.date) -> list[PairRow]:
    return pair_table(_source, day)


def pairs(day: dt.date) -> list[PairRow]:
    """Each pair of teams by what is declared, observed and needed."""
    return _pairs((opened().stamp, _events_key(), settings().clans.weeks), clan_source(), day)


@st.cache_resource(max_entries=16, show_spinner="Comparing with chance ...")
def _clans(key: tuple[Any, ...], _source: Source, day: dt.date, groupings: tuple[str, ...]) -> Clans:
    try:
        return gather(_source, day, groupings)
    except ValueError:  # the settings name a grouping that the file does not have (any more): show them all
        return gather(_source, day)


def clans(day: dt.date) -> Clans:
    """The clan readings of a day, the pairs of teams, and who carries the bridges."""
    chosen = settings().clans
    return _clans((opened().stamp, _events_key(), chosen.weeks), clan_source(), day, chosen.groupings)


@st.cache_resource(max_entries=32, show_spinner=False)
def _brokers(key: tuple[Any, ...], _source: Source, _reading: ClanReading, day: dt.date) -> list[Broker]:
    return brokers_of(_source, _reading, day)


def brokers(reading: ClanReading, day: dt.date) -> list[Broker]:
    """Who carries the bridges of a reading."""
    key = (opened().stamp, _events_key(), settings().clans.weeks, reading.grouping, reading.layer)
    return _brokers(key, clan_source(), reading, day)


@st.cache_resource(max_entries=32, show_spinner=False)
def _clan_trend(key: tuple[Any, ...], _source: Source, grouping: str, layer: str, day: dt.date) -> list[Point]:
    return trend(_source, grouping, layer, day)


def clan_trend(grouping: str, layer: str, day: dt.date) -> list[Point]:
    """The share of bridges window by window."""
    return _clan_trend((opened().stamp, _events_key(), settings().clans.weeks), clan_source(), grouping, layer, day)


@st.cache_resource(max_entries=32, show_spinner=False)
def _clan_change(key: tuple[Any, ...], _source: Source, grouping: str, layer: str, day: dt.date) -> Change | None:
    return change(_source, grouping, layer, day)


def clan_change(grouping: str, layer: str, day: dt.date) -> Change | None:
    """The change of the bridges against the window before."""
    return _clan_change((opened().stamp, _events_key(), settings().clans.weeks), clan_source(), grouping, layer, day)


@st.cache_resource(max_entries=32, show_spinner=False)
def _clan_floors(key: tuple[Any, ...], _source: Source, grouping: str, layer: str, day: dt.date) -> list[FloorRow]:
    return by_floor(_source, grouping, layer, day)


def clan_floors(grouping: str, layer: str, day: dt.date) -> list[FloorRow]:
    """The bridges by how many events make a tie."""
    return _clan_floors((opened().stamp, _events_key(), settings().clans.weeks), clan_source(), grouping, layer, day)


def rituals(kind: str | None, first: dt.date, end: dt.date) -> list[dict[str, Any]] | None:
    """The rituals of a kind (of every kind) in a period; None when there is no such table."""
    with _LOCK:
        return read_rituals(events(), kind, first, end)


@st.cache_resource(max_entries=32, show_spinner=False)
def _indicators(key: tuple[Any, ...], _scope: Scope) -> tuple[list[dict[str, Any]] | None, list[dict[str, Any]] | None]:
    return series(_scope.events), around_deployments(_scope)


def indicators(chosen: Scope) -> tuple[list[dict[str, Any]] | None, list[dict[str, Any]] | None]:
    """The shared indicators by day, and around each deployment of the window; None without their tables."""
    with _LOCK:
        return _indicators((opened().stamp, _events_key(), chosen.weeks), chosen)


# -- findings and history --------------------------------------------------------------------------------------------


def rule_selection() -> Selection:
    """Which rules run, by the settings; the defaults where these cannot be read (`organisation_or_stop` says so)."""
    try:
        return selection(settings().rules)
    except SelectionError:
        return selection(RuleSettings())


@st.cache_resource(max_entries=32, show_spinner=False)
def _checked(key: tuple[Any, ...], _loaded: Loaded, day: dt.date, _chosen: Selection, _clans: Clans | None) -> Checked:
    return check(_loaded, day, _chosen, clans=_clans)


def checked(day: dt.date, *, with_data: bool = True) -> Checked:
    """What the rules find on a day; `with_data`, those on clans too (which takes longer)."""
    key = (opened().stamp, repr(settings().rules), (_events_key(), repr(settings().clans)) if with_data else ())
    return _checked(key, opened().loaded, day, rule_selection(), clans(day) if with_data else None)


@st.cache_resource(max_entries=8, show_spinner="Reading the history ...")
def _timeline(key: tuple[Any, ...], _path: Path, every: Every, last: dt.date, _chosen: Selection) -> Timeline:
    return timeline(repository_of(_path), places(repository_of(_path), _path), every, last, _chosen, most=MOST_COMMITS)


def history(every: Every) -> Timeline:
    """The organisation over time, from the commits of its repository. Raises GitError when there is none."""
    path = model_path()
    head = repository_of(path).commit("HEAD")
    return _timeline((str(path), head, every, today(), repr(settings().rules)), path, every, today(), rule_selection())


# -- days ---------------------------------------------------------------------------------------------------------


def today() -> dt.date:
    """The day on which the reader looks; the app's one look at the clock."""
    return dt.datetime.now(dt.UTC).astimezone().date()


def last_day() -> dt.date:
    """The day shown at first: the last one with data, today where there is none."""
    return min(events().last_day or today(), today())
