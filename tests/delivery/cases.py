"""The rows of every reference case in one set of tables, so that each engine reads all of them once.

Each case's ids, services, teams and other names get the case's number, so that cases do not meet.
"""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from topology.delivery import Scope
from topology.delivery.tables import TABLES as EVENT_TABLES
from topology.model import Organisation

TABLES = {table.name for table in EVENT_TABLES}
NAMED = ("id", "service", "team", "deployment_id", "caused_by", "repository", "commit_sha", "author", "kpi", "squad")


@dataclass(frozen=True)
class Case:
    """What one call of a test's `scope` was given."""

    organisation: Organisation
    tables: dict[str, str]


class _AskedError(Exception):
    """A test has said which rows it wants; it need not go on."""


def recorded(module: ModuleType) -> list[Case]:
    """What each test of a module asks its `scope` for, first."""
    found: list[Case] = []

    def scope(organisation: Organisation, *_: Any, **given: Any) -> Scope:
        found.append(Case(organisation, {name: text for name, text in given.items() if name in TABLES}))
        raise _AskedError

    for name, function in vars(module).items():
        if name.startswith("test_") and "scope" in inspect.signature(function).parameters:
            for given in _parameters(function):
                with suppress(_AskedError):
                    function(scope, **given)
    return found


def _parameters(function: Any) -> Iterator[dict[str, Any]]:
    """The arguments of each of a test's parametrised runs."""
    marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        yield {}
        return
    (mark,) = marks
    names = mark.args[0] if isinstance(mark.args[0], tuple | list) else re.split(r",\s*", mark.args[0])
    for values in mark.args[1]:
        yield dict(zip(names, values if len(names) > 1 else (values,), strict=True))


def together(cases: list[Case]) -> tuple[Organisation, dict[str, str]]:
    """(one organisation, CSV texts by table) of all cases."""
    whole: dict[str, Any] = {"version": 1, "groups": {}, "teams": {}}
    rows: dict[str, list[dict[str, str]]] = {}
    for number, case in enumerate(cases):
        own = f"c{number}-"
        data = case.organisation.model_dump(mode="json", exclude_unset=True)
        for id_, group in data.get("groups", {}).items():
            whole["groups"][own + id_] = {**group, **({"group": own + group["group"]} if group.get("group") else {})}
        for id_, team in data["teams"].items():
            kept: dict[str, Any] = {name: team[name] for name in ("since", "until", "size") if team.get(name)}
            kept["services"] = {
                own + name: {**one, "repositories": [own + repository for repository in one.get("repositories", ())]}
                for name, one in team.get("services", {}).items()
            }
            kept["was"] = [own + former for former in team.get("was", ())]
            kept["members"] = [{**one, "person": own + one["person"]} for one in team.get("members", ())]
            kept |= {"group": own + team["group"]} if team.get("group") else {}
            whole["teams"][own + id_] = kept
        for table, text in case.tables.items():
            for row in csv.DictReader(io.StringIO(text)):
                named = {name: own + value if name in NAMED and value else value for name, value in row.items() if name}
                rows.setdefault(table, []).append(named)
    return Organisation.model_validate(whole), {table: _text(found) for table, found in rows.items()}


def _text(rows: list[dict[str, str]]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
