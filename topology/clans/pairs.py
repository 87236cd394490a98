"""Each pair of teams by what is declared, what was observed and what is needed: the three are set beside one another, not added."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from topology.clans.ties import Source, small_teams
from topology.graph.networks import declared, needed
from topology.graph.observed import CONTACT_KINDS
from topology.model import Mode

Kind = Literal["both", "on paper", "shadow", "neither", "service", "service in name", "not told"]
KINDS_OF_PAIRS: dict[Kind, str] = {
    "both": "they work closely by the file, and were seen in contact",
    "on paper": "they work closely by the file, and less contact than the floor of a tie was seen",
    "shadow": "they were seen in contact, and the file says nothing",
    "neither": "their work needs the other; nothing is declared, and less contact than the floor of a tie was seen",
    "service": "one uses the other's service, and they meet less than a collaboration does",
    "service in name": "one uses the other's service, and they meet as often as a collaboration",
    "not told": "one of the two is under five people, so nothing is told of their contact",
}
MODES: tuple[Mode, ...] = ("collaboration", "facilitating", "x-as-a-service")
HEAVY = 2.0  # floors of contact from which a service is one in name: twice what makes a tie, 6 events in 4 weeks


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of teams, ids in order. `events` is None where there are no contacts at all, or none are told."""

    teams: tuple[str, str]
    modes: tuple[Mode, ...]
    events: float | None
    weight: float | None
    """The events of a tie ÷ √(size · size), where both sizes are known: large teams meet more often."""
    tied: bool
    """Whether the events reach the floor of an observed tie."""
    needed: bool
    missing: bool
    """Whether their work needs talk (`Source.needs`) and less than the floor was seen."""
    kind: Kind


def pair_table(source: Source, day: dt.date) -> list[PairRow]:
    """Every pair that is declared, observed above the floor, or needed, in file order.

    Observed: contacts (reviews, meetings, messages) of the window up to `day`. Without contacts a pair is only "on paper",
    "service" or "neither" as the file alone tells, and `events` is None.
    """
    organisation = source.organisation
    seen, totals = source.talks(day), source.events(day)
    need, talk = needed(organisation, day), source.needs(day)
    modes: dict[tuple[str, str], list[Mode]] = {}
    for mode in MODES:
        for first, second, state in declared(organisation, day, mode).edges(data="state"):
            found = modes.setdefault((min(first, second), max(first, second)), [])
            if state in ("active", "overrun") and mode not in found:
                found.append(mode)
    modes = {pair: found for pair, found in modes.items() if found}
    known, small = source.has(CONTACT_KINDS), small_teams(organisation, day)
    pairs = dict.fromkeys([*modes, *(tuple(sorted(edge)) for edge in (*seen.edges, *need.edges))])
    rows = []
    for first, second in pairs:
        declared_modes, needs = tuple(modes.get((first, second), [])), need.has_edge(first, second)
        if known and small & {first, second}:
            if declared_modes or needs:
                rows.append(PairRow((first, second), declared_modes, None, None, False, needs, False, "not told"))
            continue
        events = totals.get((first, second), 0.0)
        tied, heavy = seen.has_edge(first, second), events >= HEAVY * source.least
        kind = _kind(declared_modes, tied, heavy)
        missing = known and not tied and talk.has_edge(first, second)
        weight = seen.edges[first, second]["weight"] if tied else None
        rows.append(
            PairRow((first, second), declared_modes, events if known else None, weight, tied, needs, missing, kind)
        )
    order = {team: index for index, team in enumerate(organisation.teams)}
    return sorted(rows, key=lambda row: sorted(order[team] for team in row.teams))


def _kind(modes: tuple[Mode, ...], seen: bool, heavy: bool) -> Kind:
    if any(mode != "x-as-a-service" for mode in modes):
        return "both" if seen else "on paper"
    if modes:
        return "service in name" if heavy else "service"
    return "shadow" if seen else "neither"


def counts(rows: list[PairRow]) -> dict[Kind, int]:
    """How many pairs there are of each kind, in the order of the kinds."""
    found = Counter(row.kind for row in rows)
    return {kind: found[kind] for kind in KINDS_OF_PAIRS}
