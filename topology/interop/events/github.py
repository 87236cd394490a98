"""GitHub: saved answers of its REST API (`gh api --paginate …`) and of `gh pr list`, `gh run list`, `gh release list` with `--json`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from topology.interop.imported import Imported, Who, is_bot, needed, numbered, when
from topology.interop.importer import Asked, Importer, Option
from topology.language import Text

# What a deployment status means. `inactive` says that a later deployment took over: the deployment had not failed.
FINISHED = {"success": "success", "failure": "failure", "error": "failure"}
RUNS = {"success": "success", "failure": "failure", "timed_out": "failure", "startup_failure": "failure"}
SYSTEM = "github"


@dataclass(frozen=True)
class Wanted:
    """What to take from GitHub's objects, and how."""

    repository: str = ""
    """OWNER/NAME of the objects without a URL."""
    deployments_from: str = "deployments"
    """`deployments`, `runs` or `releases`."""
    workflow: str = ""
    """The name of the workflow whose runs are deployments; "" for all."""
    incident_label: str = "incident"


def read(objects: Iterable[dict[str, Any]], who: Who, wanted: Wanted | None = None) -> Imported:
    """Deployments, changes and incidents."""
    imported, known, wanted = Imported(), list(objects), wanted or Wanted()
    statuses, reviews = _beside(known, "deployment_url"), _beside(known, "pull_request_url")
    imported.each(known, lambda one: _one(one, statuses, reviews, who, wanted, imported))
    kinds = {_kind(one) for one in known}
    for beside, kind, what in (
        (statuses, "deployment", "statuses without deployments"), (reviews, "pull", "reviews without pull requests"),
    ):  # fmt: skip
        if beside and kind not in kinds:
            imported.left_out[what] += sum(map(len, beside.values()))
    return imported


Beside = dict[str, list[dict[str, Any]]]


def _one(one: dict[str, Any], statuses: Beside, reviews: Beside, who: Who, wanted: Wanted, imported: Imported) -> None:
    repo, kind = _repository(one) or wanted.repository, _kind(one)
    service = who.service_of(repo, imported) if kind in ("deployment", "run", "release", "pull", "issue") else ""
    match kind, wanted.deployments_from:
        case "deployment", "deployments":
            _deployment(one, statuses.get(f"{repo}/{one.get('id')}", []), service, imported)
        case "run", "runs" if wanted.workflow in ("", one.get("name"), one.get("workflowName")):
            _run(one, service, imported)
        case "release", "releases":
            _release(one, service, imported)
        case "pull", _:
            _change(one, reviews.get(f"{repo}/{one.get('number')}", []), repo, who, imported)
        case "issue", _:
            _issue(one, repo, service, wanted.incident_label, imported)
        case (("deployment" | "run" | "release"), _):
            imported.left_out[f"{kind}s that are not taken for deployments (--deployments-from, --workflow)"] += 1
        case "commit", _:
            imported.note(
                "commits of a pull request do not name it: `gh pr list --json …,commits` gives the first one's time"
            )
        case "", _:
            imported.left_out["objects of another kind"] += 1


def _beside(known: list[dict[str, Any]], key: str) -> Beside:
    """{repository and number of a deployment or pull request: the statuses or reviews that name it in their URL}."""
    found: Beside = {}
    for one in known:
        if key in one and "state" in one:
            found.setdefault(f"{_repository(one)}/{str(one[key]).rsplit('/', 1)[-1]}", []).append(one)
    return found


def _kind(one: dict[str, Any]) -> str:
    if ("deployment_url" in one or "pull_request_url" in one) and "state" in one:
        return "beside"
    if "statuses_url" in one and "environment" in one:
        return "deployment"
    if "run_number" in one or "workflowName" in one or ("headSha" in one and "conclusion" in one):
        return "run"
    if "tag_name" in one or "tagName" in one:
        return "release"
    if "merged_at" in one or "mergedAt" in one:
        return "pull"
    if "number" in one and ("closed_at" in one or "closedAt" in one) and "pull_request" not in one:
        return "issue"
    return "commit" if isinstance(one.get("commit"), dict) else ""


def _repository(one: dict[str, Any]) -> str:
    """`owner/name` from any of the URLs that an object carries."""
    for key in ("repository_url", "deployment_url", "pull_request_url", "url", "html_url"):
        match = re.search(r"(?:/repos/|://github\.[^/]+/)([^/]+/[^/]+)", str(one.get(key) or ""))
        if match:
            return match[1]
    base = one.get("base")
    repo = base.get("repo") if isinstance(base, dict) else None
    return str(repo.get("full_name") or "") if isinstance(repo, dict) else ""


def _deployment(one: dict[str, Any], statuses: list[dict[str, Any]], service: str, imported: Imported) -> None:
    """A deployment ends with its first final status; later ones, such as `inactive`, only say that it was replaced."""
    if not needed(one, ("id",), "deployments", imported):
        return
    final = [
        status for status in statuses if str(status["state"]).lower() in FINISHED and when(status.get("created_at"))
    ]
    if not final:
        imported.left_out[
            "deployments without a final status (success, failure, error): import their statuses too"
        ] += 1
        return
    first = min(final, key=lambda status: str(status["created_at"]))
    imported.add(
        "deployments", id=one["id"], service=service, environment=one.get("environment"), started_at=when(one.get("created_at")),
        finished_at=when(first["created_at"]), result=FINISHED[str(first["state"]).lower()], commit_sha=one.get("sha"), url=one.get("url"),
    )  # fmt: skip


def _run(one: dict[str, Any], service: str, imported: Imported) -> None:
    """A workflow run; GitHub gives no end, so the last update stands for it."""
    result = RUNS.get(str(one.get("conclusion") or ""))
    finished = when(one.get("updated_at") or one.get("updatedAt"))
    if result is None or finished is None:
        imported.left_out["workflow runs that were cancelled, skipped or are not over"] += 1
        return
    imported.add(
        "deployments", id=one.get("id") or one.get("databaseId"), service=service, environment="production",
        started_at=when(one.get("run_started_at") or one.get("startedAt")), finished_at=finished, result=result,
        commit_sha=one.get("head_sha") or one.get("headSha"), url=one.get("html_url") or one.get("url"),
    )  # fmt: skip


def _release(one: dict[str, Any], service: str, imported: Imported) -> None:
    tag, published = one.get("tag_name") or one.get("tagName"), when(one.get("published_at") or one.get("publishedAt"))
    if published is None or one.get("draft") or one.get("isDraft") or one.get("prerelease") or one.get("isPrerelease"):
        imported.left_out["releases that are drafts or previews"] += 1
        return
    imported.add("deployments", id=f"{service}-{tag}", service=service, environment="production", finished_at=published,
                 result="success", version=tag, url=one.get("html_url"))  # fmt: skip


def _change(one: dict[str, Any], beside: list[dict[str, Any]], repository: str, who: Who, imported: Imported) -> None:
    merged = when(one.get("merged_at") or one.get("mergedAt"))
    if merged is None:
        imported.left_out["pull requests that are not merged"] += 1
        return
    if not needed(one, ("number",), "pull requests", imported):
        return
    service = who.service_of(repository, imported)
    author = one.get("user") or one.get("author") or {}
    login = _login(author)
    reviews = [review for review in [*(one.get("reviews") or ()), *beside] if isinstance(review, dict)]
    reviewers, times = _reviewers(reviews, login)
    listed = one.get("commits") if isinstance(one.get("commits"), list) else []  # (REST gives their number)
    commits = [when(commit.get("authoredDate") or commit.get("committedDate")) for commit in listed or ()]
    merge = one.get("merge_commit_sha") or (one.get("mergeCommit") or {}).get("oid")
    bot = is_bot(login, str(author.get("type") or "")) or bool(author.get("is_bot"))
    imported.add(
        "changes", id=numbered(repository or service, one["number"]), service=service, repository=repository, merged_at=merged,
        author=login if bot else who.person(login, SYSTEM), reviewers=";".join(who.person(name, SYSTEM) for name in reviewers),
        first_commit_at=min((time for time in commits if time), default=None),
        opened_at=when(one.get("created_at") or one.get("createdAt")),
        first_review_at=min(times, default=None), labels=";".join(str(label.get("name")) for label in one.get("labels") or ()),
        additions=one.get("additions"), deletions=one.get("deletions"), deployment_id="", merge_sha_=merge,
    )  # fmt: skip


def _reviewers(reviews: list[dict[str, Any]], author: str) -> tuple[list[str], list[Any]]:
    """The people who reviewed (not the author, no programs), and when."""
    names, times = [], []
    for review in reviews:
        person = review.get("user") or review.get("author") or {}
        name, time = _login(person), when(review.get("submitted_at") or review.get("submittedAt"))
        if name and time and name != author and not is_bot(name, str(person.get("type") or "")):
            names.append(name)
            times.append(time)
    return list(dict.fromkeys(names)), times


def _login(person: dict[str, Any]) -> str:
    return str(person.get("login") or "").removeprefix("app/")


def _issue(one: dict[str, Any], repository: str, service: str, label: str, imported: Imported) -> None:
    labels = {str(found.get("name") if isinstance(found, dict) else found).lower() for found in one.get("labels") or ()}
    if label.lower() not in labels:
        imported.left_out[f"issues without the label {label}"] += 1
        return
    imported.add(
        "incidents", id=numbered(repository or service, one.get("number")), service=service,
        opened_at=when(one.get("created_at") or one.get("createdAt")),
        resolved_at=when(one.get("closed_at") or one.get("closedAt")), kind="incident",
    )  # fmt: skip


def _asked(asked: Asked) -> Imported:
    return read(asked.objects(), asked.who, Wanted(**asked.options))


IMPORTER = Importer(
    Text("GitHub: deployments with their statuses, pull requests with reviews, runs, releases, issues."),
    _asked,
    (
        Option("--repository", Text("OWNER/NAME that the objects without a URL come from.")),
        Option(
            "--deployments-from",
            Text("What counts as a deployment."),
            "deployments",
            ("deployments", "runs", "releases"),
        ),
        Option("--workflow", Text("With `--deployments-from runs`: the workflow's name.")),
        Option("--incident-label", Text("Issues with this label are incidents."), "incident"),
    ),
)
