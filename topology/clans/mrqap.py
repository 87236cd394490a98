"""MRQAP: which border matters once the others are counted (Dekker, Krackhardt and Snijders 2007)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from topology.clans.labelled import Floats, Labelled
from topology.clans.partitions import partition_of, partitions_of
from topology.clans.shuffles import SEED
from topology.clans.ties import Layer, Silence
from topology.clans.verdict import LEAST_UNITS, Lack

if TYPE_CHECKING:
    from topology.clans.window import Window

DRAWS = 999


@dataclass(frozen=True, slots=True)
class Term:
    """One predictor of a tie: how much likelier a tie is where it holds, the others held equal. `p` is two-sided."""

    name: str
    coefficient: float
    t: float
    p: float


def mrqap(ties: Floats, predictors: Mapping[str, Floats], *, draws: int = DRAWS, seed: int = SEED) -> list[Term] | None:
    """Ordinary least squares of an n × n matrix of ties on matrices of the same shape, over ordered pairs of two units.

    The p of a predictor comes from double semi-partialling: its residuals on the other predictors are permuted by rows and
    columns together, `draws` times, and p = (1 + hits) ÷ (1 + draws) of |t|. None where the predictors determine each other
    (two groupings with the same groups), or with fewer pairs than terms. Source: Dekker et al., Psychometrika 72 (2007) 563.
    """
    n = len(ties)
    off = ~np.eye(n, dtype=bool)
    matrices = {"intercept": np.ones((n, n)), **predictors}
    design = np.stack([matrix[off] for matrix in matrices.values()], axis=1).astype(np.float64)
    answer = ties[off].astype(np.float64)
    free = len(answer) - design.shape[1]
    if free < 1 or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    coefficients, _, _, _ = np.linalg.lstsq(design, answer, rcond=None)
    random = np.random.default_rng(seed)
    terms = []
    for index, name in enumerate(matrices):
        others = np.delete(design, index, axis=1)
        basis, _ = np.linalg.qr(others)
        rest = answer - basis @ (basis.T @ answer)
        residual = np.zeros((n, n))
        residual[off] = design[:, index] - basis @ (basis.T @ design[:, index])
        t = _t(residual[off], basis, rest, free)
        hits = 0
        for _ in range(draws):
            order = random.permutation(n)
            hits += abs(_t(residual[np.ix_(order, order)][off], basis, rest, free)) >= abs(t) - 1e-12
        terms.append(Term(name, float(coefficients[index]), t, (1 + hits) / (1 + draws)))
    return terms


def _t(column: Floats, basis: Floats, rest: Floats, free: int) -> float:
    """t of one column beside the others (Frisch–Waugh–Lovell): `rest` is the answer without what the others explain."""
    alone = column - basis @ (basis.T @ column)
    length = float(alone @ alone)
    if length < 1e-12:
        return 0.0
    slope = float(alone @ rest) / length
    remaining = float(rest @ rest) - slope**2 * length
    return slope / float(np.sqrt(max(remaining, 1e-300) / free / length))


@dataclass(frozen=True, slots=True)
class Undetermined:
    """That the predictors determine one another, so that the borders cannot be told apart."""


NEED = "need"
"""The name of the predictor that two teams' work needs each other; the others have a partition's id."""


def compare_borders(window: Window, layer: Layer, *, seed: int = SEED) -> list[Term] | Silence | Lack | Undetermined:
    """Each partition of teams, and whether two teams need each other, as predictors of a tie; or why they cannot be told apart."""
    import networkx as nx

    graph = window.ties(partition_of("site"), layer)  # (a partition that asks about every team)
    if isinstance(graph, Silence):
        return graph
    units = list(graph)
    if len(units) < LEAST_UNITS:
        return Lack("units", len(units), LEAST_UNITS)
    predictors = {}
    for id_, partition in partitions_of(window.organisation).items():
        labels = {} if partition.of_people else window.labels(partition)
        if len({labels.get(unit) for unit in units} - {None}) > 1:
            predictors[id_] = same([labels[unit] for unit in units])
    predictors[NEED] = nx.to_numpy_array(window.needed.subgraph(units), nodelist=units, weight=None)
    predictors = {
        name: matrix for name, matrix in predictors.items() if np.ptp(matrix[~np.eye(len(units), dtype=bool)]) > 0
    }
    terms = mrqap(nx.to_numpy_array(graph, nodelist=units, weight=None), predictors, seed=seed)
    if terms is None:
        return Undetermined()
    return [one for one in terms if one.name != "intercept"]


def same(labels: list[str | None]) -> Floats:
    """The n × n matrix that is 1 where two units have the same label; a missing label is the same as none."""
    codes = np.array([-i - 1 if label is None else 0 for i, label in enumerate(labels)])
    known = sorted({label for label in labels if label is not None})
    for index, label in enumerate(labels):
        if label is not None:
            codes[index] = known.index(label)
    matrix: Floats = (codes[:, None] == codes[None, :]).astype(np.float64)
    return matrix


def grouping_correlation(network: Labelled) -> float | None:
    """The correlation of the ties with "in the same group"; None for a constant."""
    ties = np.zeros((network.n, network.n))
    ties[network.heads, network.tails] = ties[network.tails, network.heads] = 1.0
    return tie_correlation(ties, same([network.groups[label] for label in network.labels]))


def tie_correlation(ties: Floats, other: Floats) -> float | None:
    """Pearson's correlation of two matrices over ordered pairs of two units (the QAP statistic); None for a constant."""
    off = ~np.eye(len(ties), dtype=bool)
    if len(ties) < 2 or np.ptp(ties[off]) == 0 or np.ptp(other[off]) == 0:
        return None
    return float(np.corrcoef(ties[off], other[off])[0, 1])
