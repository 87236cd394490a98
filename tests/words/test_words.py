"""Sentences: each code has one, and a language may have its own."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import PSEUDO, backwards
from topology.clans.codes import Grade, Kind, TestKind, Unasked, Why
from topology.clans.ties import Silence
from topology.clans.verdict import Lack
from topology.delivery import Missing
from topology.delivery.left_out import Left
from topology.language import ENGLISH, Language, Terms, speaking
from topology.words import clans, delivery, lists, map, moves, teams, thresholds
from topology.words.numbers import amounts_to


@pytest.mark.parametrize("left", Left)
def test_every_reason_for_a_row_that_is_left_out_has_a_sentence(left: Left) -> None:
    detail = {Left.NEGATIVE_PART: "coding_hours", Left.UNLINKED: "7", Left.ELSEWHERE: "staging"}.get(left)
    assert delivery.left_words(left, detail)


def test_what_is_left_out_is_told_with_its_detail() -> None:
    assert delivery.left_words("another-environment", "staging") == "environment is staging, which is not production"
    negative = "its coding time is left out: opened_at is before first_commit_at"
    assert delivery.left_words("negative-part", "coding_hours") == negative
    unlinked = "no deployment of its service before it within 7 days, and it names none"
    assert delivery.left_words("unlinked", "7") == unlinked
    assert " within " not in delivery.left_words("unlinked", None)
    (row,) = delivery.told_reasons([{"id": "1", "reason": "failed", "detail": None, "day": 1}])
    assert row == {"id": "1", "reason": "it failed", "day": 1}


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (Missing("undefined", definition="GitLab"), "no data: GitLab does not define this metric"),
        (Missing("tables", ("changes", "incidents")), "no data: there is no table changes and incidents"),
        (Missing("one-table", ("incidents", "delays")), "no data: there is no table incidents or delays"),
        (Missing("silent", last=dt.date(2026, 1, 5), side="after"), "was on 2026-01-05, in a week that is not over"),
        (Missing("silent", last=dt.date(2026, 1, 5), side="before"), "; the last event was on 2026-01-05"),
    ],
)
def test_why_nobody_has_a_number(missing: Missing, words: str) -> None:
    assert words in delivery.missing_words(missing)


def test_every_code_of_clans_has_words() -> None:
    assert set(clans.GRADES) == {*Grade, "quiet"}
    assert set(clans.TESTS) == set(clans.ASKED) == set(TestKind)
    assert set(clans.PAIRS) == set(clans.PAIRS_MEAN) == set(Kind)
    assert set(clans._UNASKED) == set(Unasked)
    for why in Why:
        assert clans.silence_sentence(Silence(why, 3, 9)).endswith(".")
    for what in ("units", "groups", "ties", "labels"):
        assert clans.lack_sentence(Lack(what, 0.5, 8), "teams").startswith("Too few to tell")


def test_names_and_counts_as_a_sentence_has_them() -> None:
    assert lists.listed(["A", "B", "C"]) == "A, B and C"
    assert lists.listed(["3", "4"], last="or") == "3 or 4"
    assert lists.listed(list("ABCDEFGH")) == "A, B, C, D, E and 3 more"
    assert (lists.counted(1, "team"), lists.counted(0, "team"), lists.number(7), lists.number(13)) == (
        "1 team", "0 teams", "seven", "13",
    )  # fmt: skip
    assert [amounts_to(p) for p in (0.0001, 0.0023, 0.03, 0.5, 1.0)] == ["< .001", "= .002", "= .03", "= .50", "= 1.00"]


def test_a_language_has_its_own_sentences_and_terms() -> None:
    french = Language(
        "fr", {"lists.counted": lambda count, noun, several="": f"{count} équipes", "teams.SIDES.tech": lambda: "Technique"}
    )  # fmt: skip
    with speaking(french):
        assert (lists.counted(2, "team"), teams.SIDES["tech"], teams.SIDES["product"]) == (
            "2 équipes",
            "Technique",
            "Product",
        )
    assert lists.counted(2, "team") == "2 teams"


def test_a_language_that_is_spoken_inside_another_ends_with_it() -> None:
    with speaking(PSEUDO):
        assert teams.SIDES["tech"] == "hceT"
        with speaking(ENGLISH):
            assert teams.SIDES["tech"] == "Tech"
        assert teams.SIDES["tech"] == "hceT"


TERMS = {
    "grades": clans.GRADES,
    "layers": clans.LAYERS,
    "verbs": map.VERBS,
    "effect": moves.EFFECT,
    "severities": teams.SEVERITIES,
}


@pytest.mark.parametrize("terms", TERMS.values(), ids=TERMS)
def test_every_term_turns_with_the_language(terms: Terms) -> None:
    english = dict(terms)
    with speaking(PSEUDO):
        assert dict(terms) == backwards(english)


def test_a_threshold_is_told_as_it_is_declared() -> None:
    assert (thresholds.FEW, thresholds.TIE, thresholds.TIE_TIME) == ("five people", "three events", "four weeks")
    assert [thresholds.spelled(number) for number in (0, 10, 11, 2.5)] == ["no", "ten", "11", "2.5"]
