"""Shuffled labels: exact where they can be enumerated, within strata, indifferent to names."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from topology.clans import shuffles
from topology.clans.labelled import labelled
from topology.clans.segregation import bridges, group_ei, odds_ratio
from topology.clans.shuffles import permutation_test
from topology.once import Once

networks = st.builds(
    lambda n, p, seed, groups: (nx.gnp_random_graph(n, p, seed=seed), [(i * 7 + seed) % groups for i in range(n)]),
    st.integers(4, 14), st.floats(0.1, 0.9), st.integers(0, 1000), st.integers(2, 4),
)  # fmt: skip


def test_small_networks_are_enumerated_exactly() -> None:
    graph = nx.path_graph(6)
    labels = dict(enumerate("aaabbb"))
    ours = permutation_test(labelled(graph, labels))
    assert ours is not None and ours.enumerated and ours.draws == 20
    everything = [sum(p[a] != p[b] for a, b in graph.edges) for p in set(permutations("aaabbb"))]
    assert ours.mean == pytest.approx(np.mean(everything))
    assert ours.p_fewer == pytest.approx(sum(x <= 1 for x in everything) / 20)


def test_labels_move_only_within_their_stratum() -> None:
    """Everybody talks across sides only inside pairs of squads: shuffling within squads keeps each squad's mix."""
    graph = nx.Graph()
    graph.add_nodes_from(range(4))
    graph.add_edges_from([(0, 2), (1, 3)])
    ours = permutation_test(labelled(graph, {0: "p", 1: "t", 2: "p", 3: "t"}), strata=[0, 0, 1, 1])
    assert ours is not None and ours.draws == 4
    assert (ours.mean, ours.p_fewer) == (1.0, 0.5)


def test_a_stratum_without_a_choice_leaves_nothing_to_compare() -> None:
    graph = nx.path_graph(4)
    assert permutation_test(labelled(graph, dict(enumerate("abab"))), strata=[0, 1, 0, 1]) is None


@pytest.mark.parametrize(
    "labels", [{}, {0: "a", 1: "a", 2: "a"}, {0: "a", 1: None, 2: "b"}], ids=["none", "one group", "no ties left"]
)
def test_undefined_cases_give_nothing_rather_than_a_number(labels: dict[int, str | None]) -> None:
    network = labelled(nx.Graph([(0, 1), (1, 2)]), labels)
    assert permutation_test(network) is None
    assert bridges(network).z is None


def test_a_missing_label_drops_the_unit_and_is_counted() -> None:
    network = labelled(nx.path_graph(3), {0: "a", 1: None, 2: "b"})
    assert (network.n, network.m, network.dropped, network.groups) == (2, 0, 1, ("a", "b"))


def test_self_ties_are_dropped_and_isolates_kept() -> None:
    graph = nx.Graph([(0, 0), (0, 1)])
    graph.add_node(2)
    assert (labelled(graph, dict(enumerate("aab"))).n, labelled(graph, dict(enumerate("aab"))).m) == (3, 1)


def test_when_all_ties_cross_there_is_no_odds_ratio_below_zero() -> None:
    network = labelled(nx.complete_bipartite_graph(3, 3), dict(enumerate("aaabbb")))
    assert bridges(network).ei == 1
    assert odds_ratio(network) is None


@settings(max_examples=60)
@given(networks, st.randoms(use_true_random=False))
def test_names_of_nodes_and_groups_change_nothing(pair, random) -> None:
    graph, values = pair
    renamed = {node: f"n{index}" for index, node in enumerate(random.sample(list(graph), len(graph)))}
    other = nx.relabel_nodes(graph, renamed)
    first = labelled(graph, dict(zip(graph, values, strict=True)))
    second = labelled(other, {renamed[node]: f"group {9 - value}" for node, value in zip(graph, values, strict=True)})
    assert bridges(first).crossing == bridges(second).crossing
    assert (
        bridges(first).sd == pytest.approx(bridges(second).sd)
        if bridges(first).sd is not None
        else bridges(second).sd is None
    )


@settings(max_examples=60)
@given(networks)
def test_group_values_recombine_to_the_whole(pair) -> None:
    graph, values = pair
    network = labelled(graph, dict(zip(graph, values, strict=True)))
    if network.m == 0:
        return
    ends = np.bincount(network.labels[network.heads], minlength=9) + np.bincount(
        network.labels[network.tails], minlength=9
    )
    whole = sum((value or 0) * ends[index] for index, value in enumerate(group_ei(network).values()))
    assert whole / (2 * network.m) == pytest.approx(bridges(network).ei)


@settings(max_examples=25)
@given(networks)
def test_the_closed_form_is_the_mean_and_spread_of_the_shuffles(pair) -> None:
    graph, values = pair
    network = labelled(graph, dict(zip(graph, values, strict=True)))
    shuffled, counted = permutation_test(network), bridges(network)
    if shuffled is None or counted.expected is None or counted.sd is None:
        return
    tolerance = 1e-9 if shuffled.enumerated else 0.1
    assert shuffled.mean == pytest.approx(counted.expected, abs=tolerance)
    assert shuffled.sd == pytest.approx(counted.sd, abs=tolerance)


def test_the_seed_decides_the_draws() -> None:
    network = labelled(nx.gnp_random_graph(30, 0.2, seed=1), {i: i % 3 for i in range(30)})
    assert permutation_test(network, draws=500) == permutation_test(network, draws=500)
    assert permutation_test(network, draws=500, seed=1) != permutation_test(network, draws=500, seed=2)


def test_p_of_random_labels_is_not_small_too_often() -> None:
    """Calibration in small: labels at random, p ≤ .05 in about one of twenty runs."""
    random = np.random.default_rng(4)
    graph = nx.gnp_random_graph(24, 0.25, seed=2)
    small = 0
    for run in range(200):
        labels = dict(enumerate(random.permutation([0, 1] * 12).tolist()))
        result = permutation_test(labelled(graph, labels), draws=199, seed=run)
        assert result is not None
        small += result.p_fewer <= 0.05
    assert 1 <= small <= 20


def test_more_than_256_groups_are_told_apart() -> None:
    """Labels are kept small, but not smaller than they are many."""
    graph = nx.Graph([(2 * g, 2 * (g - 256)) for g in range(256, 300)])
    graph.add_nodes_from(range(600))
    network = labelled(graph, {unit: f"{unit // 2:03}" for unit in range(600)})
    ours = permutation_test(network, draws=99)
    assert ours is not None and ours.crossing == 44 == bridges(network).crossing


@given(st.integers(0, 1000), st.integers(1, 64))
@settings(max_examples=30)
def test_counting_bits_gives_the_crossings_of_two_groups(seed: int, columns: int) -> None:
    random = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(40, int(random.integers(1, 700)), seed=seed)
    network = labelled(graph, {unit: "ab"[unit % 2] for unit in graph})
    block = random.integers(0, 2, (40, columns), dtype=np.uint8)
    plain = (block[network.heads] != block[network.tails]).sum(axis=0)
    assert shuffles._crossing_of_two(network, block).tolist() == plain.tolist()


def test_kept_labellings_give_the_same_numbers() -> None:
    graph = nx.gnm_random_graph(40, 200, seed=3)
    network = labelled(graph, {unit: "abc"[unit % 3] for unit in graph})
    kept = Once(2)
    assert permutation_test(network, keep=kept) == permutation_test(network) == permutation_test(network, keep=kept)
