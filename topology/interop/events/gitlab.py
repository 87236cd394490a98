"""GitLab: saved answers of its REST API: deployments, pipelines, merge requests (also those of a deployment), incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from topology.interop.imported import ERASED, Imported, Who, another_kind, identity, main_of, needed, when
from topology.interop.importer import Asked, Importer, Option
from topology.interop.urls import Home, gitlab_home
from topology.language import Text

RESULTS = {"success": "success", "failed": "failure"}
DEPLOYING_SOURCES = ("push", "web", "schedule", "api", "trigger", "pipeline", "")
SYSTEM, PUBLIC = "gitlab", "gitlab.com"
Json = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What to take from GitLab's objects, and how."""

    repository: str = ""
    """GROUP/PROJECT of the objects that name none."""
    deployments_from: str = "deployments"
    """`deployments` or `pipelines`."""
    branch: str = ""
    """The branch whose pipelines are deployments; "" for the default branch."""


def read(objects: Iterable[Json], who: Who, wanted: Wanted | None = None) -> Imported:
    """Deployments, changes and incidents."""
    imported, known, wanted = Imported(), list(objects), wanted or Wanted()
    reader = _Reader(who, wanted, imported, _host_of(known))
    reader.branches = _main_branches(known, reader)
    imported.each(known, reader.read)
    reader.finish()
    return imported


def _host_of(known: list[Json]) -> str:
    """The host that most addresses of an input name: that of objects without an address of their own too."""
    hosts = Counter(host for one in known if (host := gitlab_home(str(one.get("web_url") or "")).host))
    return next((host for host, _ in hosts.most_common(1)), "")


def _main_branches(known: list[Json], reader: _Reader) -> dict[Home, str]:
    """{project: the branch whose pipelines deploy}: as asked, as the settings say, else the usual name, else that of most."""
    refs: dict[Home, list[str]] = {}
    for one in known:
        if _is_pipeline(one) and one.get("source") in DEPLOYING_SOURCES:
            refs.setdefault(reader.home(one), []).append(str(one.get("ref") or ""))
    return {home: reader.wanted.branch or reader.who.branch or main_of(found) for home, found in refs.items()}


def _is_pipeline(one: Json) -> bool:
    return "status" in one and "source" in one and "/pipelines/" in str(one.get("web_url") or "")


class _Reader:
    """Reads object after object."""

    def __init__(self, who: Who, wanted: Wanted, imported: Imported, host: str) -> None:
        self.who, self.wanted, self.imported, self._host = who, wanted, imported, host
        self.branches: dict[Home, str] = {}
        self._elsewhere: Counter[str] = Counter()

    def read(self, one: Json) -> None:
        """Takes an object."""
        home = self.home(one)
        if isinstance(one.get("merge_requests"), list):
            self._carried(one, home)
        elif "environment" in one and "status" in one:
            self._only("deployments", self._deployment, one, home)
        elif _is_pipeline(one):
            self._only("pipelines", self._pipeline, one, home)
        elif "merged_at" in one:
            self._change(one, home)
        elif str(one.get("issue_type") or one.get("type") or "").lower() == "incident":
            self._incident(one, home)
        elif "message" in one or "error" in one:
            said = one.get("error_description") or one.get("message") or one.get("error")
            self.imported.left_out[f"answers that are errors of GitLab: {said}"] += 1
        else:
            self.imported.left_out[another_kind(one)] += 1

    def finish(self) -> None:
        """Says what was seen and will not count."""
        if self._elsewhere:
            named = ", ".join(f"{name} ({count})" for name, count in self._elsewhere.most_common(5))
            self.imported.note(
                f"environments that will not count as production: {named}; `[delivery] production` in topology.toml says which do"
            )

    def _only(self, kind: str, take: Any, one: Json, home: Home) -> None:
        if self.wanted.deployments_from == kind:
            take(one, home)
        else:
            self.imported.left_out[f"{kind} that are not taken for deployments (--deployments-from)"] += 1

    def home(self, one: Json) -> Home:
        """Host and project, from the object's addresses (of a user, the host); the full name of a reference stands before."""
        pipeline = ((one.get("deployable") or {}).get("pipeline") or {}).get("web_url")
        found = gitlab_home(str(one.get("web_url") or pipeline or ""))
        references = one.get("references")
        full = references.get("full") if isinstance(references, dict) else None
        project = str(full).replace("!", "#").split("#")[0] if full else found.repository
        user = one.get("user") if isinstance(one.get("user"), dict) else None
        host = found.host or (urlsplit(str((user or {}).get("web_url") or "")).netloc.casefold()) or self._host
        return Home(host or PUBLIC, project or self.wanted.repository)

    def _id(self, home: Home, *parts: Any) -> str:
        return identity(SYSTEM, home.repository, *map(str, parts), host=home.host, public=PUBLIC)

    def _deployment(self, one: Json, home: Home) -> None:
        """The deployment's own status counts, not its job's; where no job is known, the last update is its end."""
        result = RESULTS.get(str(one["status"]))
        if result is None:
            self.imported.left_out["deployments that were canceled or are not over"] += 1
            return
        job, environment = one.get("deployable") or {}, one["environment"] or {}
        finished = when(one.get("finished_at") or job.get("finished_at") or one.get("updated_at"))
        if not finished or not needed(one, ("id",), "deployments", self.imported):
            self.imported.left_out["deployments without an end"] += not finished
            return
        name, tier = str(environment.get("name") or ""), environment.get("tier")
        service = self.who.services(
            home.repository, self.imported, "deployments", words=(str(job.get("name") or ""), name)
        )
        if service is None:
            return
        if not self.who.is_production(name, None if tier is None else tier == "production", service):
            self._elsewhere[name or "(blank)"] += 1
        self.imported.add(
            "deployments", id=self._id(home, "/deployments/", one["id"]), service=service, environment=name,
            production=None if tier is None else tier == "production", started_at=when(job.get("started_at") or one.get("created_at")),
            finished_at=finished, result=result, commit_sha=one.get("sha"), branch=one.get("ref"), former=str(one["id"]),
        )  # fmt: skip

    def _pipeline(self, one: Json, home: Home) -> None:
        """A pipeline of the branch that is deployed; the list gives no end, so the last update stands for it."""
        main = self.branches.get(home, "")
        if one.get("source") not in DEPLOYING_SOURCES or (main and one.get("ref") != main):
            self.imported.left_out[
                f"pipelines of another branch than {main or 'the default one'}, or of a source that does not deploy"
            ] += 1
            return
        result, finished = RESULTS.get(str(one["status"])), when(one.get("finished_at") or one.get("updated_at"))
        if result is None or not finished:
            self.imported.left_out["pipelines that were canceled or are not over"] += 1
            return
        service = self.who.services(home.repository, self.imported, "pipelines", words=(str(one.get("name") or ""),))
        if service is not None and needed(one, ("id",), "pipelines", self.imported):
            self.imported.add(
                "deployments", id=self._id(home, "/pipelines/", one["id"]), service=service, environment="production",
                started_at=when(one.get("started_at") or one.get("created_at")), finished_at=finished, result=result,
                commit_sha=one.get("sha"), branch=one.get("ref"), url=one.get("web_url"),
            )  # fmt: skip

    def _carried(self, one: Json, home: Home) -> None:
        """`/deployments/:id/merge_requests`, with the deployment's id around it: GitLab's own word on which deployment carried them."""
        number = one.get("deployment_id") or one.get("deployment") or one.get("id")
        for change in one["merge_requests"]:
            of_change = self.home(change)
            place = of_change if of_change.repository else home
            self._change(change, place, self._id(place, "/deployments/", number) if number else "")

    def _change(self, one: Json, home: Home, deployment: str = "") -> None:
        merged = when(one.get("merged_at"))
        if not merged:
            self.imported.left_out["merge requests that are not merged"] += 1
            return
        if not needed(one, ("iid",), "merge requests", self.imported):
            return
        labels = [str(label.get("name") if isinstance(label, dict) else label) for label in one.get("labels") or ()]
        paths = [
            str(found.get("new_path"))
            for found in one.get("changes") or one.get("diffs") or ()
            if isinstance(found, dict)
        ]
        service = self.who.services(home.repository, self.imported, "merge requests", paths=paths, words=labels)
        if service is None:
            return
        author = one.get("author") or {}
        login = str(author.get("username") or "")
        is_bot = self.who.is_bot(login, "bot" if author.get("bot") else "")
        names = {str(found.get("username")) for found in one.get("reviewers") or ()}
        people = {self.who.person(name, SYSTEM) for name in names if not self.who.is_bot(name)} - {
            self.who.person(login, SYSTEM)
        }
        listed = one.get("commits")
        commits = listed if isinstance(listed, list) else []
        dates = [at for commit in commits if (at := when(commit.get("authored_date") or commit.get("created_at")))]
        if not dates:
            self.imported.note(
                "merge requests without `commits` have no first commit: the lead time needs `first_commit_at`"
            )
        place = home if home.repository else Home(home.host, service)
        self.imported.add(
            "changes", id=self._id(place, "!", one["iid"]), service=service, repository=home.repository, merged_at=merged,
            author=login if is_bot else self.who.person(login, SYSTEM), reviewers=";".join(sorted(people)),
            first_commit_at=min(dates, default=""), opened_at=when(one.get("created_at")), deployment_id=deployment,
            merge_sha=one.get("merge_commit_sha") or one.get("squash_commit_sha") or one.get("sha"), base_branch=one.get("target_branch"),
            paths=";".join(paths), labels=";".join(labels), former=f"{home.repository or service}#{one['iid']}", several="deployment_id",
        )  # fmt: skip

    def _incident(self, one: Json, home: Home) -> None:
        opened = when(one.get("created_at"))
        if not opened or not needed(one, ("iid",), "incidents", self.imported):
            self.imported.left_out["incidents without created_at"] += not opened
            return
        labels = [str(label.get("name") if isinstance(label, dict) else label) for label in one.get("labels") or ()]
        service = self.who.services(home.repository, self.imported, "incidents", words=labels)
        if service is None:
            return
        severity, links = str(one.get("severity") or "").lower(), one.get("_links") or {}
        closed, place = when(one.get("closed_at")), home if home.repository else Home(home.host, service)
        self.imported.add(
            "incidents", id=self._id(place, "#", one["iid"]), service=service, opened_at=opened, resolved_at=closed or ERASED,
            severity="" if severity == "unknown" else severity, kind="incident",
            resolution="duplicate" if isinstance(links, dict) and links.get("closed_as_duplicate_of") else ERASED,
            former=f"{home.repository or service}#{one['iid']}",
        )  # fmt: skip


def _asked(asked: Asked) -> Imported:
    return read(asked.objects(), asked.who, Wanted(**asked.options))


IMPORTER = Importer(
    Text("GitLab: deployments, pipelines, merge requests, incidents."),
    _asked,
    (
        Option("--repository", Text("GROUP/PROJECT that the objects without one come from.")),
        Option("--deployments-from", Text("What counts as a deployment."), "deployments", ("deployments", "pipelines")),
        Option(
            "--branch",
            Text("With `--deployments-from pipelines`: the branch that is deployed [default: the default branch]."),
        ),
    ),
)
