"""A team: its type, its duo of leads, its people, what it owns and what it waits for."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from topology.model.people import Lead, Member, Membership, Seat
from topology.model.period import Period
from topology.model.values import Amount, Count, Day, Id, Keyed, Level, Load, Measure, ServiceId, Several, Share, Value

TeamType = Literal["stream-aligned", "platform", "enabling", "complicated-subsystem", "undefined"]


HIGH_LOAD = 24
"""Of 30: from here on a cognitive load counts as high (three parts of eight each)."""


class Domain(Value):
    """A business or technical domain that the team holds in its head."""

    name: str
    """What the domain is called."""
    complexity: Literal["simple", "complicated", "complex"]
    """How hard it is to work in (Team Topologies, chapter 3)."""


class Service(Period):
    """A service that the team owns; each service has one owner at a time, unless its owners declare it `shared`."""

    repositories: list[str] = Field(default_factory=list)
    """The repositories that hold its code."""
    paths: Several = Field(default_factory=list)
    """Where in them, as patterns such as cart/**, when they hold several services."""
    names: Several = Field(default_factory=list)
    """What events call it, beside its id; capitals, `_` and `-` make no difference."""
    shared: bool = False
    """Owned jointly by the teams that each declare it so."""
    tier: Count | None = None
    """How much hangs on it; 1 is the most."""
    url: str | None = None
    """Where it is, or is described."""


class Dependency(Value):
    """Another team that this one waits for."""

    team: Id
    """The id of the team that is waited for."""
    kind: Literal["ok", "slowing", "blocking"] = "ok"
    """How much the waiting hurts."""
    reason: str | None = None
    """Why the dependency exists."""


class CognitiveLoad(Value):
    """The team's own assessment, each part from 1 (light) to 10 (heavy); sum of 3 to 30."""

    intrinsic: Load
    """How hard the task itself is."""
    extraneous: Load
    """How much effort the environment costs: tools, deployments, forms."""
    germane: Load
    """How much thinking the business domain needs."""
    assessed: Day | None = None
    """The day of the assessment."""

    @property
    def total(self) -> int:
        """The sum of the three parts, 3 to 30."""
        return self.intrinsic + self.extraneous + self.germane

    @property
    def high(self) -> bool:
        """Whether the team has no room for more: 24 of 30 and over."""
        return self.total >= HIGH_LOAD


class Objective(Value):
    """Something the team wants to reach."""

    title: str
    """The objective in one sentence."""
    side: Literal["product", "tech", "shared"] = "shared"
    """Whose objective it is; `shared` when the duo answers for it together."""
    kpi: Id | None = None
    """The indicator that it moves."""
    baseline: Measure | None = None
    """Where the indicator stands."""
    target: Measure | None = None
    """Where it should be."""


class Position(Value):
    """Where the PM and the EM each see their squad on one dimension, signed, from 1 to 5."""

    pm: Level | None = None
    """The product manager's level."""
    em: Level | None = None
    """The engineering manager's level."""
    assessed: Day | None = None
    """The day on which they signed."""
    pm_note: str | None = None
    """The product manager's sentence."""
    em_note: str | None = None
    """The engineering manager's sentence."""


class Aim(Value):
    """The level that a team aims at on a dimension, and why: its own choice."""

    level: Level
    """The level, 1 to 5."""
    reason: str | None = None
    """Why this level is the right one for the team."""

    @model_validator(mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return value if isinstance(value, dict | Aim) else {"level": value}


class Exemption(Value):
    """A dimension on which a team is not looked at for a time."""

    reason: str
    """Why it is not."""
    until: Day
    """The day from which on it is looked at again."""
    signed: Id | None = None
    """The id of the person who signed it."""


class Targets(Value):
    """What the team aims at; its own choice, with no level that everybody has to reach."""

    tech_investment: Share | None = None
    """Share of work that goes into risk and debt."""
    maturity: dict[str, Aim] = Field(default_factory=dict)
    """Target by dimension: a level of 1 to 5, or {level, reason}."""
    exempt: dict[str, Exemption] = Field(default_factory=dict)
    """Dimensions on which the team is not looked at for a time: {reason, until, signed}."""
    metrics: dict[str, Amount] = Field(default_factory=dict)
    """What the team aims at on a delivery metric, such as {change-lead-time: 48}: hours, deployments a week, or a share such as 15%."""


class TeamApi(Value):
    """The Team API: how others work with this team (Team Topologies, chapter 3)."""

    channels: list[str] = Field(default_factory=list)
    """Where to reach the team."""
    office_hours: str | None = None
    """When the team can be asked without an appointment."""
    service_level: str | None = None
    """What can be expected, such as an answer within one working day."""
    docs: str | None = None
    """The address of the documentation."""


class Team(Period):
    """A long-lived team. Nothing is deleted: a team that ends gets `until`, a renamed one `was`."""

    name: str | None = None
    """The name to show; the id is shown when there is none."""
    type: TeamType = "undefined"
    """One of the four fundamental types of Team Topologies, or undefined."""
    group: Id | None = None
    """The grouping to which the team belongs."""
    mission: str | None = None
    """Why the team exists, in one sentence."""
    was: list[Id] = Field(default_factory=list)
    """Former ids, so that history follows a rename."""
    pm: Seat | None = None
    """The product manager: an id, `vacant`, or {person, status, since}."""
    em: Seat | None = None
    """The engineering manager: an id, `vacant`, or {person, status, since}."""
    members: list[Membership] = Field(default_factory=list)
    """People beside the PM and the EM: ids or {person, allocation, since}."""
    size: Count | None = None
    """How many people, when they are not listed; with both, they must agree."""
    domains: list[Domain] = Field(default_factory=list)
    """The domains that the team works in."""
    services: Annotated[dict[ServiceId, Service], Keyed] = Field(default_factory=dict)
    """The services that the team owns, by id, or a list of ids."""
    depends_on: list[Dependency] = Field(default_factory=list)
    """The teams that this one waits for."""
    cognitive_load: CognitiveLoad | None = None
    """The team's own assessment of its cognitive load."""
    objectives: list[Objective] = Field(default_factory=list)
    """What the team wants to reach."""
    positions: dict[str, Position] = Field(default_factory=dict)
    """Signed levels of the PM and the EM, by dimension."""
    targets: Targets | None = None
    """What the team aims at."""
    api: TeamApi | None = None
    """How others work with this team."""

    def periods(self) -> list[tuple[str, dt.date | None, dt.date | None]]:
        """(person, since, until) of each seat and membership, in file order; a person may have several."""
        holders: list[Lead | Member] = [seat for seat in (self.pm, self.em) if seat is not None and seat.filled]
        return [(one.person, one.since, one.until) for one in [*holders, *self.members] if one.person]

    def people(self, day: dt.date | None = None) -> list[str]:
        """Ids of the duo and the members, each once, in file order; on `day` when one is given."""
        holders: list[Lead | Member] = [seat for seat in (self.pm, self.em) if seat is not None and seat.filled]
        holders += self.members
        return list(dict.fromkeys(one.person for one in holders if one.person and (day is None or one.covers(day))))

    def head_count(self, day: dt.date | None = None) -> int | None:
        """How many people: `size` when it is written, else the people listed, else None (unknown)."""
        if self.size is not None:
            return self.size
        return len(self.people(day)) or None
