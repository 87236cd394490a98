"""What a survey asks, and of whom: taken from the file and the pack on the day on which it is opened, so that a form never changes under
the people who fill it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from pydantic import Field

from topology.maturity.pack import Pack, Question, Words
from topology.maturity.voices.hiding import LEAST_ANSWERS
from topology.model import Organisation, Side, Team
from topology.model.values import Count, Id, Value

MOST_SIGNED = 5  # dimensions of which a duo signs its levels: what two people can talk about in half an hour
QUESTIONS_A_MINUTE = 3  # sixty words a question, 240 words a minute, and a look at the answer
OWN_DAYS = 7  # a squad reads its own totals so many days before the others do


class AskedQuestion(Value):
    """A question, and the dimension that it asks about."""

    dimension: Id
    """The dimension; `safety` or `regard` of a statement of the short form."""
    name: Words
    question: Question
    short: bool = False
    """Whether it is of the second short form, which nobody signs."""


class AskedTeam(Value):
    """A team that is asked."""

    name: str
    group: str = ""
    """The name of the grouping in which it stands."""
    people: Count
    """How many are asked."""
    pm: str = ""
    """The name of the product manager, who signs; "" where the seat is empty."""
    em: str = ""
    """The name of the engineering manager."""


class Asked(Value):
    """A survey as it was opened."""

    organisation: str
    pack: str
    pack_version: Count
    least: Count = LEAST_ANSWERS
    """From how many answers on a squad's totals are shown."""
    contact: str = ""
    """Whom to ask about the survey."""
    address: str = ""
    """Where phones reach the forms."""
    workshop: str = ""
    """The day of the workshop that it prepares, as a date; "" for none."""
    teams: dict[Id, AskedTeam]
    questions: list[AskedQuestion] = Field(min_length=1)

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of the questions, in their order."""
        return tuple(one.question.item for one in self.questions)

    @property
    def signable(self) -> list[AskedQuestion]:
        """Those on which a duo may sign a level."""
        return [one for one in self.questions if not one.short]

    @property
    def minutes(self) -> int:
        """How long it takes to answer, rounded up."""
        return -(-len(self.questions) // QUESTIONS_A_MINUTE)

    @property
    def people(self) -> int:
        """How many are asked."""
        return sum(one.people for one in self.teams.values())


SHORT_NAMES = {
    "safety": Words(en="Safety, in short", fr="Sécurité, en bref"),
    "regard": Words(en="Product and Tech", fr="Produit et Tech"),
}


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is asked, or one of those of whom the file gives only the number: then nothing but the team is known."""

    team: str
    person: str | None = None
    side: Side | None = None

    @property
    def anonymous(self) -> Self:
        """The same without who it is: for a card that anybody of the team may take."""
        return replace(self, person=None, side=None)


def asked_of(
    organisation: Organisation, pack: Pack, day: dt.date, contact: str = "", workshop: str = "", *, short: bool = False
) -> Asked:
    """The survey of a day, with the second short form or without. Raises ValueError where there is nobody to ask, or no question."""
    numbers: dict[str, int] = {}
    for one in invited(organisation, day):
        numbers[one.team] = numbers.get(one.team, 0) + 1
    if not numbers:
        raise ValueError("the file has no team with people on this day: give `members` or `size`")
    questions = [
        AskedQuestion(dimension=id_, name=one.name, question=one.question)
        for id_, one in pack.dimensions.items() if one.question is not None
    ]  # fmt: skip
    if not questions:
        raise ValueError("the pack has no question")
    if short and pack.short is not None:
        questions += [
            AskedQuestion(dimension=kind, name=SHORT_NAMES[kind], question=one, short=True)
            for kind, one in pack.short.statements
        ]
    teams = {
        id_: AskedTeam(
            name=organisation.team_name(id_), group=organisation.group_name(team.group) if team.group else "",
            people=numbers[id_], pm=_lead(organisation, team, "pm", day), em=_lead(organisation, team, "em", day),
        )
        for id_, team in organisation.teams_on(day).items() if numbers.get(id_)
    }  # fmt: skip
    return Asked(
        organisation=organisation.title, pack=pack.about.name, pack_version=pack.about.version, contact=contact,
        workshop=workshop, teams=teams, questions=questions,
    )  # fmt: skip


def _lead(organisation: Organisation, team: Team, seat: str, day: dt.date) -> str:
    lead = getattr(team, seat)
    return organisation.person_name(lead.person) if lead and lead.filled_on(day) else ""


def invited(organisation: Organisation, day: dt.date) -> Iterator[Invited]:
    """Everybody who is asked, in the order of the file: each person once, for the team that has most of them (the first of several), and
    as many without a name as a team has people whom the file does not list."""
    teams = organisation.teams_on(day)
    homes = {person: _home(teams, person, of, day) for person, of in organisation.teams_by_person(day).items()}
    for id_, team in teams.items():
        listed = team.people(day)
        for person in listed:
            if homes[person] == id_:
                yield Invited(id_, person, organisation.side(person))
        for _ in range((team.size or 0) - len(listed)):
            yield Invited(id_)


def _home(teams: dict[str, Team], person: str, of: list[str], day: dt.date) -> str:
    """The team of a person's several that has the largest share of them; a lead's seat counts as a whole."""

    def share(id_: str) -> float:
        team = teams[id_]
        shares = [one.allocation for one in team.members if one.person == person and one.covers(day)]
        return max(shares, default=1.0)

    return max(of, key=share)  # (the first of equals)
