"""The part of the Clans page for the reader who knows the terms, as rows and sentences."""

from __future__ import annotations

from collections.abc import Mapping

from topology.clans.autocorrelation import difference_of_medians, moran, numeric_assortativity
from topology.clans.communities import NoCommunities, communities
from topology.clans.labelled import labelled
from topology.clans.mixing import assortativity, inbreeding, modularity, node_ei
from topology.clans.mrqap import compare_borders, grouping_correlation
from topology.clans.reading import ClanReading
from topology.clans.shape import core_periphery, coreness, propagation_cost, shape, simmelian
from topology.clans.ties import Silence, part_of
from topology.clans.window import Window
from topology.graph.structure import waiting
from topology.words.clans import communities_sentence, no_regression_sentence, predictor_words
from topology.words.numbers import amounts_to, rounded


def expert_rows(window: Window, reading: ClanReading, seed: int) -> list[dict[str, str]]:
    """The network as a whole, its mixing and its communities; a sentence where there is too little."""
    graph = window.ties(reading.partition, reading.layer)
    if isinstance(graph, Silence):
        return []
    network = labelled(graph, window.labels(reading.partition))
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
        else f"r {'=' if core.exact else 'at least'} {core.correlation:.2f}, {len(core.units)} in the core",
        "Propagation cost of what teams wait for": rounded(propagation_cost(waiting(window.organisation, window.day))),
        "Assortativity by the grouping": rounded(assortativity(network)),
        "Correlation of ties and grouping (QAP)": rounded(grouping_correlation(network)),
        "Modularity of the grouping": rounded(modularity(network)),
        "Coleman's homophily": "; ".join(
            f"{reading.partition.label_name(window.organisation, group)} {rounded(value)}"
            for group, value in inbreeding(network).items()
            if group in reading.group_values
        ),
    }
    if not reading.partition.of_people:
        suggested = communities(graph, network, seed=seed)
        found["Communities (Louvain)"] = communities_sentence(suggested) if isinstance(suggested, NoCommunities) else (
            f"{len(suggested.members)}, modularity {suggested.modularity:.2f} (rewired {suggested.rewired_95:.2f}), "
            f"agreement with the grouping {suggested.ami:.2f} (AMI)"
        )  # fmt: skip
    return [{"What": what, "Value": value} for what, value in found.items()]


def node_rows(window: Window, reading: ClanReading) -> list[dict[str, str]]:
    """E-I of each team with three ties or more, in the order of the file; none of people or of teams under five."""
    graph = window.ties(reading.partition, reading.layer)
    if isinstance(graph, Silence) or reading.partition.of_people:
        return []
    values = node_ei(labelled(graph, window.labels(reading.partition)), least=3)
    return [
        {"Team": window.organisation.team_name(id_), "E-I": f"{values[id_]:+.2f}"}
        for id_ in window.organisation.teams if id_ in values and id_ not in window.small
    ]  # fmt: skip


def border_regression(window: Window, reading: ClanReading, seed: int) -> list[dict[str, str]] | str:
    """Which border matters once the others and the needs are counted, or why that cannot be told."""
    if reading.partition.of_people:
        return "Only between teams."
    terms = compare_borders(window, reading.layer, seed=seed)
    if not isinstance(terms, list):
        return no_regression_sentence(terms)
    return [
        {"A tie is likelier where": predictor_words(one.name),
         "By (points)": f"{100 * one.coefficient:+.0f}", "t": f"{one.t:.1f}", "p": amounts_to(one.p).removeprefix("= ")}
        for one in terms
    ]  # fmt: skip


def resemblance(window: Window, reading: ClanReading, values: Mapping[str, float], what: str, seed: int) -> list[str]:
    """Whether tied teams resemble each other in a number, and whether groups differ in it; each with its p."""
    graph = window.ties(reading.partition, reading.layer)
    if isinstance(graph, Silence) or reading.partition.of_people:
        return ["Only between teams, where ties were seen."]
    labels = window.labels(reading.partition)
    network = labelled(graph, labels)
    alike = moran(network, values)
    lines = []
    if alike is None or alike.n < 8:
        lines.append(f"Too few tied teams have a value of {what} (needs eight).")
    else:
        word = "resemble each other" if alike.index > alike.expected else "differ from each other"
        lines.append(
            f"Tied teams {word} in {what}: Moran's I {alike.index:+.2f}, chance {alike.expected:+.2f}, p {amounts_to(alike.p)} "
            f"(n = {alike.n}); correlation over both ends of a tie {rounded(numeric_assortativity(network, values))}."
        )
    groups = {unit: str(labels[unit]) for unit in network.units}
    apart = difference_of_medians(groups, {unit: value for unit, value in values.items() if unit in groups}, seed=seed)
    if apart is None:
        lines.append("Too few teams with a value in two groups to compare their medians (needs four in each).")
    else:
        low, high = (
            reading.partition.label_name(window.organisation, one) for one in (apart.low_group, apart.high_group)
        )
        lines.append(
            f"The medians of {low} and {high} are furthest apart: {apart.low:.1f} and {apart.high:.1f}, p {amounts_to(apart.p)} "
            f"(n = {apart.n})."
        )
    return lines
