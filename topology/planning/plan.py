"""A draft made on an organisation: each operation one after another, what became of each, and the texts after."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Any, Literal

from topology.history.changes import changes, compare
from topology.history.consequences import touched_by
from topology.once import Keeps, Once
from topology.planning.editor import Editor
from topology.planning.operation import Operation
from topology.source import Loaded, load_texts
from topology.source.edit import EditError
from topology.words.planning import Names

AHEAD = dt.timedelta(weeks=13)  # how far ahead a draft is judged at most

State = Literal["applied", "there already", "cannot", "meets"]


def letter(index: int) -> str:
    """A, B, … Z, AA, AB, …: letters, since numbers stand on pairs."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(ascii_uppercase))
        found = ascii_uppercase[rest] + found
    return found


@dataclass(frozen=True, eq=False)
class Step:
    """An operation and what became of it."""

    index: int
    operation: Operation
    state: State
    why: str
    """Why it could not be made."""
    now: Any
    """What the file says, before it, where it writes."""
    before: Loaded
    after: Loaded
    """The same as `before` for what counts for nothing."""

    @property
    def letter(self) -> str:
        """Its letter."""
        return letter(self.index)

    @property
    def counts(self) -> bool:
        """Whether it changes anything."""
        return self.state == "applied"

    @property
    def stamped(self) -> Operation:
        """The operation with what it replaces here."""
        return self.operation.made_again(self.now)

    @cached_property
    def text(self) -> str:
        """The operation in a few words."""
        return self.operation.of.said(Names(self.before.organisation, self.after.organisation), self.operation.typed)

    @cached_property
    def touched(self) -> tuple[str, ...]:
        """The teams that it touches, by their ids after it."""
        return touched_by(changes(compare(self.before, self.after))) if self.counts else ()

    def later(self, teams: Iterable[str]) -> tuple[str, ...]:
        """Ids of teams before it as they are after it."""
        both = compare(self.before, self.after)
        return tuple(both.later(team) for team in teams)


@dataclass(frozen=True, eq=False)
class Plan:
    """A draft made on an organisation."""

    base: Loaded
    steps: tuple[Step, ...]

    @property
    def after(self) -> Loaded:
        """The organisation with everything that could be made."""
        return self.steps[-1].after if self.steps else self.base

    @property
    def counting(self) -> tuple[Step, ...]:
        """The steps that change something."""
        return tuple(step for step in self.steps if step.counts)

    @cached_property
    def letters(self) -> Mapping[str, tuple[str, ...]]:
        """{team, by its id at the end: the letters of the operations that touch it}."""
        found: dict[str, list[str]] = {}
        renames = any(step.operation.verb == "rename" for step in self.counting)
        for step in self.counting:
            moved = dict(zip(found, step.later(found), strict=True)) if renames else {}
            found = {moved.get(team, team): letters for team, letters in found.items()}
            for team in step.touched:
                found.setdefault(team, []).append(step.letter)
        return {team: tuple(letters) for team, letters in found.items()}

    def day(self, day: dt.date) -> dt.date:
        """The day on which both versions are judged: the first on which all of the draft has begun, at most 13 weeks ahead."""
        return judging_day(day, [step.operation.args for step in self.counting])


def judging_day(day: dt.date, several: Iterable[Any]) -> dt.date:
    """The first day from `day` on on which all that these arguments say has begun, at most 13 weeks ahead."""
    return min(max([day, *(one for args in several for one in _beginnings(args))]), day + AHEAD)


def _beginnings(args: Any) -> Iterator[dt.date]:
    """The days on which an operation begins."""
    if isinstance(args, Mapping):
        for key, value in args.items():
            if key in ("since", "day") and isinstance(value, str):
                yield dt.date.fromisoformat(value)
            elif key != "interaction":  # (names one that is there)
                yield from _beginnings(value)


def plan(base: Loaded, operations: Iterable[Operation], kept: Keeps | None = None, *, moved: bool = False) -> Plan:
    """Makes the operations in their order; what cannot be made stays, says why, and counts for nothing.

    `kept` remembers the steps by what stands before them, so that one operation more, or one less at the end, costs one edit. `moved`
    says that the file is another version than the one on which they were made: what it says otherwise where an operation writes is
    not overwritten, and the operation says so.
    """
    steps: list[Step] = []
    keep = kept or Once()
    keys: tuple[str, ...] = ()
    for index, operation in enumerate(operations):
        before = steps[-1].after if steps else base
        keys = (
            *keys,
            json.dumps(operation.data() if moved else [operation.verb, dict(operation.args)], sort_keys=True),
        )
        steps.append(keep(("step", moved, keys), _Making(index, operation, before, moved)))
    return Plan(base, tuple(steps))


@dataclass(frozen=True)
class _Making:
    index: int
    operation: Operation
    before: Loaded
    moved: bool

    def __call__(self) -> Step:
        editor, now = Editor(self.before.texts), None
        verb, args = self.operation.of, self.operation.typed
        try:
            now = {"value": verb.reads(editor, args)}
            verb.write(editor, args)
        except EditError as error:
            return self._not("cannot", str(error), now)
        if editor.texts == self.before.texts:
            return self._not("there already", "", now)
        if self.moved and self.operation.was is not None and self.operation.was != now:
            return self._not("meets", "", now)
        after = load_texts(editor.texts)
        if after.organisation is None:
            first = after.problems[0]
            return self._not("cannot", f"the file would be wrong: {first.message} ({first.code})", now)
        return Step(self.index, self.operation, "applied", "", now, self.before, after)

    def _not(self, state: State, why: str, now: Any) -> Step:
        return Step(self.index, self.operation, state, why, now, self.before, self.before)
