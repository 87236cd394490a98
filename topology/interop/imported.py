"""What an importer gives, and how the words of another tool find the organisation's own."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from topology.delivery.columns import FIRST_YEAR, LAST_YEAR
from topology.delivery.tables import table_of
from topology.model import Organisation

LAST_SECONDS = 4_102_444_800  # the end of 2099; a larger count is one of a finer unit

Row = dict[str, str]
"""One event, by column, every value as the text that stands in the file."""


class InputError(ValueError):
    """An input that cannot be imported at all; the message says where and what to do."""


@dataclass
class Imported:
    """Rows by table, what was left out and why (counted), and notes for the reader."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, table: str, **values: Any) -> None:
        """Adds a row; absent values are blank, times are written in UTC. One that loading would refuse is counted instead."""
        missing = [
            column.name
            for column in table_of(table).columns
            if column.required and text_of(values.get(column.name)) == ""
        ]
        if missing:
            self.left_out[f"{table} without {', '.join(missing)} that can be read"] += 1
            return
        self.tables.setdefault(table, []).append({name: text_of(value) for name, value in values.items()})

    def each(self, objects: Iterable[Any], read: Callable[[Any], None]) -> None:
        """Reads every object; one of another shape than its format's is counted, and the rest goes on."""
        for one in objects:
            try:
                read(one)
            except (TypeError, AttributeError, KeyError, ValueError, OverflowError, OSError) as error:
                self.left_out[f"objects of another shape than expected ({type(error).__name__}: {error})"] += 1

    def extend(self, other: Imported) -> None:
        """Adds everything of another."""
        for table, rows in other.tables.items():
            self.tables.setdefault(table, []).extend(rows)
        self.left_out += other.left_out
        for note in other.notes:
            self.note(note)

    def note(self, text: str) -> None:
        """Adds a note once."""
        if text not in self.notes:
            self.notes.append(text)


def text_of(value: Any) -> str:
    """A value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return _in_utc(value)
    return str(value).encode("utf-8", "replace").decode("utf-8")  # (JSON may hold half of a character)


def _in_utc(value: dt.datetime) -> str:
    """A time of the years in which events may lie; "" for another, which is no time of ours."""
    try:
        moved = value.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return ""
    return moved.strftime("%Y-%m-%dT%H:%M:%SZ") if FIRST_YEAR <= moved.year <= LAST_YEAR else ""


def needed(found: Mapping[str, Any], names: tuple[str, ...], what: str, imported: Imported) -> bool:
    """Whether an object has all the fields that a row needs; one that has not is counted, with their names."""
    missing = [name for name in names if found.get(name) in (None, "")]
    if missing:
        imported.left_out[f"{what} without {', '.join(missing)}"] += 1
    return not missing


@dataclass(frozen=True)
class Who:
    """Which service a repository is, which person an account, which team a name, by the organisation file."""

    organisation: Organisation
    service: str = ""
    """The service that every row belongs to, when the person who imports said so."""

    @cached_property
    def _services(self) -> dict[str, tuple[int, str]]:
        """{repository, in lower case: (its place in the file, the service that has it)}; the first in the file counts."""
        found: dict[str, tuple[int, str]] = {}
        for team in self.organisation.teams.values():
            for service, one in team.services.items():
                for repository in one.repositories:
                    found.setdefault(repository.lower(), (len(found), service))
        return found

    @cached_property
    def _people(self) -> dict[tuple[str, str], str]:
        """{(system, account in lower case): the first person of the file who has it}."""
        found: dict[tuple[str, str], str] = {}
        for id_, person in self.organisation.people.items():
            for system, accounts in person.accounts.items():
                for account in accounts:
                    found.setdefault((system, account.lower()), id_)
        return found

    def service_of(self, repository: str, imported: Imported) -> str:
        """The service whose repository it is; else the repository's own last word, which is noted; "" for no repository."""
        if self.service:
            return self.service
        if not repository:
            imported.note("some objects name no repository: give --repository or --service")
            return ""
        wanted = repository.lower().removesuffix(".git").strip("/")
        parts = wanted.split("/")
        ends = [found for index in range(len(parts)) if (found := self._services.get("/".join(parts[index:])))]
        if ends:
            return min(ends)[1]
        last = parts[-1]
        if not any(last in team.services for team in self.organisation.teams.values()):
            imported.note(
                f"no service of the file has the repository {repository or '(unnamed)'}: its rows name the service `{last}`"
            )
        return last

    def person(self, account: str, system: str) -> str:
        """The id of the person with that account; else the account itself."""
        return self._people.get((system, account.lower()), account) if account else account

    def team(self, name: str) -> str | None:
        """The id of the team that a name means; None when there is none."""
        return self.organisation.find_team(name) or self.organisation.find_team(name.strip().lower().replace(" ", "-"))


def numbered(repository: str, number: Any) -> str:
    """The id of what a code host numbers within a repository: `lumio/checkout#4`; "" without a number."""
    return f"{repository}#{number}" if number not in (None, "") else ""


def is_bot(login: str, kind: str = "") -> bool:
    """Whether an account is a program: it says so, or is named like one."""
    return kind == "Bot" or login.endswith(("[bot]", "_bot")) or login.startswith("app/")


def when(text: Any) -> dt.datetime | None:
    """A time of an API: ISO 8601 with a zone, or a count since 1970 in seconds, milli- or nanoseconds; None when it is neither."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _since_1970(float(text))
    try:
        found = dt.datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None  # (gh writes year 1 for "never")


def _since_1970(count: float) -> dt.datetime | None:
    """The moment of a count of seconds, milli-, micro- or nanoseconds, by its size; None when it is no moment of ours."""
    unit = next((unit for unit in (1, 1e3, 1e6, 1e9) if 0 <= count / unit < LAST_SECONDS), None)
    return None if unit is None else dt.datetime.fromtimestamp(count / unit, dt.UTC)
