"""The first clan reading: for a grouping and a layer, bridges against chance, in numbers and in one plain sentence.

This is a reading, not a finding: the word needs four tests (docs/clans.md), of which "enough data" and "inward" are here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from topology.clans.congruence import Congruence, congruence
from topology.clans.labelled import Labelled, labelled
from topology.clans.segregation import Bridges, bridges, group_ei, odds_ratio
from topology.clans.shuffles import SEED, Shuffled, permutation_test
from topology.graph.networks import Contacted, declared_ties, needed, observed, observed_people
from topology.model import Organisation, whole_weeks_end

if TYPE_CHECKING:
    import networkx as nx

Grouping = Literal["value-stream", "site", "side"]
Layer = Literal["declared", "observed"]
Grade = Literal["not enough data", "no sign", "sign"]

GROUPINGS: tuple[Grouping, ...] = ("value-stream", "site", "side")
LAYERS: tuple[Layer, ...] = ("declared", "observed")

# Platform and enabling teams serve all streams: for them no stream is not a missing label.
OUTSIDE_STREAMS = ("platform", "enabling")
# The first two tests of clans.md.
LEAST_UNITS, LEAST_GROUP, LEAST_TIES, LEAST_KNOWN = 8, 4, 20, 0.8
MOST_P, LEAST_FEWER = 0.05, 0.20


@dataclass(frozen=True)
class ClanReading:
    """Bridges against chance for one grouping on one layer. `bridges` and `shuffled` are None where nothing can be counted."""

    grouping: Grouping
    layer: Layer
    unit: str
    units: int
    groups: dict[str, int]
    without_label: int
    bridges: Bridges | None
    shuffled: Shuffled | None
    odds: float | None
    needs: Congruence | None
    """Pairs of teams whose work needs each other, across the border and inside it; None for sides."""
    group_values: dict[str, float | None]
    grade: Grade
    sentence: str

    @property
    def p(self) -> float | None:
        """The permutation's p of as few bridges, one-sided."""
        return self.shuffled.p_fewer if self.shuffled else None


def labels_of(organisation: Organisation, grouping: Grouping) -> dict[str, str | None]:
    """{team: its value stream or site}; {person: side} for the sides. None is a missing label, never a group."""
    if grouping == "value-stream":
        return {team: organisation.value_stream(team) for team in organisation.teams}
    if grouping == "site":
        return {team: organisation.site(team) for team in organisation.teams}
    return {
        p: side if (side := organisation.side(p)) in ("product", "tech") else None
        for p in organisation.people.keys() | organisation.seated
    }


def read_clans(
    organisation: Organisation, contacts: Iterable[Contacted] | None, day: dt.date, *,
    groupings: Iterable[Grouping] = GROUPINGS, layers: Iterable[Layer] = LAYERS, seed: int = SEED,
) -> list[ClanReading]:  # fmt: skip
    """A reading for each grouping and layer on `day`. Without contacts every observed reading says that there is no data."""
    rows = None if contacts is None else list(contacts)
    return [_read(organisation, rows, day, grouping, layer, seed) for grouping in groupings for layer in layers]


def _read(
    organisation: Organisation,
    contacts: list[Contacted] | None,
    day: dt.date,
    grouping: Grouping,
    layer: Layer,
    seed: int,
) -> ClanReading:
    unit = "people" if grouping == "side" else "teams"
    graph = _graph(organisation, contacts, day, grouping, layer)
    if graph is None:
        return _nothing(grouping, layer, unit, _why_nothing(layer))
    labels = labels_of(organisation, grouping)
    if grouping == "value-stream":
        graph = graph.subgraph(
            [node for node in graph if labels[node] or graph.nodes[node]["type"] not in OUTSIDE_STREAMS]
        )
    network = labelled(graph, labels)
    strata = [_stratum(graph, node, grouping) for node in network.units]
    counted, shuffled = bridges(network), permutation_test(network, strata, seed=seed)
    lack = _lack(network, shuffled, unit)
    needs = congruence(needed(organisation, day), graph, labels) if unit == "teams" else None
    sizes = {group: int(size) for group, size in zip(network.groups, network.sizes, strict=True)}
    grade: Grade = "not enough data" if lack else "sign" if _is_inward(counted, shuffled) else "no sign"
    return ClanReading(
        grouping, layer, unit, network.n, sizes, network.dropped, counted, shuffled, odds_ratio(network), needs,
        group_ei(network), grade, lack or _sentence(counted, shuffled, network.n, unit),
    )  # fmt: skip


def _graph(
    organisation: Organisation, contacts: list[Contacted] | None, day: dt.date, grouping: Grouping, layer: Layer
) -> nx.Graph[str] | None:
    if layer == "declared":
        return None if grouping == "side" else declared_ties(organisation, day)
    if not contacts:
        return None
    end = whole_weeks_end(day)
    return observed_people(organisation, contacts, end) if grouping == "side" else observed(organisation, contacts, end)


def _why_nothing(layer: Layer) -> str:
    if layer == "declared":
        return "Interactions are declared between teams, so they say nothing about two sides of one team."
    return "No data: there are no observed contacts (contacts.csv)."


def _nothing(grouping: Grouping, layer: Layer, unit: str, sentence: str) -> ClanReading:
    return ClanReading(grouping, layer, unit, 0, {}, 0, None, None, None, None, {}, "not enough data", sentence)


def _stratum(graph: nx.Graph[str], node: str, grouping: Grouping) -> Any:
    """Sides are shuffled within a squad; team labels among teams of one type."""
    return graph.nodes[node]["team" if grouping == "side" else "type"]


def _lack(network: Labelled, shuffled: Shuffled | None, unit: str) -> str:
    """What is missing for a reading, in one sentence; "" when there is enough."""
    known = network.n / (network.n + network.dropped) if network.n + network.dropped else 0.0
    if network.n < LEAST_UNITS:
        return f"Too few to tell: {network.n} {unit} with a label (needs {LEAST_UNITS})."
    if sum(size >= LEAST_GROUP for size in network.sizes) < 2:
        return f"Too few to tell: needs two groups of at least {LEAST_GROUP} {unit}."
    if network.m < LEAST_TIES:
        return (
            f"Too few to tell: {network.m} {'tie' if network.m == 1 else 'ties'} between {unit} (needs {LEAST_TIES})."
        )
    if known < LEAST_KNOWN:
        return f"Too few to tell: the label is known for {known:.0%} of the {unit} (needs {LEAST_KNOWN:.0%})."
    return "" if shuffled else "Nothing to compare with: no other way to spread the labels exists."


def _is_inward(counted: Bridges, shuffled: Shuffled | None) -> bool:
    fewer = _fewer(counted, shuffled)
    return shuffled is not None and fewer is not None and shuffled.p_fewer <= MOST_P and fewer >= LEAST_FEWER


def _fewer(counted: Bridges, shuffled: Shuffled | None) -> float | None:
    """Share of bridges missing against the shuffles that keep the strata."""
    return 1 - counted.crossing / shuffled.mean if shuffled and shuffled.mean else None


def _sentence(counted: Bridges, shuffled: Shuffled | None, units: int, unit: str) -> str:
    fewer = _fewer(counted, shuffled)
    assert shuffled is not None
    if fewer is None:
        return "Chance would give no bridges either."
    if shuffled.low <= counted.crossing <= shuffled.high:
        words = "About as many bridges as chance would give"
    else:
        words = f"{abs(fewer):.0%} {'fewer' if fewer >= 0 else 'more'} bridges than chance would give"
    counts = f"{counted.crossing:.0f} of {counted.ties:.0f} ties between {units} {unit} cross"
    return f"{words}: {counts}, chance would give {shuffled.low:.0f} to {shuffled.high:.0f}."


def counted_bridges(
    organisation: Organisation, contacts: Iterable[Contacted] | None, day: dt.date
) -> dict[str, tuple[int, int]]:
    """{team: (ties to other value streams, ties to teams of any stream)}; without teams that have no stream or no such tie."""
    if contacts is None:
        return {}
    graph = observed(organisation, contacts, whole_weeks_end(day))
    streams = labels_of(organisation, "value-stream")
    counts: dict[str, tuple[int, int]] = {}
    for team in graph:
        others = [streams[other] for other in graph.neighbors(team) if streams[other]]
        if others and streams[team]:
            counts[team] = (sum(other != streams[team] for other in others), len(others))
    return counts
