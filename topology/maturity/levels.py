"""From measures to levels: the state of each criterion, the level that follows, and the next step.

A level is reached when every criterion of it, and of all below, that applies and is measured is met, and at least half of those that
apply are measured, level by level. Level 1 has no criteria: it is what is left. A team is rated when half of level 2's are measured.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from topology.maturity.evidence import ORGANISATION, STALE_DAYS, Asked, Evidence
from topology.maturity.measure import Found, Seen, Unknown
from topology.maturity.measures import MEASURES
from topology.maturity.pack import LEVELS, Criterion, Dimension, Pack, Whom
from topology.model import Team
from topology.model.team import Exemption
from topology.once import Once

LEAST_MEASURED = 0.5  # of a level's criteria that apply


class State(StrEnum):
    """What is known of a criterion."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    NOT_MEASURED = "not-measured"


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion, what was seen, and its state."""

    criterion: Criterion
    level: int
    """The level that it belongs to."""
    found: Found

    @property
    def state(self) -> State:
        """Its state; what is older than 100 days is not measured."""
        match self.found:
            case Unknown.NOT_APPLICABLE:
                return State.NOT_APPLICABLE
            case Seen(value, or_else=other):
                met = self.criterion.met_by(value)
                if other is not None and self.criterion.met_by(other) != met:
                    return State.NOT_MEASURED
                return State.MET if met else State.NOT_MET
        return State.NOT_MEASURED

    @property
    def measured(self) -> bool:
        """Whether anything was seen."""
        return isinstance(self.found, Seen)

    @property
    def too_old(self) -> bool:
        """Whether what was seen is older than 100 days."""
        return self.found == Unknown.TOO_OLD

    @property
    def name(self) -> str:
        """What is measured."""
        return MEASURES[self.criterion.measure].name


@dataclass(frozen=True, slots=True)
class Rating:
    """Where a team stands on a dimension by what can be seen; never a grade."""

    team: str
    dimension: str
    level: int | None
    """1 to 5; None where too little is measured, or the team is exempt."""
    blocked: bool
    """Whether a criterion of the next level is not met; else, below 5, it is only not measured enough ("4+")."""
    criteria: tuple[Judged, ...]
    aim: int | None = None
    """The level that the team itself aims at."""
    exempt: Exemption | None = None

    @property
    def plus(self) -> bool:
        """Whether nothing blocks the next level but that too little of it is measured; a level without criteria is none."""
        return self.level is not None and not self.blocked and any(one.level == self.level + 1 for one in self.criteria)

    @property
    def next_step(self) -> Judged | None:
        """The first criterion, in the pack's order, that is not met, of the first level that is not reached."""
        reached = self.level or LEVELS[0]
        if self.exempt is not None:
            return None
        return next((one for one in self.criteria if one.level == reached + 1 and one.state == State.NOT_MET), None)


def ratings(pack: Pack, evidence: Evidence) -> list[Rating]:
    """Every team of the day on every dimension that is for it, teams in file order; then the organisation."""
    organisation, day = evidence.organisation, evidence.day
    shared = Once()
    found = [
        rating
        for id_, team in organisation.teams_on(day).items()
        for name, dimension in pack.dimensions.items()
        if applies(dimension.applies_to, team)
        for rating in [
            rate(name, dimension, Asked(evidence, id_, shared), _exemption(team, name, day), _aim(team, name))
        ]
    ]
    return found + [
        rate(name, dimension, Asked(evidence, ORGANISATION, shared))
        for name, dimension in pack.dimensions.items()
        if "organisation" in dimension.applies_to
    ]


def rate(
    name: str, dimension: Dimension, asked: Asked, exempt: Exemption | None = None, aim: int | None = None
) -> Rating:
    """One team on one dimension."""
    criteria = tuple(
        Judged(criterion, level, _seen(criterion, asked))
        for level, listed in dimension.criteria.items()
        for criterion in listed
    )
    level, blocked = level_of({level: [one.state for one in criteria if one.level == level] for level in LEVELS[1:]})
    return Rating(asked.id, name, None if exempt else level, blocked, criteria, aim, exempt)


def _seen(criterion: Criterion, asked: Asked) -> Found:
    found: Found = asked.once((criterion.measure, asked.id), lambda: MEASURES[criterion.measure].see(asked))
    if isinstance(found, Seen) and found.newest is not None and (asked.day - found.newest).days > STALE_DAYS:
        return Unknown.TOO_OLD
    return found


def level_of(states: Mapping[int, Sequence[State]]) -> tuple[int | None, bool]:
    """(level, whether a criterion of the next one is not met); no level where less than half of level 2's criteria are measured."""
    if not _measured_enough(states[LEVELS[1]]):
        return None, State.NOT_MET in states[LEVELS[1]]
    level = LEVELS[0]
    for higher in LEVELS[1:]:
        if State.NOT_MET in states[higher]:
            return level, True
        if not _measured_enough(states[higher]):
            return level, False
        level = higher
    return level, False


def _measured_enough(states: Sequence[State]) -> bool:
    """Whether half of the criteria that apply are measured; where none applies, nothing shows the level."""
    applicable = [state for state in states if state != State.NOT_APPLICABLE]
    measured = sum(state != State.NOT_MEASURED for state in applicable)
    return bool(applicable) and measured >= LEAST_MEASURED * len(applicable)


def applies(whom: Collection[Whom], team: Team) -> bool:
    """Whether a dimension is for a team."""
    led = team.pm is not None or team.em is not None
    squad = team.type in ("stream-aligned", "complicated-subsystem") or (team.type == "undefined" and led)
    kinds: dict[Whom, bool] = {
        "duo": team.pm is not None and team.em is not None, "squad": squad, "platform": team.type == "platform",
        "enabling": team.type == "enabling", "team": True, "organisation": False,
    }  # fmt: skip
    return any(kinds[one] for one in whom)


def _exemption(team: Team, dimension: str, day: dt.date) -> Exemption | None:
    found = team.targets.exempt.get(dimension) if team.targets else None
    return found if found is not None and day < found.until else None


def _aim(team: Team, dimension: str) -> int | None:
    found = team.targets.maturity.get(dimension) if team.targets else None
    return found.level if found else None
