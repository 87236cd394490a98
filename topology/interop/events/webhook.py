"""The JSON that pipelines send to DevLake's webhook: deployments and issues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from topology.interop.imported import Imported, Who, needed, when
from topology.interop.importer import Importer
from topology.language import Text


def read(objects: Iterable[dict[str, Any]], who: Who) -> Imported:
    """Deployments (one row for each commit's repository) and incidents."""
    imported = Imported()

    def one_object(one: dict[str, Any]) -> None:
        if "deploymentCommits" in one or "finishedDate" in one:
            _deployment(one, who, imported)
        elif "issueKey" in one:
            _issue(one, who, imported)
        else:
            imported.left_out["objects that are neither a deployment nor an issue of the webhook"] += 1

    imported.each(objects, one_object)
    return imported


def _deployment(one: dict[str, Any], who: Who, imported: Imported) -> None:
    if not needed(one, ("id", "finishedDate"), "deployments", imported):
        return
    commits = one.get("deploymentCommits") or [{}]
    for index, commit in enumerate(commits):
        service = who.service_of(str(commit.get("repoUrl") or one.get("name") or ""), imported)
        result = str(commit.get("result") or one.get("result") or "SUCCESS").lower()
        if result not in ("success", "failure"):
            imported.left_out["deployments with another result than SUCCESS or FAILURE"] += 1
            continue
        imported.add(
            "deployments", id=one["id"] if index == 0 else f"{one['id']}-{index + 1}", service=service,
            environment=str(one.get("environment") or "PRODUCTION").lower(),
            started_at=when(commit.get("startedDate") or one.get("startedDate")),
            finished_at=when(commit.get("finishedDate") or one["finishedDate"]), result=result, commit_sha=commit.get("commitSha"),
        )  # fmt: skip


def _issue(one: dict[str, Any], who: Who, imported: Imported) -> None:
    if str(one.get("type") or "").upper() not in ("INCIDENT", "BUG"):
        imported.left_out["issues that are neither an incident nor a bug"] += 1
        return
    if needed(one, ("issueKey", "createdDate"), "issues", imported):
        imported.add("incidents", id=one["issueKey"], service=who.service, opened_at=when(one["createdDate"]),
                     resolved_at=when(one.get("resolutionDate")), severity=one.get("severity"), kind=str(one["type"]).lower())  # fmt: skip


IMPORTER = Importer(
    Text("The JSON that pipelines send to DevLake's webhook."), lambda asked: read(asked.objects(), asked.who)
)
