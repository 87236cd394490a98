"""An organisation over time, from git: a snapshot a commit, week, month or quarter."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from topology.graph.structure import crossings
from topology.history.git import LINK, SUBMODULE, GitError, Objects, Repository
from topology.history.log import State, states
from topology.history.versions import check_sizes, forgiving, shown, text_of
from topology.model import Organisation
from topology.model.interactions import RUNNING
from topology.rules import Selection, check
from topology.source import Loaded

Every = Literal["commit", "week", "month", "quarter"]
MOST_BYTES = (
    128 * 1024 * 1024
)  # of all versions together: a small pack may hold many large ones (501 of 200 teams have 70 MB)


@dataclass(frozen=True)
class Snapshot:
    """The organisation on a day in numbers, as the last readable commit until then has it. The organisation itself is not kept."""

    day: dt.date
    commit: str
    teams: Mapping[str, int]
    """{team type: teams on the day}."""
    people: int
    squads: int
    full_duos: int
    """Stream-aligned teams with a product manager and an engineering manager on the day."""
    interactions: Mapping[str, int]
    """{mode: pairs of teams, active or overrun}."""
    findings: Mapping[str, int]
    """{severity: count}."""
    crossings: Mapping[str, int]
    """{grouping: collaborations and facilitations that leave it}."""
    names: Mapping[str, str]
    """{grouping: its name then} of those groupings."""


@dataclass(frozen=True)
class Timeline:
    """Snapshots, oldest first, and what could not be read."""

    snapshots: tuple[Snapshot, ...]
    notes: tuple[str, ...] = ()


def timeline(
    repository: Repository,
    names: tuple[str, ...],
    every: Every,
    today: dt.date,
    chosen: Selection,
    most: int | None = None,
) -> Timeline:
    """The history of an organisation's files. Raises GitError when there is none; a broken commit is skipped, and said.

    Of `every` commit only the last `most` are read, where that is given.
    """
    found = [one for one in states(repository, names) if one.day <= today]
    notes: list[str] = []
    if every == "commit" and most is not None and len(found) > most:
        notes.append(
            f"The last {most} of {len(found)} commits are shown; `topology history --every commit` prints all."
        )
        found = found[-most:]
    if advice := repository.fetch_advice():
        notes.append(f"The history begins at {found[0].day if found else 'no commit'}. {advice}")
    with repository.objects() as objects:
        reader = _Reader(objects, notes)
        snapshots = tuple(
            _snapshot(day, state, loaded, chosen) for day, state, loaded in reader.chosen(found, every, today)
        )
    return Timeline(snapshots, tuple(notes))


class _Reader:
    """Reads versions by the ids of their files."""

    def __init__(self, objects: Objects, notes: list[str]) -> None:
        self._objects, self._notes = objects, notes
        self._last: tuple[tuple[tuple[str, str], ...], Loaded | None] | None = None
        """The version that was read last, by the ids of its files: what follows is mostly the same. Others are not kept."""
        self._bytes = 0
        """Of the versions that were read."""

    def chosen(self, found: list[State], every: Every, today: dt.date) -> Iterator[tuple[dt.date, State, Loaded]]:
        """(day, state, organisation) of each period: of its last readable commit, else of the one before."""
        if every == "commit":
            for state in found:
                loaded = self._load(state)
                if loaded is not None:
                    yield state.day, state, loaded
            return
        last: tuple[State, Loaded] | None = None
        index = 0
        for day in _period_ends(found, every, today):
            begin = index
            while index < len(found) and found[index].day <= day:
                index += 1
            for state in reversed(found[begin:index]):
                loaded = self._load(state)
                if loaded is not None or not state.files:  # (where the file was removed, nothing goes on)
                    last = (state, loaded) if loaded is not None else None
                    break
            if last is not None:
                yield day, *last

    def _load(self, state: State) -> Loaded | None:
        key = tuple((path, one.id) for path, one in state.files.items())
        if self._last is None or self._last[0] != key:
            self._last = (key, self._open(state))
        return self._last[1]

    def _open(self, state: State) -> Loaded | None:
        if not state.files:
            return None
        try:
            for path, one in state.files.items():
                if one.mode in (SUBMODULE, LINK):
                    raise GitError(f"{shown(path)} is a {'submodule' if one.mode == SUBMODULE else 'link'} there")
            if not self._affordable(state):
                return None
            texts = {path: text_of(self._objects, one.id, shown(path)) for path, one in state.files.items()}
        except GitError as error:
            self._notes.append(f"{state.day} {state.commit[:10]} is skipped: {error}")
            return None
        loaded = forgiving(texts)
        if loaded.organisation is None:
            first = f"{loaded.problems[0].place}: {loaded.problems[0].message}" if loaded.problems else "no file"
            self._notes.append(f"{state.day} {state.commit[:10]} is skipped: {first}")
            return None
        return loaded

    def _affordable(self, state: State) -> bool:
        """Whether the versions so far come to no more than is read; it is said of the first that does not. Raises GitError for one
        that is too large by itself."""
        before, self._bytes = (
            self._bytes,
            self._bytes + check_sizes(self._objects, state.files, next(iter(state.files))),
        )
        if before <= MOST_BYTES < self._bytes:
            self._notes.append(
                f"{state.day} {state.commit[:10]} and what follows is not read: the versions before it have {MOST_BYTES // 1_048_576} MB "
                "together. `--every quarter` reads fewer."
            )
        return self._bytes <= MOST_BYTES


def _period_ends(found: list[State], every: Every, today: dt.date) -> Iterator[dt.date]:
    """The last day of each period from the first commit on; of the one that runs, today."""
    day = found[0].day if found else today + dt.timedelta(days=1)
    while day <= today:
        end = _last_day(day, every)
        yield min(end, today)
        day = end + dt.timedelta(days=1)


def _last_day(day: dt.date, every: Every) -> dt.date:
    if every == "week":
        return day + dt.timedelta(days=6 - day.weekday())
    month = day.month if every == "month" else (day.month + 2) // 3 * 3
    first_after = dt.date(day.year + month // 12, month % 12 + 1, 1)
    return first_after - dt.timedelta(days=1)


def _snapshot(day: dt.date, state: State, loaded: Loaded, chosen: Selection) -> Snapshot:
    organisation = loaded.organisation
    assert organisation is not None
    teams = organisation.teams_on(day)
    squads = [team for team in teams.values() if team.type == "stream-aligned"]
    duos = [team for team in squads if all(seat is not None and seat.filled_on(day) for seat in (team.pm, team.em))]
    running = [one for one in organisation.interactions if one.state(day) in RUNNING]
    people = {person for team in teams.values() for person in team.people(day)}
    unlisted = sum(max(0, team.size - len(team.people(day))) for team in teams.values() if team.size is not None)
    return Snapshot(
        day, state.commit,
        teams=Counter(team.type for team in teams.values()),
        people=len(people) + unlisted,
        squads=len(squads),
        full_duos=len(duos),
        interactions=Counter(one.mode for one in running for _ in one.pairs),
        findings=Counter(one.severity for one in check(loaded, day, chosen).findings),
        crossings=(crossed := _crossings(organisation, day)),
        names={group: organisation.group_name(group) for group in crossed},
    )  # fmt: skip


def _crossings(organisation: Organisation, day: dt.date) -> dict[str, int]:
    """{value stream: ties that leave it}, 0 for one that has teams and no bridge."""
    labels = {team: organisation.value_stream(team) for team in organisation.teams_on(day)}
    counts = {group: 0 for group in organisation.groups if group in labels.values()}
    for pair, count in crossings(organisation, day, labels).crossing.items():
        for group in pair:
            counts[group] += count
    return counts
