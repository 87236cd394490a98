"""Jira: the CSV that its search exports, with repeated headers and dates in the words of a language."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from topology.interop.imported import Imported, InputError, Who
from topology.interop.importer import Asked, Importer, Option, OptionError
from topology.language import Text

# The first three letters or more of each month, as English, French and German exports write them.
MONTHS = {
    1: ("jan", "janv"), 2: ("feb", "fév", "fevr", "févr"), 3: ("mar", "mär", "mrz", "mars"), 4: ("apr", "avr"), 5: ("may", "mai"),
    6: ("jun", "juin"), 7: ("jul", "juil"), 8: ("aug", "aoû", "aout"), 9: ("sep", "sept"), 10: ("oct", "okt"), 11: ("nov",),
    12: ("dec", "dez", "déc"),
}  # fmt: skip
FLOW_TYPES = {
    "defect": ("bug", "defect", "fault"), "risk": ("risk", "security", "vulnerability", "compliance"),
    "debt": ("debt", "refactor", "refactoring", "maintenance", "chore", "technical"),
}  # fmt: skip
TEAM_COLUMNS = (
    "team",
    "custom field (team)",
    "custom field (squad)",
    "squad",
    "component/s",
    "components",
    "project name",
    "project key",
)
DONE = ("done", "closed", "resolved")


def read(file: Path, who: Who, zone: str, team: str = "") -> Imported:
    """Work items, and incidents of the type Incident. `zone` is that of the person who exported; `team` takes all items for one team."""
    imported, rows = Imported(), _rows(file)
    headers = [name.strip().lower() for name in rows[0]]
    for name in ("issue key", "issue type", "created"):
        if name not in headers:
            raise InputError(
                f"{file}: there is no column `{name.title()}`; an export of all fields has it. Found {', '.join(rows[0][:8])}, …"
            )
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            _item(_by_header(headers, cells), line, who, ZoneInfo(zone), team, imported)
    return imported


def _rows(file: Path) -> list[list[str]]:
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: it is not UTF-8 text (byte {error.start}).") from None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}.") from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;|^\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"{file}: it is no CSV: {error}.") from None
    if not rows:
        raise InputError(f"{file}: it is empty.")
    return rows


def _by_header(headers: list[str], cells: list[str]) -> dict[str, list[str]]:
    """{header: its values that are not blank}; a header may stand several times, and a row may be wider than the headers."""
    found: dict[str, list[str]] = {}
    for header, cell in zip(headers, cells, strict=False):
        if cell.strip():
            found.setdefault(header, []).append(cell.strip())
    return found


def _item(found: dict[str, list[str]], line: int, who: Who, zone: ZoneInfo, team: str, imported: Imported) -> None:
    key, kind = found.get("issue key", [""])[0], found.get("issue type", [""])[0]
    created = parse_date(found.get("created", [""])[0], zone)
    if not key or created is None:
        imported.left_out[
            f"items without a key, or with a Created that is no date (line {line}: {found.get('created', ['blank'])[0]})"
        ] += 1
        return
    closed = next(
        (
            date
            for name in ("resolved", "status category changed")
            if (date := parse_date(found.get(name, [""])[0], zone))
        ),
        None,
    )
    category = (found.get("status category") or found.get("status") or [""])[0].lower()
    done = closed if "resolved" in found or category in DONE else None
    if done is None and (category in DONE or "resolved" in found):
        imported.left_out["dates of completion that cannot be read: the item counts as open"] += 1
    if kind.lower() == "incident":
        imported.add(
            "incidents",
            id=key,
            service=who.service,
            opened_at=created,
            resolved_at=done,
            severity=found.get("priority", [""])[0],
            kind="incident",
        )
        return
    owner = team or _team(found, who)
    if owner is None:
        named = next((found[name][0] for name in TEAM_COLUMNS if name in found), "nothing")
        imported.left_out[f"items of no team of the file (they name {named})"] += 1
        return
    started = parse_date(found.get("custom field (start date)", found.get("start date", [""]))[0], zone)
    imported.add("work_items", id=key, team=owner, flow_type=flow_type(kind, found.get("labels", [])),
                 created_at=created, started_at=started,
                 done_at=done, due_at=parse_date(found.get("due date", [""])[0], zone))  # fmt: skip
    if started is None:
        imported.note("the export has no start date for some items: flow time and flow load need `started_at`")


def _team(found: dict[str, list[str]], who: Who) -> str | None:
    names = [name for column in TEAM_COLUMNS for name in found.get(column, [])]
    names.append(found["issue key"][0].split("-")[0])
    return next((team for name in names if (team := who.team(name))), None)


def flow_type(kind: str, labels: list[str]) -> str:
    """Feature, defect, risk or debt, by the type, else by a label; a type that says nothing is a feature."""
    for text in (kind, *labels):
        for flow in ("defect", "risk", "debt"):
            if any(re.search(rf"\b{word}\b", text.lower()) for word in FLOW_TYPES[flow]):
                return flow
    return "feature"


def parse_date(text: str, zone: ZoneInfo) -> dt.datetime | None:
    """A date of an export: `12/Jan/26 3:45 PM`, `12/janv./26 15:45`, `2026-01-12 15:45`; None when it is none."""
    text = text.strip()
    try:
        return _in_zone(dt.datetime.fromisoformat(text), zone)
    except ValueError:
        pass
    match = re.fullmatch(
        r"(\d{1,2})[/. ]+([^\W\d_]+)\.?[/. ]+(\d{2,4})(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp])?\.?[Mm]?\.?)?", text
    )
    month = match and next((number for number, names in MONTHS.items() if match[2].lower().startswith(names)), None)
    if not match or not month:
        return None
    year, hour = int(match[3]), int(match[4] or 0)
    if match[6]:
        hour = hour % 12 + (12 if match[6].lower() == "p" else 0)
    try:
        year = year + 2000 if year < 100 else year
        return dt.datetime(year, month, int(match[1]), hour, int(match[5] or 0), tzinfo=zone)
    except ValueError:
        return None


def _in_zone(found: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return found if found.tzinfo else found.replace(tzinfo=zone)


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
    Text("Jira: a CSV export of all fields."),
    _asked,
    (
        Option("--team", Text("The team of every item [default: found by the columns Team, Component, Project].")),
        Option("--timezone", Text("The zone of the person who exported [default: topology.toml's, else UTC].")),
    ),
)
