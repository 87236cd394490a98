"""What squads try before they build it."""

from __future__ import annotations

import datetime as dt

from topology.simulate.dice import Dice
from topology.simulate.year import Row, Simulation

EXPECTED = (
    "one in ten more finishes",
    "half the questions to support",
    "two steps fewer",
    "nobody asks for the old way",
    "",
)


def experiments(simulation: Simulation) -> list[Row]:
    """Some of each squad, more where it is eager; each gives evidence after some weeks, and most are decided then."""
    rows: list[Row] = []
    for id_, team in simulation.organisation.teams.items():
        if team.type != "stream-aligned":
            continue
        dice = Dice(simulation.seed, "experiments", id_)
        eagerness, slowness = dice.uniform(0.02, 0.3), dice.uniform(8, 40)
        for week in range(simulation.weeks):
            if not dice.chance(eagerness * (1 - 0.9 * simulation.stories.apart_strength(id_, week))):
                continue
            started = simulation.time(week, 1, 9)
            evidence = started + dt.timedelta(days=round(dice.around(slowness, 0.4)))
            told = evidence < simulation.end
            decided = told and dice.chance(0.9)
            rows.append({
                "id": f"experiment-{id_}-{week + 1}", "team": id_, "started_at": started, "expected": dice.pick(EXPECTED),
                "with_users": "yes" if dice.chance(0.55) else "no", "evidence_at": evidence if told else "",
                "decided_at": evidence if decided else "", "decision": dice.pick(["kept", "kept", "changed", "stopped"]) if decided else "",
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["started_at"], row["id"]))
