"""GitLab: saved answers of its REST API: deployments, merge requests, issues of the type incident."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from topology.interop.imported import Imported, Who, is_bot, needed, numbered, when
from topology.interop.importer import Importer, Option
from topology.language import Text

RESULTS = {"success": "success", "failed": "failure"}
SYSTEM = "gitlab"


def read(objects: Iterable[dict[str, Any]], who: Who, repository: str = "") -> Imported:
    """Deployments, changes and incidents. `repository` names the project of objects that do not."""
    imported = Imported()

    def one_object(one: dict[str, Any]) -> None:
        project = _project(one) or repository
        if "environment" in one and "status" in one:
            _deployment(one, who.service_of(project, imported), imported)
        elif "merged_at" in one:
            _change(one, project, who, imported)
        elif str(one.get("issue_type") or one.get("type") or "").lower() == "incident":
            _incident(one, project, who.service_of(project, imported), imported)
        else:
            imported.left_out["objects of another kind"] += 1

    imported.each(objects, one_object)
    return imported


def _project(one: dict[str, Any]) -> str:
    full = (one.get("references") or {}).get("full") if isinstance(one.get("references"), dict) else None
    if full:
        return re.split(r"[!#]", str(full))[0]
    pipeline = ((one.get("deployable") or {}).get("pipeline") or {}).get("web_url") or one.get("web_url") or ""
    match = re.search(r"://[^/]+/(.+?)/-/", str(pipeline))
    return match[1] if match else ""


def _deployment(one: dict[str, Any], service: str, imported: Imported) -> None:
    """The deployment's own status counts, not its job's; where no job is known, the last update is its end."""
    result = RESULTS.get(str(one["status"]))
    if result is None:
        imported.left_out["deployments that were canceled or are not over"] += 1
        return
    job = one.get("deployable") or {}
    finished = when(one.get("finished_at") or job.get("finished_at") or one.get("updated_at"))
    if finished is None or not needed(one, ("id",), "deployments", imported):
        imported.left_out["deployments without an end"] += finished is None
        return
    imported.add(
        "deployments", id=one["id"], service=service, environment=(one["environment"] or {}).get("name"),
        started_at=when(job.get("started_at") or one.get("created_at")), finished_at=finished, result=result, commit_sha=one.get("sha"),
    )  # fmt: skip


def _change(one: dict[str, Any], project: str, who: Who, imported: Imported) -> None:
    merged = when(one.get("merged_at"))
    if merged is None:
        imported.left_out["merge requests that are not merged"] += 1
        return
    if not needed(one, ("iid",), "merge requests", imported):
        return
    service, author = who.service_of(project, imported), str((one.get("author") or {}).get("username") or "")
    reviewers = [str(found.get("username")) for found in one.get("reviewers") or () if found.get("username") != author]
    imported.note(
        "GitLab's list of merge requests has no first commit and no review times: the lead time needs `first_commit_at`"
    )
    labels = [label.get("name") if isinstance(label, dict) else label for label in one.get("labels") or ()]
    imported.add(
        "changes", id=numbered(project or service, one["iid"]), service=service, repository=project, merged_at=merged,
        author=author if is_bot(author) else who.person(author, SYSTEM), reviewers=";".join(who.person(name, SYSTEM) for name in reviewers),
        opened_at=when(one.get("created_at")), labels=";".join(str(label) for label in labels), deployment_id="",
        merge_sha_=one.get("merge_commit_sha") or one.get("squash_commit_sha") or one.get("sha"),
    )  # fmt: skip


def _incident(one: dict[str, Any], project: str, service: str, imported: Imported) -> None:
    opened = when(one.get("created_at"))
    if opened is None or not needed(one, ("iid",), "incidents", imported):
        imported.left_out["incidents without created_at"] += opened is None
        return
    severity = str(one.get("severity") or "").lower()
    imported.add("incidents", id=numbered(project or service, one["iid"]), service=service, opened_at=opened,
                 resolved_at=when(one.get("closed_at")),
                 severity="" if severity == "unknown" else severity, kind="incident")  # fmt: skip


IMPORTER = Importer(
    Text("GitLab: deployments, merge requests, incidents."),
    lambda asked: read(asked.objects(), asked.who, asked.options.get("repository", "")),
    (Option("--repository", Text("GROUP/PROJECT that the objects without one come from.")),),
)
