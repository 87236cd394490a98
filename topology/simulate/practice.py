"""How Product and Tech work together: rituals, decisions, user interviews, showcases and the indicators that they share."""

from __future__ import annotations

import datetime as dt
import zlib

from topology.simulate.dice import Dice
from topology.simulate.year import Row, Simulation

EFFECTS = (
    "pages open in half the time",
    "no night call in a month",
    "a release every day",
    "half the support questions",
    "",
)


def rituals(simulation: Simulation) -> list[Row]:
    """The leaders' weekly slot; each squad's duo ritual every second week, its roadmap review and demo once in four."""
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
        dice = Dice(simulation.seed, "reviews", id_)
        for week in range(0, simulation.weeks, 4):
            apart = simulation.stories.apart_strength(id_, week)
            for kind, day in (("roadmap-review", 2), ("demo", 3)):
                held = dice.chance(0.92 - 0.4 * apart)
                both = held and dice.chance(0.9 - 0.6 * apart)
                rows.append(
                    _ritual(f"{kind}-{id_}-{week + 1}", id_, kind, simulation.time(week, day, 14), held, both, dice, 45)
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


def decisions(simulation: Simulation) -> list[Row]:
    """Two decisions a month of the leaders, and one of each squad about every six weeks."""
    dice = Dice(simulation.seed, "decisions")
    rows = [
        _decision(f"decision-{week + 1}", "", simulation.time(week, 0, 10), 0.7, dice)
        for week in range(0, simulation.weeks, 2)
    ]
    for id_ in _squads(simulation):
        dice = Dice(simulation.seed, "decisions", id_)
        for week in range(simulation.weeks):
            if dice.chance(0.17):
                both = 0.65 - 0.5 * simulation.stories.apart_strength(id_, week)
                rows.append(_decision(f"decision-{id_}-{week + 1}", id_, simulation.time(week, 3, 14), both, dice))
    return sorted(rows, key=lambda row: (row["decided_at"], row["id"]))


def _decision(id_: str, team: str, decided: dt.datetime, both: float, dice: Dice) -> Row:
    presented = "both" if dice.chance(both) else dice.pick(["product", "tech"])
    return {"id": id_, "decided_at": decided, "team": team, "presented_by": presented}


def interviews(simulation: Simulation) -> list[Row]:
    """User interviews of each squad, every other week or so, with some of its engineers."""
    organisation = simulation.organisation
    rows: list[Row] = []
    for id_ in _squads(simulation):
        dice = Dice(simulation.seed, "interviews", id_)
        engineers = [one for one in organisation.teams[id_].people() if organisation.side(one) == "tech"]
        eagerness = dice.uniform(0.05, 0.3)
        for week in range(simulation.weeks):
            if dice.chance(0.4):
                share = eagerness * (1 - simulation.stories.apart_strength(id_, week))
                present = sum(dice.chance(share) for _ in engineers)
                rows.append({
                    "id": f"interview-{id_}-{week + 1}", "held_at": simulation.time(week, 2, 15), "team": id_,
                    "engineers_present": present, "engineers_total": len(engineers) or "",
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["held_at"], row["id"]))


def showcases(simulation: Simulation) -> list[Row]:
    """Technical results that squads and platform teams show to the business, about one a quarter."""
    rows: list[Row] = []
    for id_, team in simulation.organisation.teams.items():
        if team.type not in ("stream-aligned", "platform"):
            continue
        dice = Dice(simulation.seed, "showcases", id_)
        for week in range(simulation.weeks):
            apart = simulation.stories.apart_strength(id_, week)
            if team.covers(simulation.monday(week)) and dice.chance(0.09 * (1 - apart)):
                rows.append({
                    "id": f"showcase-{id_}-{week + 1}", "shown_at": simulation.time(week, 4, 11), "team": id_,
                    "effect": dice.pick(EFFECTS), "product_present": "yes" if dice.chance(0.8) else "no",
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["shown_at"], row["id"]))


def outcomes(simulation: Simulation) -> list[Row]:
    """Each shared indicator every other day, for a service of the squad whose PM owns it.

    It slowly gets better, unless the squad drifts apart.
    """
    rows: list[Row] = []
    for kpi, indicator in simulation.organisation.kpis.items():
        owner = next((id_ for id_ in _squads(simulation) if _leads(simulation, id_, indicator.product_owner)), None)
        services = list(simulation.organisation.teams[owner].services) if owner else []
        dice = Dice(simulation.seed, "outcomes", kpi)
        base, sign = 20 + zlib.crc32(kpi.encode()) % 50, -1 if indicator.better == "lower" else 1
        for week in range(simulation.weeks):
            apart = simulation.stories.apart_strength(owner, week) if owner else 0.0
            level = base * (1 + sign * (0.15 * week / simulation.weeks - 0.3 * apart))
            for day in (0, 2, 4, 6):
                value = round(level + base * dice.uniform(-0.04, 0.04), 2)
                rows.append({
                    "kpi": kpi, "measured_at": simulation.time(week, day, 6), "value": value,
                    "service": services[0] if services else "",
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["measured_at"], row["kpi"]))


def _leads(simulation: Simulation, team: str, person: str | None) -> bool:
    seat = simulation.organisation.teams[team].pm
    return seat is not None and person is not None and seat.person == person


def _squads(simulation: Simulation) -> list[str]:
    return [id_ for id_, team in simulation.organisation.teams.items() if team.type == "stream-aligned"]
