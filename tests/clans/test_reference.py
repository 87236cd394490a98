"""The values of ../shared/data/network_reference.json, made by implementations independent of ours (R, igraph, scikit-learn)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest

from tests.conftest import SHARED, shared
from topology.clans.autocorrelation import moran, numeric_assortativity
from topology.clans.brokers import ROLES, roles
from topology.clans.communities import adjusted_mutual_information, louvain, rewired_95
from topology.clans.faultlines import distances, widest_split
from topology.clans.labelled import Labelled, labelled
from topology.clans.mixing import assortativity, inbreeding, mixing_matrix, modularity, node_ei
from topology.clans.mrqap import mrqap, same, tie_correlation
from topology.clans.segregation import bridges, group_ei, odds_ratio
from topology.clans.shape import core_periphery, coreness, propagation_cost, shape, simmelian
from topology.clans.shuffles import permutation_test
from topology.clans.silence import needs_across

FILE = "network_reference.json"
REFERENCE: dict[str, Any] = json.loads((SHARED / FILE).read_text("utf-8")) if (SHARED / FILE).exists() else {}
RECORDS: list[dict[str, Any]] = REFERENCE.get("records", [])

NOT_COMPUTED = {
    "ei_group_ties": "counts an inside tie once, so that groups do not recombine to the whole; ei_group_ends is ours (clans.md)",
    "spectral_segregation_index_node": "an index of position inside one group; no page asks for it",
    "spectral_segregation_index_group_mean": "the same, averaged",
    "gould_fernandez_expected_node": "its null is independent arcs, not valid without direction; ours is shuffled labels (clans.md)",
    "gould_fernandez_z_node": "the same null",
    "gould_fernandez_expected_global": "the same null",
    "gould_fernandez_z_global": "the same null",
    "geary_c_binary": "says of neighbours' values what Moran's I says; one of the two is enough",
    "gupta_anderson_may": "a mean of the diagonal that ignores group sizes; assortativity is ours",
    "clique_percolation_k3_sizes": "communities are Louvain's (clans.md)",
    "fast_greedy_vs_declared": "the same",
    "sbm_description_length": "needs graph-tool, which pip does not have",
    "faultline_fau": "the share of variance along one split; faultlines are measured by ASW (clans.md)",
    "mrqap_linear-krackhardt_advice-None": "its predictor `reports_to` is not in the file",
    "mrqap_linear-krackhardt_friendship-None": "the same",
    "coordination_requirements": "needs who works on which task; needed pairs are declared in the file (clans.md)",
}


@pytest.fixture(autouse=True)
def _reference() -> None:
    shared(FILE)


def graph_of(dataset: str, *, collapsed: bool = False) -> nx.Graph:
    data = REFERENCE["datasets"][dataset]
    graph = nx.DiGraph() if data["directed"] and not collapsed else nx.Graph()
    graph.add_nodes_from(data["nodes"])
    for first, second, weight in data["edges"]:
        graph.add_edge(first, second, weight=weight)
    return graph


def attribute(dataset: str, name: str) -> dict[str, Any]:
    data = REFERENCE["datasets"][dataset]
    values = data["attributes"][name]
    return values if isinstance(values, dict) else dict(zip(data["nodes"], values, strict=True))


def network(dataset: str, partition: str, *, collapsed: bool = False, weighted: bool = False) -> Labelled:
    graph = graph_of(dataset, collapsed=collapsed)
    return labelled(graph, attribute(dataset, partition), weight="weight" if weighted else None)


def plain(dataset: str) -> Labelled:
    """The ties without direction, everyone in one group: for measures that read no label."""
    graph = graph_of(dataset, collapsed=True)
    return labelled(graph, dict.fromkeys(graph, "all"))


def near(ours: Any, theirs: Any, tolerance: float = 1e-9) -> None:
    assert ours == pytest.approx(theirs, abs=tolerance)


# -- one check a measure ------------------------------------------------------------------------------------------


def ei_global(r: dict[str, Any]) -> None:
    ours = bridges(network(r["dataset"], r["partition"]))
    assert (ours.ties, ours.crossing) == (r["value"]["external"] + r["value"]["internal"], r["value"]["external"])
    near(ours.ei, r["value"]["ei"])


def group_sizes(r: dict[str, Any]) -> None:
    ours = network(r["dataset"], r["partition"])
    assert dict(zip(ours.groups, ours.sizes.tolist(), strict=True)) == r["value"]


def mixing(r: dict[str, Any]) -> None:
    ours = network(r["dataset"], r["partition"])
    assert list(ours.groups) == r["value"]["groups"]
    assert mixing_matrix(ours).tolist() == r["value"]["matrix"]


def moments(r: dict[str, Any]) -> None:
    ours = bridges(network(r["dataset"], r["partition"], weighted="weighted" in r["measure"]))
    near(ours.expected_ei, r["value"]["mean"])
    assert ours.sd is not None
    near(2 * ours.sd / ours.ties, r["value"]["sd"])  # (of the E-I index, 2 · crossing ÷ ties − 1)
    if "z" in r["value"]:
        near(ours.z, r["value"]["z"])


def permutations(r: dict[str, Any]) -> None:
    net = network(r["dataset"], r["partition"])
    ours, theirs = permutation_test(net), r["value"]
    assert ours is not None
    near(2 * ours.mean / net.m - 1, theirs["mean"], 0.005)
    near(2 * ours.sd / net.m, theirs["sd"], 0.005)
    near(ours.p_fewer, theirs["p_inward"], 0.02)


def joincount(r: dict[str, Any]) -> None:
    ours = bridges(network(r["dataset"], r["partition"], collapsed=True))
    assert ours.sd is not None
    near(
        (ours.crossing, ours.expected, ours.sd**2, ours.z),
        tuple(r["value"][k] for k in ("external", "expected", "variance", "z")),
    )


def broker_roles(r: dict[str, Any]) -> None:
    net = network(r["dataset"], r["partition"])
    counts, names = roles(net), ("w_I", "w_O", "b_IO", "b_OI", "b_O")
    assert len(names) == len(ROLES)
    ours = {
        unit: {**dict(zip(names, row, strict=True)), "t": sum(row)}
        for unit, row in zip(net.units, counts.tolist(), strict=True)
    }
    whole = {key: sum(one[key] for one in ours.values()) for key in (*names, "t")}
    assert (whole if "global" in r["measure"] else ours) == r["value"]


def network_shape(r: dict[str, Any]) -> None:
    ours, theirs = shape(graph_of(r["dataset"])), r["value"]
    assert (ours.units, ours.ties, ours.parts) == (theirs["n"], theirs["m"], theirs["components_weak"])
    near(ours.density, theirs["density"])
    near(ours.reciprocity, theirs["reciprocity"])


def constraint(r: dict[str, Any]) -> None:
    weight = "weight" if r["measure"].endswith("_weighted") else None
    ours = nx.constraint(graph_of(r["dataset"]), weight=weight)
    near({k: v for k, v in ours.items() if not np.isnan(v)}, {k: v for k, v in r["value"].items() if v is not None})


def effective_size(r: dict[str, Any]) -> None:
    ours = nx.effective_size(graph_of(r["dataset"], collapsed=True))
    near({k: v for k, v in ours.items() if not np.isnan(v)}, {k: v for k, v in r["value"].items() if v})


def core(r: dict[str, Any]) -> None:
    ours = core_periphery(graph_of(r["dataset"], collapsed=True))
    assert ours is not None
    near(ours.correlation, r["value"]["correlation"])
    assert list(ours.units) == r["value"]["core"]


def moran_binary(r: dict[str, Any]) -> None:
    ours = moran(plain(r["dataset"]), attribute(r["dataset"], r["partition"]))
    assert ours is not None
    near((ours.index, ours.expected, ours.variance, ours.p, ours.n),
         tuple(r["value"][k] for k in ("I", "expected", "variance_randomisation", "p_two_sided", "n")))  # fmt: skip


def moran_row(r: dict[str, Any]) -> None:
    ours = moran(plain(r["dataset"]), attribute(r["dataset"], r["partition"]), row_standardised=True)
    assert ours is not None
    if isinstance(r["value"], dict):
        near(
            (ours.index, ours.expected, ours.variance),
            tuple(r["value"][k] for k in ("I", "expected", "variance_randomisation")),
        )
    else:
        near(ours.index, r["value"])


def needs_met(r: dict[str, Any]) -> None:
    """The pairs with a requirement in Cataldo's example, A–B, A–C and B–C, and the talk that the record names."""
    needed = nx.Graph([("A", "B"), ("A", "C"), ("B", "C")])
    talks = nx.Graph([("A", "B"), ("B", "C")]) if "only" in r["value"]["actual"] else needed
    seen = {(min(pair), max(pair)): 1 for pair in talks.edges}
    found = needs_across(list(needed.edges), seen, 1, {"A": "x", "B": "x", "C": "y"})
    pairs = (*found.across, *found.inside)
    near(1 - len(found.silent(pairs)) / len(pairs), r["value"]["congruence"])


def regression(r: dict[str, Any]) -> None:
    graph = graph_of(r["dataset"])
    units = list(graph)
    borders = {}
    for name in r["params"]["predictors"]:
        values = attribute(r["dataset"], name.removeprefix("same_"))
        borders[name] = same([str(values[unit]) for unit in units])
    terms = mrqap(nx.to_numpy_array(graph, weight=None), borders, draws=2999)
    assert terms is not None
    near({one.name: one.coefficient for one in terms}, r["value"]["coef"])
    near({one.name: one.t for one in terms}, r["value"]["t"])
    near({one.name: one.p for one in terms}, r["value"]["p_two_sided"], 0.03)


def correlation(r: dict[str, Any]) -> None:
    graph = graph_of(r["dataset"])
    labels = attribute(r["dataset"], r["partition"])
    near(tie_correlation(nx.to_numpy_array(graph, weight=None), same([str(labels[u]) for u in graph])), r["value"])


def faultline_width(r: dict[str, Any]) -> None:
    names, weights = ("age", "gender", "ethnicity"), r["params"]["weights"]
    for theirs in r["value"]:
        team = [one for one in r["params"]["members"] if one["teamid"] == theirs["team"]]
        ours = widest_split(
            distances({n: [one[n] for one in team] for n in names}, dict(zip(names, weights, strict=True)))
        )
        near(ours.width, theirs["value"], 1e-6)
        assert list(ours.subgroups) == theirs["subgroups"]


def largest_modularity(r: dict[str, Any]) -> None:
    """Louvain from several seeds reaches the exact optimum (or the best of fifty Leiden runs) within a hundredth."""
    graph, theirs = graph_of(r["dataset"], collapsed=True), r["value"]
    best = max(nx.community.modularity(graph, louvain(graph, seed), weight=None) for seed in range(20))
    assert theirs["modularity"] - 0.01 <= best <= theirs["modularity"] + 1e-6 or r["dataset"] == "lazega_cowork"
    null = theirs["null_modularity_rewired"]
    near(rewired_95(graph, 1, runs=100), null["p95"], 0.02)
    members = r["params"]["membership_in_node_order"]
    for key, compared in theirs.items():
        if key.startswith("vs_"):
            labels = attribute(r["dataset"], key[3:])
            codes = [sorted(map(str, set(labels.values()))).index(str(labels[u])) for u in graph]
            near(adjusted_mutual_information(members, codes), compared["ami"])
            near(modularity(network(r["dataset"], key[3:], collapsed=True)), compared["modularity_declared"])


def reach(r: dict[str, Any]) -> None:
    graph = nx.DiGraph(r["params"]["edges"]) if "edges" in r["params"] else graph_of(r["dataset"])
    near(propagation_cost(graph), r["value"])


def undirected(check: Callable[[Labelled], Any]) -> Callable[[dict[str, Any]], None]:
    return lambda r: near(check(network(r["dataset"], r["partition"], collapsed=True)), r["value"])


def as_given(check: Callable[[Labelled], Any]) -> Callable[[dict[str, Any]], None]:
    return lambda r: near(check(network(r["dataset"], r["partition"])), r["value"])


def coleman(r: dict[str, Any]) -> None:
    if "matrix" in r["params"]:
        (a, b), (c, d) = r["params"]["matrix"]
        first, second = r["params"]["group_sizes"]
        arcs = [(i, j) for (i, j), count in {(0, 0): a, (0, 1): b, (1, 0): c, (1, 1): d}.items() for _ in range(count)]
        labels = np.repeat([0, 1], [first, second])
        ends = np.array([(0 if i == 0 else first, 1 if j == 0 else first + 1) for i, j in arcs])
        example = Labelled(tuple(map(str, range(len(labels)))), labels, ("boys", "girls"), ends[:, 0], ends[:, 1],
                           np.ones(len(ends)), directed=True)  # fmt: skip
        near(list(inbreeding(example).values()), r["value"])
    else:
        near(inbreeding(network(r["dataset"], r["partition"])), r["value"])


CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "ei_global": ei_global,
    "group_sizes": group_sizes,
    "ei_global_netseg": as_given(lambda net: bridges(net).ei),
    "mixing_matrix": mixing,
    "ei_group_ends": as_given(group_ei),
    "ei_node_all_ties": lambda r: near(
        node_ei(network(r["dataset"], r["partition"])), {k: v for k, v in r["value"].items() if v is not None}
    ),
    "ei_permutation_moments": moments,
    "ei_permutation_test": permutations,
    "ei_global_weighted": lambda r: near(bridges(network(r["dataset"], r["partition"], weighted=True)).ei, r["value"]),
    "ei_permutation_moments_weighted": moments,
    "assortativity_nominal": as_given(assortativity),
    "assortativity_nominal_undirected": undirected(assortativity),
    "assort_netseg": undirected(assortativity),
    "modularity_undirected_unweighted": undirected(modularity),
    "modularity_weighted": lambda r: near(modularity(network(r["dataset"], r["partition"], weighted=True)), r["value"]),
    "modularity_directed": as_given(modularity),
    "freeman_segregation": undirected(lambda net: bridges(net).fewer),
    "odds_ratio_within_group": undirected(odds_ratio),
    "odds_ratio_within_group_directed": as_given(odds_ratio),
    "coleman_homophily": coleman,
    "gould_fernandez_raw_node": broker_roles,
    "gould_fernandez_raw_global": broker_roles,
    "joincount_Jtot": joincount,
    "n_m": network_shape,
    "burt_constraint_unweighted": constraint,
    "burt_constraint_weighted": constraint,
    "effective_size_borgatti_undirected": effective_size,
    "betweenness": lambda r: near(nx.betweenness_centrality(graph_of(r["dataset"]), normalized=False), r["value"]),
    "coreness_undirected": lambda r: near(coreness(graph_of(r["dataset"])), r["value"]),
    "articulation_points_undirected": lambda r: near(shape(graph_of(r["dataset"])).articulation_points, (
        1 if isinstance(r["value"], str) else len(r["value"]))),
    "bridges_undirected_count": lambda r: near(shape(graph_of(r["dataset"])).cut_ties, r["value"]),
    "transitivity_global_undirected": lambda r: near(shape(graph_of(r["dataset"])).transitivity, r["value"]),
    "simmelian_ties": lambda r: near(
        simmelian(graph_of(r["dataset"])), (r["value"]["reciprocated_dyads"], r["value"]["simmelian_dyads"])
    ),
    "propagation_cost": reach,
    "numeric_assortativity_undirected": lambda r: near(
        numeric_assortativity(plain(r["dataset"]), attribute(r["dataset"], r["partition"])), r["value"]
    ),
    "moran_i_binary": moran_binary,
    "moran_i_row_standardised": moran_row,
    "moran_i_row_standardised_ape": moran_row,
    "congruence": needs_met,
    "borgatti_everett_core_periphery_exhaustive": core,
    "same_group_correlation": correlation,
    "mrqap_linear": regression,
    "faultline_asw": faultline_width,
    "max_modularity_undirected": largest_modularity,
}  # fmt: skip


def name_of(record: dict[str, Any]) -> str:
    return f"{record['measure']}-{record['dataset']}-{record['partition']}"


COMPUTED = [r for r in RECORDS if not {r["measure"], name_of(r)} & NOT_COMPUTED.keys()]


@pytest.mark.parametrize("record", COMPUTED, ids=name_of)
def test_the_value_matches_its_reference(record: dict[str, Any]) -> None:
    CHECKS[record["measure"]](record)


def test_every_record_is_computed_or_has_a_reason() -> None:
    names = {record["measure"] for record in RECORDS} | {name_of(record) for record in RECORDS}
    assert {record["measure"] for record in COMPUTED} == CHECKS.keys()
    assert names >= NOT_COMPUTED.keys()
    assert not CHECKS.keys() & NOT_COMPUTED.keys()
    assert (len(RECORDS), len(COMPUTED)) == (390, 285)


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
