"""Which interactions the map shows on a day, and the frame that keeps every slot while the day changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from topology.graph.teammap.geometry import Tie
from topology.graph.teammap.text import clean
from topology.model import Organisation, State

VERBS = {"collaboration": "works with", "facilitating": "helps", "x-as-a-service": "serves"}
# When the same two teams interact twice in one mode, the state that a reader must see wins.
_WEIGHT: dict[State | None, int] = {"overrun": 3, "active": 2, "planned": 1, "ended": 0, None: 0}


@dataclass(frozen=True)
class Frame:
    """Teams and interactions that keep their slots although they may be absent on the day that is drawn."""

    teams: frozenset[str]
    ties: frozenset[tuple[str, str, str]]
    """(mode, first team, second team)."""


def frame_between(organisation: Organisation, first: dt.date, last: dt.date) -> Frame:
    """The frame of all days from `first` to `last`: nothing moves while the day slider is dragged between them."""
    teams = {
        id_ for id_, team in organisation.teams.items()
        if (team.since is None or team.since <= last) and (team.until is None or first < team.until)
    }  # fmt: skip
    ties = {
        (one.mode, *_ordered(one.mode, pair))
        for one in organisation.interactions
        if one.ended is None or one.ended > first
        for pair in one.pairs
    }
    return Frame(frozenset(teams), frozenset(ties))


def ties_on(organisation: Organisation, day: dt.date, teams: set[str], frame: Frame | None) -> list[Tie]:
    """One tie for each mode and pair of `teams`: collaboration, then facilitating, then services; each by ids."""
    present = organisation.teams_on(day)
    states: dict[tuple[str, str, str], State | None] = dict.fromkeys(frame.ties if frame else ())
    for one in organisation.interactions:
        state = one.state(day)
        if state == "ended":
            continue
        for pair in one.pairs:
            key = (one.mode, *_ordered(one.mode, pair))
            if pair[0] in present and pair[1] in present and _WEIGHT[state] > _WEIGHT[states.get(key)]:
                states[key] = state
    order = ["collaboration", "facilitating", "x-as-a-service"]
    found = [
        Tie(mode, first, second, state, _words(organisation, mode, first, second, state))  # type: ignore[arg-type]
        for (mode, first, second), state in states.items()
        if first in teams and second in teams and first != second
    ]
    return sorted(found, key=lambda tie: (order.index(tie.mode), tie.first, tie.second))


def _ordered(mode: str, pair: tuple[str, str]) -> tuple[str, str]:
    """Collaboration has no direction: its pair stands in the order of ids."""
    first, second = sorted(pair) if mode == "collaboration" else pair
    return first, second


def _words(organisation: Organisation, mode: str, first: str, second: str, state: State | None) -> str:
    names = [clean(organisation.team_name(one)) for one in (first, second)]
    suffix = {"planned": " (planned)", "overrun": " (past its end date)"}.get(state or "", "")
    return f"{names[0]} {VERBS[mode]} {names[1]}{suffix}"
