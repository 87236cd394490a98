"""The part of the Clans page for the reader who knows the terms, as rows and sentences. No Streamlit here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from topology.app.clan_facts import number
from topology.clans import ClanReading
from topology.clans.autocorrelation import difference_of_medians, moran, numeric_assortativity
from topology.clans.communities import communities
from topology.clans.groupings import label_name, labels_of
from topology.clans.labelled import labelled
from topology.clans.mixing import assortativity, inbreeding, modularity, node_ei
from topology.clans.mrqap import compare_borders, grouping_correlation
from topology.clans.shape import core_periphery, coreness, propagation_cost, shape, simmelian
from topology.clans.ties import Source, part_of, small_teams
from topology.clans.verdict import small
from topology.graph.structure import waiting


def expert_rows(source: Source, reading: ClanReading, day: dt.date, seed: int) -> list[dict[str, str]]:
    """The network as a whole, its mixing and its communities; a sentence where there is too little."""
    graph = source.ties(reading.grouping, reading.layer, day)
    if isinstance(graph, str):
        return []
    network = labelled(graph, labels_of(source.organisation, reading.grouping))
    graph = part_of(graph, network.units)
    whole, core = shape(graph), core_periphery(graph)
    mutual, held = simmelian(graph)
    found = {
        "Density": f"{whole.density:.2f}",
        "Parts that do not meet": str(whole.parts),
        "Transitivity": f"{whole.transitivity:.2f}",
        "Ties whose loss would part the network": str(whole.cut_ties),
        "Largest k-core": str(max(coreness(graph).values(), default=0)),
        "Simmelian ties (held by a third unit)": f"{held} of {mutual}",
        "Core and periphery (Borgatti and Everett)": "–"
        if core is None
        else f"r = {core.correlation:.2f}, {len(core.units)} in the core",
        "Propagation cost of what teams wait for": number(propagation_cost(waiting(source.organisation, day))),
        "Assortativity by the grouping": number(assortativity(network)),
        "Correlation of ties and grouping (QAP)": number(grouping_correlation(network)),
        "Modularity of the grouping": number(modularity(network)),
        "Coleman's homophily": "; ".join(
            f"{label_name(source.organisation, reading.grouping, group)} {number(value)}"
            for group, value in inbreeding(network).items()
            if group in reading.group_values
        ),
    }
    if reading.unit == "teams":
        suggested = communities(graph, network, seed=seed)
        found["Communities (Louvain)"] = suggested if isinstance(suggested, str) else (
            f"{len(suggested.members)}, modularity {suggested.modularity:.2f} (rewired {suggested.rewired_95:.2f}), "
            f"agreement with the grouping {suggested.ami:.2f} (AMI)"
        )  # fmt: skip
    return [{"What": what, "Value": value} for what, value in found.items()]


def node_rows(source: Source, reading: ClanReading, day: dt.date) -> list[dict[str, str]]:
    """E-I of each team with three ties or more, in the order of the file; none of people or of teams under five."""
    graph = source.ties(reading.grouping, reading.layer, day)
    if isinstance(graph, str) or reading.unit == "people":
        return []
    values = node_ei(labelled(graph, labels_of(source.organisation, reading.grouping)), least=3)
    hidden = small_teams(source.organisation, day)
    return [
        {"Team": source.organisation.team_name(id_), "E-I": f"{values[id_]:+.2f}"}
        for id_ in source.organisation.teams if id_ in values and id_ not in hidden
    ]  # fmt: skip


def border_regression(source: Source, reading: ClanReading, day: dt.date, seed: int) -> list[dict[str, str]] | str:
    """Which border matters once the others and the needs are counted, or why that cannot be told."""
    terms = compare_borders(source, reading.layer, day, seed=seed) if reading.unit == "teams" else "Only between teams."
    if isinstance(terms, str):
        return terms
    return [
        {"A tie is likelier where": one.name, "By (points)": f"{100 * one.coefficient:+.0f}", "t": f"{one.t:.1f}", "p": small(one.p)}
        for one in terms
    ]  # fmt: skip


def resemblance(
    source: Source, reading: ClanReading, day: dt.date, values: Mapping[str, float], what: str, seed: int
) -> list[str]:
    """Whether tied teams resemble each other in a number, and whether groups differ in it; each with its p."""
    graph = source.ties(reading.grouping, reading.layer, day)
    if isinstance(graph, str) or reading.unit == "people":
        return ["Only between teams, where ties were seen."]
    labels = labels_of(source.organisation, reading.grouping)
    network = labelled(graph, labels)
    alike = moran(network, values)
    lines = []
    if alike is None or alike.n < 8:
        lines.append(f"Too few tied teams have a value of {what} (needs eight).")
    else:
        word = "resemble each other" if alike.index > alike.expected else "differ from each other"
        lines.append(
            f"Tied teams {word} in {what}: Moran's I {alike.index:+.2f}, chance {alike.expected:+.2f}, p = {small(alike.p)} "
            f"(n = {alike.n}); correlation over both ends of a tie {number(numeric_assortativity(network, values))}."
        )
    groups = {unit: str(labels[unit]) for unit in network.units}
    apart = difference_of_medians(groups, {unit: value for unit, value in values.items() if unit in groups}, seed=seed)
    if apart is None:
        lines.append("Too few teams with a value in two groups to compare their medians (needs four in each).")
    else:
        low, high = (
            label_name(source.organisation, reading.grouping, one) for one in (apart.low_group, apart.high_group)
        )
        lines.append(
            f"The medians of {low} and {high} are furthest apart: {apart.low:.1f} and {apart.high:.1f}, p = {small(apart.p)} "
            f"(n = {apart.n})."
        )
    return lines
