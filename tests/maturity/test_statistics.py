"""The statistics of answers against reference values: our own four squads, and published ones."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from topology.maturity.statistics.agreement import (
    average_deviation,
    consensus,
    least_agreement,
    most_deviation,
    polarisation,
    within_group_agreement,
)
from topology.maturity.statistics.sides import Answers, cliffs_delta, gap_of, holm, in_group_bias
from topology.maturity.statistics.squads import gini, lasting_gap, reliability
from topology.maturity.statistics.trend import detectable_change, pooled_deviation

ALPHA = Answers((5, 4), (2, 3, 2, 3, 2))
BETA = Answers((3, 4), (4, 3, 4, 3, 4))
GAMMA = Answers((4, 4), (3, 2, 3, 3, 2))
DELTA = Answers((2, 2), (2, 1, 2, 3, 2))
SQUADS = (ALPHA, BETA, GAMMA, DELTA)


def every(squad: Answers) -> list[float]:
    return [*squad.product, *squad.tech]


@pytest.mark.parametrize(
    ("squad", "gap", "p", "agreement"),
    [(ALPHA, 2.1, 1 / 21, 0.3333), (BETA, -0.1, 1, 0.8571), (GAMMA, 1.4, 2 / 21, 0.6667), (DELTA, 0, 1, 0.8333)],
)
def test_a_squads_gap_and_agreement(squad: Answers, gap: float, p: float, agreement: float) -> None:
    found = gap_of([squad])
    assert found is not None
    assert found.value == pytest.approx(gap)
    assert found.p == pytest.approx(p)
    assert found.exact
    assert within_group_agreement(every(squad)) == pytest.approx(agreement, abs=5e-5)


def test_our_own_four_squads_together() -> None:
    found, told = gap_of(SQUADS), reliability([every(squad) for squad in SQUADS])
    assert found is not None
    assert told is not None
    assert (found.value, found.p, found.draws) == (pytest.approx(0.85), pytest.approx(2985 / 194481), 194481)
    assert (told.between, told.within) == (pytest.approx(2.9881, abs=5e-5), pytest.approx(0.6548, abs=5e-5))
    assert (told.of_one, told.of_mean) == (pytest.approx(0.3373, abs=5e-5), pytest.approx(0.7809, abs=5e-5))
    assert told.tells_apart
    assert average_deviation(every(ALPHA)) == pytest.approx(0.8571, abs=5e-5)
    assert cliffs_delta(ALPHA.product, ALPHA.tech) == 1


def test_drawn_labellings_come_near_to_all_of_them() -> None:
    ten = SQUADS + SQUADS + (ALPHA, GAMMA)
    drawn = gap_of(ten)
    assert drawn is not None
    assert (drawn.exact, drawn.draws) == (False, 9_999)
    assert drawn.p == gap_of(ten).p  # type: ignore[union-attr]  # (the same seed draws the same)
    one = gap_of(SQUADS, draws=9_999)
    assert one is not None
    assert one.exact  # (few enough are counted, however many draws are allowed)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(st.integers(1, 5), min_size=1, max_size=3), st.lists(st.integers(1, 5), min_size=1, max_size=3)),
                min_size=1, max_size=3))  # fmt: skip
def test_the_interval_never_contradicts_p_and_holds_the_gap(found: list[tuple[list[int], list[int]]]) -> None:
    gap = gap_of([Answers(tuple(product), tuple(tech)) for product, tech in found])
    assert gap is not None
    low, high = (-99 if gap.low is None else gap.low), (99 if gap.high is None else gap.high)
    assert low - 1e-6 <= gap.value <= high + 1e-6
    if abs(gap.value) > 1e-9:
        assert (gap.p <= 0.05) == (not low <= 0 <= high)


@given(st.permutations(list(SQUADS)))
def test_the_order_of_squads_changes_nothing(squads: list[Answers]) -> None:
    first, second = gap_of(squads), gap_of(SQUADS)
    assert first is not None
    assert second is not None
    assert (first.value, first.p) == (pytest.approx(second.value), pytest.approx(second.p))


def test_exchanging_the_sides_turns_the_sign_and_keeps_p() -> None:
    turned, plain = gap_of([Answers(one.tech, one.product) for one in SQUADS]), gap_of(SQUADS)
    assert turned is not None
    assert plain is not None
    assert (turned.value, turned.p) == (pytest.approx(-plain.value), pytest.approx(plain.p))
    assert turned.low == pytest.approx(-plain.high, abs=1e-6)  # type: ignore[operator]


def test_where_nothing_differs_the_gap_is_found_in_about_five_of_a_hundred() -> None:
    dice, hits = random.Random(5), 0
    for _ in range(200):
        squads = [
            Answers(tuple(dice.choices(range(1, 6), k=2)), tuple(dice.choices(range(1, 6), k=5))) for _ in range(6)
        ]
        found = gap_of(squads, draws=199)
        hits += found is not None and found.p <= 0.05
    assert hits <= 20  # (the upper end of Wilson's interval of 10 of 200 is 8.9 %)


def test_a_squad_without_one_side_says_nothing_of_a_gap() -> None:
    assert gap_of([Answers((), (1, 2)), Answers((3,), ())]) is None
    found = gap_of([ALPHA, Answers((), (1, 2))])
    assert found is not None
    assert (found.squads, found.n) == (1, 7)


def test_shrout_and_fleiss() -> None:
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    told = reliability(table)
    assert told is not None
    assert (told.of_one, told.of_mean) == (pytest.approx(0.165742, abs=5e-7), pytest.approx(0.442797, abs=5e-7))
    assert not told.tells_apart


def test_one_squad_or_one_answer_each_tells_nothing_apart() -> None:
    assert reliability([[1, 2, 3]]) is None
    assert reliability([[1], [2]]) is None
    assert reliability([[2, 2], [2, 2]]) is None


@pytest.mark.parametrize(
    ("n", "agreement", "deviation"),
    [(4, 1.0, 0), (5, 0.85, 0.40), (6, 0.7167, 0.5556), (7, 0.6667, 0.6122), (8, 0.6071, 0.6875), (9, 0.5694, 0.716),
     (10, 0.5278, 0.74), (12, 0.4545, 0.8194)],
)  # fmt: skip
def test_from_where_answers_agree_more_than_chance(n: int, agreement: float, deviation: float) -> None:
    assert least_agreement(n) == pytest.approx(agreement, abs=5e-5)
    assert most_deviation(n) == pytest.approx(deviation, abs=5e-5)


def test_five_raters_on_seven_points() -> None:
    assert most_deviation(5, levels=7) == pytest.approx(0.64)


def test_two_answers_can_agree_by_chance() -> None:
    assert least_agreement(2) is None
    assert within_group_agreement([3]) is None
    assert average_deviation([]) is None


def test_van_der_eijks_own_example_and_the_ends() -> None:
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=5e-8)
    assert polarisation([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.1943333, abs=5e-8)
    assert consensus([5, 0, 0, 0, 5]) == -1
    assert consensus([2, 2, 2, 2, 2]) == 0
    assert consensus([0, 0, 7, 0, 0]) == 1
    assert consensus([0, 0, 0, 0, 0]) is None
    assert polarisation([0] * 5) is None


@given(st.lists(st.integers(0, 6), min_size=5, max_size=5))
def test_consensus_lies_between_its_ends_and_does_not_know_the_direction(counts: list[int]) -> None:
    found = consensus(counts)
    if found is not None:
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert consensus(counts[::-1]) == pytest.approx(found)


def test_cliffs_own_example() -> None:
    assert cliffs_delta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50]) == pytest.approx(-0.25)
    assert cliffs_delta([], [1]) is None


def test_gini_of_published_incomes() -> None:
    incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    assert gini(incomes) == pytest.approx(0.4620911, abs=5e-8)
    assert gini(incomes[::-1]) == gini(incomes)
    assert gini([3, 3, 3]) == 0
    assert gini([0, 0]) is None


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == [pytest.approx(0.03), pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([]) == []
    assert max(holm([0.9, 0.8])) == 1


@given(st.lists(st.floats(0, 1), max_size=8))
def test_a_corrected_p_is_never_less_and_keeps_the_order(values: list[float]) -> None:
    found = holm(values)
    assert all(new >= old for old, new in zip(values, found, strict=True))
    for (a, x), (b, y) in itertools.combinations(zip(values, found, strict=True), 2):
        assert x <= y if a < b else True


def test_a_lasting_gap_asks_for_two_squads_in_both_snapshots() -> None:
    names = [f"s{i}" for i in range(12)]
    before = dict.fromkeys(names, 4) | {"s0": 2, "s1": 1, "s2": 2}
    now = dict.fromkeys(names, 4) | {"s0": 2, "s1": 2, "s2": 4, "s3": 1}
    found = lasting_gap(before, now, {})
    assert found is not None
    assert (found.squads, found.median, found.of, found.least, found.holds) == (("s0", "s1"), 4, 12, 2, True)
    aimed = lasting_gap(before, now, {"s0": 2})
    assert aimed is not None
    assert (aimed.squads, aimed.holds) == (("s1",), False)  # (whoever stands at the own aim is left out)
    assert lasting_gap({}, now, {}) is None
    assert lasting_gap(before, {"s0": None}, {}) is None


def test_a_lasting_gap_is_a_sixth_of_many_squads() -> None:
    names = [f"s{i}" for i in range(30)]
    low = dict.fromkeys(names, 4) | dict.fromkeys(names[:4], 1)
    found = lasting_gap(low, low, {})
    assert found is not None
    assert (len(found.squads), found.least, found.holds) == (4, 5, False)


def test_without_a_pattern_a_lasting_gap_is_rare() -> None:
    dice = random.Random(7)
    for squads in (8, 14, 30):
        hits = 0
        for _ in range(1_000):
            base = [dice.gauss(3, 0.6) for _ in range(squads)]
            drawn = [
                {f"s{i}": max(1, min(5, round(one + dice.gauss(0, 0.7)))) for i, one in enumerate(base)}
                for _ in range(2)
            ]
            found = lasting_gap(drawn[0], drawn[1], {})
            hits += found is not None and found.holds
        assert hits <= 50, squads


def test_the_change_that_could_be_seen() -> None:
    assert detectable_change(0.5, 8) == pytest.approx(1.96 * 2**0.5 * 0.5 / 8**0.5, rel=1e-4)
    assert detectable_change(1, 0) is None
    assert pooled_deviation([[3, 3, 3], [4, 4]]) == 0.5  # (its own spread is 0)
    assert pooled_deviation([[1, 5], [2, 4]]) == pytest.approx(((8 + 2) / 2) ** 0.5)


def test_in_group_bias_by_hand() -> None:
    assert in_group_bias((4.0, 3.0), (3.5, 4.0)) == pytest.approx(0.75)
