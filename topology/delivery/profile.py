"""What the events say of themselves, whatever the window: how they write services and environments, which columns each service fills.

It is read once from the tables as a few small results, so that what has to be decided (which environment is production, which service
a spelling means, which branch is deployed) is decided in Python and reaches the engines as small tables.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

import ibis

from topology.delivery.events import Events
from topology.delivery.resolutions import is_dropped
from topology.model import Organisation
from topology.source.settings import DeliverySettings

PRODUCTION = re.compile(r"(?:production|prod|prd|live)\d*")
"""A word of an environment's name that says production, unless the settings say otherwise."""
NOT_PRODUCTION = frozenset((
    "pre", "preprod", "preproduction", "non", "nonprod", "nonproduction", "not", "preview", "previews", "review", "staging", "stage",
    "test", "tests", "testing", "qa", "uat", "dev", "develop", "development", "sandbox", "demo", "mirror", "copy", "clone", "like",
    "shadow", "integration", "acceptance", "nightly", "local", "training", "loadtest", "perf", "backup", "simulation",
))  # fmt: skip
"""A word of these makes an environment another one, such as `pre-production`, unless the settings or the source say otherwise."""
USUAL_BRANCHES = ("main", "master", "trunk")
SEVERAL = ";"


@dataclass(frozen=True)
class Group:
    """The deployments of one spelling of a service to one environment, over all time."""

    service: str
    environment: str | None
    production: bool | None
    """What the source says of it."""
    deployments: int
    successes: int
    failures: int
    reverted: int
    """How many say whether they were rolled back, or failed their users."""
    planned: int
    """How many say whether they were planned."""
    commits: int
    """How many list several commits."""
    first: dt.datetime
    """When the first one started."""


@dataclass(frozen=True)
class Place:
    """Where changes say that they belong: the service, else the repository; and the branches that they name."""

    service: str | None
    repository: str | None
    base: str | None
    default: str | None
    count: int


def groups_of(events: Events) -> tuple[Group, ...]:
    """The groups of the deployments."""
    return events.once("groups", lambda: tuple(_groups(events))) if events.has("deployments") else ()


def _groups(events: Events) -> Iterable[Group]:
    table = events.tables["deployments"]
    keys = ["service", "environment", "production"]
    counted = table.group_by(keys).aggregate(
        deployments=table.count(),
        successes=(table.result == "success").ifelse(1, 0).sum(),
        failures=(table.result == "failure").ifelse(1, 0).sum(),
        reverted=table.rolled_back.count() + table.change_failure.count(), planned=table.unplanned.count(), commits=table.commits.count(),
        first=ibis.coalesce(table.started_at, table.finished_at).min(),
    )  # fmt: skip
    return (Group(**row) for row in _rows(counted))


def places_of(events: Events) -> tuple[Place, ...]:
    """The places of the changes."""
    return events.once("places", lambda: tuple(_places(events))) if events.has("changes") else ()


def _places(events: Events) -> Iterable[Place]:
    table = events.tables["changes"].rename(base="base_branch", default="default_branch")
    counted = table.group_by(["service", "repository", "base", "default"]).aggregate(count=table.count())
    return (Place(**row) for row in _rows(counted))


def spellings_of(events: Events) -> frozenset[str]:
    """Every text by which an event names its service."""
    return events.once("spellings", lambda: frozenset(_spellings(events)))


def _spellings(events: Events) -> Iterable[str]:
    yield from (one.service for one in groups_of(events))
    yield from (one.service for one in places_of(events) if one.service)
    for name in ("incidents", "outcomes"):
        if events.has(name):
            yield from (
                row["service"] for row in _rows(events.tables[name].select("service").distinct()) if row["service"]
            )


def dropped_words(events: Events) -> tuple[str, ...]:
    """The resolutions of incidents and work items, as they are written, that say that nothing was to be done."""

    def find() -> tuple[str, ...]:
        tables = (events.tables[name] for name in ("incidents", "work_items") if events.has(name))
        texts = {row["resolution"] for table in tables for row in _rows(table.select("resolution").distinct())}
        return tuple(sorted(text for text in texts if text and is_dropped(text)))

    return events.once("dropped", find)


def incidents_fill(events: Events) -> Mapping[str, int]:
    """{column of incidents: how many rows fill it}, of those that link them."""

    def count() -> Mapping[str, int]:
        table = events.tables["incidents"]
        (row,) = _rows(table.aggregate(caused_by=table.caused_by.count()))
        return dict(row)

    return events.once("causes", count)


def changes_fill(events: Events) -> Mapping[str, int]:
    """{column of changes: how many rows fill it}, of those that only some tools know."""

    def count() -> Mapping[str, int]:
        table = events.tables["changes"]
        names = ("deployment_id", "deployed_at", "merge_sha", "base_branch", "deployment_told", "paths")
        several = table.deployment_id.contains(SEVERAL).ifelse(1, 0).sum()
        (row,) = _rows(table.aggregate(**{name: table[name].count() for name in names}, several=several))
        return dict(row)

    return events.once("fills", count)


@dataclass(frozen=True, eq=False)
class Profile:
    """The events of an organisation, as its settings understand them."""

    events: Events
    organisation: Organisation
    settings: DeliverySettings

    @cached_property
    def services(self) -> dict[str, tuple[str, ...]]:
        """{text of the events: the services that it means}; a text that means none of the file stands for itself."""
        return {text: self._meant(text) for text in sorted(spellings_of(self.events))}

    def _meant(self, text: str) -> tuple[str, ...]:
        parts = [part.strip() for part in text.split(SEVERAL) if part.strip()] or [text]
        return tuple(dict.fromkeys(self.organisation.find_service(part) or part for part in parts))

    # -- production -------------------------------------------------------------------------------------------------

    @cached_property
    def production(self) -> tuple[Group, ...]:
        """The groups of deployments that are production."""
        named = (one for one in groups_of(self.events) if one.environment or one.production is not None)
        naming = {service for one in named for service in self.services[one.service]}
        return tuple(
            one
            for one in groups_of(self.events)
            if self._is_production(one, not naming.isdisjoint(self.services[one.service]))
        )

    def _is_production(self, group: Group, named: bool) -> bool:
        """What the settings say stands before what the tool says, and that before the usual names. A blank environment is production
        only where the service has no other."""
        own = self.settings.production
        if group.production or (group.environment and own and _matches(group.environment, own)):
            return True
        if group.production is False:
            return False
        if not group.environment:
            return not named
        return not own and is_usual(group.environment, self.services[group.service])

    @cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """The environments that are not production, by how many deployments went there."""
        counts: Counter[str] = Counter()
        for one in set(groups_of(self.events)) - set(self.production):
            counts[one.environment or "(blank)"] += one.deployments
        return tuple(name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def incidents_elsewhere(self) -> tuple[str, ...]:
        """The environments, other than production, of which incidents tell."""
        if not self.events.has("incidents"):
            return ()
        named = self.events.tables["incidents"].select("environment").distinct()
        own = self.settings.production
        texts = [row["environment"] for row in _rows(named) if row["environment"]]
        told = {
            one.environment for one in self.production
        }  # (what a tool says of an environment, it says of its incidents too)
        return tuple(
            sorted(one for one in texts if one not in told and not (_matches(one, own) if own else is_usual(one)))
        )

    @property
    def has_regions(self) -> bool:
        """Whether a service is deployed to several production environments."""
        environments: dict[str, set[str]] = {}
        for one in self.production:
            environments.setdefault(one.service, set()).add(one.environment or "")
        return any(len(found) > 1 for found in environments.values())

    @cached_property
    def first(self) -> dict[str, dt.datetime]:
        """{service: when the first production deployment started that the data knows}."""
        found: dict[str, dt.datetime] = {}
        for one in self.production:
            for service in self.services[one.service]:
                found[service] = min(found.get(service, one.first), one.first)
        return found

    # -- evidence: what one team's rows fill says nothing of another's -----------------------------------------------

    def teams_where(self, says: str) -> frozenset[str]:
        """The teams of which any production deployment ever says it: a column of Group that counts."""
        services = {service for one in self.production if getattr(one, says) for service in self.services[one.service]}
        return self._owners(services)

    @cached_property
    def teams_without_result(self) -> frozenset[str]:
        """The teams whose deployments are all elsewhere, or of which none says how it ended: their number is not 0, it is not known."""
        seen = {service for one in groups_of(self.events) for service in self.services[one.service]}
        known = {
            service
            for one in self.production
            if one.successes or one.failures
            for service in self.services[one.service]
        }
        return self._owners(seen) - self._owners(known)

    def _owners(self, services: set[str]) -> frozenset[str]:
        return frozenset(id_ for id_, team in self.organisation.teams.items() if services & team.services.keys())

    # -- changes ------------------------------------------------------------------------------------------------------

    @cached_property
    def services_of_places(self) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
        """{(service, repository) of changes: the services that they mean}; () where a repository holds none, or several."""
        found: dict[tuple[str | None, str | None], tuple[str, ...]] = {}
        for one in places_of(self.events):
            if one.service:
                found[one.service, one.repository] = self.services[one.service]
            else:
                held = self.organisation.services_of(one.repository or "")
                found[one.service, one.repository] = held if len(held) == 1 else ()
        return found

    @cached_property
    def shared_repositories(self) -> tuple[str, ...]:
        """The repositories of several services, as changes without a service name them."""
        named = {one.repository for one in places_of(self.events) if not one.service and one.repository}
        return tuple(sorted(one for one in named if len(self.organisation.services_of(one)) > 1))

    @cached_property
    def services_of_paths(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """{(repository, paths) of changes without a service: the services in whose paths they lie}."""
        if not self.shared_repositories or not changes_fill(self.events)["paths"]:
            return {}
        table = self.events.tables["changes"]
        asked = table.filter(
            table.service.isnull() & table.repository.isin(self.shared_repositories) & table.paths.notnull()
        )
        return {
            (row["repository"], row["paths"]): self.organisation.services_at(
                row["repository"], (path.strip() for path in row["paths"].split(SEVERAL))
            )
            for row in _rows(asked.select("repository", "paths").distinct())
        }

    @cached_property
    def branches(self) -> dict[tuple[str, str], str]:
        """{(service, repository): the branch that is deployed}, of services whose changes name branches; "" for no repository."""
        named: dict[tuple[str, str], Counter[str]] = {}
        defaults: dict[tuple[str, str], Counter[str]] = {}
        for one in places_of(self.events):
            for service in self.services_of_places[one.service, one.repository]:
                for word, counts in ((one.base, named), (one.default, defaults)):
                    if word:
                        counts.setdefault((service, one.repository or ""), Counter())[branch(word)] += one.count
        deployed = self._deployed_branches if named else {}
        return {
            place: self._branch(found, defaults.get(place), deployed.get(place[0])) for place, found in named.items()
        }

    def _branch(self, named: Counter[str], default: Counter[str] | None, deployed: Counter[str] | None) -> str:
        """The setting; else what the payload calls the default branch; else what most deployments name, or contain changes of; else
        the usual name; else the branch of most changes."""
        if self.settings.branch:
            return branch(self.settings.branch)
        for told in (default, deployed):
            if told and (among := {name: count for name, count in told.items() if name in named or told is default}):
                return max(among, key=lambda name: (among[name], name))
        usual = next((name for name in USUAL_BRANCHES if name in named), None)
        return usual or max(named, key=lambda name: (named[name], name))

    @cached_property
    def _deployed_branches(self) -> dict[str, Counter[str]]:
        """{service: branches that deployments name; where they name none, those of the changes whose commits they carry}."""
        if not self.events.has("deployments"):
            return {}
        deployments, changes = self.events.tables["deployments"], self.events.tables["changes"]
        told = deployments.filter(deployments.branch.notnull())
        named = told.group_by(["service", "branch"]).aggregate(n=told.count())
        pairs = deployments.filter(deployments.commit_sha.notnull()).select("service", sha="commit_sha")
        carried = changes.filter(changes.base_branch.notnull() & changes.merge_sha.notnull()).select(
            branch="base_branch", merged="merge_sha"
        )
        joined = pairs.inner_join(carried, pairs.sha == carried.merged)
        of_commits = joined.group_by(["service", "branch"]).aggregate(n=joined.count())
        found: dict[str, Counter[str]] = {}
        for table in (named, of_commits):
            counts: dict[str, Counter[str]] = {}
            for row in _rows(table):
                for service in self.services[row["service"]]:
                    counts.setdefault(service, Counter())[branch(row["branch"])] += row["n"]
            found = {**counts, **found}
        return found


def is_usual(environment: str, services: Iterable[str] = ()) -> bool:
    """Whether an environment is called as production usually is, in one of several regions too: `eu-prod-1`, `live_us`. The name of its
    service in it says nothing: `dev-portal-production` is production of the dev-portal."""
    plain = environment.casefold().replace("_", "-")
    for service in services:
        plain = plain.replace(service.casefold().replace("_", "-"), " ")
    words = set(re.split(r"[^a-z0-9]+", plain))
    return any(PRODUCTION.fullmatch(word) for word in words) and not words & NOT_PRODUCTION


def branch(name: str) -> str:
    """A branch as people write it."""
    return name.removeprefix("refs/heads/").removeprefix("origin/")


def _matches(environment: str, patterns: Iterable[str]) -> bool:
    word = environment.strip().casefold()
    return any(fnmatchcase(word, pattern.strip().casefold()) for pattern in patterns)


def _rows(table: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return rows
