"""Which interactions the map shows on a day, and the frame that keeps every slot while the day changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from topology.graph.teammap.geometry import Tie
from topology.graph.teammap.text import clean
from topology.model import Interaction, Mode, Organisation, State

# When the same two teams interact twice in one mode, the state that a reader must see wins.
_WEIGHT: dict[State | None, int] = {"overrun": 3, "active": 2, "planned": 1, "ended": 0, None: 0}


ORDER: tuple[Mode, ...] = ("collaboration", "facilitating", "x-as-a-service")  # in which ties take their slots
AHEAD = dt.timedelta(
    weeks=13
)  # a planned interaction shows this long before it begins: one collaboration's usual length

Key = tuple[Mode, str, str]
"""(mode, first team, second team)."""


@dataclass(frozen=True)
class Frame:
    """Teams and days that keep their slots while the day changes between `first` and `last`."""

    teams: frozenset[str]
    first: dt.date
    last: dt.date


def frame_between(organisation: Organisation, first: dt.date, last: dt.date) -> Frame:
    """The frame of all days from `first` to `last`: nothing moves while the day slider is dragged between them."""
    teams = {
        id_ for id_, team in organisation.teams.items()
        if (team.since is None or team.since <= last) and (team.until is None or first < team.until)
    }  # fmt: skip
    return Frame(frozenset(teams), first, last)


def ties_on(organisation: Organisation, day: dt.date, teams: set[str], frame: Frame | None) -> list[Tie]:
    """One tie for each mode and pair of `teams`: collaboration, then facilitating, then services; each by ids.

    Without a frame these are the ties of the day; with one, every tie that is seen on a day of the frame, with the
    state None where it is not seen on `day`.
    """
    first, last = (frame.first, frame.last) if frame else (day, day)
    present = organisation.teams_on(day)
    states: dict[Key, State | None] = {}
    spans: dict[Key, tuple[dt.date, dt.date]] = {}
    for one in organisation.interactions:
        begin, end = _shown(one)
        if begin > last or end <= first:
            continue
        for pair in one.pairs:
            key: Key = (one.mode, *ordered(one.mode, pair))
            seen = begin <= day < end and pair[0] in present and pair[1] in present
            state = one.state(day) if seen else None
            states[key] = max(states.get(key), state, key=_WEIGHT.__getitem__)
            span = spans.get(key, (begin, end))
            spans[key] = (min(span[0], begin), max(span[1], end))
    name = {id_: clean(organisation.team_name(id_)) for id_ in teams}
    found = [
        Tie(mode, one, other, state, (name[one], name[other]), spans[mode, one, other])
        for (mode, one, other), state in states.items()
        if one in teams and other in teams and one != other
    ]
    return sorted(found, key=lambda tie: (ORDER.index(tie.mode), tie.first, tie.second))


def _shown(interaction: Interaction) -> tuple[dt.date, dt.date]:
    """The days on which an interaction is seen: from a quarter before it begins until it has ended."""
    since, ended = interaction.since, interaction.ended
    return (since - AHEAD if since else dt.date.min), (ended or dt.date.max)


def ordered(mode: str, pair: tuple[str, str]) -> tuple[str, str]:
    """Collaboration has no direction: its pair stands in the order of ids."""
    first, second = sorted(pair) if mode == "collaboration" else pair
    return first, second
