"""The JSON that pipelines send to DevLake's webhook: deployments and issues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from topology.interop.imported import ERASED, Imported, Who, identity, needed, when
from topology.interop.importer import Importer
from topology.interop.urls import place_of
from topology.language import Text

SYSTEM = "webhook"
RESULTS = {"success": "success", "failure": "failure"}
INCIDENT_TYPES = ("incident", "bug")


def read(objects: Iterable[dict[str, Any]], who: Who) -> Imported:
    """Deployments (one row for each, however many commits and repositories it brings), incidents and bugs."""
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
    names = list(dict.fromkeys(str(commit.get("repoUrl") or one.get("name") or "") for commit in commits))
    words = (str(one.get("name") or ""), str(one.get("displayTitle") or ""), str(one.get("environment") or ""))
    services = [
        found for name in names if (found := who.services(place_of(name), imported, "deployments", words=words))
    ]
    results = {
        RESULTS.get(str(commit.get("result") or one.get("result") or "SUCCESS").lower(), "") for commit in commits
    }
    if "" in results:
        imported.left_out["deployments with another result than SUCCESS or FAILURE"] += 1
        return
    if not services:
        imported.left_out["deployments whose service cannot be told"] += 1
        return
    begun = [at for commit in commits if (at := when(commit.get("startedDate") or one.get("startedDate")))]
    ended = [at for commit in commits if (at := when(commit.get("finishedDate") or one["finishedDate"]))]
    shas = list(dict.fromkeys(str(commit["commitSha"]) for commit in commits if commit.get("commitSha")))
    imported.add(
        "deployments", id=identity(SYSTEM, place_of(min(names)), "#", str(one["id"])),
        service=";".join(dict.fromkeys(part for service in services for part in service.split(";"))),
        environment=str(one.get("environment") or "PRODUCTION").lower(), started_at=min(begun, default=""),
        finished_at=max(ended, default=""), result="failure" if "failure" in results else "success",
        commit_sha=shas[-1] if shas else "", commits=";".join(shas) if len(shas) > 1 else "",
        branch=next((str(commit["refName"]) for commit in commits if commit.get("refName")), ""), former=str(one["id"]),
    )  # fmt: skip


def _issue(one: dict[str, Any], who: Who, imported: Imported) -> None:
    kind = str(one.get("type") or "").lower()
    if kind not in INCIDENT_TYPES:
        imported.left_out["issues that are neither an incident nor a bug"] += 1
        return
    if needed(one, ("issueKey", "createdDate"), "issues", imported):
        closed, status = when(one.get("resolutionDate")), str(one.get("originalStatus") or "")
        imported.add(
            "incidents", id=identity(SYSTEM, str(one["issueKey"])), service=who.service, opened_at=when(one["createdDate"]),
            resolved_at=closed or ERASED, severity=one.get("severity"), kind=kind, resolution=status if closed else "",
            former=str(one["issueKey"]),
        )  # fmt: skip


IMPORTER = Importer(
    Text("The JSON that pipelines send to DevLake's webhook."), lambda asked: read(asked.objects(), asked.who)
)
