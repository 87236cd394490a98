"""What is known of a survey, a link, a standing: the values that the store gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from topology.maturity.voices.asking import Asked
from topology.maturity.voices.snapshot import Snapshot
from topology.model import Side


class Kind(StrEnum):
    """What a link is for: to answer, or to sign as the product manager or the engineering manager."""

    ANSWER = "answer"
    PM = "pm"
    EM = "em"


class Sent(StrEnum):
    """What became of answers."""

    COUNTED = "counted"
    USED = "used"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Survey:
    """A survey in the database."""

    name: str
    asked: Asked
    closes: dt.datetime
    is_open: bool
    """Whether it was not closed by the facilitator; past `closes` it takes no answer either."""
    drafts_key: bytes = field(repr=False)
    reports_key: bytes = field(repr=False)
    others_from: dt.date | None
    """From which day on others than the squad read its totals; None while it is open."""

    def takes_answers(self, now: dt.datetime) -> bool:
        """Whether what is sent now counts."""
        return self.is_open and now < self.closes


@dataclass(frozen=True)
class Link:
    """What is known of a link: nothing of whose it is."""

    survey: Survey
    team: str
    side: Side | None
    kind: Kind
    used: bool


@dataclass(frozen=True)
class NewLink:
    """A link as it is handed out, once."""

    token: str = field(repr=False)
    number: int
    team: str
    side: Side | None
    kind: Kind
    person: str | None = None


@dataclass(frozen=True)
class Standing:
    """How many have answered, as it was at the last full hour."""

    survey: Survey
    hour: dt.datetime
    answered: Mapping[str, int]
    """By team."""
    void: int
    """Links that were voided."""
    signed: Mapping[str, frozenset[Kind]]
    """{team: who of its duo has signed a level}."""


@dataclass(frozen=True)
class Signed:
    """A dimension on which a duo signs: the levels and sentences of both."""

    dimension: str
    levels: Mapping[Kind, int | None]
    notes: Mapping[Kind, str]
    assessed: dt.date | None


@dataclass(frozen=True)
class Closed:
    """What closing wrote and destroyed."""

    snapshot: Snapshot
    answers: int
    people: int
    links: int
