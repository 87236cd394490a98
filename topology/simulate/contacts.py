"""Who talked to whom, week by week: between squads as their work needs it, and inside squads."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from topology.simulate.dice import Dice
from topology.simulate.year import Row, Simulation

# Contacts a week between two squads. Three in four weeks make an observed tie (clans.md).
CHANCE = 0.4  # any two squads, whatever their value stream: without a story nobody prefers their own
NEEDED, COLLABORATING, SERVED, HELPED = 1.0, 1.6, 0.3, 1.0
INWARD_INSIDE, INWARD_ACROSS = (
    1.25,
    0.08,
)  # where a story of turning inward ends: across it a pair is seen about once in twelve weeks
KINDS = ["meeting", "message", "review"]
SIDES, SAME_SIDE = 2.0, 3.0  # inside a squad: between Product and Tech, and among each

Counts = Counter[tuple[int, str, str, str]]
"""(week, source, target, kind) → how often."""


def contacts(simulation: Simulation) -> list[Row]:
    """Weekly contacts of people (of teams, where no people are listed), each pair and kind once a week."""
    people = {team: _people(simulation, team) for team in simulation.organisation.teams}
    counts: Counts = Counter()
    for first, second in combinations(simulation.organisation.teams, 2):
        _between(simulation, first, second, people, counts)
    for team in simulation.organisation.teams:
        _inside(simulation, team, people[team], counts)
    return [
        {"week": simulation.monday(week), "source": source, "target": target, "kind": kind, "weight": count}
        for (week, source, target, kind), count in sorted(counts.items())
    ]


def _people(simulation: Simulation, team: str) -> dict[str, list[str]]:
    """{side: people}; a team that lists nobody speaks as itself."""
    organisation = simulation.organisation
    found: dict[str, list[str]] = {}
    for person in organisation.teams[team].people():
        side = organisation.side(person)
        found.setdefault("product" if side == "product" else "tech", []).append(person)
    return found or {"tech": [team]}


def _between(
    simulation: Simulation, first: str, second: str, people: dict[str, dict[str, list[str]]], counts: Counts
) -> None:
    """Contacts of two squads; who speaks to whom does not depend on the side on which they stand."""
    dice = Dice(simulation.seed, "contact", first, second)
    ones, others = ([p for side in people[team].values() for p in side] for team in (first, second))
    for week in range(simulation.weeks):
        for _ in range(dice.poisson(_rate(simulation, first, second, week))):
            source, target = sorted((dice.pick(ones), dice.pick(others)))
            if source != target:
                counts[week, source, target, dice.pick(KINDS)] += 1


def _rate(simulation: Simulation, first: str, second: str, week: int) -> float:
    """Contacts a week of two squads, before chance."""
    organisation, day = simulation.organisation, simulation.monday(week)
    a, b = organisation.teams[first], organisation.teams[second]
    if not (a.covers(day) and b.covers(day)):
        return 0.0
    told = simulation.stories.told_rate(first, second, week)
    if told is not None:
        return told
    needed = any(one.team == second for one in a.depends_on) or any(one.team == first for one in b.depends_on)
    streams = organisation.value_stream(first), organisation.value_stream(second)
    same = streams[0] is not None and streams[0] == streams[1]
    rate = max(CHANCE, NEEDED if needed else 0, _declared(simulation, first, second, week))
    strength = simulation.stories.inward_strength(*streams, week)
    if strength:
        aim = max(INWARD_INSIDE, rate) if same else INWARD_ACROSS
        rate += (aim - rate) * strength
    return rate


def _declared(simulation: Simulation, first: str, second: str, week: int) -> float:
    rates = {"collaboration": COLLABORATING, "x-as-a-service": SERVED, "facilitating": HELPED}
    day = simulation.monday(week)
    return max(
        (rates[one.mode] for one in simulation.organisation.interactions
         if one.state(day) in ("active", "overrun") and any({first, second} == set(pair) for pair in one.pairs)),
        default=0.0,
    )  # fmt: skip


def _mixed(simulation: Simulation, team: str, people: list[str], dice: Dice, counts: Counts) -> None:
    """Contacts of any two people of a squad, whatever their sides; of different sides seldom, once these have drifted apart."""
    side = simulation.organisation.side
    for week in range(simulation.weeks):
        apart = simulation.stories.apart_strength(team, week)
        for _ in range(dice.poisson(SIDES + SAME_SIDE) if len(people) > 1 else 0):
            source, target = sorted(dice.shuffled(people)[:2])
            if side(source) == side(target) or not dice.chance(0.85 * apart):
                counts[week, source, target, dice.pick(KINDS)] += 1


def _inside(simulation: Simulation, team: str, people: dict[str, list[str]], counts: Counts) -> None:
    """Contacts inside a squad; those between Product and Tech thin out where its sides drift apart."""
    dice = Dice(simulation.seed, "inside", team)
    if simulation.stories.lively:
        _mixed(simulation, team, [one for side in people.values() for one in side], dice, counts)
        return
    product, tech = people.get("product", []), people.get("tech", [])
    for week in range(simulation.weeks):
        apart = simulation.stories.apart_strength(team, week)
        for rate, ones, others in ((SIDES * (1 - 0.85 * apart), product, tech), (SAME_SIDE, tech, tech)):
            for _ in range(dice.poisson(rate) if ones and others else 0):
                source, target = sorted((dice.pick(ones), dice.pick(others)))
                if source != target:
                    counts[week, source, target, dice.pick(KINDS)] += 1
