"""Of how few people nothing is told. Every value about people, answers or contact passes here before it leaves its package."""

from __future__ import annotations

import datetime as dt

from topology.model import Organisation

LEAST_PEOPLE = 5  # what is told of fewer can be taken for what one of them did (docs/clans.md)
PERSONAL = (
    "author",
    "reviewers",
)  # columns of an event that name a person: a list of them beside durations would be a ranking


def too_few(people: int | None) -> bool:
    """Whether they are known to be so few that nothing is told of them; a number that is not known is not known to be small."""
    return people is not None and people < LEAST_PEOPLE


def small_teams(organisation: Organisation, day: dt.date) -> set[str]:
    """The teams of a day that are known to be under five people."""
    return {id_ for id_, team in organisation.teams_on(day).items() if too_few(team.head_count(day))}
