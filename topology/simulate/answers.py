"""What people answer in a survey: a level of their squad, seen from their side."""

from __future__ import annotations

from topology.maturity.pack import LEVELS, Pack
from topology.maturity.voices.answers import Answer
from topology.simulate.dice import Dice
from topology.simulate.year import Simulation

ANSWERS, CANNOT_TELL = 0.85, 0.07  # of the people who are asked; of the answers
PRODUCT_HIGHER = {"debt": 1.1, "roadmap": 0.6}  # levels by which Product sees its squad higher than Tech does
APART = {"duo": 2.5, "rituals": 1.5}  # the same where a squad's sides have come apart


def answers(simulation: Simulation, pack: Pack, week: int) -> list[Answer]:
    """The answers of a survey in a week, from 0: everybody sees the squad near one level, each side with its own shift."""
    organisation, day = simulation.organisation, simulation.monday(week)
    found: list[Answer] = []
    for id_, team in organisation.teams_on(day).items():
        apart = simulation.stories.apart_strength(id_, week)
        for item, dimension in pack.items.items():
            level = Dice(simulation.seed, "level", id_, item).uniform(1.8, 4.2)
            shift = PRODUCT_HIGHER.get(dimension, 0.0) + APART.get(dimension, 0.0) * apart
            for person in team.people(day):
                dice = Dice(simulation.seed, "answer", week, person, item)
                if not dice.chance(ANSWERS) or dice.chance(CANNOT_TELL):
                    continue
                side = organisation.side(person) or "other"
                seen = level + {"product": shift / 2, "tech": -shift / 2}.get(side, 0.0) + dice.uniform(-1, 1)
                found.append(Answer(id_, side, item, min(max(LEVELS), max(min(LEVELS), round(seen)))))
    return found
