"""A DevLake database (PostgreSQL or MySQL), read by its URL: deployments, pull requests, incidents and issues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from topology.delivery.warehouse import open_source, plain_rows
from topology.interop.imported import ERASED, Imported, InputError, Who, identity, needed
from topology.interop.importer import Importer
from topology.interop.urls import place_of
from topology.language import Text
from topology.source.address import AddressError, named_source

SYSTEM = "devlake"
DEPLOYMENT_COLUMNS = (
    "id", "cicd_deployment_id", "name", "result", "environment", "started_date", "finished_date", "commit_sha", "ref_name", "repo_url",
)  # fmt: skip
PULL_COLUMNS = (
    "id", "base_repo_id", "base_ref", "author_name", "created_date", "merged_date", "merge_commit_sha", "url", "additions", "deletions",
)  # fmt: skip
RESULTS = {"SUCCESS": "success", "FAILURE": "failure"}
Rows = Callable[[str, Iterable[str]], list[dict[str, Any]] | None]
"""(table, columns) → its rows, or None where the database has no such table; a column that is not there is None in each."""
Row = dict[str, Any]


@dataclass
class _Deployed:
    """Our ids of DevLake's deployments: by its own id (of the attempt that succeeded), and by the id of each commit's row."""

    by_deployment: dict[Any, str] = field(default_factory=dict)
    by_commit: dict[Any, str] = field(default_factory=dict)


def read(url: str, who: Who) -> Imported:
    """Every row that the event tables need. Raises WarehouseError, InputError when it is no database of DevLake or no address."""
    try:
        connection = open_source(named_source(url))
    except AddressError as error:
        raise InputError(str(error)) from None
    return from_rows(lambda table, columns: plain_rows(connection, table, columns), who)


def from_rows(rows: Rows, who: Who) -> Imported:
    """The same, from any reader of tables."""
    imported = Imported()
    deployed = rows("cicd_deployment_commits", DEPLOYMENT_COLUMNS)
    if deployed is None:
        raise InputError("there is no table cicd_deployment_commits: this is no database of DevLake")
    links = _deployments(deployed, who, imported)
    _changes(rows, links, who, imported)
    _incidents(rows, links, who, imported)
    return imported


def _deployments(deployed: list[Row], who: Who, imported: Imported) -> _Deployed:
    """One for each attempt: a deployment stands there with a row for each of its commits, and again where it was run again."""
    attempts: dict[Any, dict[tuple[str, str], list[Row]]] = {}
    for one in sorted(deployed, key=lambda row: (str(row["finished_date"]), str(row["commit_sha"]))):
        if needed(one, ("cicd_deployment_id", "finished_date"), "deployments", imported):
            attempt = str(one["result"]), str(one["finished_date"])
            attempts.setdefault(one["cicd_deployment_id"], {}).setdefault(attempt, []).append(one)
    found = _Deployed()
    for deployment, of_deployment in attempts.items():
        for index, rows in enumerate(of_deployment.values(), start=1):
            id_ = identity(SYSTEM, str(deployment), *((f"/{index}",) if index > 1 else ()))
            found.by_commit.update({row["id"]: id_ for row in rows if row["id"]})
            if str(rows[0]["result"]) == "SUCCESS" or deployment not in found.by_deployment:
                found.by_deployment[deployment] = id_
            _attempt(id_, str(deployment) if index == 1 else "", rows, who, imported)
    return found


def _attempt(id_: str, former: str, rows: list[Row], who: Who, imported: Imported) -> None:
    first, result = rows[0], RESULTS.get(str(rows[0]["result"]))
    if result is None:
        imported.left_out["deployments without a result"] += 1
        return
    names = dict.fromkeys(str(row["repo_url"] or "") for row in rows)
    words = (str(first["name"] or ""),)
    services = [
        found for name in names if (found := who.services(place_of(name), imported, "deployments", words=words))
    ]
    shas = list(dict.fromkeys(str(row["commit_sha"]) for row in rows if row["commit_sha"]))
    environment = str(first["environment"] or "")
    imported.add(
        "deployments", id=id_, service=";".join(dict.fromkeys(services)), environment=environment.lower(),
        production=environment == "PRODUCTION", started_at=_utc(first["started_date"]), finished_at=_utc(first["finished_date"]),
        result=result, commit_sha=shas[-1] if shas else "", commits=";".join(shas) if len(shas) > 1 else "", branch=first["ref_name"],
        former=former,
    )  # fmt: skip


def _changes(rows: Rows, deployed: _Deployed, who: Who, imported: Imported) -> None:
    """Pull requests; where DevLake has linked them itself, its word counts: also that no deployment carried one."""
    pulls = rows("pull_requests", PULL_COLUMNS)
    metrics = rows(
        "project_pr_metrics",
        ("id", "first_commit_authored_date", "first_comment_date", "deployment_commit_id", "pr_deployed_date"),
    )
    by_id: dict[Any, Row] = {}
    for one in sorted(metrics or (), key=_least_told):  # (a pull request stands there once for each project)
        by_id[one["id"]] = one
    for one in pulls or ():
        if one["merged_date"] is None:
            imported.left_out["pull requests that are not merged"] += 1
            continue
        repository = place_of(str(one["url"] or one["base_repo_id"] or "").split("/pull/")[0].split("/-/")[0])
        service = who.services(repository, imported, "pull requests")
        if service is None:
            continue
        measured, login = by_id.get(one["id"]), str(one["author_name"] or "")
        told = measured or {}
        author = login if who.is_bot(login) else who.person(who.person(login, "github"), "gitlab")
        imported.add(
            "changes", id=identity(SYSTEM, str(one["id"])), service=service, repository=repository, merged_at=_utc(one["merged_date"]),
            author=author, first_commit_at=_utc(told.get("first_commit_authored_date")), opened_at=_utc(one["created_date"]),
            first_review_at=_utc(told.get("first_comment_date")), deployed_at=_utc(told.get("pr_deployed_date")) or ERASED,
            deployment_id=deployed.by_commit.get(told.get("deployment_commit_id")) or ERASED, deployment_told=measured is not None,
            additions=one["additions"], deletions=one["deletions"], merge_sha=one["merge_commit_sha"], base_branch=one["base_ref"],
            former=str(one["id"]),
        )  # fmt: skip


def _least_told(one: Row) -> tuple[bool, float]:
    """By which a project that knows no deployment of a pull request comes before one that does, and a later one before an earlier."""
    at = _utc(one["pr_deployed_date"])
    return (at is not None or one["deployment_commit_id"] is not None, -at.timestamp() if at else 0.0)


def _incidents(rows: Rows, deployed: _Deployed, who: Who, imported: Imported) -> None:
    """From `incidents` (since 2024) and from `issues` of the types INCIDENT and BUG, with DevLake's own links to deployments."""
    columns = ("id", "created_date", "resolution_date", "severity", "original_status")
    links = rows("project_incident_deployment_relationships", ("id", "deployment_id"))
    causes: dict[Any, str | None] | None = None if links is None else {}
    for one in links or ():  # (an incident stands there once for each project)
        cause = deployed.by_deployment.get(one["deployment_id"])
        causes = {**(causes or {}), one["id"]: (causes or {}).get(one["id"]) or cause}
    seen = set()
    for one in rows("incidents", columns) or ():
        seen.add(one["id"])
        _incident(one, "incident", causes, who, imported)
    for one in rows("issues", (*columns, "type")) or ():
        if str(one["type"]) in ("INCIDENT", "BUG") and one["id"] not in seen:
            _incident(one, str(one["type"]).lower(), causes, who, imported)


def _incident(one: Row, kind: str, causes: dict[Any, str | None] | None, who: Who, imported: Imported) -> None:
    if not needed(one, ("id", "created_date"), "incidents", imported):
        return
    told, cause, closed = (
        causes is not None and kind == "incident",
        (causes or {}).get(one["id"]),
        _utc(one["resolution_date"]),
    )
    imported.add(
        "incidents", id=identity(SYSTEM, str(one["id"])), service=who.service, opened_at=_utc(one["created_date"]),
        resolved_at=closed or ERASED, severity=one["severity"], kind=kind,
        resolution=(one["original_status"] if closed else None) or ERASED,
        caused_by=cause or (ERASED if told else ""), cause_told=told or "", former=str(one["id"]),
    )  # fmt: skip
    if not who.service and not cause:
        imported.note(
            "DevLake's incidents name no service but by their deployment: give one project at a time with --service, or fill the column"
        )


def _utc(found: Any) -> dt.datetime | None:
    """DevLake keeps its times without a zone, in the server's; its containers run in UTC."""
    if not isinstance(found, dt.datetime):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


IMPORTER = Importer(
    Text("A DevLake database, by its URL (postgres://… or mysql://…)."),
    lambda asked: read(asked.sources[0], asked.who),
    takes="url",
)
