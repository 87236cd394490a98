"""Each pair of teams by what is declared, what was observed and what is needed: the three are set beside one another, not added."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from topology.clans.codes import Kind
from topology.clans.silence import is_silent
from topology.clans.window import Window
from topology.graph.networks import declared
from topology.graph.observed import CONTACT_KINDS
from topology.model import Mode

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
    """Whether their work needs talk (`Window.asked_needs`) and they were seen in fewer than one week of four."""
    kind: Kind


def pair_table(window: Window) -> list[PairRow]:
    """The pairs that are declared, observed above the floor, or needed, in file order; of teams under five people no contact.

    Observed: contacts (reviews, meetings, messages) of the window. Without contacts a pair is only on paper, a service or
    neither, as the file alone tells, and `events` is None.
    """
    return window.once("pairs", lambda: _pair_table(window))


def _pair_table(window: Window) -> list[PairRow]:
    organisation = window.organisation
    seen, totals, need, asked = window.talks(), window.events, window.needed, set(window.asked_needs)
    modes: dict[tuple[str, str], list[Mode]] = {}
    for mode in MODES:
        for first, second, state in declared(organisation, window.day, mode).edges(data="state"):
            found = modes.setdefault((min(first, second), max(first, second)), [])
            if state in ("active", "overrun") and mode not in found:
                found.append(mode)
    modes = {pair: found for pair, found in modes.items() if found}
    known = window.has(CONTACT_KINDS)
    pairs = dict.fromkeys([*modes, *(tuple(sorted(edge)) for edge in (*seen.edges, *need.edges))])
    rows = []
    for first, second in pairs:
        declared_modes, needs = tuple(modes.get((first, second), [])), need.has_edge(first, second)
        if known and window.small & {first, second}:
            if declared_modes or needs:
                rows.append(PairRow((first, second), declared_modes, None, None, False, needs, False, Kind.NOT_TOLD))
            continue
        events = totals.get((first, second), 0.0)
        tied, heavy = seen.has_edge(first, second), events >= HEAVY * window.least
        kind = _kind(declared_modes, tied, heavy)
        silent = is_silent(window.weeks_seen.get((first, second), 0), window.weeks)
        missing = known and silent and (min(first, second), max(first, second)) in asked
        weight = seen.edges[first, second]["weight"] if tied else None
        rows.append(
            PairRow((first, second), declared_modes, events if known else None, weight, tied, needs, missing, kind)
        )
    order = {team: index for index, team in enumerate(organisation.teams)}
    return sorted(rows, key=lambda row: sorted(order[team] for team in row.teams))


def _kind(modes: tuple[Mode, ...], seen: bool, heavy: bool) -> Kind:
    if any(mode != "x-as-a-service" for mode in modes):
        return Kind.BOTH if seen else Kind.ON_PAPER
    if modes:
        return Kind.SERVICE_IN_NAME if heavy else Kind.SERVICE
    return Kind.SHADOW if seen else Kind.NEITHER


def counts(rows: list[PairRow]) -> dict[Kind, int]:
    """How many pairs there are of each kind, in the order of the kinds."""
    found = Counter(row.kind for row in rows)
    return {kind: found[kind] for kind in Kind}
