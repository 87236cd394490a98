"""Alignment workshops that were held, what was agreed to do, and what was agreed to be so. Nothing here names who said what."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from topology.model.period import Period
from topology.model.values import Count, Day, Id, Spoken, Value

Seen = Literal["moving", "stuck", "done"]
Status = Literal["open", "done", "dropped", "carried"]
AgreementKind = Literal["different-on-purpose", "description", "working-agreement"]


class Present(Value):
    """How many were there of each side; never who."""

    product: Count | None = None
    """People of Product."""
    tech: Count | None = None
    """People of Tech."""


class Looked(Value):
    """A dimension that a workshop looked at."""

    model_config = ConfigDict(populate_by_name=True)

    as_: Literal["mirror", "disparity"] | None = Field(default=None, alias="as")
    """`mirror`: each side predicted the other's answers. `disparity`: different on purpose, or a gap?"""
    reason: str | None = None
    """Why it was chosen."""
    described: str | None = None
    """What the room agreed that it looks like."""


class Offer(Value):
    """A practice that a squad would share."""

    team: Id
    """The id of the team that offers it."""
    dimension: Id
    """The dimension of maturity that it helps with."""
    practice: str
    """What it is, in a few words."""
    wanted_by: list[Id] = Field(default_factory=list)
    """The ids of the teams that would borrow it."""


class Speaking(Value):
    """How long each side said what it had heard, in step 6."""

    product: Spoken | None = None
    """Such as 2m05s."""
    tech: Spoken | None = None
    """Such as 1m25s."""


class Looking(Value):
    """What the room looked at, so that it can be looked at again."""

    commit: str | None = None
    """The commit of the organisation's file."""
    as_of: Day | None = None
    """The day."""
    pack: str | None = None
    """The pack of dimensions, with its version."""


class Workshop(Value):
    """An alignment workshop that was held."""

    name: str | None = None
    """The name to show."""
    held: Day
    """The day on which it was held."""
    groups: list[Id] = Field(default_factory=list)
    """The groupings that took part."""
    teams: list[Id] = Field(default_factory=list)
    """The teams that took part, beside those of the groupings."""
    present: Present = Field(default_factory=Present)
    """How many were there of each side; never who."""
    dimensions: dict[Id, Looked] = Field(default_factory=dict)
    """What was looked at, and why."""
    offers: list[Offer] = Field(default_factory=list)
    """Practices that squads would share."""
    speaking: Speaking | None = None
    """How long each side said what it had heard."""
    return_on_time: Annotated[list[Count], Field(min_length=5, max_length=5)] | None = None
    """How many gave 1, 2, 3, 4 and 5 to "was it worth your time?"."""
    questions: list[str] = Field(default_factory=list)
    """Questions that nobody asked: proposals for the next survey."""
    checkpoints: list[Day] = Field(default_factory=list)
    """The days on which the actions are looked at."""
    snapshot: Looking | None = None
    """What the room looked at."""


class ActionCheck(Value):
    """What was found of an action on a day."""

    day: Day
    """The day of the checkpoint."""
    state: Seen
    """`moving`, `stuck` or `done`."""
    note: str | None = None
    """One sentence."""


class Action(Value):
    """Something that was agreed to do, by two owners, one of each side."""

    title: str
    """What will be done."""
    workshop: Id | None = None
    """The workshop in which it was agreed."""
    teams: list[Id] = Field(default_factory=list)
    """The teams that it is about."""
    dimension: Id | None = None
    """The dimension of maturity that it should move."""
    product_owner: Id | None = None
    """Who answers for it on the Product side."""
    tech_owner: Id | None = None
    """Who answers for it on the Tech side."""
    sponsor: Literal["product", "technology", "both"] | None = None
    """Which of the two leaders clears the way."""
    measure: str | None = None
    """By what one will see that it is done."""
    baseline: str | None = None
    """How that is now."""
    target: str | None = None
    """How it should be."""
    since: Day | None = None
    """The day on which it was agreed."""
    due: Day | None = None
    """The day by which it should be done."""
    status: Status = "open"
    """`open`, `done`, `dropped` or `carried` (another action goes on with it)."""
    checks: list[ActionCheck] = Field(default_factory=list)
    """What the checkpoints found, in their order."""
    closed: Day | None = None
    """The day on which it was done, dropped or carried over."""
    outcome: str | None = None
    """What came of it."""
    continues: Id | None = None
    """The action that this one carries over."""

    def open_on(self, day: dt.date) -> bool:
        """Whether it was agreed by a day and not yet closed then."""
        begun = self.since is None or self.since <= day
        return begun and (self.status == "open" or (self.closed is not None and self.closed > day))

    def overdue(self, day: dt.date) -> bool:
        """Whether it is open past the day by which it should be done."""
        return self.due is not None and self.due < day and self.open_on(day)


class Agreement(Period):
    """Something that was agreed to be so, until it is looked at again."""

    kind: AgreementKind
    """Different on purpose, an agreed description, or a working agreement."""
    teams: list[Id] = Field(default_factory=list)
    """The teams that it is about."""
    dimension: Id | None = None
    """The dimension of maturity that it is about."""
    text: str | None = None
    """What was agreed."""
    workshop: Id | None = None
    """The workshop in which it was agreed."""
