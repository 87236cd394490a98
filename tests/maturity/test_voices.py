"""Answers as counts: what may be shown, attacks that try to learn the rest, closing, files of other tools."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import random
from collections import Counter
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maturity.evidence import organisation
from topology.cli import cli
from topology.maturity.packs import pack_of
from topology.maturity.statistics.sides import Answers, gap_of
from topology.maturity.voices.answers import Answer
from topology.maturity.voices.asking import asked_of
from topology.maturity.voices.change import change_of
from topology.maturity.voices.closing import Beside, closed
from topology.maturity.voices.forms import FormError, read_answers
from topology.maturity.voices.hiding import Shown, shown
from topology.maturity.voices.keeping import kept_back
from topology.maturity.voices.snapshot import snapshot_text, snapshots_in
from topology.model import Side

PACK = pack_of()
DAY = dt.date(2026, 11, 16)
FOUR = organisation("""people: {p: {}, e: {}}
groups: {shop: {name: Shop}, home: {}}
teams:
  alpha: {name: Alpha Team, group: shop, pm: p, em: e}
  beta: {group: shop}
  gamma: {group: home}
  delta: {was: [dolta]}
""")
OWN = {  # (maturity.md's reference case)
    "alpha": ((5, 4), (2, 3, 2, 3, 2)), "beta": ((3, 4), (4, 3, 4, 3, 4)), "gamma": ((4, 4), (3, 2, 3, 3, 2)), "delta": ((2, 2), (2, 1, 2, 3, 2)),
}  # fmt: skip


def of_four(item: str = "debt.1") -> list[Answer]:
    return [
        Answer(team, side, item, value)
        for team, sides in OWN.items() for side, values in zip(("product", "tech"), sides, strict=True) for value in values
    ]  # fmt: skip


# -- what may be shown ------------------------------------------------------------------------------------------------

SQUADS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 12), min_size=1)


def leaks(
    answers: dict[str, int], groups: dict[str, str], told: Shown, signed: dict[str, int] | None = None
) -> list[set[str]]:
    """The sets of hidden squads whose sum can be worked out by subtraction, and that tell of too few."""
    hidden = {squad for squad in answers if squad not in told.squads}
    sums = [{squad for squad in hidden if groups.get(squad) == group} for group in told.groups]
    if told.whole:
        sums.append(set(hidden))
    found = []
    for count in range(1, len(sums) + 1):
        for several in itertools.combinations(sums, count):
            rest: set[str] = set()
            for one in several:  # (groupings are disjoint and lie in the whole: what differs is what can be worked out)
                rest = rest ^ one
            told_of = [squad for squad in rest if answers[squad]]
            unsigned = sum(max(answers[squad] - (signed or {}).get(squad, 0), 0) for squad in told_of)
            if told_of and (len(told_of) < 2 or sum(answers[squad] for squad in told_of) < 5 or unsigned < 4):
                found.append(rest)
    return found


@settings(max_examples=600, deadline=None)
@given(SQUADS, st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 2)), st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from("XYZ")),
       st.sets(st.sampled_from("abcdefghij"), max_size=3))  # fmt: skip
def test_no_subtraction_tells_of_fewer_than_five_answers_or_of_one_squad(
    answers: dict[str, int], signed: dict[str, int], groups: dict[str, str], kept: set[str]
) -> None:
    told = shown(answers, signed, groups, kept)
    assert leaks(answers, groups, told, signed) == []
    for squad in told.squads:
        assert answers[squad] >= 5
        assert answers[squad] - signed.get(squad, 0) >= 4
        assert squad not in kept


@given(SQUADS, st.randoms())
def test_the_order_of_squads_changes_nothing(answers: dict[str, int], dice: random.Random) -> None:
    names = list(answers)
    dice.shuffle(names)
    assert shown({name: answers[name] for name in names}, {}, {}) == shown(answers, {}, {})


@pytest.mark.parametrize(
    ("answers", "signed", "squads", "whole"),
    [
        ({"a": 6, "b": 7}, {}, {"a", "b"}, True),
        (
            {"a": 6, "b": 7, "c": 4},
            {},
            {"b"},
            True,
        ),  # (c alone could be worked out: the smallest that is shown goes too)
        ({"a": 6, "b": 7, "c": 2, "d": 2}, {}, {"b"}, True),  # (two of two answers are four: not enough either)
        ({"a": 6, "b": 7, "c": 3, "d": 2}, {}, {"a", "b"}, True),
        ({"a": 5, "b": 7}, {"a": 2}, set(), True),  # (a signed level can be subtracted; then b would tell a)
        ({"a": 6}, {"a": 2}, {"a"}, True),
        ({"a": 4}, {}, set(), False),
        ({"a": 4, "b": 0}, {}, set(), False),
    ],
)
def test_by_hand(answers: dict[str, int], signed: dict[str, int], squads: set[str], whole: bool) -> None:
    told = shown(answers, signed, {})
    assert (set(told.squads), told.whole) == (squads, whole)


def test_four_named_squads_do_not_unmask_the_fifth() -> None:
    told = shown(dict.fromkeys("abcde", 7), {}, {}, kept={"e"})
    assert told.squads == {"b", "c", "d"} or len(told.squads) == 3
    assert leaks(dict.fromkeys("abcde", 7), {}, told) == []


@pytest.mark.parametrize("answers", [{"a": 9, "b": 3, "c": 2}, {"b": 3, "c": 2}])
def test_what_is_left_of_a_total_is_not_mostly_on_the_record(answers: dict[str, int]) -> None:
    told = shown(answers, {"b": 2, "c": 2}, {})
    assert leaks(answers, {}, told, {"b": 2, "c": 2}) == []
    assert not (told.whole and told.squads == {"a"})


def test_one_squad_alone_that_may_not_be_shown_is_not_told_as_the_whole() -> None:
    assert not shown({"a": 9}, {}, {}, kept={"a"}).whole


# -- closing ----------------------------------------------------------------------------------------------------------


FIVE = FOUR.model_copy(update={"teams": {**FOUR.teams, "epsilon": FOUR.teams["delta"].model_copy(update={"was": []})}})


def of_five(item: str = "debt.1") -> list[Answer]:
    """The same, and a fifth squad that answers as delta does."""
    return [
        *of_four(item),
        *(Answer("epsilon", one.side, item, one.value) for one in of_four(item) if one.team == "delta"),
    ]


def test_the_reference_case_closed() -> None:
    found = closed(of_four(), FOUR, PACK, "2026-11", DAY)
    told = found.statistics["debt.1"]
    assert told.whole is not None
    assert told.apart is not None
    assert (told.whole.n, told.apart.squads) == (28, 4)
    assert (told.apart.icc1, told.apart.icc2) == (0.34, 0.78)
    assert found.teams["beta"]["debt.1"] == [0, 0, 3, 4, 0]
    assert sum(found.organisation["debt.1"]) == 28


def test_a_gap_is_told_of_five_squads_on_as_coarsely_as_it_is_shown() -> None:
    """Of fewer squads, or with six digits, the answers of one side of one squad could be worked out from its bars."""
    assert closed(of_four(), FOUR, PACK, "s", DAY).statistics["debt.1"].gap is None
    told = closed(of_five(), FIVE, PACK, "s", DAY).statistics["debt.1"]
    whole = gap_of([Answers(*sides) for sides in (*OWN.values(), OWN["delta"])])
    assert told.gap is not None
    assert whole is not None
    assert (told.gap.value, told.gap.squads, told.gap.product, told.gap.tech) == (0.7, 5, 10, 25)
    assert told.gap.p == float(f"{whole.p:.2g}")
    for number in (told.gap.value, told.gap.low, told.gap.high):
        assert number == round(number or 0, 1)
    assert told.whole is not None
    assert told.apart is not None
    for number in (
        told.whole.mean,
        told.apart.deviation,
        told.whole.agreement,
        told.whole.polarisation,
        told.apart.icc1,
        told.apart.icc2,
    ):
        assert number == round(number or 0, 2)


def test_p_is_corrected_for_every_question_that_is_tested() -> None:
    found = closed([*of_five("debt.1"), *of_five("load.1")], FIVE, PACK, "2026-11", DAY)
    gaps = [one.gap for one in found.statistics.values() if one.gap]
    assert [gap.corrected for gap in gaps] == [pytest.approx(2 * gap.p, rel=0.05) for gap in gaps]
    assert len(gaps) == 2


def test_a_signed_level_hides_a_squad_of_five() -> None:
    text = "people: {p: {}, e: {}}\nteams:\n  one: {pm: p, em: e, positions: {debt: {pm: 4, em: 2, assessed: 2026-11-01}}}\n  two: {}\n  six: {}\n"
    found = closed([Answer(team, "tech", "debt.1", 3) for team, count in (("one", 5), ("two", 6), ("six", 8)) for _ in range(count)],
                   organisation(text), PACK, "s", DAY)  # fmt: skip
    assert found.hides("one", "debt.1")
    assert list(found.teams) == ["six"]  # (two goes with it)


def test_a_gap_is_told_of_five_answers_a_side_and_more() -> None:
    few = [one for one in of_five() if one.side == "tech" or one.team == "alpha"]
    assert closed(few, FIVE, PACK, "s", DAY).statistics["debt.1"].gap is None


def test_nothing_tells_of_squads_that_are_not_shown_but_the_gap() -> None:
    """The spread within squads and the ICC hang on every squad's answers: with those of hidden ones these could be worked out."""
    few = [one for one in of_five() if one.team in ("alpha", "beta", "gamma")] + [
        Answer("delta", "tech", "debt.1", 5),
        *[Answer("epsilon", "tech", "debt.1", 1)] * 4,
    ]
    other = [one for one in few if one.team not in ("delta", "epsilon")] + [
        Answer("delta", "tech", "debt.1", 1),
        *[Answer("epsilon", "tech", "debt.1", 1)] * 3,
        Answer("epsilon", "tech", "debt.1", 5),
    ]
    first, second = (closed(answers, FIVE, PACK, "s", DAY) for answers in (few, other))
    assert set(first.teams) == set(second.teams) == {"alpha", "beta", "gamma"}
    assert first == second  # (the same total of the hidden; which of them said what makes no difference)


def test_a_squad_of_which_nobody_answered_looks_like_one_of_which_a_few_did() -> None:
    answers = [one for one in of_five() if one.team != "delta"]
    none, one = (
        closed(answers, FIVE, PACK, "s", DAY),
        closed([*answers, Answer("delta", "tech", "load.1", 3)], FIVE, PACK, "s", DAY),
    )
    assert none.hides("delta", "debt.1")
    assert one.hides("delta", "debt.1")
    asked = Beside(items=("debt.1", "load.1"))
    silent, spoke = (
        closed(told, FIVE, PACK, "s", DAY, beside=asked)
        for told in (answers, [*answers, Answer("delta", "tech", "load.1", 3)])
    )
    assert silent == spoke


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(FIVE.teams)), st.integers(0, 9)), st.sampled_from(list(FIVE.teams)))
def test_what_a_squad_keeps_cannot_be_worked_out_by_another_that_read_its_own(sizes: dict[str, int], kept: str) -> None:
    answers = [Answer(team, "tech", "debt.1", 1 + index % 5) for team, count in sizes.items() for index in range(count)]
    told = closed(answers, FIVE, PACK, "s", DAY)
    after = kept_back(told, [kept])
    assert kept not in after.teams
    if "debt.1" in told.teams.get(kept, {}):
        assert "debt.1" not in after.organisation
        assert after.statistics["debt.1"].whole is None
        home = {"alpha": "shop", "beta": "shop", "gamma": "home"}.get(kept, "")
        assert "debt.1" not in after.groups.get(home, {})
    shown_before, left = set(told.teams) - {kept}, set(after.teams)
    assert left == shown_before


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(OWN)), st.sampled_from(["product", "tech", "other"]), st.integers(1, 5)),
        max_size=40,
    ),
    st.randoms(),
)
def test_a_file_holds_no_side_by_level_and_does_not_know_the_order_of_rows(
    rows: list[tuple[str, Side, int]], dice: random.Random
) -> None:
    answers = [Answer(team, side, "debt.1", value) for team, side, value in rows]
    first = snapshot_text(closed(answers, FOUR, PACK, "s", DAY))
    dice.shuffle(answers)
    assert snapshot_text(closed(answers, FOUR, PACK, "s", DAY)) == first
    data = yaml.safe_load(first)
    for part in ("teams", "groups"):
        for counts in data.get(part, {}).values():
            assert all(sum(levels) >= 5 for levels in counts.values())
    number = Counter(team for team, _, _ in rows)
    for team, count in number.items():
        if count < 5:
            assert team not in data.get("teams", {})


def test_a_snapshot_is_read_as_it_was_written(tmp_path: Path) -> None:
    told = closed(of_five(), FIVE, PACK, "2026-11", DAY)
    (tmp_path / "2026-11.yaml").write_text(snapshot_text(told), "utf-8")
    assert snapshots_in(tmp_path) == ([told], [])


def test_a_snapshot_that_somebody_changed_is_told_with_its_place(tmp_path: Path) -> None:
    text = snapshot_text(closed(of_four(), FOUR, PACK, "2026-11", DAY)).replace(
        "beta:", "beta:\n    nonsense.1: [1, 2]", 1
    )
    (tmp_path / "2026-11.yaml").write_text(text, "utf-8")
    found, problems = snapshots_in(tmp_path)
    assert found == []
    assert problems
    assert snapshots_in(tmp_path / "nowhere") == ([], [])


# -- files of other tools ----------------------------------------------------------------------------------------------


def values(text: str) -> list[tuple[str, str, str, int]]:
    return [(one.team, one.side, one.item, one.value) for one in read_answers(text, FOUR, PACK).answers]


def test_a_row_an_answer() -> None:
    assert values("team,side,item,value\nalpha,Tech,debt.1,4\ndolta,product,Load,2\nAlpha Team,,duo,5\n") == [
        ("alpha", "tech", "debt.1", 4), ("delta", "product", "load.1", 2), ("alpha", "other", "duo.1", 5),
    ]  # fmt: skip


def test_a_row_a_person_with_sentences_as_forms_export_them() -> None:
    question = PACK.dimensions["debt"].question
    assert question is not None
    assert question.anchors.fr is not None
    text = f'Timestamp,Squad,Side,"{question.en}",Feuille de route\n2026-11-01,beta,Produit,"{question.anchors.en[3]}",I cannot tell\n'
    text += f'2026-11-02,gamma,engineering,"{question.anchors.fr[0]}",3\n'
    assert values(text) == [
        ("beta", "product", "debt.1", 4), ("gamma", "tech", "debt.1", 1), ("gamma", "tech", "roadmap.1", 3),
    ]  # fmt: skip


def test_what_cannot_be_read_is_counted_and_names_nobody() -> None:
    text = "team,side,item,value\nnobody@example.com,tech,debt.1,4\nbeta,tech,weather,4\nbeta,tech,debt.1,eleven\n"
    read = read_answers(text, FOUR, PACK)
    assert read.answers == ()
    assert sum(read.left_out.values()) == 3
    assert "nobody" not in str(read.left_out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column `team`"),
        ("a,b\n1,2\n", "no column `team`"),
        ("team,weather\nbeta,3\n", "neither a column `item`"),
    ],
)
def test_a_file_of_something_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(FormError, match=said):
        read_answers(text, FOUR, PACK)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_reading_fall_over(text: str) -> None:
    with contextlib.suppress(FormError):
        read_answers(f"team,item,value\n{text}", FOUR, PACK)


def test_the_command_writes_once_and_keeps_no_row(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {beta: {}, gamma: {}}\n")
    rows = "".join(
        f"{team},{side},debt.1,{value}\n"
        for team in ("beta", "gamma")
        for side, value in (("product", 4), ("tech", 2))
        for _ in range(3)
    )
    (tmp_path / "rows.csv").write_text("team,side,item,value\n" + rows)
    command = [
        "survey",
        "import",
        str(tmp_path / "rows.csv"),
        "--organisation",
        str(tmp_path / "squads.yaml"),
        "--snapshot",
        "2026-11",
    ]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0, done.output
    written = (tmp_path / "answers" / "2026-11.yaml").read_text()
    assert "debt.1: [0, 3, 0, 3, 0]" in written
    assert "2 counts" in done.output
    again = CliRunner().invoke(cli, command)
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert CliRunner().invoke(cli, [*command[:-1], "../x"]).exit_code == 2


# -- the second short form ---------------------------------------------------------------------------------------------------


def regarded(product: tuple[int, int], tech: tuple[int, int], teams: int = 5, people: int = 2) -> list[Answer]:
    """What each side answered of (Product, Tech) to every statement of mutual regard."""
    assert PACK.short is not None
    return [
        Answer(f"t{index}", side, statement.about(about).item, level)
        for index in range(teams) for _ in range(people)
        for side, levels in (("product", product), ("tech", tech)) for about, level in zip(("product", "tech"), levels, strict=True)
        for statement in PACK.short.regard
    ]  # fmt: skip


MANY = organisation("teams:\n" + "".join(f"  t{index}: {{}}\n" for index in range(8)))


def test_in_group_bias_is_half_of_what_each_side_regards_itself_higher() -> None:
    told = closed(regarded((4, 3), (2, 5)), MANY, PACK, "s", DAY).bias
    assert told is not None
    assert (told.value, told.product, told.tech) == (2.0, 10, 10)  # ½[(4 − 3) + (5 − 2)]
    assert closed(regarded((3, 3), (3, 3)), MANY, PACK, "s", DAY).bias == told.model_copy(update={"value": 0.0})


def test_no_bias_is_told_of_few_people_or_squads_or_of_one_side() -> None:
    assert closed(regarded((4, 3), (2, 5), teams=4, people=9), MANY, PACK, "s", DAY).bias is None
    assert closed([one for one in regarded((4, 3), (2, 5)) if one.side == "tech"], MANY, PACK, "s", DAY).bias is None
    assert closed(of_five(), FIVE, PACK, "s", DAY).bias is None


def test_statements_do_not_make_the_questions_more_and_are_not_the_duo_s_to_sign() -> None:
    assert PACK.short is not None
    statements = [one.item for _, one in PACK.short.statements]
    assert len(statements) == 4 + 2 * 4
    assert not set(statements) & set(PACK.items)
    alone = closed(of_five(), FIVE, PACK, "s", DAY).statistics["debt.1"].gap
    beside = closed([*of_five(), *of_five(statements[0])], FIVE, PACK, "s", DAY).statistics
    assert beside["debt.1"].gap == alone
    asked = asked_of(organisation("teams: {a: {size: 6}}"), PACK, DAY, short=True)
    assert len(asked.questions) == len(asked.signable) + 12
    assert {one.dimension for one in asked.questions if one.short} == {"safety", "regard"}


def test_of_two_squads_that_became_one_nothing_is_shown() -> None:
    """Not even where only one of the two was: its bars would be taken for those of both."""
    told = closed([one for one in of_five() if one.team != "beta"], FIVE, PACK, "s", DAY)
    assert "alpha" in told.teams
    now = told.renamed({"alpha": "gamma", "beta": "alpha", "delta": "delta"}.get)
    assert "gamma" not in now.teams
    merged = told.renamed({"alpha": "one", "beta": "one"}.get)
    assert "one" not in merged.teams
    assert merged.hides("one", "debt.1")


def test_the_number_of_labellings_is_not_told_where_it_would_tell_sizes() -> None:
    gap = closed(of_five(), FIVE, PACK, "s", DAY).statistics["debt.1"].gap
    assert gap is not None
    assert (gap.exact, gap.draws == 0) in ((True, True), (False, False))


def test_answers_to_other_words_are_not_compared() -> None:
    told = closed(of_five(), FIVE, PACK, "s", DAY)
    assert change_of(told, told, "beta", "debt.1") is not None
    other = told.model_copy(update={"words": {**told.words, "debt.1": "00000000"}})
    assert change_of(other, told, "beta", "debt.1") is None


def test_words_that_change_are_seen() -> None:
    told = closed(of_five(), FIVE, PACK, "s", DAY)
    debt = PACK.dimensions["debt"]
    assert debt.question is not None
    other = debt.model_copy(update={"question": debt.question.model_copy(update={"en": "Other words?"})})
    pack = PACK.model_copy(update={"dimensions": {**PACK.dimensions, "debt": other}})
    assert pack.questions["debt.1"].digest != told.words["debt.1"]
    assert PACK.questions["debt.1"].digest == told.words["debt.1"]
