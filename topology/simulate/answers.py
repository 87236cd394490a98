"""What people answer in a survey: a level of their squad, seen from their side."""

from __future__ import annotations

from topology.maturity.pack import LEVELS, Pack
from topology.maturity.voices.answers import Answer
from topology.simulate.dice import Dice
from topology.simulate.year import Simulation

ANSWERS, CANNOT_TELL = 0.85, 0.07  # of the people who are asked; of the answers
PRODUCT_HIGHER = {"debt": 1.1, "roadmap": 0.6}  # levels by which Product sees its squad higher than Tech does
APART = {"duo": 2.5, "rituals": 1.5}  # the same where a squad's sides have come apart


OWN_SIDE = 0.7  # steps of the scale by which each side regards itself higher than the other


def answers(simulation: Simulation, pack: Pack, week: int, *, short: bool = False) -> list[Answer]:
    """The answers of a survey in a week, from 0, with the second short form or without: everybody sees the squad near one level, each
    side with its own shift."""
    asked = dict(pack.items)
    asked |= {one.item: kind for kind, one in pack.short.statements} if short and pack.short else {}
    organisation, day = simulation.organisation, simulation.monday(week)
    found: list[Answer] = []
    for id_, team in organisation.teams_on(day).items():
        apart = simulation.stories.apart_strength(id_, week)
        for item, dimension in asked.items():
            level = Dice(simulation.seed, "level", id_, item).uniform(1.8, 4.2)
            shift = PRODUCT_HIGHER.get(dimension, 0.0) + APART.get(dimension, 0.0) * apart
            shift += {"product": OWN_SIDE, "tech": -OWN_SIDE}.get(_about(item), 0.0) if dimension == "regard" else 0.0
            for person in team.people(day):
                dice = Dice(simulation.seed, "answer", week, person, item)
                if not dice.chance(ANSWERS) or dice.chance(CANNOT_TELL):
                    continue
                side = organisation.side(person) or "other"
                seen = level + {"product": shift / 2, "tech": -shift / 2}.get(side, 0.0) + dice.uniform(-1, 1)
                found.append(Answer(id_, side, item, min(max(LEVELS), max(min(LEVELS), round(seen)))))
    return found


def _about(item: str) -> str:
    """The side that a statement of mutual regard is about."""
    return item.partition(".")[0].rpartition("-")[2]
