"""A DevLake database (PostgreSQL or MySQL), read by its URL: deployments, pull requests, incidents and issues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from topology.delivery.warehouse import open_source, plain_rows
from topology.interop.imported import Imported, InputError, Who, needed
from topology.interop.importer import Importer
from topology.language import Text
from topology.source.address import AddressError, named_source

RESULTS = {"SUCCESS": "success", "FAILURE": "failure"}
Rows = Callable[[str, Iterable[str]], list[dict[str, Any]] | None]
"""(table, columns) → its rows, or None where the database has no such table; a column that is not there is None in each."""


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
    deployed = rows(
        "cicd_deployment_commits",
        ("cicd_deployment_id", "result", "environment", "started_date", "finished_date", "commit_sha", "repo_url"),
    )
    if deployed is None:
        raise InputError("there is no table cicd_deployment_commits: this is no database of DevLake")
    _deployments(deployed, who, imported)
    _changes(rows, who, imported)
    _incidents(rows, who, imported)
    return imported


def _deployments(deployed: list[dict[str, Any]], who: Who, imported: Imported) -> None:
    """One for each deployment and repository: a deployment may stand there with several commits."""
    seen: set[tuple[Any, str]] = set()
    for one in sorted(deployed, key=lambda row: str(row["finished_date"])):
        if not needed(one, ("cicd_deployment_id", "finished_date"), "deployments", imported):
            continue
        service = who.service_of(str(one["repo_url"] or ""), imported)
        result = RESULTS.get(str(one["result"]))
        if result is None or (one["cicd_deployment_id"], service) in seen:
            imported.left_out["deployments without a result"] += result is None
            continue
        seen.add((one["cicd_deployment_id"], service))
        several = sum(1 for known, _ in seen if known == one["cicd_deployment_id"])
        imported.add(
            "deployments", id=one["cicd_deployment_id"] if several == 1 else f"{one['cicd_deployment_id']}:{service}", service=service,
            environment=str(one["environment"] or "").lower(), started_at=_utc(one["started_date"]), finished_at=_utc(one["finished_date"]),
            result=result, commit_sha=one["commit_sha"], url="",
        )  # fmt: skip


def _changes(rows: Rows, who: Who, imported: Imported) -> None:
    pulls = rows(
        "pull_requests",
        (
            "id",
            "base_repo_id",
            "author_name",
            "created_date",
            "merged_date",
            "merge_commit_sha",
            "url",
            "additions",
            "deletions",
        ),
    )
    metrics = rows(
        "project_pr_metrics",
        ("id", "first_commit_authored_date", "first_comment_date", "deployment_commit_id", "pr_deployed_date"),
    )
    by_id = {one["id"]: one for one in metrics or ()}
    for one in pulls or ():
        if one["merged_date"] is None:
            imported.left_out["pull requests that are not merged"] += 1
            continue
        repository = str(one["url"] or one["base_repo_id"] or "").split("/pull/")[0].split("/-/")[0]
        measured = by_id.get(one["id"], {})
        author = str(one["author_name"] or "")
        imported.add(
            "changes", id=one["id"], service=who.service_of(repository, imported), merged_at=_utc(one["merged_date"]),
            author=who.person(who.person(author, "github"), "gitlab"), first_commit_at=_utc(measured.get("first_commit_authored_date")),
            opened_at=_utc(one["created_date"]), first_review_at=_utc(measured.get("first_comment_date")),
            deployed_at=_utc(measured.get("pr_deployed_date")), additions=one["additions"], deletions=one["deletions"],
            deployment_id="", merge_sha_=one["merge_commit_sha"],
        )  # fmt: skip


def _incidents(rows: Rows, who: Who, imported: Imported) -> None:
    """From `incidents` (since 2024) and from `issues` of the types INCIDENT and BUG."""
    columns = ("id", "created_date", "resolution_date", "severity")
    seen = set()
    for one in rows("incidents", columns) or ():
        seen.add(one["id"])
        _incident(one, "incident", who, imported)
    for one in rows("issues", (*columns, "type")) or ():
        if str(one["type"]) in ("INCIDENT", "BUG") and one["id"] not in seen:
            _incident(one, str(one["type"]).lower(), who, imported)


def _incident(one: dict[str, Any], kind: str, who: Who, imported: Imported) -> None:
    if needed(one, ("id", "created_date"), "incidents", imported):
        imported.add("incidents", id=one["id"], service=who.service, opened_at=_utc(one["created_date"]),
                     resolved_at=_utc(one["resolution_date"]), severity=one["severity"], kind=kind)  # fmt: skip
        if not who.service:
            imported.note(
                "DevLake's incidents name no service: give one project at a time with --service, or fill the column `service`"
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
