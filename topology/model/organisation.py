"""The organisation as a whole: format 1 of the organisation file, and the look-ups on it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from topology.model.interactions import Interaction
from topology.model.people import Person, Side, side_of
from topology.model.team import Team
from topology.model.values import Count, Day, Id, Value
from topology.model.workshops import Action, Agreement, Workshop

FORMAT = 1
Version = Annotated[Count, Field(ge=FORMAT, le=FORMAT), WithJsonSchema({"type": "integer", "const": FORMAT})]

GroupKind = Literal["value-stream", "platform", "tribe"]


def _folded(words: str) -> str:
    """A service's name without what makes no difference."""
    return words.strip().casefold().replace("_", "-")


def _without_host(repository: str) -> str:
    """A repository without the host before it: what has a dot or a port is one."""
    host, _, rest = repository.partition("/")
    return rest if "/" in rest and ("." in host or ":" in host or host == "localhost") else repository


def _path_pattern(glob: str) -> re.Pattern[str]:
    """`cart/**`, `**/cart/*.py`, `cart/` (all that is in it): a star stays within a folder, two go through folders."""
    text = glob.removeprefix("./").removeprefix("/")
    text = f"{text}**" if text.endswith("/") else text
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", text)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(known.get(part, re.escape(part)) for part in parts) + ("(?:/.*)?" if "*" not in text else "")
    )


class Leaders(Value):
    """The two leaders to whom Product and Tech report."""

    product: Id | None = None
    """The id of the CPO."""
    technology: Id | None = None
    """The id of the CTO."""


class Incentive(Value):
    """Something by which the leaders of Product and Tech are both measured."""

    title: str
    """What it is, in one sentence."""
    kpi: Id | None = None
    """The indicator that it follows."""


class Header(Value):
    """The organisation itself."""

    name: str | None = None
    """The name to show."""
    leaders: Leaders = Field(default_factory=Leaders)
    """The CPO and the CTO."""
    shared_incentives: list[Incentive] = Field(default_factory=list)
    """By what the two leaders are both measured."""


class Group(Value):
    """A grouping of teams; groupings nest."""

    name: str | None = None
    """The name to show; the id is shown when there is none."""
    kind: GroupKind = "value-stream"
    """A value stream, a platform grouping or a tribe."""
    group: Id | None = None
    """The grouping that contains this one."""


class Indicator(Value):
    """An indicator that Product and Tech share."""

    name: str | None = None
    """The name to show."""
    unit: str | None = None
    """What it is counted in."""
    better: Literal["higher", "lower"] = "higher"
    """The direction that is an improvement."""
    product_owner: Id | None = None
    """Who answers for it on the Product side."""
    tech_owner: Id | None = None
    """Who answers for it on the Tech side."""


class RoadmapItem(Value):
    """An item of the one roadmap for both sides."""

    title: str
    """What will be there."""
    team: Id | None = None
    """The team that does it."""
    category: Literal["feature", "defect", "risk", "debt"]
    """The flow item that it is."""
    due: Day | None = None
    """When it should be there."""
    impact: str | None = None
    """What it changes for the business."""
    stability: str | None = None
    """What it means for running the product."""
    kpi: Id | None = None
    """The indicator that it moves."""


class Organisation(Value):
    """An organisation: people, groupings, teams, how the teams interact, shared indicators and the roadmap."""

    version: Version
    """The format of this file: 1."""
    organisation: Header = Field(default_factory=Header)
    """The organisation itself."""
    people: dict[Id, Person] = Field(default_factory=dict)
    """People by id; optional, a team may give only its `size`."""
    groups: dict[Id, Group] = Field(default_factory=dict)
    """Groupings of teams by id."""
    teams: dict[Id, Team] = Field(default_factory=dict)
    """Teams by id."""
    interactions: list[Interaction] = Field(default_factory=list)
    """How the teams interact."""
    kpis: dict[Id, Indicator] = Field(default_factory=dict)
    """Shared indicators by id."""
    roadmap: list[RoadmapItem] = Field(default_factory=list)
    """One roadmap for both sides."""
    workshops: dict[Id, Workshop] = Field(default_factory=dict)
    """Alignment workshops that were held, by id."""
    actions: dict[Id, Action] = Field(default_factory=dict)
    """What was agreed to do, by id; in a workshop or not."""
    agreements: dict[Id, Agreement] = Field(default_factory=dict)
    """What was agreed to be so, by id."""

    @property
    def title(self) -> str:
        """The organisation's name, or a plain word when it has none."""
        return self.organisation.name or "Organisation"

    def took_part(self, workshop: str) -> list[str]:
        """The teams of a workshop, by themselves or by their groupings, that existed on its day, in file order."""
        held = self.workshops[workshop]
        groups = {*held.groups}
        return [
            id_
            for id_, team in self.teams_on(held.held).items()
            if id_ in held.teams or groups & {*self.lineage(team.group)}
        ]

    def find_team(self, words: str) -> str | None:
        """The id of the team meant: an id, a former id, or the start of exactly one name; None when unclear."""
        named = [id_ for id_ in self.teams if self.team_name(id_).casefold().startswith(words.casefold())]
        return self.current_id(words) or (named[0] if len(named) == 1 else None)

    def team_name(self, team: str) -> str:
        """The name to show for a team id."""
        known = self.teams.get(team)
        return (known.name if known else None) or team

    def person_name(self, person: str) -> str:
        """The name to show for a person id."""
        known = self.people.get(person)
        return (known.name if known else None) or person

    def group_name(self, group: str) -> str:
        """The name to show for a grouping id."""
        known = self.groups.get(group)
        return (known.name if known else None) or group

    def teams_on(self, day: dt.date) -> dict[str, Team]:
        """The teams that exist on `day`, in file order."""
        return {id_: team for id_, team in self.teams.items() if team.covers(day)}

    def interactions_on(self, day: dt.date) -> list[Interaction]:
        """The interactions that are planned, active or overrun on `day`, in file order."""
        return [one for one in self.interactions if one.state(day) != "ended"]

    def lineage(self, group: str | None) -> list[str]:
        """The grouping and those that contain it, innermost first; stops where a cycle closes."""
        found: list[str] = []
        while group is not None and group in self.groups and group not in found:
            found.append(group)
            group = self.groups[group].group
        return found

    def value_stream(self, team: str) -> str | None:
        """The innermost value stream or tribe that holds the team; None when no such grouping does."""
        return next((g for g in self.lineage(self.teams[team].group) if self.groups[g].kind != "platform"), None)

    def site(self, team: str) -> str | None:
        """The site where more than half of the team's located people work; None when there is no such site."""
        people = self.teams[team].people()
        sites = Counter(site for p in people if p in self.people and (site := self.people[p].site))
        site, count = sites.most_common(1)[0] if sites else (None, 0)
        return site if 2 * count > sites.total() else None

    def side(self, person: str) -> Side | None:
        """The side on which a person stands: as written, else by role, else by the seat of a lead; None if unknown."""
        known = self.people.get(person)
        if known is not None and (known.side or side_of(known.role) != "other"):
            return known.stands_on
        return self._sides_by_seat.get(person) or (known.stands_on if known else None)

    @property
    def seated(self) -> frozenset[str]:
        """Everybody who has, had or will have a seat or a membership in a team."""
        return frozenset(person for team in self.teams.values() for person in team.people())

    @cached_property
    def _sides_by_seat(self) -> dict[str, Side]:
        seats: dict[str, Side] = {}
        for person, side in self._seats():
            seats.setdefault(person, side)
        return seats

    def _seats(self) -> Iterator[tuple[str, Side]]:
        leaders = self.organisation.leaders
        if leaders.product:
            yield leaders.product, "product"
        if leaders.technology:
            yield leaders.technology, "tech"
        for team in self.teams.values():
            if team.pm and team.pm.person:
                yield team.pm.person, "product"
            if team.em and team.em.person:
                yield team.em.person, "tech"

    def accounts(self, person: str) -> list[str]:
        """The words by which events know a person, in lower case: the id and the account names."""
        known = self.people.get(person)
        names = [person, *(one for several in known.accounts.values() for one in several)] if known else [person]
        return list(dict.fromkeys(name.lower() for name in names))

    def find_service(self, words: str) -> str | None:
        """The id of the service that events mean: its id or one of its `names`, whatever the capitals, `_` and `-`; None for none."""
        return words if words in self._services else self._service_names.get(_folded(words))

    def owner_of(self, service: str, day: dt.date) -> str | None:
        """The team that owns a service, as events call it, on a day; None where none does, or several."""
        meant = self.find_service(service)
        owners = [id_ for id_ in self._owners.get(meant or "", ()) if self._owns(id_, meant or "", day)]
        return owners[0] if len(owners) == 1 else None

    def _owns(self, team: str, service: str, day: dt.date) -> bool:
        return self.teams[team].covers(day) and self.teams[team].services[service].covers(day)

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, team in self.teams.items():
            for service in team.services:
                found.setdefault(service, []).append(id_)
        return found

    def services_of(self, repository: str) -> tuple[str, ...]:
        """The services that a repository holds, in file order: by its whole name, with or without the host that an address names, or by
        its last part where the file names no more of it. (`archive/lumio/shop` is another repository than `lumio/shop`.)"""
        whole = re.sub(r"^[a-z+]+://(?:[^/@]+@)?", "", repository.casefold()).removesuffix(".git").strip("/")
        names = (whole, _without_host(whole), whole.rsplit("/", 1)[-1])
        return next((found for name in names if (found := self._services_by_repository.get(name))), ())

    def repositories_of(self, service: str) -> tuple[str, ...]:
        """The repositories that the file names for a service."""
        held = (team.services[service].repositories for team in self.teams.values() if service in team.services)
        return tuple(dict.fromkeys(repository for several in held for repository in several))

    @cached_property
    def _services_by_repository(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for team in self.teams.values():
            for service, one in team.services.items():
                for repository in one.repositories:
                    name = repository.casefold().removesuffix(".git").strip("/")
                    for known in dict.fromkeys((name, _without_host(name))):
                        found.setdefault(known, {})[service] = None
        return {repository: tuple(services) for repository, services in found.items()}

    def services_at(self, repository: str, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of a repository's services in whose `paths` any of these lies, in file order."""
        given = tuple(paths)
        return tuple(
            service for service in self.services_of(repository)
            if any(pattern.fullmatch(path) for pattern in self._patterns[service] for path in given)
        )  # fmt: skip

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        found: dict[str, list[str]] = {}
        for team in self.teams.values():
            for service, one in team.services.items():
                found.setdefault(service, []).extend(one.paths)
        return {service: tuple(map(_path_pattern, paths)) for service, paths in found.items()}

    @cached_property
    def _services(self) -> frozenset[str]:
        return frozenset(service for team in self.teams.values() for service in team.services)

    @cached_property
    def _service_names(self) -> dict[str, str]:
        """{id or name without what makes no difference: id}; an id stands before a name, the first of the file before others."""
        known: dict[str, str] = {}
        owned = [(service, one) for team in self.teams.values() for service, one in team.services.items()]
        for service, _ in owned:
            known.setdefault(_folded(service), service)
        for service, one in owned:
            for name in one.names:
                known.setdefault(_folded(name), service)
        return known

    def teams_by_person(self, day: dt.date) -> dict[str, list[str]]:
        """{person: ids of the teams in which the person has a seat or a membership on `day`, in file order}."""
        found: dict[str, list[str]] = {}
        for id_, team in self.teams_on(day).items():
            for person in team.people(day):
                found.setdefault(person, []).append(id_)
        return found

    def teams_with(self, people: Collection[str]) -> set[str]:
        """The teams in which any of these people has, had or will have a seat or a membership."""
        return {team for person in people for team in self._teams_of.get(person, ())}

    @cached_property
    def _teams_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, team in self.teams.items():
            for person in team.people():
                found.setdefault(person, []).append(id_)
        return found

    def current_id(self, team: str) -> str | None:
        """The id that a team has now, from its present or a former id; None for no team."""
        return team if team in self.teams else self._former_ids.get(team)

    @cached_property
    def _former_ids(self) -> dict[str, str]:
        return {former: id_ for id_, team in self.teams.items() for former in team.was}

    def named_teams(self) -> Iterator[tuple[str, str, dt.date | None, dt.date | None]]:
        """(id in events, team, since, until): whom an id means, and when.

        An id that one team had before and another one has now is the former's until the day on which the present one begins.
        """
        begins = {id_: team.since for id_, team in self.teams.items()}
        heirs = {former: id_ for former, id_ in self._former_ids.items() if former in self.teams and begins[former]}
        for id_, team in self.teams.items():
            yield id_, id_, begins[id_] if id_ in heirs else None, None
            for former in team.was:
                if former not in self.teams:
                    yield former, id_, None, None
                elif heirs.get(former) == id_:
                    yield former, id_, None, begins[former]
