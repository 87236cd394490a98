"""The organisation at a path, as it was when it was opened, and everything that is read from it.

Commands, pages, reports and notebooks ask here; nobody else joins an organisation with its events. What is computed is kept, so
that threads may share a workspace; two workspaces share nothing. Libraries are imported by what needs them, so that a check of the
file alone starts without the statistics.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from topology.language import language_code
from topology.model import Organisation
from topology.once import Once
from topology.rules import Checked, Selection, check
from topology.rules.facts import Observed
from topology.rules.known import Known
from topology.rules.selection import selection
from topology.source import Loaded, OrganisationError, Problem, load
from topology.source.address import Source
from topology.source.settings import Settings, data_source, folder_of, load_settings

if TYPE_CHECKING:
    from topology.clans.gathered import Clans
    from topology.clans.ties import Layer
    from topology.clans.window import Window
    from topology.delivery import Attribution, By, Events, Metric, Reading, Scope
    from topology.history.timeline import Every, Timeline
    from topology.maturity.levels import Rating
    from topology.maturity.pack import Pack
    from topology.maturity.voices.snapshot import Snapshot

KEPT_READINGS, KEPT_WINDOWS = 512, 8  # those that were asked for last; a window holds the networks of its weeks
WINDOW_WEEKS = 12

Made = TypeVar("Made")
Progress = Callable[[str, int, int], None]


def _untold(_: str, __: int, ___: int) -> None:
    return None


@dataclass(frozen=True, eq=False)
class Workspace:
    """The organisation of a file or folder, its settings, and where its events are."""

    path: Path
    loaded: Loaded
    """The files' texts, the organisation where they can be read, and what is wrong with them."""
    settings: Settings
    data: Source
    """Where the event tables are: a folder, a DuckDB file, or a warehouse's address."""
    timezone: str
    today: dt.date
    """The day on which it was opened."""
    progress: Progress = _untold
    """Told of each file while the events are loaded."""
    forgiving: bool = False
    """Whether events that cannot be reached are no events, and the report says so; else they are an error."""
    _shared: Once = field(default_factory=Once, repr=False)
    """What holds for the same events with other texts too."""
    _own: Once = field(default_factory=Once, repr=False)
    _readings: Once = field(default_factory=lambda: Once(KEPT_READINGS), repr=False)
    _windows: Once = field(default_factory=lambda: Once(KEPT_WINDOWS), repr=False)
    _engine: threading.RLock = field(default_factory=threading.RLock, repr=False)
    """The connection to the events answers one question at a time."""

    @classmethod
    def open(
        cls, path: Path, today: dt.date, *, data: Source | None = None, timezone: str | None = None,
        settings: Settings | None = None, progress: Progress = _untold, forgiving: bool = False,
    ) -> Self:  # fmt: skip
        """The organisation at a path, whatever its files are worth. Raises SettingsError for the settings beside it.

        `data` and `timezone` stand before those of the settings.
        """
        known = settings or load_settings(path)
        source = data_source(path, known) if data is None else data
        return cls(path, load(path), known, source, timezone or known.data.timezone, today, progress, forgiving)

    # -- the file ---------------------------------------------------------------------------------------------

    @property
    def organisation(self) -> Organisation:
        """The organisation. Raises OrganisationError, with every problem, where the files cannot be read."""
        if self.loaded.organisation is None:
            raise OrganisationError(self.loaded)
        return self.loaded.organisation

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files."""
        return self.loaded.problems

    def with_loaded(self, loaded: Loaded) -> Self:
        """The same with other texts, such as those of a draft; the events are not loaded again."""
        return replace(self, loaded=loaded, _own=Once(), _readings=Once(KEPT_READINGS), _windows=Once(KEPT_WINDOWS))

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Keeps what is made of this workspace, such as the layout of a map, under a key of the one who asks."""
        return self._readings(key, make)

    # -- rules ------------------------------------------------------------------------------------------------

    @cached_property
    def selection(self) -> Selection:
        """Which rules run, by the settings. Raises SelectionError."""
        return selection(self.settings.rules)

    def check(
        self, day: dt.date, chosen: Selection | None = None, known: Known = MappingProxyType({}), *, with_data: bool = False
    ) -> Checked:  # fmt: skip
        """What the rules find on a day without what is `known`; `with_data`, those on what was observed too. Raises SelectionError."""
        observed = self.observed(day) if with_data and self.loaded.organisation is not None else None
        return check(self.loaded, day, chosen or self.selection, known, observed)

    def observed(self, day: dt.date) -> Observed:
        """What the rules read of what was observed. Raises PackError for a pack of the organisation's own that cannot be used; a forgiving
        workspace then says nothing of maturity."""
        from topology.maturity.packs import PackError

        try:
            ratings = self.maturity(day)
        except PackError:
            if not self.forgiving:
                raise
            ratings = []
        return Observed(self.clans(day), ratings, self._changed_questions(day) if ratings else ())

    def _changed_questions(self, day: dt.date) -> tuple[str, ...]:
        """The questions whose words are others than those that the last survey asked under the same id."""
        last = self.voices(day)
        known = {item: one.digest for item, one in self.pack.questions.items()}
        return tuple(item for item, digest in (last.words if last else {}).items() if known.get(item, digest) != digest)

    def checked(self, day: dt.date, *, with_data: bool = False) -> Checked:
        """The same by the settings, kept."""
        return self._readings(
            ("checked", day, with_data, language_code()), lambda: self.check(day, with_data=with_data)
        )

    # -- events -----------------------------------------------------------------------------------------------

    @property
    def events(self) -> Events:
        """The event tables. Raises UnknownZoneError and WarehouseError, unless the workspace is forgiving."""
        from topology.delivery import load_events, load_events_or_say

        load = load_events_or_say if self.forgiving else load_events
        return self._shared("events", lambda: load(self.data, self.timezone, self.progress))

    @property
    def last_day(self) -> dt.date:
        """The last day with data; today where there is none."""
        return min(self.events.last_day or self.today, self.today)

    def scope(
        self, day: dt.date, by: By = "team", definition: str = "", *, weeks: Iterable[dt.date] = (),
        attribution: Attribution = "owner", length: int = WINDOW_WEEKS,
    ) -> Scope:  # fmt: skip
        """The `length` whole weeks that ended on or before a day (or `weeks`), by a named definition (the settings' own by default)."""
        from topology.delivery import DEFINITIONS, Scope, whole_weeks

        chosen = self.settings.delivery
        return Scope(
            self.events, self.organisation, tuple(weeks) or tuple(whole_weeks(day, length)),
            by, DEFINITIONS[definition or chosen.definition], attribution, chosen,
        )  # fmt: skip

    def reading(self, metric: str, scope: Scope, *, weekly: bool = True) -> Reading:
        """A delivery metric of everyone that a scope of this workspace counts for; without its weeks where nobody shows them."""
        from topology.delivery import read_metric

        def read() -> Reading:
            with self._engine:
                found = read_metric(metric, scope, weekly=weekly)
            return replace(
                found, why=lambda: self._readings(("why", metric, *_of_scope(scope)), lambda: self._asked(found.why))
            )

        return self._readings(("reading", metric, weekly, *_of_scope(scope)), read)

    def query(self, reading: Reading) -> str:
        """The query of a number, as a script."""
        return self._asked(reading.compile)

    def _asked(self, ask: Callable[[], Made]) -> Made:
        with self._engine:
            return ask()

    def readings(self, scope: Scope, metrics: Iterable[str]) -> dict[str, Reading]:
        """Several of them, in their order."""
        return {metric: self.reading(metric, scope) for metric in metrics}

    def rows_behind(self, metric: str, scope: Scope, whose: str) -> list[dict[str, Any]]:
        """The events in a number; they name no person."""
        from topology.delivery import rows_behind

        return self._readings(
            ("rows", metric, whose, *_of_scope(scope)), lambda: self._asked(lambda: rows_behind(metric, scope, whose))
        )

    def rows_left_out(self, metric: str, scope: Scope, whose: str) -> list[dict[str, Any]]:
        """The events that a number leaves out, each with the code of its reason."""
        from topology.delivery import rows_left_out

        return self._readings(
            ("left out", metric, whose, *_of_scope(scope)),
            lambda: self._asked(lambda: rows_left_out(metric, scope, whose)),
        )

    def absent(self, metric: Metric) -> list[str]:
        """The tables that a metric needs and that are not there."""
        return [table for table in (*metric.needs, *metric.needs_one) if not self.events.has(table)]

    def rituals(self, kind: str | None, first: dt.date, end: dt.date) -> list[dict[str, Any]] | None:
        """The rituals of a kind (of every kind) planned from `first` until before `end`; None when there is no such table."""
        from topology.delivery.contacts import read_rituals

        def read() -> list[dict[str, Any]] | None:
            with self._engine:
                return read_rituals(self.events, kind, first, end)

        return self._readings(("rituals", kind, first, end), read)

    def indicators(self, scope: Scope) -> tuple[list[dict[str, Any]] | None, list[dict[str, Any]] | None]:
        """The shared indicators by day, and around each deployment of the window; None without their tables."""
        from topology.delivery.indicators import around_deployments, series

        def read() -> tuple[list[dict[str, Any]] | None, list[dict[str, Any]] | None]:
            with self._engine:
                return series(scope.events), around_deployments(scope)

        return self._readings(("indicators", *_of_scope(scope)), read)

    # -- clans ------------------------------------------------------------------------------------------------

    def window(self, day: dt.date, weeks: int | None = None, floor: float | None = None) -> Window:
        """What clans reads in the whole weeks up to a day: networks of what is declared, observed and needed."""
        key = ("window", day, weeks or self.settings.clans.weeks, floor)
        return self._windows(key, lambda: self._window(day, weeks, floor))

    def _window(self, day: dt.date, weeks: int | None, floor: float | None) -> Window:
        from topology.clans.window import Window

        more: Mapping[str, Any] = {} if floor is None else {"floor": floor}
        return Window(self.organisation, self._exchange, day, weeks or self.settings.clans.weeks, **more)

    @property
    def _exchange(self) -> Any:
        return self._own("exchange", self._read_exchange)

    def _read_exchange(self) -> Any:
        from topology.delivery.contacts import read_exchange
        from topology.graph.observed import exchange

        with self._engine:
            rows = read_exchange(self.events, self.organisation)
        return None if rows is None else exchange(self.organisation, rows)

    def clans(self, day: dt.date) -> Clans:
        """The clan readings of a day, by the settings' partitions that the file has, and the pairs of teams."""
        return self.clans_of(self.window(day))

    def clans_of(self, window: Window, layers: Iterable[Layer] = ()) -> Clans:
        """The same of a window, by these layers where any are named."""
        from topology.clans.gathered import gather
        from topology.clans.partitions import partitions_of
        from topology.clans.ties import LAYERS

        there = partitions_of(
            window.organisation
        )  # (the settings may name an `x-` key that the file has not, or not any more)
        wanted = tuple(one for one in self.settings.clans.groupings if one in there)
        asked = tuple(layers) or LAYERS
        return window.once(("clans", asked), lambda: gather(window, wanted, asked))

    # -- maturity ---------------------------------------------------------------------------------------------

    @cached_property
    def pack(self) -> Pack:
        """The pack of dimensions that the settings name, else the package's own. Raises PackError."""
        from topology.maturity.packs import pack_of

        own = self.settings.maturity.pack
        return pack_of(folder_of(self.path) / own if own else None)

    def maturity(self, day: dt.date) -> list[Rating]:
        """Where each team stands on each dimension by what can be seen, in the order of the file. Raises PackError."""
        from topology.maturity.levels import ratings
        from topology.workspace.evidence import WorkspaceEvidence

        return self._readings(("maturity", day), lambda: ratings(self.pack, WorkspaceEvidence(self, day)))

    def surveys(self, day: dt.date) -> tuple[list[Snapshot], list[Problem]]:
        """(the surveys that were closed on or before a day, the last one last, what is wrong with their files); read anew each time."""
        from topology.maturity.voices.snapshot import FOLDER, snapshots_in

        found, problems = snapshots_in(folder_of(self.path) / FOLDER)
        return [one.renamed(self.organisation.current_id) for one in found if one.closed <= day], problems

    def voices(self, day: dt.date) -> Snapshot | None:
        """The last of them."""
        return next(reversed(self.surveys(day)[0]), None)

    def team_rows(
        self, table: str, day: dt.date, weeks: int
    ) -> tuple[dict[str, list[dict[str, Any]]], dt.date | None] | None:
        """The rows of an event table in so many whole weeks, by team, and the last day it tells of; None without the table."""
        from topology.delivery.team_rows import team_rows

        if not self.events.has(table):
            return None
        scope = self.scope(day, length=weeks)
        return self._readings(("team rows", table, day, weeks), lambda: self._asked(lambda: team_rows(scope, table)))

    def teams_telling(self, table: str, day: dt.date, column: str = "") -> frozenset[str]:
        """The teams of which an event table ever has a row up to a day (that fills a column)."""
        from topology.delivery.team_rows import teams_telling

        if not self.events.has(table):
            return frozenset()
        scope = self.scope(day)
        key = ("telling", table, day, column)
        return self._readings(key, lambda: self._asked(lambda: teams_telling(scope, table, column)))

    # -- history ----------------------------------------------------------------------------------------------

    def history(self, every: Every, most: int | None = None) -> Timeline:
        """The organisation over time, from the commits of its repository. Raises GitError when there is none."""
        from topology.history.git import repository_of
        from topology.history.timeline import timeline
        from topology.history.versions import places

        repository = repository_of(self.path)
        head = repository.commit("HEAD")
        return self._readings(
            ("history", head, every, most, language_code()),
            lambda: timeline(repository, places(repository, self.path), every, self.today, self.selection, most=most),
        )

    def at_commit(self, commit: str) -> Self:
        """The same with the files as a commit has them, read as far as they go. Raises GitError."""
        from topology.history.git import repository_of
        from topology.history.versions import places, version_at

        def read() -> Loaded:
            repository = repository_of(self.path)
            return version_at(repository, commit, places(repository, self.path)).loaded

        return self._windows(("commit", commit), lambda: self.with_loaded(read()))


def _of_scope(scope: Scope) -> tuple[Any, ...]:
    """What tells two scopes of one workspace apart."""
    return scope.weeks, scope.by, scope.definition.id, scope.attribution
