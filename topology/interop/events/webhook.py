"""The JSON that pipelines send to DevLake's webhook: deployments and issues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from topology.delivery.tables import RESULTS
from topology.interop.imported import ERASED, Imported, Who, another_kind, identity, needed, when
from topology.interop.importer import Importer
from topology.interop.urls import place_of
from topology.language import Text

SYSTEM = "webhook"
INCIDENT_TYPES = ("incident", "bug")


def read(objects: Iterable[dict[str, Any]], who: Who) -> Imported:
    """Deployments (one row for each, however many commits and repositories it brings), incidents and bugs."""
    imported = Imported()

    def one_object(one: dict[str, Any]) -> None:
        if "deploymentCommits" in one or "finishedDate" in one:
            _deployment(one, who, imported)
        elif "issueKey" in one:
            _issue(one, who, imported)
        elif one.get("message") and one.get("success") is False:
            imported.left_out[f"answers that are errors of DevLake: {one['message']}"] += 1
        else:
            imported.left_out[another_kind(one)] += 1

    imported.each(objects, one_object)
    return imported


def _deployment(one: dict[str, Any], who: Who, imported: Imported) -> None:
    if not needed(one, ("id", "finishedDate"), "deployments", imported):
        return
    commits = one.get("deploymentCommits") or [{}]
    names = list(dict.fromkeys(str(commit.get("repoUrl") or one.get("name") or "") for commit in commits))
    results = {_result(str(commit.get("result") or one.get("result") or "SUCCESS")) for commit in commits}
    if None in results:
        imported.left_out["deployments with another result than success or failure"] += 1
        return
    words, aside = (str(one.get("name") or ""), str(one.get("environment") or "")), Imported()
    services = [found for name in names if (found := who.services(place_of(name), aside, "deployments", words=words))]
    imported.extend(aside if not services else Imported(notes=aside.notes))
    if not services:
        return
    if aside.left_out:  # (it counts for the services that are told)
        imported.note(
            f"of one of its repositories it cannot be told which service was deployed: {', '.join(aside.left_out)}"
        )
    begun = [at for commit in commits if (at := when(commit.get("startedDate") or one.get("startedDate")))]
    ended = [at for commit in commits if (at := when(commit.get("finishedDate") or one["finishedDate"]))]
    shas = list(dict.fromkeys(str(commit["commitSha"]) for commit in commits if commit.get("commitSha")))
    environment = str(one.get("environment") or "PRODUCTION").lower()
    elsewhere = () if environment == "production" else ("@", environment)
    imported.add(
        "deployments", id=identity(SYSTEM, place_of(min(names)), "#", str(one["id"]), *elsewhere),
        service=";".join(dict.fromkeys(part for service in services for part in service.split(";"))),
        environment=environment, started_at=min(begun, default=""),
        finished_at=max(ended, default=""), result="failure" if "failure" in results else "success",
        commit_sha=shas[-1] if shas else "", commits=";".join(shas) if len(shas) > 1 else "",
        branch=next((str(commit["refName"]) for commit in commits if commit.get("refName")), ""), former=str(one["id"]),
    )  # fmt: skip


def _result(word: str) -> str | None:
    """success or failure, in the words of any tool; None for another."""
    known = {"success": "success", "failure": "failure", **RESULTS}
    return known.get(word.strip().lower().replace(" ", "_"))


def _issue(one: dict[str, Any], who: Who, imported: Imported) -> None:
    kind = str(one.get("type") or "").lower()
    if kind not in INCIDENT_TYPES:
        imported.left_out["issues that are neither an incident nor a bug"] += 1
        return
    if needed(one, ("issueKey", "createdDate"), "issues", imported):
        closed, status = when(one.get("resolutionDate")), str(one.get("originalStatus") or "")
        own = (f"{who.service}#" if who.service else "", str(one["issueKey"]))  # (two projects may have an issue 1)
        imported.add(
            "incidents", id=identity(SYSTEM, *own), service=who.service, opened_at=when(one["createdDate"]),
            resolved_at=closed or ERASED, severity=one.get("severity"), kind=kind, resolution=(status if closed else "") or ERASED,
            former=str(one["issueKey"]),
        )  # fmt: skip


IMPORTER = Importer(
    Text("The JSON that pipelines send to DevLake's webhook."), lambda asked: read(asked.objects(), asked.who)
)
