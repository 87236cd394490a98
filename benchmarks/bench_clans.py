"""The clan measures as ratios to what a user would write instead: a networkx loop, and igraph where pip has it.

    python benchmarks/bench_clans.py

One run, one process. The comparisons compute the same numbers; where they would take minutes they run on fewer shuffles or
units and are scaled, which is said. bench_redraw.py times the Clans page of 300 squads in a browser.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from topology.clans.brokers import roles
from topology.clans.gathered import gather
from topology.clans.labelled import Labelled
from topology.clans.segregation import closed_form
from topology.clans.shuffles import permutation_test
from topology.clans.window import Window
from topology.delivery.contacts import Contact
from topology.simulate import contacts, designed

GROUPS, TIES_PER_TEAM, SHUFFLES = 20, 3, 1_000
LOOP_SHUFFLES = 20  # of the networkx loop; its time is scaled to SHUFFLES


def timed(function: Callable[[], Any], best_of: int = 3) -> float:
    """Seconds of the fastest call."""
    times = []
    for _ in range(best_of):
        started = time.perf_counter()
        function()
        times.append(time.perf_counter() - started)
    return min(times)


def network_of(teams: int, ties: int) -> tuple[Labelled, nx.Graph[int]]:
    """A random network with twenty groups of the same size."""
    graph = nx.gnm_random_graph(teams, ties, seed=1)
    edges = np.array(graph.edges)
    labels = np.arange(teams) % GROUPS
    nx.set_node_attributes(graph, dict(enumerate(labels.tolist())), "group")
    names = tuple(map(str, range(GROUPS)))
    return Labelled(tuple(map(str, range(teams))), labels, names, edges[:, 0], edges[:, 1], np.ones(len(edges))), graph


def networkx_shuffles(graph: nx.Graph[int], shuffles: int) -> list[int]:
    """What one writes with networkx: shuffle a list, set the labels, count the edges that cross."""
    random, groups = np.random.default_rng(1), [graph.nodes[unit]["group"] for unit in graph]
    counts = []
    for _ in range(shuffles):
        label = dict(zip(graph, random.permutation(groups), strict=True))
        counts.append(sum(label[a] != label[b] for a, b in graph.edges))
    return counts


def networkx_assortativity(graph: nx.Graph[int], shuffles: int) -> None:
    """The same with networkx's own measure of mixing."""
    random, groups = np.random.default_rng(1), [graph.nodes[unit]["group"] for unit in graph]
    for _ in range(shuffles):
        nx.set_node_attributes(graph, dict(zip(graph, random.permutation(groups), strict=True)), "group")
        nx.attribute_assortativity_coefficient(graph, "group")


def igraph_shuffles(graph: nx.Graph[int], shuffles: int) -> float | None:
    """Seconds with igraph's assortativity by label; None where igraph is not installed."""
    try:
        import igraph
    except ImportError:
        return None
    other = igraph.Graph(n=len(graph), edges=list(graph.edges))
    random, groups = np.random.default_rng(1), np.array([graph.nodes[unit]["group"] for unit in graph])
    return timed(lambda: [other.assortativity_nominal(random.permutation(groups).tolist()) for _ in range(shuffles)], 1)


def roles_by_hand(graph: nx.Graph[int]) -> int:
    """Gould and Fernandez's roles as a loop over pairs of neighbours."""
    total, group = 0, nx.get_node_attributes(graph, "group")
    for v in graph:
        for a in graph[v]:
            for c in graph[v]:
                if a != c and not graph.has_edge(a, c):
                    total += 1 + (group[a] == group[v]) + (group[c] == group[v])
    return total


def row(what: str, ours: float, theirs: float | None, whose: str) -> None:
    """Prints one comparison."""
    ratio = "–" if theirs is None else f"{theirs / ours:7.1f} ×"
    other = "not installed" if theirs is None else f"{theirs:9.3f} s"
    print(f"{what:58} ours {ours:8.3f} s   {whose:34} {other:>14}   {ratio}", flush=True)


def shuffles() -> None:
    """1 000 shuffles at 1 000 and 10 000 teams, and the closed form instead of them."""
    for teams in (1_000, 10_000):
        network, graph = network_of(teams, TIES_PER_TEAM * teams)
        ours = timed(lambda network=network: permutation_test(network, draws=SHUFFLES))
        scale = SHUFFLES / LOOP_SHUFFLES
        what = f"{SHUFFLES} shuffles, {teams} teams, {network.m} ties"
        row(
            what,
            ours,
            scale * timed(lambda graph=graph: networkx_shuffles(graph, LOOP_SHUFFLES), 1),
            "networkx loop (scaled)",
        )
        row(
            what,
            ours,
            scale * timed(lambda graph=graph: networkx_assortativity(graph, LOOP_SHUFFLES), 1),
            "networkx assortativity (scaled)",
        )
        seconds = igraph_shuffles(graph, LOOP_SHUFFLES)
        row(what, ours, None if seconds is None else scale * seconds, "igraph assortativity (scaled)")
    network, _ = network_of(100_000, 500_000)
    what = "closed form of mean and sd, 100 000 units, 500 000 ties"
    row(
        what,
        timed(lambda: closed_form(network)),
        timed(lambda: permutation_test(network, draws=100), 1),
        "our own 100 shuffles",
    )


def brokers() -> None:
    """Roles of every unit, and Burt's constraint by one call instead of one a unit."""
    network, graph = network_of(3_000, 15_000)
    row(
        "broker roles, 3 000 units, 15 000 ties",
        timed(lambda: roles(network)),
        timed(lambda: roles_by_hand(graph), 1),
        "loop over neighbours",
    )
    small = nx.gnm_random_graph(300, 1_500, seed=1)
    alone = timed(lambda: [nx.constraint(small, nodes=[unit])[unit] for unit in list(small)[:30]], 1) * 10
    row(
        "Burt's constraint, 300 units, 1 500 ties",
        timed(lambda: nx.constraint(small)),
        alone,
        "nodes=… one by one (scaled)",
    )
    try:
        import igraph
    except ImportError:
        return
    other = igraph.Graph(n=300, edges=list(small.edges))
    row(
        "Burt's constraint, 300 units, 1 500 ties",
        timed(lambda: nx.constraint(small)),
        timed(other.constraint),
        "igraph",
    )


def whole_reading() -> None:
    """Every grouping and layer of 300 squads, with contacts of 36 weeks."""
    simulation = designed("inward", 300)
    rows = [Contact(**one) for one in contacts(simulation)]
    started = time.perf_counter()
    window = Window.of(simulation.organisation, rows, simulation.end.date() - dt.timedelta(days=1))
    resolved = time.perf_counter()
    gather(window)
    print(f"\n300 squads of seven, {len(rows)} rows of contact: resolved in {resolved - started:.1f} s, all readings in "
          f"{time.perf_counter() - resolved:.1f} s (9 999 shuffles each); once for each file and day, then cached")  # fmt: skip


if __name__ == "__main__":
    shuffles()
    brokers()
    whole_reading()
