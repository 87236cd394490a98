"""What the third and the fourth test of a finding look at: needs and talk, the window before, other channels; and when it began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from topology.clans.congruence import Congruence, congruence
from topology.clans.groupings import SIDES, WITHIN, Labels, labels_of, strata_of
from topology.clans.labelled import Labelled, labelled
from topology.clans.shuffles import SEED, SHUFFLES, Shuffled, labellings, permutation_test
from topology.clans.ties import KINDS, Source, weekly_crossing
from topology.clans.turning import Turning, turning_point
from topology.clans.verdict import MOST_Q, Test, fewer, is_inward, lack, lasting, not_by_design, sides_not_by_design

if TYPE_CHECKING:
    import networkx as nx

CHANNEL_NAMES = {"review": "reviews", "meeting": "meetings", "message": "messages", "cross-change": "cross-changes"}
LEAST_EVENTS = 5  # of a week, so that its share tells anything
LONGEST_GAP = 4  # weeks without data, over which no month is told
SIDE_DRAWS = 999

Borders = Collection[frozenset[str]]


@dataclass(frozen=True)
class Counted:
    """A grouping on a layer, counted and shuffled, before it is judged."""

    graph: nx.Graph[Any]
    network: Labelled
    labels: Labels
    strata: list[Hashable]
    how: str
    """Among which units the labels were shuffled, in words."""
    shuffled: Shuffled | None


def unit_of(grouping: str) -> str:
    """ "people" for the sides, else "teams"."""
    return "people" if grouping in SIDES else "teams"


def counted(graph: nx.Graph[Any], labels: Labels, grouping: str, *, draws: int = SHUFFLES, seed: int = SEED) -> Counted:
    """Bridges of a graph against shuffled labels, each among the units that its grouping allows."""
    # Inside a squad nearly everybody meets, so there it is how often that tells, not whether.
    network = labelled(graph, labels, weight="events" if grouping == WITHIN else None)
    strata, how = strata_of(grouping, network.units, graph.nodes, labels)
    return Counted(graph, network, labels, strata, how, permutation_test(network, strata, draws=draws, seed=seed))


def needs_of(source: Source, one: Counted, grouping: str, day: dt.date, borders: Borders | None) -> Congruence | None:
    """Needed pairs by whether they talk, whatever the layer that is read; None where no contact was seen in the window.

    For the sides a pair is two squads, and it talks when Product of one was seen with Tech of the other.
    """
    kinds = KINDS["observed"]
    if grouping == WITHIN or not source.has_within(day, kinds):
        return None
    if grouping not in SIDES:
        return congruence(source.needs(day), source.talks(day, kinds), one.labels, borders, source.served(day))
    pairs = tuple(sorted((min(a, b), max(a, b)) for a, b in source.needs(day).edges))
    meets = _across_sides(one, pairs)
    return Congruence(
        pairs,
        tuple(pair for pair, met in zip(pairs, meets(one.network.labels[:, None])[:, 0], strict=True) if met),
        (),
        (),
    )


def _across_sides(one: Counted, pairs: tuple[tuple[str, str], ...]) -> Any:
    """A function: labels (n × k) → pairs × k, whether two squads have a tie across the sides under these labels."""
    team = {unit: str(one.graph.nodes[unit]["team"]) for unit in one.network.units}
    place = {pair: index for index, pair in enumerate(pairs)}
    ends = [(team[one.network.units[a]], team[one.network.units[b]])
            for a, b in zip(one.network.heads.tolist(), one.network.tails.tolist(), strict=True)]  # fmt: skip
    chosen = np.array([place.get((min(a, b), max(a, b)), -1) for a, b in ends], dtype=np.int64)
    order = np.argsort(chosen, kind="stable")
    order = order[chosen[order] >= 0]
    heads, tails, which = one.network.heads[order], one.network.tails[order], chosen[order]
    begins = np.flatnonzero(np.r_[True, which[1:] != which[:-1]]) if len(which) else which

    def meets(block: Any) -> Any:
        found = np.zeros((len(pairs), block.shape[1]), dtype=bool)
        if len(which):
            found[which[begins]] = np.logical_or.reduceat(block[heads] != block[tails], begins, axis=0)
        return found

    return meets


def by_design(needs: Congruence | None, one: Counted, grouping: str, border: str, seed: int) -> Test:
    """Test 3. `border` names the border in words."""
    if grouping == WITHIN:
        return Test("Not by design", True, "The two sides of a squad share its work: nothing is meant to part them.")
    if needs is not None and grouping in SIDES:
        shuffled = labellings(one.network, one.strata, draws=SIDE_DRAWS, seed=seed)
        meets = _across_sides(one, needs.across)
        counts = [int(count) for block in shuffled.blocks for count in meets(block).sum(axis=0)] if shuffled else []
        return sides_not_by_design(len(needs.across_talking), len(needs.across), counts)
    return not_by_design(needs, border)


def lasts(source: Source, grouping: str, layer: str, day: dt.date, *, draws: int, seed: int) -> Test:
    """Test 4: the window before, and each channel of this one, by the same test on its own (uncorrected).

    Declared ties run on from one window to the next by themselves, so for them it is contact that has to show it too.
    """
    labels = labels_of(source.organisation, grouping)
    graphs: dict[str, nx.Graph[Any] | str] = {}
    if layer == "declared":
        graphs["observed contact"] = source.ties(grouping, "observed", day)
    else:
        graphs[f"the {source.weeks} weeks before"] = source.ties(
            grouping, layer, day - dt.timedelta(weeks=source.weeks)
        )
    told = source.of_both_sides(day) if grouping in SIDES else source.channels(layer)
    for channel in source.channels(layer):
        if channel in told and source.has((channel,)):
            graphs[f"{CHANNEL_NAMES[channel]} alone"] = source.seen(grouping, day, (channel,))
    found: list[tuple[str, float | None, bool]] = []
    for what, graph in graphs.items():
        one = None if isinstance(graph, str) else counted(graph, labels, grouping, draws=draws, seed=seed)
        if one is None or lack(one.network, unit_of(grouping)) or one.shuffled is None:
            found.append((what, None, False))
        else:
            found.append((what, fewer(one.shuffled), is_inward(one.network, one.shuffled, one.shuffled.p_fewer)))
    return lasting(found)


def began(
    source: Source, labels: Mapping[str, str | None], grouping: str, layer: str, day: dt.date, borders: Borders | None
) -> tuple[Turning | None, dt.date | None]:
    """How the share of contact across the border fell, and the Monday of the week in which that began.

    (None, None) where it did not fall, and for sides and declared ties. No week is told where data is missing around it.
    """
    if layer == "declared" or grouping in SIDES:
        return None, None
    weeks = [
        week for week in weekly_crossing(source, labels, day, KINDS[layer], borders) if week.events >= LEAST_EVENTS
    ]
    places = [(week.week - weeks[0].week).days // 7 for week in weeks]
    found = turning_point([week.crossing / week.events for week in weeks], places)
    if found is None or found.p > MOST_Q or found.after >= found.before:
        return None, None
    after = found.begin + 1  # `begin` is the last week of the level before
    gap = places[after] - places[found.begin]
    return found, weeks[after].week if gap <= LONGEST_GAP else None
