"""Borders, brokers, congruence, faultlines, MRQAP, resemblance, turning points: each on a case that can be seen through."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from topology.clans.autocorrelation import difference_of_medians, moran, numeric_assortativity
from topology.clans.borders import _dense_table, _table, borders
from topology.clans.brokers import bridging, brokers, role_chance, roles
from topology.clans.communities import (
    Communities,
    NoCommunities,
    adjusted_mutual_information,
    communities,
)
from topology.clans.faultlines import distances, faultline, widest_split
from topology.clans.labelled import labelled
from topology.clans.mrqap import mrqap, same, tie_correlation
from topology.clans.multiple import benjamini_hochberg
from topology.clans.partitions import cramers_v
from topology.clans.shape import core_periphery, propagation_cost, shape
from topology.clans.silence import needs_across
from topology.clans.turning import turning_point

TWO = nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)])  # two triangles, joined by 2–3
SIDES = dict(enumerate("aaabbb"))


def test_the_two_ends_of_the_only_bridge_are_its_brokers() -> None:
    graph = nx.relabel_nodes(TWO, str)
    found = brokers(graph, labelled(graph, {str(unit): side for unit, side in SIDES.items()}))
    assert [(one.unit, one.bridges, one.share, one.articulation) for one in found] == [
        ("2", 1, 1.0, True),
        ("3", 1, 1.0, True),
    ]
    assert [one.paths for one in found] == [2, 2]  # 0–2–3 and 1–2–3
    assert found[0].chance is not None


def test_roles_by_hand() -> None:
    """a → v → c of one group is a coordinator's, from the own to another a representative's, between two others a liaison's."""
    graph = nx.DiGraph([("a", "v"), ("v", "c"), ("v", "x"), ("y", "v")])
    counts = roles(labelled(graph, {"a": "1", "v": "1", "c": "1", "x": "2", "y": "3"}))
    where = list(graph).index("v")
    assert counts[where].tolist() == [1, 0, 1, 1, 1]
    assert int(bridging(counts)[where]) == 3


def test_roles_have_no_chance_where_no_label_can_move() -> None:
    network = labelled(TWO, SIDES)
    assert role_chance(network, list(range(6))) is None
    assert role_chance(labelled(nx.complete_graph(6), SIDES)) is None  # no open path


def test_the_border_without_bridges_is_told_first_and_holds_for_all_at_once() -> None:
    graph = nx.Graph()
    groups = {f"{g}{i}": g for g in "abc" for i in range(6)}
    graph.add_nodes_from(groups)
    graph.add_edges_from((a, b) for a in groups for b in groups if a < b and {a[0], b[0]} != {"a", "b"})
    found = borders(labelled(graph, groups))
    assert found[0].groups == ("a", "b")
    assert found[0].bridges == 0 and found[0].p < 0.01 and found[0].fewer == 1.0
    assert all(border.p > 0.5 for border in found[1:])


def test_borders_of_nothing_are_none() -> None:
    assert borders(labelled(nx.empty_graph(6), SIDES)) == []
    assert borders(labelled(TWO, dict.fromkeys(TWO, "all"))) == []


def test_benjamini_and_hochberg_by_hand() -> None:
    assert benjamini_hochberg([0.01, None, 0.04, 0.03]) == [pytest.approx(0.03), None, 0.04, 0.04]
    assert benjamini_hochberg([]) == []


def test_needs_across_tell_the_missing_and_fisher_s_p() -> None:
    needed = [(f"a{i}", f"b{i}") for i in range(5)] + [(f"a{i}", f"c{i}") for i in range(5)]
    labels: dict[str, str | None] = {node: "x" if node[0] in "ac" else "y" for pair in needed for node in pair}
    talks = {(f"a{i}", f"c{i}"): 9 for i in range(5)}
    found = needs_across(needed, talks, 12, labels)
    assert len(found.missing) == 5 and found.gap == 1
    assert found.p == pytest.approx(1 / math.comb(10, 5))
    assert needs_across(needed, talks, 12, labels, [frozenset(("x", "z"))]).p is None


@pytest.mark.parametrize(
    ("first", "second", "value"), [("aabb" * 5, "aabb" * 5, 1.0), ("aabb" * 5, "abab" * 5, 0.0), ("aaaa", "abab", 0.0)]
)
def test_two_groupings_overlap_or_do_not(first: str, second: str, value: float) -> None:
    assert cramers_v(list(first), list(second)) == pytest.approx(value, abs=0.02)


def test_a_faultline_where_side_and_site_line_up() -> None:
    found = faultline({"side": list("ppptttt"), "site": list("xxxyyyy")})
    assert found is not None and found.percentile is not None
    assert (found.aligned, found.split.width) == (("side", "site"), pytest.approx(1.0))
    assert found.percentile > 0.9
    crossed = faultline({"side": list("pppptttt"), "site": list("xyxyxyxy")})
    assert crossed is not None and crossed.percentile is not None and crossed.percentile < found.percentile


def test_a_faultline_needs_five_to_nine_members_and_two_attributes() -> None:
    assert faultline({"side": list("pptt"), "site": list("xxyy")}) is None
    assert faultline({"side": list("p" * 10)}) is None
    assert faultline({"side": list("ppppp")}) is None
    alone = faultline({"side": list("ppttt"), "site": list("xxxxx")})
    assert alone is not None and alone.percentile is None
    with pytest.raises(ValueError, match="2 to 9 members"):
        widest_split(distances({"side": list("p" * 10)}))


def test_mrqap_finds_the_border_that_matters_and_none_where_two_are_the_same() -> None:
    random = np.random.default_rng(3)
    first, second = [str(i % 2) for i in range(16)], [str(i // 8) for i in range(16)]
    draw = np.triu(random.random((16, 16)) < np.where(same(first) == 1, 0.7, 0.15), 1).astype(float)
    ties = draw + draw.T
    terms = mrqap(ties, {"first": same(first), "second": same(second)}, draws=299)
    assert terms is not None
    by_name = {one.name: one for one in terms}
    assert by_name["first"].p < 0.01 < by_name["second"].p
    assert mrqap(ties, {"first": same(first), "again": same(first)}) is None
    assert tie_correlation(np.zeros((4, 4)), same(list("aabb"))) is None
    assert same([None, None, "a"]).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_resemblance_is_undefined_for_a_constant_or_few() -> None:
    network = labelled(nx.path_graph(10), dict.fromkeys(range(10), "all"))
    rising = {str(i): float(i) for i in range(10)}
    alike = moran(network, rising)
    assert alike is not None and alike.index > 0.7 and alike.p < 0.01
    assert numeric_assortativity(network, rising) == pytest.approx(0.94, abs=0.02)
    assert moran(network, dict.fromkeys(rising, 1.0)) is None
    assert moran(network, {"0": 1.0, "1": 2.0}) is None
    assert numeric_assortativity(network, dict.fromkeys(rising, 1.0)) is None


def test_medians_are_compared_from_four_units_in_two_groups() -> None:
    groups = {str(i): "low" if i < 6 else "high" for i in range(12)}
    values = {str(i): float(i) for i in range(12)}
    found = difference_of_medians(groups, values)
    assert found is not None and (found.low_group, found.high_group) == ("low", "high") and found.p < 0.05
    assert difference_of_medians(groups, {str(i): 1.0 for i in range(7)}) is None
    assert difference_of_medians({}, {}) is None


def test_the_turning_point_of_a_ramp_is_found_and_of_noise_is_not_told() -> None:
    random = np.random.default_rng(5)
    ramp = 0.6 - 0.4 * np.clip((np.arange(52) - 20) / 20, 0, 1) + random.normal(0, 0.04, 52)
    found = turning_point(ramp.tolist())
    assert found is not None and found.p < 0.01
    assert found.earliest <= 20 <= found.latest and abs(found.begin - 20) <= 4
    assert found.before > 0.5 > 0.3 > found.after
    noise = [turning_point(random.normal(0, 1, 30).tolist(), draws=99) for _ in range(200)]
    assert sum(one is not None and one.p <= 0.05 for one in noise) <= 20  # about 10 by chance
    assert turning_point([0.5] * 30) is None
    assert turning_point([0.1, 0.9]) is None


def test_communities_need_fifty_units_and_more_than_rewired_networks_have() -> None:
    planted = nx.planted_partition_graph(4, 15, 0.5, 0.02, seed=2)
    groups = {unit: str(unit // 15) for unit in planted}
    found = communities(planted, labelled(planted, groups))
    assert isinstance(found, Communities)
    assert len(found.members) == 4 and found.ami == pytest.approx(1.0)
    even = nx.gnp_random_graph(60, 0.2, seed=2)
    for graph, labels, why in ((even, groups, "chance"), (TWO, SIDES, "units"), (nx.empty_graph(60), groups, "ties")):
        none = communities(graph, labelled(graph, labels))
        assert isinstance(none, NoCommunities) and none.why == why
    assert adjusted_mutual_information([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(1.0)


def test_the_shape_of_networks_that_have_none() -> None:
    assert shape(nx.empty_graph(0)).ties == 0
    assert shape(TWO).cut_ties == 1
    assert core_periphery(nx.empty_graph(4)) is None
    star = core_periphery(nx.star_graph(20))
    assert star is not None and star.units == (0,) and star.correlation == pytest.approx(1.0)
    assert propagation_cost(nx.DiGraph()) is None


partitions = st.integers(5, 9).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.sampled_from("ab"), min_size=n, max_size=n),
                                                            st.lists(st.sampled_from("xyz"), min_size=n, max_size=n)))  # fmt: skip


@given(partitions, st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_the_members_does_not_move_the_faultline(drawn, random) -> None:
    n, first, second = drawn
    order = random.sample(range(n), n)
    here = widest_split(distances({"one": first, "two": second}), 2)
    there = widest_split(distances({"one": [first[i] for i in order], "two": [second[i] for i in order]}), 2)
    assert here.width == pytest.approx(there.width)


def test_borders_are_the_same_by_products_of_matrices() -> None:
    random = np.random.default_rng(1)
    graph = nx.complete_graph(60)
    nx.set_edge_attributes(graph, {edge: int(random.integers(1, 9)) for edge in graph.edges}, "weeks")
    network = labelled(graph, {node: "abcd"[node % 4] for node in graph}, weight="weeks")
    block = random.permuted(np.tile(network.labels[:, None], (1, 5)), axis=0)
    first, second = _table(network, block), _dense_table(network, block)
    upper = np.triu_indices(4, 1)
    assert np.allclose(first[:, *upper], second[:, *upper])
