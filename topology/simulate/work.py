"""Work items and rituals."""

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


def rituals(simulation: Simulation) -> list[Row]:
    """The leaders' weekly slot, and each squad's duo ritual every second week."""
    rows: list[Row] = []
    dice = Dice(simulation.seed, "rituals")
    for week in range(simulation.weeks):
        held = dice.chance(0.85)
        rows.append(
            _ritual(f"executive-{week + 1}", "", "executive", simulation.time(week, 0, 9), held, held, dice, 45)
        )
    for id_, team in simulation.organisation.teams.items():
        if team.type != "stream-aligned" or team.pm is None:
            continue
        dice = Dice(simulation.seed, "rituals", id_)
        for week in range(0, simulation.weeks, 2):
            apart = simulation.stories.apart_strength(id_, week)
            held = dice.chance(0.9 - 0.6 * apart)
            both = held and dice.chance(0.95 - 0.6 * apart)
            rows.append(
                _ritual(f"duo-{id_}-{week + 1}", id_, "duo", simulation.time(week, 1, 10), held, both, dice, 30)
            )
    return sorted(rows, key=lambda row: (row["planned_at"], row["id"]))


def _ritual(
    id_: str, team: str, kind: str, planned: dt.datetime, held: bool, both: bool, dice: Dice, minutes: int
) -> Row:
    length = round(dice.uniform(0.6, 1.1) * minutes) if held else 0
    product = round(dice.uniform(0.35, 0.65) * length) if held else 0
    return {
        "id": id_, "team": team, "kind": kind, "planned_at": planned, "held": "yes" if held else "no", "minutes": length or "",
        "product_present": "yes" if held else "no", "tech_present": "yes" if both else "no",
        "product_speaking_minutes": product or "", "tech_speaking_minutes": length - product if both else "",
    }  # fmt: skip
