"""What an importer gives, and how the words of another tool find the organisation's own."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from topology.delivery.columns import FIRST_YEAR, LAST_YEAR
from topology.delivery.profile import is_usual
from topology.delivery.tables import table_of
from topology.interop.bots import is_program
from topology.interop.reviews import REVIEWS, settled, together
from topology.model import Organisation
from topology.source.settings import ImportSettings

_AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII)
LAST_SECONDS = 4_102_444_800  # the end of 2099; a larger count is one of a finer unit

Row = dict[str, str]
"""One event, by column, every value as the text that stands in the file; of an importer's only columns that say something."""


class InputError(ValueError):
    """An input that cannot be imported at all; the message says where and what to do."""


ERASED = object()
"""Given for a column of which the source says that it holds nothing any more."""


@dataclass
class Imported:
    """Rows by table, what was left out and why (counted), and notes for the reader."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    parts: dict[str, list[Row]] = field(default_factory=dict)
    """What is known of rows of which another file tells the rest: kept beside the tables until it does."""
    firsts: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """{(table, id): columns that belong together}, the first of which is a time: of two imports the earlier time counts."""
    erased: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """{(table, id): columns of which the source says that they hold nothing any more}, whatever an earlier import wrote."""
    former: dict[tuple[str, str], str] = field(default_factory=dict)
    """{(table, id): the id under which an earlier version wrote the row}."""
    sets: dict[tuple[str, str], str] = field(default_factory=dict)
    """{(table, id): a column that holds several values joined by `;`}: what two imports say of it counts together."""

    def add(
        self, table: str, *, first: tuple[str, ...] = (), former: str = "", several: str = "", **values: Any
    ) -> None:
        """Adds a row; absent values are blank, times are written in UTC. One that loading would refuse is counted instead.

        `first` names columns that belong together, a time before the others: what another import knows earlier stays. `several` names
        a column of which each import may know another value.
        """
        row = _row(values)
        if missing := [name for name in table_of(table).required if name not in row]:
            self.left_out[f"{table} without {', '.join(missing)} that can be read"] += 1
            return
        self._keep(self.tables, table, row, values, first, former)
        if several:
            self.sets[table, row.get("id", "")] = several

    def add_part(self, table: str, *, first: tuple[str, ...] = (), **values: Any) -> None:
        """Adds what is known of a row; nothing is told of it until the rest is imported too."""
        row = _row(values)
        if "id" in row:
            self._keep(self.parts, table, row, values, first, "")

    def _keep(
        self,
        into: dict[str, list[Row]],
        table: str,
        row: Row,
        values: dict[str, Any],
        first: tuple[str, ...],
        former: str,
    ) -> None:
        into.setdefault(table, []).append(row)
        if first:
            self.firsts[table, row.get("id", "")] = first
        if gone := tuple(name for name, value in values.items() if value is ERASED):
            self.erased[table, row.get("id", "")] = gone
        if former:
            self.former[table, row.get("id", "")] = former

    def settle(self, table: str) -> None:
        """Joins the reviews that this input brought by themselves with the changes that it brought too."""
        rows = {row["id"]: row for row in self.tables.get(table, ())}
        parts = self.parts.pop(table, [])
        for part in parts:
            if part["id"] in rows:
                known = rows[part["id"]]
                known[REVIEWS] = together(known.get(REVIEWS, ""), part.get(REVIEWS, ""))
        for row in rows.values():
            settled(row)
        if rest := [part for part in parts if part["id"] not in rows]:
            self.parts[table] = rest

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
        for table, rows in other.parts.items():
            self.parts.setdefault(table, []).extend(rows)
        self.firsts |= other.firsts
        self.erased |= other.erased
        self.former |= other.former
        self.sets |= other.sets
        self.left_out += other.left_out
        for note in other.notes:
            self.note(note)

    def note(self, text: str) -> None:
        """Adds a note once."""
        if text not in self.notes:
            self.notes.append(text)


def _row(values: Mapping[str, Any]) -> Row:
    """The values that say something, as text."""
    return {
        name: text
        for name, value in values.items()
        if value is not None and value is not ERASED
        and (text := value if type(value) is str and value.isascii() else text_of(value))
    }  # fmt: skip


def text_of(value: Any) -> str:
    """A value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
        )  # (JSON may hold half of a character)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return _in_utc(value)
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _in_utc(value: dt.datetime) -> str:
    """A time of the years in which events may lie; "" for another, which is no time of ours."""
    try:
        moved = value.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return ""
    plain = moved.replace(tzinfo=None).isoformat(timespec="seconds")
    return f"{plain}Z" if FIRST_YEAR <= moved.year <= LAST_YEAR else ""


def main_of(branches: Iterable[str]) -> str:
    """The branch that is deployed, of those of what deploys: the usual name, else the one of most; "" of none."""
    counts = Counter(branches)
    usual = next((name for name in ("main", "master") if counts[name]), "")
    return usual or next((name for name, _ in counts.most_common(1)), "")


def another_kind(found: Mapping[str, Any]) -> str:
    """What an object is that is not imported, by the names of its first fields: so that objects are counted by kind."""
    named = ", ".join(str(name) for name in list(found)[:4])
    return f"objects of another kind (with {named})" if named else "values that are no objects"


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
    settings: ImportSettings = field(default_factory=ImportSettings)
    """Further programs, and which service a label, job or environment means."""
    production: tuple[str, ...] = ()
    """The settings' own patterns of production environments."""
    branch: str = ""
    """The branch that is deployed, when the settings say so."""

    @cached_property
    def _people(self) -> dict[tuple[str, str], str]:
        """{(system, account in lower case): the first person of the file who has it}."""
        found: dict[tuple[str, str], str] = {}
        for id_, person in self.organisation.people.items():
            for system, accounts in person.accounts.items():
                for account in accounts:
                    found.setdefault((system, account.lower()), id_)
        return found

    @cached_property
    def _other_logins(self) -> frozenset[tuple[str, str]]:
        """(system, id of a person in lower case) of those who are called otherwise in that system."""
        return frozenset(
            (system, id_.lower())
            for id_, person in self.organisation.people.items()
            for system, accounts in person.accounts.items()
            if id_.lower() not in {account.lower() for account in accounts}
        )

    @cached_property
    def _found(self) -> dict[str, str]:
        """{repository: the service that it has, when that is one}: what was looked up."""
        return {}

    def services(
        self, repository: str, imported: Imported, what: str, *, paths: Iterable[str] = (), words: Iterable[str] = ()
    ) -> str | None:
        """The services that an object of a repository belongs to, joined by `;`: the repository's own; where it holds several, by the
        object's paths, else by its labels, job or environment (`words`); None where that cannot be told, which is counted."""
        if self.service:
            return self.service
        if (known := self._found.get(repository)) is not None:
            return known
        held = self.organisation.services_of(repository)
        if not held:
            return ";".join(self._mapped(words)) or self._unknown(repository, imported)
        if len(held) == 1:
            return self._found.setdefault(repository, held[0])
        found = self.organisation.services_at(repository, paths) or tuple(self._meant(held, words))
        if not found:
            why = "several services share this repository, and nothing says which it is of"
            every = ";".join(held)
            imported.left_out[f"{what} of {repository}: {why} (where each is of all of them: --service '{every}')"] += 1
            return None
        return ";".join(found)

    def service_of(self, repository: str, imported: Imported, what: str = "objects") -> str:
        """The same where only the repository is known; "" for none."""
        return self.services(repository, imported, what) or ""

    def _unknown(self, repository: str, imported: Imported) -> str:
        """The last word of a repository that no service has (the whole of one whose last word means a service with repositories of its
        own); "" for no repository. Each is noted."""
        if not repository:
            imported.note("some objects name no repository: give --repository or --service")
            return ""
        last = repository.removesuffix(".git").strip("/").split("/")[-1]
        service = self.organisation.find_service(last)
        if service is not None and not self.organisation.repositories_of(service):
            return service
        name = last if service is None else repository
        imported.note(f"no service of the file has the repository {repository}: its rows name the service `{name}`")
        return name

    def _meant(self, held: Sequence[str], words: Iterable[str]) -> list[str]:
        """Which of a repository's services the words name: by the settings, else by a word that holds the service's own."""
        given = [word for word in words if word]
        mapped = [one for one in self._mapped(given) if one in held]
        if mapped:
            return mapped
        found = [service for service in held if any(_names(word, service) for word in given)]
        return [one for one in found if not any(one != other and _names(other, one) for other in found)]

    def _mapped(self, words: Iterable[str]) -> list[str]:
        """The services that the settings give to words."""
        given = [word.casefold() for word in words if word]
        return list(dict.fromkeys(
            service for pattern, service in self.settings.map.items() if any(fnmatchcase(word, pattern.casefold()) for word in given)
        ))  # fmt: skip

    def is_bot(self, login: str, kind: str = "") -> bool:
        """Whether an account is a program, by what its system says of it, by its name, or by the settings. One that the file gives to
        somebody is theirs, however it is called."""
        return login.lower() not in self._logins and is_program(login, kind, self.settings.bots)

    @cached_property
    def _logins(self) -> frozenset[str]:
        return frozenset(account for _, account in self._people)

    def is_production(self, environment: str, told: bool | None = None, service: str = "") -> bool:
        """Whether an environment is production, as the metrics will take it, by what the tool has told and by its name: for a word to
        the person who imports."""
        word, own = environment.casefold(), self.production
        if told or any(fnmatchcase(word, one.casefold()) for one in own):
            return True
        return told is None and not own and is_usual(environment, service.split(";"))

    def person(self, account: str, system: str) -> str:
        """The id of the person with that account; else the account itself, with its system where it would be taken for the id of
        somebody who is called otherwise there."""
        if (system, account.lower()) in self._other_logins and (system, account.lower()) not in self._people:
            return f"{system}:{account}"
        return self._people.get((system, account.lower()), account) if account else account

    def team(self, name: str) -> str | None:
        """The id of the team that a name means: an id, a former one, or a whole name; None when there is none."""
        word = name.strip()
        known = self.organisation.current_id(word) or self.organisation.current_id(word.lower().replace(" ", "-"))
        return known or self._teams.get(word.casefold())

    @cached_property
    def _teams(self) -> dict[str, str]:
        """{a team's name: its id}, of names that only one has."""
        names = Counter(self.organisation.team_name(id_).casefold() for id_ in self.organisation.teams)
        return {
            name: id_
            for id_ in self.organisation.teams
            if names[name := self.organisation.team_name(id_).casefold()] == 1
        }


BESIDE = re.compile(
    r"deploy|deploys|deployment|deployments|release|releases|publish|ship|rollout|job|build|service|svc|app|env|"
    r"production|prod|prd|live|staging|stage|preprod|pre|nonprod|test|testing|dev|development|qa|uat|preview|review|sandbox|demo|canary|"
    r"blue|green|global|north|south|east|west|central|northeast|southeast|europe|emea|apac|[a-z]{2}|[a-z]*\d+[a-z]?|"
    r"main|master|ci|cd|to|for|of"
)
"""What may stand beside a service's id, joined to it, without making it another name: `cart-web-production`, not `cart-web-legacy`."""


def _names(word: str, service: str) -> bool:
    """Whether a word, such as `deploy:cart-web` or `cart_web-production`, holds a service's id as a word of its own."""
    folded, plain = service.casefold().replace("_", "-"), word.casefold().replace("_", "-")
    for found in re.finditer(rf"(?<![a-z0-9]){re.escape(folded)}(?![a-z0-9])", plain):
        before = re.search(r"([a-z0-9]+)-$", plain[: found.start()])
        after = re.match(r"-([a-z0-9]+)", plain[found.end() :])
        if all(BESIDE.fullmatch(part[1]) for part in (before, after) if part):
            return True
    return False


def identity(system: str, place: str, *parts: str, host: str = "", public: str = "") -> str:
    """An id that names the system and the place: `github:lumio/checkout#4`; the host too where it is not the public one. (Hosts of code
    take the place in any capitals for the same.)"""
    prefix = f"{host}/" if host and host != public else ""
    return f"{system}:{prefix}{place.lower() if public else place}{''.join(parts)}"


def when(told: Any) -> str:
    """A time of an API as the text of a cell, in UTC, so that the earlier of two is the lesser text: from ISO 8601, or from a count
    since 1970 in seconds, milli- or nanoseconds; "" when it is neither."""
    if isinstance(told, int | float) and not isinstance(told, bool):
        found = _since_1970(float(told))
        return _in_utc(found) if found else ""
    text = str(told)
    try:
        read = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return ""
    if _AS_WRITTEN.fullmatch(text):  # (most are: to write it again takes longer than all else of a row)
        return text if FIRST_YEAR <= read.year <= LAST_YEAR else ""
    return _in_utc(read if read.tzinfo else read.replace(tzinfo=dt.UTC))


def _since_1970(count: float) -> dt.datetime | None:
    """The moment of a count of seconds, milli-, micro- or nanoseconds, by its size; None when it is no moment of ours."""
    unit = next((unit for unit in (1, 1e3, 1e6, 1e9) if 0 <= count / unit < LAST_SECONDS), None)
    return None if unit is None else dt.datetime.fromtimestamp(count / unit, dt.UTC)
