"""GitHub: what `topology import github --ask OWNER/REPO` asks for, saved answers of its REST API, of `gh … --json`, and webhooks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from topology.interop.github_objects import Json, dates_of_commits, kind_of, names_in, unfolded
from topology.interop.imported import ERASED, Imported, Who, another_kind, identity, main_of, needed, when
from topology.interop.importer import Asked, Importer, Option, OptionError
from topology.interop.reviews import REVIEWS, reviews_text
from topology.interop.urls import Home, github_home
from topology.language import Text

# What a deployment status means. `inactive` says that a later deployment took over: the deployment had not failed.
FINISHED = {"success": "success", "failure": "failure", "error": "failure"}
RUNS = {"success": "success", "failure": "failure", "timed_out": "failure", "startup_failure": "failure"}
DEPLOYING_EVENTS = (
    "push",
    "workflow_dispatch",
    "release",
    "schedule",
    "repository_dispatch",
    "workflow_run",
    "deployment",
    "",
)
DEPLOYING_NAMES = re.compile(r"deploy|release|publish|ship|rollout|production", re.IGNORECASE)
SYSTEM, PUBLIC = "github", "github.com"


@dataclass(frozen=True)
class Wanted:
    """What to take from GitHub's objects, and how."""

    repository: str = ""
    """OWNER/NAME of the objects without a URL."""
    deployments_from: str = "deployments"
    """`deployments`, `runs` or `releases`."""
    workflow: str = ""
    """The name of the workflow whose runs are deployments; "" for those that are called like one."""
    branch: str = ""
    """The branch whose runs are deployments; "" for the default branch."""
    incident_label: str = "incident"


def read(objects: Iterable[Json], who: Who, wanted: Wanted | None = None) -> Imported:
    """Deployments, changes and incidents; statuses and reviews whose deployment or pull request another file holds, in part."""
    imported, wanted = Imported(), wanted or Wanted()
    known = [one for one in unfolded(objects, imported) if isinstance(one, dict)]
    reader = _Reader(who, wanted, imported, _main_branches(known, who, wanted))
    imported.each(known, reader.read)
    reader.finish()
    return imported


def _main_branches(known: list[Json], who: Who, wanted: Wanted) -> dict[Home, str]:
    """{repository: the branch whose runs deploy}: as asked, as the settings or the payload say, else the usual name, else that of most
    runs."""
    runs: dict[Home, list[Json]] = {}
    for one in known:
        if kind_of(one) == "run":
            runs.setdefault(_home(one, wanted), []).append(one)
    return {home: wanted.branch or who.branch or _main_branch(of_home) for home, of_home in runs.items()}


def _main_branch(runs: list[Json]) -> str:
    payload = next((default for one in runs if (default := _default_branch(one))), "")
    deploying = (one for one in runs if str(one.get("event") or "") in DEPLOYING_EVENTS)
    return payload or main_of(str(one.get("head_branch") or "") for one in deploying)


def _default_branch(one: Json) -> str:
    """The default branch of the repository, where the object names it."""
    base = one.get("base")
    of_base = base.get("repo") if isinstance(base, dict) else None
    for found in (of_base, one.get("repository")):
        if isinstance(found, dict) and found.get("default_branch"):
            return str(found["default_branch"])
    return str(one.get("default_branch_") or "")


def _home(one: Json, wanted: Wanted) -> Home:
    """Host and repository, from any of the addresses that an object carries."""
    found = github_home(
        one, ("repository_url", "deployment_url", "pull_request_url", "url", "html_url", "repository_url_")
    )
    base = one.get("base")
    of_base = base.get("repo") if isinstance(base, dict) else None
    named = (
        one.get("repository_") or found.repository or (of_base.get("full_name") if isinstance(of_base, dict) else "")
    )
    return Home(found.host or PUBLIC, str(named or wanted.repository))


class _Reader:
    """Reads object after object; what belongs together in one input is joined at its end."""

    def __init__(self, who: Who, wanted: Wanted, imported: Imported, branches: Mapping[Home, str]) -> None:
        self.who, self.wanted, self.imported, self.branches = who, wanted, imported, branches
        self._statuses: dict[str, list[Json]] = {}
        self._deployments: dict[str, tuple[Json, Home]] = {}
        self._homes: dict[str, Home] = {}
        self._elsewhere: Counter[str] = Counter()
        self._workflows: Counter[str] = Counter()

    def read(self, one: Json) -> None:
        """Takes an object."""
        home, kind = _home(one, self.wanted), kind_of(one)
        match kind, self.wanted.deployments_from:
            case (("deployment" | "status"), "deployments"):
                self._keep(one, kind, home)
            case "run", "runs":
                self._run(one, home)
            case "release", "releases":
                self._release(one, home)
            case "pull", _:
                self._change(one, home)
            case "review", _:
                self._review(one, home)
            case "issue", _:
                self._issue(one, home)
            case (("deployment" | "status" | "run" | "release"), _):
                self.imported.left_out[f"{kind}s that are not taken for deployments (--deployments-from)"] += 1
            case "comment", _:
                self.imported.left_out["comments on pull requests"] += 1
            case "commit", _:
                self.imported.left_out["commits of pull requests"] += 1
                self.imported.note(
                    "commits of a pull request do not name it: what `topology import github --ask` asks for has the first one's time"
                )
            case _:
                self.imported.left_out[another_kind(one)] += 1

    def finish(self) -> None:
        """Joins deployments with their statuses, and says what was seen and not taken."""
        self.imported.each(dict.fromkeys([*self._deployments, *self._statuses]), self._deployment)
        self.imported.settle("changes")
        if self._elsewhere:
            named = ", ".join(f"{name} ({count})" for name, count in self._elsewhere.most_common(5))
            self.imported.note(
                f"environments that will not count as production: {named}; `[delivery] production` in topology.toml says which do"
            )
        if self._workflows and not self.wanted.workflow:
            named = ", ".join(name or "(without a name)" for name, _ in self._workflows.most_common(5))
            self.imported.note(
                f"workflows that are not called like one that deploys: {named}; name the one that does with --workflow"
            )

    # -- deployments ----------------------------------------------------------------------------------------------

    def _id(self, home: Home, *parts: Any) -> str:
        return identity(SYSTEM, home.repository, *map(str, parts), host=home.host, public=PUBLIC)

    def _keep(self, one: Json, kind: str, home: Home) -> None:
        number = (
            one.get("id")
            if kind == "deployment"
            else one.get("of_") or str(one.get("deployment_url") or "").rsplit("/", 1)[-1]
        )
        if number in (None, ""):
            self.imported.left_out[f"{kind}s without id"] += 1
            return
        id_ = self._id(home, "/deployments/", number)
        self._homes[id_] = home
        if kind == "deployment":
            self._deployments[id_] = one, home
            self._statuses.setdefault(id_, []).extend(one.get("statuses") or ())
        else:
            self._statuses.setdefault(id_, []).append(one)

    def _deployment(self, id_: str) -> None:
        """A deployment ends with its first final status; later ones, such as `inactive`, only say that it was replaced."""
        final = [
            (at, FINISHED[str(status["state"]).lower()])
            for status in self._statuses.get(id_, ())
            if str(status.get("state")).lower() in FINISHED
            and (at := when(status.get("created_at") or status.get("createdAt")))
        ]
        finished, result = min(final, default=("", ""))
        one, home = self._deployments.get(id_, ({}, self._homes[id_]))
        if not one and not final:
            self.imported.left_out["statuses that say no end (pending, in progress, inactive)"] += len(
                self._statuses[id_]
            )
            return
        environment = str(one.get("environment") or "")
        words = [str(one.get("task") or ""), environment]
        service = self.who.services(home.repository, self.imported, "deployments", words=words) if one else ""
        if service is None:
            return
        told = one.get("production_environment")
        if one and not self.who.is_production(environment, told, service):
            self._elsewhere[environment or "(blank)"] += 1
        ref = one.get("ref")
        values: dict[str, Any] = {
            "id": id_, "service": service, "environment": environment, "production": told, "started_at": when(one.get("created_at")),
            "finished_at": finished, "result": result, "commit_sha": one.get("sha"),
            "branch": ref.get("name") if isinstance(ref, dict) else "" if ref == one.get("sha") else ref, "url": one.get("url"),
        }  # fmt: skip
        if one and final:
            self.imported.add("deployments", **values, first=("finished_at", "result"), former=str(one.get("id") or ""))
            return
        if one:
            self.imported.left_out[
                "deployments without a final status (success, failure, error): import their statuses too"
            ] += 1
        self.imported.add_part("deployments", **values, first=("finished_at", "result") if final else ())

    def _run(self, one: Json, home: Home) -> None:
        """A workflow run that deploys; GitHub gives no end, so the last update stands for it. Each attempt is a deployment."""
        workflow = (
            str(one.get("name") or one.get("workflow") or "") if not one.get("workflow") else str(one["workflow"])
        )
        if self.wanted.workflow:
            if self.wanted.workflow not in (workflow, one.get("name")):
                self.imported.left_out["runs of other workflows (--workflow)"] += 1
                return
        elif not DEPLOYING_NAMES.search(workflow):
            self._workflows[workflow] += 1
            self.imported.left_out["runs of workflows that are not called like one that deploys"] += 1
            return
        event, branch = str(one.get("event") or ""), str(one.get("head_branch") or "")
        main = self.branches.get(home, "")
        if event not in DEPLOYING_EVENTS or (branch and main and branch != main and event != "release"):
            self.imported.left_out[
                f"runs of another branch than {main or 'the default one'}, or of an event that does not deploy"
            ] += 1
            return
        result, finished = RUNS.get(str(one.get("conclusion") or "")), when(one.get("updated_at"))
        if result is None or not finished:
            self.imported.left_out["workflow runs that were cancelled, skipped or are not over"] += 1
            return
        service = self.who.services(home.repository, self.imported, "runs", words=(workflow,))
        if service is None or not needed(one, ("id",), "runs", self.imported):
            return
        attempt = int(one.get("run_attempt") or 1)
        self.imported.add(
            "deployments", id=self._id(home, "/runs/", one["id"], *(("/attempts/", attempt) if attempt > 1 else ())), service=service,
            environment="production", started_at=when(one.get("run_started_at")), finished_at=finished, result=result,
            commit_sha=one.get("head_sha"), branch="" if event == "release" else branch, url=one.get("html_url") or one.get("url"),
            former=str(one["id"]) if attempt == 1 else "",
        )  # fmt: skip

    def _release(self, one: Json, home: Home) -> None:
        tag, published = one.get("tag_name"), when(one.get("published_at"))
        if not published or one.get("draft") or one.get("prerelease"):
            self.imported.left_out["releases that are drafts or previews"] += 1
            return
        service = self.who.services(
            home.repository, self.imported, "releases", words=(str(tag), str(one.get("name") or ""))
        )
        if service is not None:
            place = home if home.repository else Home(home.host, service)
            self.imported.add(
                "deployments", id=self._id(place, "@", tag), service=service, environment="production", finished_at=published,
                result="success", version=tag, url=one.get("html_url"), former=f"{service}-{tag}",
            )  # fmt: skip

    # -- changes ----------------------------------------------------------------------------------------------------

    def _change(self, one: Json, home: Home) -> None:
        merged = when(one.get("merged_at"))
        if not merged:
            self.imported.left_out["pull requests that are not merged"] += 1
            return
        if not needed(one, ("number",), "pull requests", self.imported):
            return
        labels, paths = names_in(one, "labels"), names_in(one, "files", "path")
        service = self.who.services(home.repository, self.imported, "pull requests", paths=paths, words=labels)
        if service is None:
            return
        login, is_bot = self._account(one.get("user") or one.get("author"))
        reviews = self._reviews(one.get("reviews") or (), login)
        base, dates = one.get("base"), [at for text in dates_of_commits(one) if (at := when(text))]
        place = home if home.repository else Home(home.host, service)
        self.imported.add(
            "changes", id=self._id(place, "#", one["number"]), service=service, repository=home.repository, merged_at=merged,
            author=login if is_bot else self.who.person(login, SYSTEM), reviewers=";".join(sorted(reviews)),
            first_commit_at=min(dates, default=""), opened_at=when(one.get("created_at")),
            first_review_at=min(reviews.values(), default=""),
            merge_sha=one.get("merge_commit_sha") or (one.get("mergeCommit") or {}).get("oid"),
            base_branch=(base.get("ref") if isinstance(base, dict) else "") or one.get("base_ref"), default_branch=_default_branch(one),
            paths=";".join(paths), labels=";".join(labels), additions=one.get("additions"), deletions=one.get("deletions"),
            former=f"{home.repository or service}#{one['number']}",
        )  # fmt: skip

    def _review(self, one: Json, home: Home) -> None:
        """A review by itself: its pull request may stand in another input, which then names the author, who is no reviewer."""
        number = one.get("of_") or str(one.get("pull_request_url") or "").rsplit("/", 1)[-1]
        reviews = self._reviews([one], "")
        if reviews and number:
            told = {REVIEWS: reviews_text(reviews)}
            self.imported.add_part(
                "changes", first=(), id=self._id(home, "#", number), repository=home.repository, **told
            )

    def _account(self, person: Any) -> tuple[str, bool]:
        """(login, whether it is a program's)."""
        if not isinstance(person, dict):
            return "", False
        login, kind = str(person.get("login") or ""), str(person.get("type") or person.get("__typename") or "")
        return login.removeprefix("app/"), bool(person.get("is_bot")) or (bool(login) and self.who.is_bot(login, kind))

    def _reviews(self, reviews: Iterable[Any], author: str) -> dict[str, str]:
        """{person who reviewed (not the author, no program): when first}."""
        found: dict[str, str] = {}
        for review in reviews:
            name, is_bot = self._account(review.get("user") or review.get("author"))
            at = when(review.get("submitted_at") or review.get("submittedAt"))
            person = self.who.person(name, SYSTEM)
            if name and at and person != self.who.person(author, SYSTEM) and not is_bot:
                found[person] = min(found.get(person, at), at)
        return found

    # -- incidents --------------------------------------------------------------------------------------------------

    def _issue(self, one: Json, home: Home) -> None:
        labels = names_in(one, "labels")
        if self.wanted.incident_label.lower() not in {label.lower() for label in labels}:
            self.imported.left_out[f"issues without the label {self.wanted.incident_label}"] += 1
            return
        service = self.who.services(home.repository, self.imported, "issues", words=labels)
        if service is None or not needed(one, ("number",), "issues", self.imported):
            return
        closed = when(one.get("closed_at"))
        place = home if home.repository else Home(home.host, service)
        reason = str(one.get("state_reason") or "").lower()
        self.imported.add(
            "incidents", id=self._id(place, "#", one["number"]), service=service, opened_at=when(one.get("created_at")), kind="incident",
            resolved_at=closed or ERASED, resolution=reason if closed and reason not in ("", "completed", "reopened") else ERASED,
            former=f"{home.repository or service}#{one['number']}",
        )  # fmt: skip


def _asked(asked: Asked) -> Imported:
    return read(asked.objects(), asked.who, Wanted(**asked.options))


PULLS = """query($endCursor: String) { repository(owner: "%s", name: "%s") { nameWithOwner url defaultBranchRef { name }
  pullRequests(states: MERGED, first: 50, after: $endCursor) { pageInfo { hasNextPage endCursor } nodes {
    number url baseRefName createdAt mergedAt additions deletions mergeCommit { oid } author { login __typename }
    labels(first: 20) { nodes { name } } files(first: 50) { nodes { path } }
    commits(first: 1) { nodes { commit { authoredDate } } }
    reviews(first: 30) { nodes { author { login __typename } state submittedAt } } } } } }"""
DEPLOYMENTS = """query($endCursor: String) { repository(owner: "%s", name: "%s") { nameWithOwner url defaultBranchRef { name }
  deployments(first: 50, after: $endCursor) { pageInfo { hasNextPage endCursor } nodes {
    databaseId environment task createdAt commitOid ref { name } statuses(first: 20) { nodes { state createdAt } } } } } }"""


def ask(repository: str) -> str:
    """The commands that save what this importer reads best. Raises OptionError for what is no OWNER/REPO."""
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise OptionError("--ask", f"`{repository}` is no OWNER/REPO")
    owner, name = repository.split("/")
    parts = ("pulls", PULLS), ("deployments", DEPLOYMENTS)
    commands = [
        f"gh api graphql --paginate --slurp -f query='{query % (owner, name)}' > {file}.json" for file, query in parts
    ]
    return "\n\n".join([*commands, "topology import github pulls.json deployments.json"])


IMPORTER = Importer(
    Text("GitHub: deployments with their statuses, pull requests with reviews, runs, releases, issues, webhooks."),
    _asked,
    (
        Option("--repository", Text("OWNER/NAME that the objects without a URL come from.")),
        Option(
            "--deployments-from",
            Text("What counts as a deployment."),
            "deployments",
            ("deployments", "runs", "releases"),
        ),
        Option(
            "--workflow",
            Text("With `--deployments-from runs`: the workflow's name [default: those called like one that deploys]."),
        ),
        Option(
            "--branch",
            Text("With `--deployments-from runs`: the branch that is deployed [default: the default branch]."),
        ),
        Option("--incident-label", Text("Issues with this label are incidents."), "incident"),
    ),
    ask=ask,
)
