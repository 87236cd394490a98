"""The three interaction modes of Team Topologies, each with its dates and its state on a day."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from topology.model.values import Day, Id, Value, one_or_several

Mode = Literal["collaboration", "x-as-a-service", "facilitating"]
State = Literal["planned", "active", "overrun", "ended"]
RUNNING: tuple[State, ...] = ("active", "overrun")
NOT_ENDED: tuple[State, ...] = ("planned", *RUNNING)


class _Dated(Value):
    since: Day | None = None
    """The first day of the interaction."""
    until: Day | None = None
    """The day on which both teams expect it to end."""
    ended: Day | None = None
    """The day on which it did end; absent while it runs, so that an overrun shows."""

    def state(self, day: dt.date) -> State:
        """planned (before `since`), ended, overrun (`until` has come and nobody ended it), else active."""
        if self.ended is not None and self.ended <= day:
            return "ended"
        if self.since is not None and day < self.since:
            return "planned"
        if self.until is not None and self.until <= day:
            return "overrun"
        return "active"


class Collaboration(_Dated):
    """Two teams work closely together for a time, on something new to both."""

    mode: Literal["collaboration"]
    """Two teams work together: `between`."""
    between: Annotated[list[Id], Field(min_length=2, max_length=2)]
    """The ids of the two teams."""
    purpose: str | None = None
    """What the teams want to reach together."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The one pair, in file order; collaboration has no direction."""
        return [(self.between[0], self.between[1])]


class XAsAService(_Dated):
    """A team provides something that others use with little talk."""

    mode: Literal["x-as-a-service"]
    """A `provider` and its `consumer` or consumers."""
    provider: Id
    """The id of the team that provides."""
    consumer: Annotated[list[Id], BeforeValidator(one_or_several), Field(min_length=1)]
    """One id or several."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(provider, consumer) for each consumer."""
        return [(self.provider, consumer) for consumer in self.consumer]


class Facilitating(_Dated):
    """A team helps another to learn something, then leaves."""

    mode: Literal["facilitating"]
    """A `facilitator` and the `team` that it helps."""
    facilitator: Id
    """The id of the team that helps."""
    team: Id
    """The id of the team that is helped."""
    outcome: str | None = None
    """What the helped team can do alone afterwards."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The one pair: (facilitator, helped team)."""
        return [(self.facilitator, self.team)]


Interaction = Annotated[Collaboration | XAsAService | Facilitating, Field(discriminator="mode")]
