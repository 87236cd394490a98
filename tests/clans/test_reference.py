"""The numbers of ../shared/data/network_reference.json, made by implementations independent of ours (R, spdep, netseg)."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest

from tests.conftest import SHARED, shared
from topology.clans import bridges, group_ei, odds_ratio, permutation_test
from topology.clans.labelled import Labelled, labelled

CASES = [
    (dataset, partition)
    for dataset, partitions in {
        "karate": ["faction"], "krackhardt_advice": ["dept", "level"], "krackhardt_friendship": ["dept", "level"],
        "lazega_cowork": ["status", "office", "practice", "female"], "whitekinship": ["gender"],
    }.items()
    for partition in partitions
]  # fmt: skip
FILE = "network_reference.json"
REFERENCE: dict[str, Any] = json.loads((SHARED / FILE).read_text("utf-8")) if (SHARED / FILE).exists() else {}


@pytest.fixture(autouse=True)
def _reference() -> None:
    shared(FILE)


def network(dataset: str, partition: str, *, collapsed: bool = False, weighted: bool = False) -> Labelled:
    data = REFERENCE["datasets"][dataset]
    graph = nx.DiGraph() if data["directed"] and not collapsed else nx.Graph()
    graph.add_nodes_from(data["nodes"])
    for first, second, weight in data["edges"]:
        graph.add_edge(first, second, weight=weight)
    values = data["attributes"][partition]
    labels = values if isinstance(values, dict) else dict(zip(data["nodes"], values, strict=True))
    return labelled(graph, labels, weight="weight" if weighted else None)


def value(dataset: str, partition: str, measure: str) -> Any:
    (record,) = [
        r for r in REFERENCE["records"] if (r["dataset"], r["partition"], r["measure"]) == (dataset, partition, measure)
    ]
    return record["value"]


@pytest.mark.parametrize(("dataset", "partition"), CASES)
def test_ei_and_its_moments_match_the_closed_form(dataset: str, partition: str) -> None:
    ours = bridges(network(dataset, partition))
    ei, moments = value(dataset, partition, "ei_global"), value(dataset, partition, "ei_permutation_moments")
    assert (ours.ties, ours.crossing) == (ei["external"] + ei["internal"], ei["external"])
    assert ours.ei == pytest.approx(ei["ei"], abs=1e-9)
    assert ours.expected_ei == pytest.approx(moments["mean"], abs=1e-9)
    assert ours.sd_ei == pytest.approx(moments["sd"], abs=1e-9)
    assert ours.z == pytest.approx(moments["z"], abs=1e-9)


@pytest.mark.parametrize(("dataset", "partition"), CASES)
def test_the_permutation_test_agrees_with_r(dataset: str, partition: str) -> None:
    theirs = value(dataset, partition, "ei_permutation_test")
    ours_network = network(dataset, partition)
    ours = permutation_test(ours_network)
    assert ours is not None
    assert 2 * ours.mean / ours_network.m - 1 == pytest.approx(theirs["mean"], abs=0.005)
    assert 2 * ours.sd / ours_network.m == pytest.approx(theirs["sd"], abs=0.005)
    assert ours.p_fewer == pytest.approx(theirs["p_inward"], abs=0.02)


@pytest.mark.parametrize(("dataset", "partition"), CASES)
def test_freeman_s_segregation_and_the_odds_ratio_match_netseg(dataset: str, partition: str) -> None:
    ours = network(dataset, partition, collapsed=True)
    assert bridges(ours).fewer == pytest.approx(value(dataset, partition, "freeman_segregation"), abs=1e-9)
    assert odds_ratio(ours) == pytest.approx(value(dataset, partition, "odds_ratio_within_group"), abs=1e-9)


@pytest.mark.parametrize(("dataset", "partition"), CASES)
def test_group_values_match_and_recombine_to_the_whole(dataset: str, partition: str) -> None:
    ours = network(dataset, partition)
    assert group_ei(ours) == pytest.approx(value(dataset, partition, "ei_group_ends"), abs=1e-9)
    assert dict(zip(ours.groups, ours.sizes.tolist(), strict=True)) == value(dataset, partition, "group_sizes")


def test_weighted_moments_match() -> None:
    ours = bridges(network("karate", "faction", weighted=True))
    moments = value("karate", "faction", "ei_permutation_moments_weighted")
    assert ours.ei == pytest.approx(value("karate", "faction", "ei_global_weighted"), abs=1e-9)
    assert (ours.expected_ei, ours.sd_ei) == (
        pytest.approx(moments["mean"], abs=1e-9),
        pytest.approx(moments["sd"], abs=1e-9),
    )


def test_the_outward_lazega_case_never_looks_inward() -> None:
    ours = permutation_test(network("lazega_cowork", "status"))
    assert ours is not None
    assert ours.p_fewer > 0.99
    assert ours.p_more < 0.01


def test_krackhardt_s_friendships_mislead_without_chance() -> None:
    """Raw E-I says outward (+0.255) where chance alone gives +0.552: there are fewer bridges than chance."""
    ours = bridges(network("krackhardt_friendship", "dept"))
    assert ours.ei is not None and ours.ei > 0
    assert ours.fewer is not None and ours.fewer > 0.15
