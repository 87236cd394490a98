"""Organisations with and without a clan, by design: what the finding is calibrated on.

Each design draws who needs whom and who talks to whom; a verdict that says "finding" for one of CLAN_FREE is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from topology.model import Organisation
from topology.simulate.dice import Dice
from topology.simulate.stories import Lively, SidesApart, Stories
from topology.simulate.year import EXAMPLE_FIRST, Simulation

CLAN_FREE = ("plain", "clumped", "site", "hubs", "services", "quiet")
PLANTED = ("inward", "turning", "sides")
DESIGNS = {
    "plain": "nobody prefers anybody: needs and talk do not know the streams",
    "clumped": "squads work in clumps that have nothing to do with the streams",
    "site": "needs and talk keep to the site, and most squads of a stream share one",
    "hubs": "every squad needs and talks to the platform teams",
    "services": "every squad uses the platform teams' services, and hardly meets them",
    "quiet": "needs keep to the streams, and talk follows the needs: a quiet boundary",
    "inward": "needs cross the streams, seven in ten ties stay inside, from the first week on",
    "turning": "the same, from a third of the time on",
    "sides": "inside every squad Product and Tech drift apart, from a third of the time on",
}

TALK = 0.85  # the share of needed pairs that talk where nothing keeps them from it
NEEDS_PER_SQUAD = 3.0
TALKING, OTHERWISE = 1.4, 0.15  # contacts a week: nine in twelve weeks are nearly sure, or nearly impossible
STREAMS = 2
CLUMP = 5
HUBS = 4

Pair = tuple[str, str]


@dataclass(frozen=True)
class Drawn:
    """What a design draws: each squad's stream and site, the pairs that need each other, and the pairs that talk."""

    streams: dict[str, str]
    sites: dict[str, str]
    hubs: tuple[str, ...]
    needs: frozenset[Pair]
    talks: frozenset[Pair]


def designed(
    design: str, squads: int = 20, seed: int = 1, *, weeks: int = 36, first: dt.date = EXAMPLE_FIRST
) -> Simulation:
    """A simulation of a design: `squads` squads of seven in two value streams, and platform teams where it has hubs.

    Raises ValueError for an unknown design or fewer than four squads.
    """
    if design not in DESIGNS:
        raise ValueError(f"there is no design `{design}`; there are {', '.join(DESIGNS)}")
    if squads < 4:
        raise ValueError(f"a design needs at least four squads, not {squads}")
    drawn = _drawn(design, squads, Dice(seed, "design", design, squads))
    turns = weeks // 3
    lively = [Lively(drawn.talks, TALKING)]
    apart: tuple[SidesApart, ...] = ()
    if design == "turning":  # the same needs before, and nothing that keeps them from talk
        dice = Dice(seed, "design", design, squads, "before")
        before = frozenset(pair for pair in sorted(drawn.needs) if dice.chance(TALK))
        lively = [Lively(before, TALKING, until=turns), Lively(drawn.talks, TALKING, begins=turns)]
    if design == "sides":
        apart = tuple(SidesApart(squad, turns, turns + 1) for squad in drawn.streams)
    stories = Stories(apart=apart, lively=tuple(lively), otherwise=OTHERWISE)
    return Simulation(_organisation(f"Design {design}", drawn), first, weeks, seed, stories)


def _drawn(design: str, squads: int, dice: Dice) -> Drawn:
    ids = [f"squad-{index + 1}" for index in range(squads)]
    streams = {squad: f"stream-{index % STREAMS + 1}" for index, squad in enumerate(dice.shuffled(ids))}
    # Sites: as good as unrelated to streams; nearly the same where the design is about that.
    same_site = 0.85 if design == "site" else 0.5
    sites = {squad: "north" if (streams[squad] == "stream-1") == dice.chance(same_site) else "south" for squad in ids}
    clumps = {squad: index // CLUMP for index, squad in enumerate(dice.shuffled(ids))}
    near: dict[str, Callable[[str, str], bool]] = {
        "clumped": lambda a, b: clumps[a] == clumps[b],
        "site": lambda a, b: sites[a] == sites[b],
        "quiet": lambda a, b: streams[a] == streams[b],
    }
    needs = _pairs(ids, round(NEEDS_PER_SQUAD * squads), near.get(design), dice)
    hubs = tuple(f"platform-{index + 1}" for index in range(HUBS)) if design in ("hubs", "services") else ()
    needs |= {(hub, squad) for hub in hubs for squad in ids}
    inward = design in ("inward", "turning")
    talks = _inward(needs, streams, dice) if inward else {pair for pair in sorted(needs) if dice.chance(TALK)}
    if design == "services":
        talks = {pair for pair in talks if pair[0] not in hubs}
    return Drawn(streams, sites, hubs, frozenset(needs), frozenset(talks))


def _pairs(ids: list[str], count: int, near: Callable[[str, str], bool] | None, dice: Dice) -> set[Pair]:
    """`count` pairs; where something brings squads near, four in five are of near ones."""
    every = dice.shuffled(list(combinations(sorted(ids), 2)))
    if near is None:
        return set(every[:count])
    close, far = ([pair for pair in every if near(*pair) == wanted] for wanted in (True, False))
    most = round(0.8 * count)
    return {*close[:most], *far[: count - min(most, len(close))]}


def _inward(needs: set[Pair], streams: dict[str, str], dice: Dice) -> set[Pair]:
    """Seven in ten ties inside: nearly all needed pairs of one stream talk, and as many across as that leaves."""
    order = dice.shuffled(sorted(needs))
    inside = [pair for pair in order if streams[pair[0]] == streams[pair[1]] and dice.chance(0.95)]
    across = [pair for pair in order if streams[pair[0]] != streams[pair[1]]]
    return {*inside, *across[: round(len(inside) * 3 / 7)]}


ROLES = ("product-manager", "engineering-manager", "product-designer", "analyst", "software-engineer",
         "software-engineer", "software-engineer")  # fmt: skip


def _organisation(name: str, drawn: Drawn) -> Organisation:
    """The organisation as its file would have it."""
    teams: dict[str, Any] = {}
    people: dict[str, Any] = {}
    for squad, stream in drawn.streams.items():
        teams[squad] = {"type": "stream-aligned", "group": stream, **_staff(squad, drawn.sites[squad], people)}
    for hub in drawn.hubs:
        teams[hub] = {"type": "platform", "group": "foundation", **_staff(hub, "north", people)}
    for first, second in sorted(drawn.needs):
        if first in drawn.hubs:
            teams[second].setdefault("depends_on", []).append({"team": first})
        else:
            teams[first].setdefault("depends_on", []).append({"team": second})
    data = {
        "version": 1,
        "organisation": {"name": name},
        "people": people,
        "groups": {
            **{stream: {"kind": "value-stream"} for stream in sorted(set(drawn.streams.values()))},
            **({"foundation": {"kind": "platform"}} if drawn.hubs else {}),
        },
        "teams": {
            id_: teams[id_] for id_ in sorted(teams, key=lambda one: (one.split("-")[0], int(one.split("-")[1])))
        },
        "interactions": [
            {"mode": "x-as-a-service", "provider": hub, "consumer": list(drawn.streams)} for hub in drawn.hubs
        ],
    }
    return Organisation.model_validate(data)


def _staff(team: str, site: str, people: dict[str, Any]) -> dict[str, Any]:
    ids = [f"{team}-{letter}" for letter in "abcdefg"]
    people.update({id_: {"role": role, "site": site} for id_, role in zip(ids, ROLES, strict=True)})
    return {"pm": ids[0], "em": ids[1], "members": ids[2:], "services": {f"{team}-api": {}}}
