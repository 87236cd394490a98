"""Jira: the CSV that its search exports, in the words of eight languages, and the JSON of its REST API with `expand=changelog`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from topology.delivery.folded import folded
from topology.delivery.resolutions import is_dropped
from topology.interop.dates import Order, UndecidedError, orders_of, parse_date
from topology.interop.documents import not_utf_8, objects
from topology.interop.imported import ERASED, Imported, InputError, Who, identity
from topology.interop.importer import Asked, Importer, Option, OptionError
from topology.interop.jira_words import TO_DO, columns_of, flow_type, is_done, is_open, level_of
from topology.language import Text

SYSTEM = "jira"
REQUIRED = {"key": "Issue key", "type": "Issue Type", "created": "Created"}
DATES = ("created", "resolved", "category_changed", "due", "start")
IMPEDIMENT = ("flagged", "impediment")


@dataclass(frozen=True)
class Item:
    """An item of Jira, however it was exported; a list where a header may stand several times."""

    key: str
    kind: str
    status: str = ""
    category: str = ""
    resolution: str = ""
    created: dt.datetime | None = None
    closed: dt.datetime | None = None
    due: dt.datetime | None = None
    started: dt.datetime | None = None
    reopened: dt.datetime | None = None
    blocked_hours: float | None = None
    priority: str = ""
    labels: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    """What may name the team: team, components, project; the nearest first."""
    components: list[str] = field(default_factory=list)
    where: str = ""
    """For a message: such as `line 7`."""


def read(file: Path, who: Who, zone: str, team: str = "") -> Imported:
    """Work items, and incidents. `zone` is that of the person who exported; `team` takes all items for one team. Raises InputError."""
    imported, own = Imported(), ZoneInfo(zone)
    items = _of_json(file, own, who.settings.jira.states) if _is_json(file) else _of_csv(file, who, own)
    for item in items:
        _item(item, who, team, imported)
    return imported


def _item(item: Item, who: Who, team: str, imported: Imported) -> None:
    if not item.key or item.created is None:
        imported.left_out[f"items without a key, or with a creation that is no date ({item.where})"] += 1
        return
    own = who.settings.jira
    level, over = level_of(item.kind, own.types), _is_over(item, own.states)
    if item.resolution and over and not (is_done(item.resolution) or item.resolution in own.states):
        imported.note(
            f"the resolution `{item.resolution}` counts as done; `[import.jira] states` says it where it does not"
        )
    dropped = next(
        (
            _as_read(word, own.states)
            for word in (item.resolution, item.status)
            if word and _is_dropped(word, own.states)
        ),
        "",
    )
    if over and item.closed is None:
        imported.left_out["dates of completion that cannot be read: the item counts as open"] += 1
    done = item.closed if over else None
    id_ = identity(SYSTEM, item.key)
    if level == "incident":
        services = [found for name in item.components if (found := who.organisation.find_service(name))]
        imported.add(
            "incidents", id=id_, service=who.service or ";".join(services), opened_at=item.created, resolved_at=done or ERASED,
            severity=item.priority, kind="incident", resolution=dropped or ERASED, former=item.key,
        )  # fmt: skip
        return
    owner = team or _team(item, who)
    if owner is None:
        named = next(iter(item.places), "nothing")
        imported.left_out[f"items of no team of the file (they name {named})"] += 1
        return
    if item.started is None:
        imported.note("the export has no start for some items: flow time and flow load need `started_at`")
    imported.add(
        "work_items", id=id_, team=owner, flow_type=flow_type(item.kind, item.labels, own.types), created_at=item.created,
        started_at=item.started, done_at=done or ERASED, due_at=item.due, resolution=dropped or ERASED, level=level,
        reopened_at=item.reopened, blocked_hours=item.blocked_hours, former=item.key,
    )  # fmt: skip


def _is_over(item: Item, states: Mapping[str, str]) -> bool:
    """Whether an item is closed: by the settings, its status' category, its status, else by its date. One that was reopened is open
    whatever date it still bears."""
    for word in (item.status, item.category):
        if word in states:
            return states[word] != "open"
    for word in (item.category, item.status):
        if is_done(word) or is_open(word):
            return is_done(word)
    return item.closed is not None  # (a state of the project's own)


def _is_dropped(word: str, states: Mapping[str, str]) -> bool:
    return states[word] == "dropped" if word in states else is_dropped(word)


def _as_read(word: str, states: Mapping[str, str]) -> str:
    """The word; that of the settings for one that only they say was dropped: who reads the events knows no settings of imports."""
    return word if is_dropped(word) else states[word]


def _team(item: Item, who: Who) -> str | None:
    """The team that the item names, or the one that owned the service that it names, when it was made."""
    names = [*filter(None, item.places), item.key.split("-")[0]]
    found = next((team for name in names if (team := who.team(name))), None)
    if found is not None or item.created is None:
        return found
    day = item.created.date()
    return next((owner for name in names if (owner := who.organisation.owner_of(name, day))), None)


# -- CSV ------------------------------------------------------------------------------------------------------------


def _of_csv(file: Path, who: Who, zone: ZoneInfo) -> list[Item]:
    rows = _rows(file)
    columns = columns_of(rows[0], who.settings.jira.columns)
    if missing := [name for column, name in REQUIRED.items() if column not in columns.values()]:
        raise InputError(f"{file}: {_without(missing, rows[0])}")
    found = [
        (line, _by_column(columns, cells)) for line, cells in enumerate(rows[1:], start=2) if any(cell.strip() for cell in cells)
    ]  # fmt: skip
    try:
        orders = orders_of(
            {name: [cell for _, one in found for cell in one.get(name, ())] for name in DATES}, who.settings.jira.dates
        )
    except UndecidedError as error:
        raise InputError(
            f'{file}: {error}. Say it in topology.toml: `[import.jira]` with `dates = "day-first"` or `"month-first"`.'
        ) from None
    return [_of_cells(one, line, zone, orders) for line, one in found]


def _without(missing: list[str], headers: list[str]) -> str:
    """Which columns are not found, and what that may come from."""
    told = ", ".join(f"`{name}`" for name in missing)
    return (
        f"there is no column {told}; an export of all fields has it, in one of eight languages; another name goes into "
        "`[import.jira] columns`. "
        f"Found {', '.join(headers[:8])}{', …' if len(headers) > 8 else ''}"
    )


def _by_column(columns: Mapping[int, str], cells: list[str]) -> dict[str, list[str]]:
    """{our column: its values that are not blank}; a header may stand several times."""
    found: dict[str, list[str]] = {}
    for index, column in columns.items():
        if index < len(cells) and cells[index].strip():
            found.setdefault(column, []).append(cells[index].strip())
    return found


def _of_cells(found: Mapping[str, list[str]], line: int, zone: ZoneInfo, orders: Mapping[str, Order]) -> Item:
    def first(column: str) -> str:
        return found.get(column, [""])[0]

    def date(column: str) -> dt.datetime | None:
        return parse_date(first(column), zone, orders[column])

    return Item(
        first("key"), first("type"), first("status"), first("category"), first("resolution"), date("created"),
        date("resolved") or date("category_changed"), date("due"), date("start"), priority=first("priority"),
        labels=found.get("labels", []), components=found.get("component", []),
        places=[name for column in ("team", "team_id", "component", "project") for name in found.get(column, ())],
        where=f"line {line}: {first('created') or 'blank'}",
    )  # fmt: skip


def _rows(file: Path) -> list[list[str]]:
    text = re.sub(r"^sep=.\r?\n", "", _text(file))  # (which tells Excel what parts the cells)
    first = text.split("\n", 1)[0]
    delimiter = max(",;|^\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"{file}: it is no CSV: {error}.") from None
    if not rows:
        raise InputError(f"{file}: it is empty.")
    return rows


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: {not_utf_8(file, error.start)}") from None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}.") from None


# -- JSON -----------------------------------------------------------------------------------------------------------


def _is_json(file: Path) -> bool:
    try:
        with file.open("rb") as handle:
            return handle.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}.") from None


def _of_json(file: Path, zone: ZoneInfo, own: Mapping[str, str]) -> list[Item]:
    """The issues of a search's answers. Raises InputError for an answer that is an error."""
    issues: list[dict[str, Any]] = []
    for one in objects(file):
        if said := _error(one):
            raise InputError(f"{file}: it is an error of Jira: {said}")
        issues += (
            [found for found in one["issues"] if isinstance(found, dict)]
            if isinstance(one.get("issues"), list)
            else [one]
        )
    states = _States.of(issues, own)
    return [_of_issue(one, zone, states) for one in issues]


def _error(one: Mapping[str, Any]) -> str:
    """What an error body says; "" for another object."""
    if "key" in one or "issues" in one:
        return ""
    messages, errors = one.get("errorMessages"), one.get("errors")
    said = [*(messages if isinstance(messages, list) else ()), *(errors.values() if isinstance(errors, dict) else ())]
    return "; ".join(map(str, said)) or str(one.get("message") or "")


@dataclass(frozen=True)
class _States:
    """What the states of a file mean: by the settings, by the issues that are in them, else by their names."""

    categories: Mapping[str, str]
    own: Mapping[str, str]

    @classmethod
    def of(cls, issues: Iterable[Mapping[str, Any]], own: Mapping[str, str]) -> _States:
        """As the issues that are in a state say."""
        states = (_part(one.get("fields"), "status") for one in issues)
        return cls({str(state.get("name")): str(_part(state, "statusCategory").get("key")) for state in states}, own)

    def is_over(self, name: str) -> bool:
        """Whether an item in this state is done or dropped."""
        if name in self.own:
            return self.own[name] != "open"
        return self.categories[name] == "done" if name in self.categories else is_done(name)

    def is_begun(self, name: str) -> bool:
        """Whether somebody has begun an item in this state, and it is not over."""
        if self.is_over(name):
            return False
        return self.categories[name] == "indeterminate" if name in self.categories else folded(name) not in TO_DO


def _part(found: Any, name: str) -> Mapping[str, Any]:
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, dict) else {}


def _of_issue(one: Mapping[str, Any], zone: ZoneInfo, states: _States) -> Item:
    fields = one.get("fields") if isinstance(one.get("fields"), dict) else {}
    assert isinstance(fields, dict)
    kind, status = _part(fields, "issuetype"), _part(fields, "status")
    category = {"done": "Done", "new": "To Do", "indeterminate": "In Progress"}.get(
        str(_part(status, "statusCategory").get("key")), ""
    )
    height = kind.get("hierarchyLevel")
    is_high = isinstance(height, int) and height >= 1
    level = "Sub-task" if kind.get("subtask") else "Epic" if is_high else str(kind.get("name") or "")
    components = [str(found.get("name")) for found in fields.get("components") or () if isinstance(found, dict)]
    teams = [
        str(value.get("name") or value.get("title"))
        for value in fields.values()
        if isinstance(value, dict) and _is_team(value)
    ]
    history = _history(one, zone)
    moves = [(at, str(item.get("toString") or "")) for at, item in history if item.get("field") == "status"]
    over = max((at for at, state in moves if states.is_over(state)), default=None)
    closed = _time(fields.get("resolutiondate"), zone) or over or _time(fields.get("statuscategorychangedate"), zone)
    started = min((at for at, state in moves if states.is_begun(state)), default=None)
    return Item(
        str(one.get("key") or ""), level, str(status.get("name") or ""), category, str(_part(fields, "resolution").get("name") or ""),
        _time(fields.get("created"), zone), closed,
        _time(fields.get("duedate"), zone), started if closed is None or started is None or started <= closed else None,
        _reopened(moves, states), _blocked(history), str(_part(fields, "priority").get("name") or ""),
        [str(label) for label in fields.get("labels") or ()],
        [*teams, *components, str(_part(fields, "project").get("name") or ""), str(_part(fields, "project").get("key") or "")], components,
        f"{one.get('key')}: {fields.get('created') or 'blank'}",
    )  # fmt: skip


def _is_team(value: Mapping[str, Any]) -> bool:
    return "isVisible" in value or "isShared" in value or ("avatarUrl" in value and "title" in value)


def _time(text: Any, zone: ZoneInfo) -> dt.datetime | None:
    return parse_date(str(text), zone) if text else None


def _history(one: Mapping[str, Any], zone: ZoneInfo) -> list[tuple[dt.datetime, Mapping[str, Any]]]:
    """(when, what) of each change, oldest first."""
    histories = _part(one, "changelog").get("histories") or ()
    found = [
        (at, item) for entry in histories if isinstance(entry, dict) and (at := _time(entry.get("created"), zone))
        for item in entry.get("items") or () if isinstance(item, dict)
    ]  # fmt: skip
    return sorted(found, key=lambda one: one[0])


def _reopened(moves: list[tuple[dt.datetime, str]], states: _States) -> dt.datetime | None:
    """When an item that was over was last taken up again."""
    again = [at for (_, before), (at, after) in pairwise(moves) if states.is_over(before) and not states.is_over(after)]
    return max(again, default=None)


def _blocked(history: Iterable[tuple[dt.datetime, Mapping[str, Any]]]) -> float | None:
    """Hours under a flag; None for an item that never had one. A flag that still stands counts until the item's last change."""
    total, since, last = 0.0, None, None
    for at, item in history:
        last = at
        if str(item.get("field") or "").lower() not in IMPEDIMENT:
            continue
        if item.get("toString"):
            since = since or at
        elif since is not None:
            total, since = total + (at - since).total_seconds() / 3600, None
    if since is not None and last is not None:
        total += (last - since).total_seconds() / 3600
    return total if total or since is not None else None


def _asked(asked: Asked) -> Imported:
    """Every file, one after the other."""
    zone, team = asked.options.get("timezone") or asked.zone, asked.options.get("team", "")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise OptionError("--timezone", f"there is no time zone `{zone}`") from None
    if team and team not in asked.who.organisation.teams:
        raise OptionError("--team", f"there is no team `{team}`")
    whole = Imported()
    for file in asked.files:
        whole.extend(read(file, asked.who, zone, team))
    return whole


IMPORTER = Importer(
    Text("Jira: a CSV export of all fields, or the JSON of a search with `expand=changelog`."),
    _asked,
    (
        Option("--team", Text("The team of every item [default: found by the columns Team, Component, Project].")),
        Option("--timezone", Text("The zone of the person who exported [default: topology.toml's, else UTC].")),
    ),
)
