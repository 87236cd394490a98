"""Work items and what came later than planned."""

from __future__ import annotations

import datetime as dt

from topology.simulate.dice import Dice
from topology.simulate.year import Row, Simulation

FLOW = ["feature"] * 6 + ["defect"] * 2 + ["risk"] + ["debt"]


def work_items(simulation: Simulation) -> list[Row]:
    """Items of every stream-aligned team: created, started, done (or still open at the end)."""
    rows: list[Row] = []
    for id_, team in simulation.organisation.teams.items():
        if team.type != "stream-aligned":
            continue
        dice, count = Dice(simulation.seed, "work", id_), 0
        slow = [one.team for one in team.depends_on if one.kind != "ok"]
        for week in range(simulation.weeks):
            for _ in range(dice.poisson(1.2) if team.covers(simulation.monday(week)) else 0):
                count += 1
                created = simulation.time(week, dice.uniform(0, 5), dice.uniform(8, 17))
                started = created + dt.timedelta(days=round(dice.around(6)))
                done = started + dt.timedelta(
                    days=1 + round(dice.around(5) * (1 + 2 * simulation.stories.apart_strength(id_, week)))
                )
                blocked = dice.pick(slow) if slow and dice.chance(0.15) else ""
                rows.append({
                    "id": f"{id_}-item-{count}", "team": id_, "flow_type": dice.pick(FLOW), "created_at": created,
                    "started_at": started if started < simulation.end else "", "done_at": done if done < simulation.end else "",
                    "blocked_by": blocked,
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["created_at"], row["id"]))


CAUSES = ("waited for another team", "larger than thought", "incident work came first", "scope grew")


def delays(simulation: Simulation) -> list[Row]:
    """A few commitments of each squad that came late, or have not come yet, half of them looked into."""
    rows: list[Row] = []
    for id_, team in simulation.organisation.teams.items():
        if team.type != "stream-aligned":
            continue
        dice, count = Dice(simulation.seed, "delays", id_), 0
        for week in range(simulation.weeks):
            apart = simulation.stories.apart_strength(id_, week)
            if not team.covers(simulation.monday(week)) or not dice.chance(0.06 + 0.1 * apart):
                continue
            count += 1
            planned = simulation.monday(week) + dt.timedelta(days=4)
            actual = planned + dt.timedelta(days=2 + round(dice.around(8 * (1 + apart))))
            looked_into = dice.chance(0.6 - 0.4 * apart)
            actions = 1 + dice.poisson(1.5)
            done = sum(dice.chance(0.7) for _ in range(actions))
            rows.append({
                "id": f"{id_}-delay-{count}", "team": id_, "planned_date": planned,
                "actual_date": actual if actual < simulation.end.date() else "", "cause": dice.pick(CAUSES),
                "postmortem_url": f"https://wiki.example/post-mortems/{id_}-{count}" if looked_into else "",
                "actions_open": actions - done if looked_into else "", "actions_done": done if looked_into else "",
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["planned_date"], row["id"]))
