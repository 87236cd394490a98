"""How many have answered a survey: what the facilitator sees, in the terminal and on the page. Never who, when, or a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from topology.language import sentence
from topology.maturity.voices.asking import OWN_DAYS
from topology.privacy import LEAST_PEOPLE
from topology.store.values import Kind, Standing, Survey
from topology.words.lists import counted, listed

COLUMNS = ("team", "answered", "of", "signed")


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """A team: how many of it have answered, of how many; None where it is too small to be told apart."""

    id: str
    name: str
    group: str
    answered: int | None
    people: int


def teams_of(standing: Standing) -> list[TeamStanding]:
    """The teams in the order of the file. Teams of under five people are told in the total alone; where what the others leave of the total
    would still be of under five, the smallest of the others go with them."""
    asked = standing.survey.asked.teams
    alone = [id_ for id_, team in asked.items() if team.people < LEAST_PEOPLE]
    others = sorted(asked.keys() - set(alone), key=lambda id_: (asked[id_].people, id_))
    while alone and others and sum(asked[id_].people for id_ in alone) < LEAST_PEOPLE:
        alone.append(others.pop(0))
    return [
        TeamStanding(
            id_, team.name, team.group, None if id_ in alone else min(standing.answered[id_], team.people), team.people
        )
        for id_, team in asked.items()
    ]


def total_of(standing: Standing) -> tuple[int, int] | None:
    """(how many have answered, how many are asked); None where under five are asked."""
    people = standing.survey.asked.people
    return (min(sum(standing.answered.values()), people), people) if people >= LEAST_PEOPLE else None


def rows_of(standing: Standing) -> list[Mapping[str, object]]:
    """A row a team, for a table."""
    return [
        {
            "team": one.name, "answered": "in the total alone" if one.answered is None else one.answered, "of": one.people,
            "signed": " ".join(kind.value.upper() for kind in (Kind.PM, Kind.EM) if kind in standing.signed.get(one.id, ())),
        }
        for one in teams_of(standing)
    ]  # fmt: skip


@sentence
def title_of(standing: Standing) -> str:
    """`Survey: 81 of 130 have answered`."""
    total = total_of(standing)
    return f"Survey: {total[0]} of {total[1]} have answered" if total else "The survey is open"


@sentence
def said_of(standing: Standing) -> str:
    """Until when, of which hour the counts are."""
    survey = standing.survey
    if not survey.is_open:
        return f"{survey.name} is closed; others than the team read its totals from {survey.others_from} on."
    hour = standing.hour.astimezone(survey.closes.tzinfo)
    if standing.hour >= survey.closes:
        return f"{survey.name} has ended: close it. Until then the counts by side and the links are kept."
    closes = f"{survey.name} closes on {survey.closes:%A %d %B %Y at %H:%M}"
    return f"{closes}. Counts of {hour:%H:%M}; they move once an hour."


@sentence
def enough_words(standing: Standing) -> str:
    """How many teams have their five, and what becomes of the others."""
    least = standing.survey.asked.least
    told = [one for one in teams_of(standing) if one.answered is not None]
    there = sum(one.answered is not None and one.answered >= least for one in told)
    return (
        f"The line marks {least} answers: from there on a team can read its own totals. Four of them must come from people who do not "
        f"sign. {there} of {len(told)} teams are there; the others would stay hidden, their answers still count in the totals of all."
    )


@sentence
def unsigned_words(standing: Standing) -> str:
    """Which duos have not signed anything yet."""
    asked = standing.survey.asked.teams
    duos = [id_ for id_, team in asked.items() if team.pm and team.em]
    open_ = [asked[id_].name for id_ in duos if len(standing.signed.get(id_, ())) < len((Kind.PM, Kind.EM))]
    done = f"{len(duos) - len(open_)} of {counted(len(duos), 'duo')} have signed, on the record"
    return f"{done}: still open are {listed(open_)}." if open_ else f"{done}."


def closing_points(survey: Survey) -> dict[str, list[str]]:
    """What closing writes, computes and destroys: {heading: lines}."""
    asked = survey.asked
    return {
        "Written, for git": [
            f"totals a team, grouping and organisation, where they show nobody: from {asked.least} answers on",
            f"each team reads its own first, for {OWN_DAYS} days; then they are written for all",
        ],
        "Computed now, because it cannot be later": [
            "the gaps between Product and Tech, where five squads have both, with interval and p, labels shuffled within squads",
            "for each question: how much goes with the squad (ICC), agreement, polarisation",
            "the change that would show next time",
        ],
        "Destroyed, for good": [
            "the counts by side, overwritten in the database",
            "every link, used and unused",
            "what people began and did not send is only on their phones, and cannot be sent any more",
        ],
    }


@sentence
def reminder_words(survey: Survey, language: str) -> str:
    """One text for everybody: who has not answered is not known."""
    closes, count, minutes = survey.closes, len(survey.asked.items), survey.asked.minutes
    if language == "fr":
        return (
            f"Notre enquête est ouverte jusqu’au {closes:%d/%m à %H h %M} : {count} questions, environ {minutes} minutes, avec le lien ou "
            "la carte que vous avez reçus. Ce message va à tout le monde : qui a répondu, personne ne le sait."
        )
    return (
        f"Our survey is open until {closes:%d %B, %H:%M}: {count} questions, about {minutes} minutes, with the link or card that you were "
        "given. This goes to everybody: nobody knows who has answered."
    )
