"""Organisations of any size, from a seed: for layout tests, calibration and benchmarks."""

from __future__ import annotations

from typing import Any

from topology.model import Organisation
from topology.simulate.dice import Dice

_AREAS = ["Payments", "Search", "Catalogue", "Delivery", "Accounts", "Pricing", "Returns", "Messaging", "Claims", "Lending",
          "Mobility", "Booking", "Health", "Media", "Stores", "Fleet", "Energy", "Growth", "Risk", "Identity"]  # fmt: skip
_PARTS = [
    "onboarding",
    "insights",
    "experience",
    "operations",
    "mobile",
    "web",
    "partners",
    "quality",
    "automation",
    "support",
]


def make_organisation(teams: int, seed: int = 1, *, interactions: float = 1.5) -> Organisation:
    """An organisation of `teams` teams with about `interactions` collaborations and facilitations for each.

    Seven in ten teams are squads in value streams of eleven; the rest are platform, enabling and subsystem teams.
    """
    dice = Dice(seed, "organisation", teams)
    streams = max(1, round(0.85 * teams / 11))
    groups: dict[str, Any] = {
        f"stream-{i}": {"name": _AREAS[i % len(_AREAS)] + ("" if i < len(_AREAS) else f" {i}")} for i in range(streams)
    }
    groups["foundation"] = {"name": "Foundation", "kind": "platform"}
    found: dict[str, Any] = {}
    for index in range(teams):
        found[f"team-{index}"] = _team(index, teams, streams, dice)
    ids = list(found)
    ties = [_interaction(ids, found, dice) for _ in range(round(interactions * teams))] if teams > 1 else []
    platforms = [id_ for id_ in ids if found[id_]["type"] == "platform"]
    squads = [id_ for id_ in ids if found[id_]["type"] == "stream-aligned"]
    ties += [
        {"mode": "x-as-a-service", "provider": dice.pick(platforms), "consumer": [id_]} for id_ in squads if platforms
    ]
    data = {
        "version": 1,
        "organisation": {"name": f"{teams} teams"},
        "groups": groups,
        "teams": found,
        "interactions": ties,
    }
    return Organisation.model_validate(data)


def _team(index: int, teams: int, streams: int, dice: Dice) -> dict[str, Any]:
    area = f"stream-{index * streams // teams}"
    name = f"{_AREAS[index % len(_AREAS)]} {_PARTS[(index // len(_AREAS)) % len(_PARTS)]}"
    draw = dice.uniform()
    if draw < 0.85 or teams < 5:
        size = 5 + int(dice.uniform(0, 5))
        load = {
            "intrinsic": 1 + int(dice.uniform(0, 10)),
            "extraneous": 1 + int(dice.uniform(0, 10)),
            "germane": 1 + int(dice.uniform(0, 10)),
        }
        return {"name": name, "type": "stream-aligned", "group": area, "size": size, "cognitive_load": load}
    if draw < 0.93:
        return {"name": f"{name} platform", "type": "platform", "group": "foundation", "size": 6}
    if draw < 0.97:
        return {"name": f"{name} engine", "type": "complicated-subsystem", "group": area, "size": 5}
    return {"name": f"{name} coaching", "type": "enabling", "group": area, "size": 3}


def _interaction(ids: list[str], found: dict[str, Any], dice: Dice) -> dict[str, Any]:
    """A collaboration (two in three) or a facilitation, half of them inside one grouping."""
    first = dice.pick(ids)
    near = [id_ for id_ in ids if found[id_]["group"] == found[first]["group"] and id_ != first]
    second = dice.pick(near) if near and dice.chance(0.5) else dice.pick([id_ for id_ in ids if id_ != first])
    dates = {"since": "2026-01-05", "until": dice.pick(["2026-10-02", "2027-02-26", "2027-03-26"])}
    if dice.chance(0.66):
        return {"mode": "collaboration", "between": [first, second], **dates}
    return {"mode": "facilitating", "facilitator": first, "team": second, **dates}
