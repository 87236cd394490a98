"""Who talked to whom, week by week: between squads as their work needs it, and inside squads."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from topology.simulate.dice import Dice

if TYPE_CHECKING:
    from topology.simulate.simulation import Row, Simulation

# Contacts a week between two squads. Three in four weeks make an observed tie (clans.md).
IN_STREAM, ACROSS = 0.4, 0.16
NEEDED, COLLABORATING, SERVED, HELPED = 1.15, 1.6, 0.3, 1.0
INWARD_INSIDE, INWARD_ACROSS = 1.25, 0.1  # where a story of turning inward ends
SIDES, SAME_SIDE = 2.0, 3.0  # inside a squad: between Product and Tech, and among each


def contacts(simulation: Simulation) -> list[Row]:
    """Weekly contacts of people (of teams, where no people are listed), each pair and kind once a week."""
    people = {team: _people(simulation, team) for team in simulation.organisation.teams}
    rows: list[Row] = []
    for first, second in combinations(simulation.organisation.teams, 2):
        rows += _between(simulation, first, second, people)
    for team in simulation.organisation.teams:
        rows += _inside(simulation, team, people[team])
    return sorted(rows, key=lambda row: (row["week"], row["source"], row["target"], row["kind"]))


def _people(simulation: Simulation, team: str) -> dict[str, list[str]]:
    """{side: people}; a team that lists nobody speaks as itself."""
    organisation = simulation.organisation
    found: dict[str, list[str]] = {}
    for person in organisation.teams[team].people():
        side = organisation.side(person)
        found.setdefault("product" if side == "product" else "tech", []).append(person)
    return found or {"tech": [team]}


def _between(simulation: Simulation, first: str, second: str, people: dict[str, dict[str, list[str]]]) -> list[Row]:
    dice = Dice(simulation.seed, "contact", first, second)
    counts: Counter[tuple[int, str, str, str]] = Counter()
    for week in range(simulation.weeks):
        for _ in range(dice.poisson(_rate(simulation, first, second, week))):
            side = dice.pick(["product", "tech", "tech", "tech"])
            source = dice.pick(people[first].get(side) or people[first].get("tech") or next(iter(people[first].values())))
            other = side if dice.chance(0.8) else "product"
            target = dice.pick(people[second].get(other) or next(iter(people[second].values())))
            kind = dice.pick(["review", "message"] if side == other == "tech" else ["meeting", "message"])
            if source != target:
                counts[week, *sorted((source, target)), kind] += 1  # type: ignore[index]
    return _rows(simulation, counts)


def _rate(simulation: Simulation, first: str, second: str, week: int) -> float:
    """Contacts a week of two squads, before chance."""
    organisation, day = simulation.organisation, simulation.monday(week)
    a, b = organisation.teams[first], organisation.teams[second]
    if not (a.covers(day) and b.covers(day)):
        return 0.0
    needed = any(one.team == second for one in a.depends_on) or any(one.team == first for one in b.depends_on)
    streams = organisation.value_stream(first), organisation.value_stream(second)
    same = streams[0] is not None and streams[0] == streams[1]
    rate = max([IN_STREAM if same else ACROSS, NEEDED if needed else 0, _declared(simulation, first, second, week)])
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


def _inside(simulation: Simulation, team: str, people: dict[str, list[str]]) -> list[Row]:
    """Contacts inside a squad; those between Product and Tech thin out where its sides drift apart."""
    dice = Dice(simulation.seed, "inside", team)
    product, tech = people.get("product", []), people.get("tech", [])
    counts: Counter[tuple[int, str, str, str]] = Counter()
    for week in range(simulation.weeks):
        apart = simulation.stories.apart_strength(team, week)
        for rate, ones, others in ((SIDES * (1 - 0.85 * apart), product, tech), (SAME_SIDE, tech, tech)):
            for _ in range(dice.poisson(rate) if ones and others else 0):
                source, target = sorted((dice.pick(ones), dice.pick(others)))
                if source != target:
                    counts[week, source, target, dice.pick(["meeting", "message"])] += 1
    return _rows(simulation, counts)


def _rows(simulation: Simulation, counts: Counter[tuple[int, str, str, str]]) -> list[Row]:
    return [
        {"week": simulation.monday(week), "source": source, "target": target, "kind": kind, "weight": count}
        for (week, source, target, kind), count in counts.items()
    ]
