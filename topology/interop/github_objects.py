"""GitHub's objects in one shape, whichever way they were saved: REST, GraphQL, `gh … --json`, webhooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from topology.interop.imported import Imported

Json = dict[str, Any]
ENVELOPES = ("deployment_status", "deployment", "workflow_run", "pull_request", "review", "release", "issue")
CONNECTIONS = ("pullRequests", "deployments", "releases", "issues")
NAMES = {
    "createdAt": "created_at", "mergedAt": "merged_at", "closedAt": "closed_at", "baseRefName": "base_ref", "databaseId": "id",
    "commitOid": "sha", "updatedAt": "updated_at", "startedAt": "run_started_at", "headBranch": "head_branch", "headSha": "head_sha",
    "submittedAt": "submitted_at", "workflowName": "workflow", "publishedAt": "published_at", "tagName": "tag_name", "isDraft": "draft",
    "isPrerelease": "prerelease", "stateReason": "state_reason", "attempt": "run_attempt",
}  # fmt: skip
"""{name of GraphQL and of `gh`: that of REST}."""


def unfolded(objects: Iterable[Json], imported: Imported) -> Iterator[Json]:
    """Each object by itself, with REST's names, and with the `repository_` and `default_branch_` that what is around it tells.
    Bodies of errors are counted with what they say."""
    for one in objects:
        if said := _error(one):
            imported.left_out[f"answers that are errors of GitHub: {said}"] += 1
        repository = one.get("repository")
        if isinstance(repository, dict) and any(isinstance(repository.get(name), dict) for name in CONNECTIONS):
            yield from _of_answer(repository)
        elif isinstance(one.get("data"), dict) and isinstance(one["data"].get("repository"), dict):
            yield from _of_answer(one["data"]["repository"])
        elif isinstance(repository, dict) and any(isinstance(one.get(name), dict) for name in ENVELOPES):
            yield from _of_envelope(one, repository)
        elif not said:
            yield renamed(one)


def _error(one: Json) -> str:
    """What an error body says; "" for another object."""
    if isinstance(one.get("errors"), list):
        return (
            "; ".join(str(error.get("message") if isinstance(error, dict) else error) for error in one["errors"])
            or "no words"
        )
    if "message" in one and ("documentation_url" in one or set(one) <= {"message", "status"}):
        return str(one["message"])
    return ""


def _of_answer(repository: Json) -> Iterator[Json]:
    """The nodes of a GraphQL answer."""
    around = _around(repository)
    for name in CONNECTIONS:
        nodes = (repository.get(name) or {}).get("nodes") or ()
        for node in nodes:
            if isinstance(node, dict):
                yield {**renamed(node), **around, "kind_": {"pullRequests": "pull"}.get(name, name.removesuffix("s"))}


def _of_envelope(one: Json, repository: Json) -> Iterator[Json]:
    """The object that a webhook tells of; of a deployment's status both."""
    around = _around(repository)
    if isinstance(one.get("deployment_status"), dict):
        deployment, status = one.get("deployment") or {}, one["deployment_status"]
        yield {**renamed(deployment), **around, "kind_": "deployment"}
        yield {**renamed(status), **around, "kind_": "status", "of_": deployment.get("id")}
    elif isinstance(one.get("review"), dict):
        pull = one.get("pull_request") or {}
        yield {**renamed(one["review"]), **around, "kind_": "review", "of_": pull.get("number")}
    else:
        name = next(name for name in ENVELOPES if isinstance(one.get(name), dict))
        if name == "issue" and "pull_request" in one["issue"]:  # (a comment on a pull request)
            yield {"kind_": "comment"}
            return
        kind = {"pull_request": "pull", "workflow_run": "run"}.get(name, name)
        yield {**renamed(one[name]), **around, "kind_": kind}


def _around(repository: Json) -> Json:
    name = repository.get("nameWithOwner") or repository.get("full_name") or ""
    branch = repository.get("defaultBranchRef") or {}
    default = (branch.get("name") if isinstance(branch, dict) else "") or repository.get("default_branch") or ""
    url = repository.get("html_url") or repository.get("url") or ""
    return {"repository_": name, "default_branch_": default, "repository_url_": url}


def renamed(one: Json) -> Json:
    """The object with REST's names; GraphQL's lists of nodes as lists."""
    found = {NAMES.get(key, key): _nodes(value) if isinstance(value, dict) else value for key, value in one.items()}
    if "id" in one and "databaseId" in one:  # (GraphQL's own ids are others than REST's)
        found["id"] = one["databaseId"]
    return found


def _nodes(value: Json) -> Any:
    return value["nodes"] if isinstance(value.get("nodes"), list) else value


def kind_of(one: Json) -> str:
    """deployment, status, pull, review, run, release, issue, commit, or ""."""
    if told := one.get("kind_"):
        return str(told)
    if "deployment_url" in one and "state" in one:
        return "status"
    if "pull_request_url" in one and ("state" in one or "submitted_at" in one):
        return "review"
    if "environment" in one and ("statuses_url" in one or "statuses" in one or "sha" in one):
        return "deployment"
    if "run_number" in one or "workflow" in one or ("head_sha" in one and "conclusion" in one):
        return "run"
    if "tag_name" in one:
        return "release"
    if "merged_at" in one:
        return "pull"
    if "number" in one and "closed_at" in one and "pull_request" not in one:
        return "issue"
    return "commit" if isinstance(one.get("commit"), dict) else ""


def dates_of_commits(one: Json) -> list[Any]:
    """The author's dates of a pull request's commits: of `gh` and of GraphQL (REST gives their number)."""
    listed = one.get("commits")
    found = (
        [commit.get("commit") if isinstance(commit.get("commit"), dict) else commit for commit in listed]
        if isinstance(listed, list)
        else []
    )
    return [commit.get("authoredDate") or commit.get("committedDate") for commit in found]


def names_in(one: Json, key: str, field: str = "name") -> list[str]:
    """The texts of a list of objects, such as labels and files."""
    listed = one.get(key)
    found = [part.get(field) if isinstance(part, dict) else part for part in listed] if isinstance(listed, list) else []
    return [str(part) for part in found if part]
