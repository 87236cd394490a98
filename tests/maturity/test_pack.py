"""The pack: every dimension can be read, asked and translated; a pack of one's own is checked with places."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from topology.maturity.measures import MEASURES
from topology.maturity.packs import STANDARD, PackError, load_pack, pack_of

PACK = pack_of()
ASKED = {id_: one.question for id_, one in PACK.dimensions.items() if one.question is not None}


def test_the_sixteen_dimensions_stand_in_their_order() -> None:
    assert list(PACK.dimensions) == [
        "duo", "autonomy", "rituals", "exec-ritual", "roadmap", "kpi-link", "user-contact", "visibility", "debt", "experiment", "flow", "safety",
        "load", "alignment", "platform-product", "transfer",
    ]  # fmt: skip
    assert set(PACK.dimensions) - set(ASKED) == {"exec-ritual", "flow", "platform-product", "transfer"}


@pytest.mark.parametrize("name", ASKED)
def test_anchors_are_short_in_both_languages(name: str) -> None:
    question = ASKED[name]
    assert question.fr is not None
    assert question.anchors.fr is not None
    for sentence, anchors, most, whole in (
        (question.en, question.anchors.en, 14, 65),
        (question.fr, question.anchors.fr, 18, 75),
    ):
        assert all(len(anchor.split()) <= most for anchor in anchors)
        assert len(" ".join([sentence, *anchors]).split()) <= whole
        assert len(set(anchors)) == 5  # (each can be told from its neighbour)
        assert not any(
            character.isdigit() for anchor in anchors for character in anchor
        )  # (no level numbers: they invite grading)


@pytest.mark.parametrize("name", PACK.dimensions)
def test_every_dimension_speaks_both_languages_and_has_criteria(name: str) -> None:
    dimension = PACK.dimensions[name]
    assert dimension.name.fr
    assert dimension.about.fr
    assert dimension.criteria[2]


def test_every_measure_is_asked_by_some_criterion() -> None:
    asked = {
        one.measure for dimension in PACK.dimensions.values() for listed in dimension.levels.values() for one in listed
    }
    assert asked == set(MEASURES)


def test_a_higher_level_never_asks_less_of_the_same_measure() -> None:
    for name, dimension in PACK.dimensions.items():
        bounds: dict[tuple[str, str], float] = {}
        for criteria in dimension.criteria.values():
            for one in criteria:
                for bound, value in one.bounds.items():
                    before = bounds.get((one.measure, bound), value)
                    assert value >= before if bound in ("at_least", "above") else value <= before, (name, one.measure)
                    bounds[one.measure, bound] = value


# -- a pack of one's own ------------------------------------------------------------------------------------------------

OWN = """order: 35
name: {en: Pairing}
about: {en: Whether people write code together.}
applies_to: squad
levels:
  2:
    - {measure: joint-rituals-held, at_least: 1}
"""


def test_an_own_dimension_stands_beside_those_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "pairing.yaml").write_text(OWN, "utf-8")
    found = pack_of(tmp_path)
    assert list(found.dimensions)[:5] == ["duo", "autonomy", "rituals", "pairing", "exec-ritual"]


def test_a_pack_that_extends_nothing_is_alone(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: Ours\nversion: 3\nextends: nothing\n", "utf-8")
    (tmp_path / "pairing.yaml").write_text(OWN, "utf-8")
    assert list(pack_of(tmp_path).dimensions) == ["pairing"]


def test_an_own_dimension_replaces_the_one_of_its_id(tmp_path: Path) -> None:
    (tmp_path / "debt.yaml").write_text(OWN, "utf-8")
    assert str(pack_of(tmp_path).dimensions["debt"].name) == "Pairing"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("joint-rituals-held", "joint-rituals-hold", 7, "there is no measure `joint-rituals-hold`"),
        (", at_least: 1", "", 7, "`joint-rituals-held` needs a bound"),
        ("joint-rituals-held", "seats-filled", 7, "`seats-filled` is yes or no, so it has no bound"),
        ("at_least: 1", "at_least: many", 7, "expected a number or a percentage such as 15%"),
        ("at_least: 1", "at_least: 1, at_most: 2", 7, "expected one bound, such as `at_least`"),
        ("applies_to: squad", "applies_to: squads", 4, "`squads` is not one of the known values"),
        ("order: 35\n", "", 1, "the key `order` is missing"),
        ("about:", "abuot:", 3, "unknown key `abuot`"),
        ("  2:", "  7:", 6, "7"),
        ("name: {en: Pairing}", "name: Pairing", 2, "expected keys and values"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    file = tmp_path / "pairing.yaml"
    file.write_text(OWN.replace(old, new), "utf-8")
    loaded = load_pack(tmp_path)
    assert loaded.pack is None
    assert any(
        said in one.message and one.place.file == str(file) and one.place.line == line for one in loaded.problems
    ), loaded.problems
    with pytest.raises(PackError, match=r"pairing\.yaml"):
        pack_of(tmp_path)


def test_an_unknown_measure_is_met_with_the_near_one(tmp_path: Path) -> None:
    (tmp_path / "pairing.yaml").write_text(OWN.replace("joint-rituals-held", "joint-rituals-hold"), "utf-8")
    assert "joint-rituals-held" in load_pack(tmp_path).problems[0].help


def test_a_question_whose_words_change_needs_the_next_id(tmp_path: Path) -> None:
    text = (STANDARD / "debt.yaml").read_text("utf-8").replace("After incidents only", "Only after incidents")
    (tmp_path / "debt.yaml").write_text(text, "utf-8")
    (problem,) = load_pack(tmp_path).problems
    assert "`debt.1` has other words than the package's under the same id" in problem.message
    (tmp_path / "debt.yaml").write_text(text.replace("item: debt.1", "item: debt.2"), "utf-8")
    assert load_pack(tmp_path).pack is not None


def test_one_item_stands_in_one_dimension(tmp_path: Path) -> None:
    shutil.copy(STANDARD / "debt.yaml", tmp_path / "loan.yaml")
    assert any("stands in debt too" in one.message for one in load_pack(tmp_path).problems)


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "pairing.yaml").write_text(OWN, "utf-8")
    (tmp_path / "pairing.yml").write_text(OWN, "utf-8")
    assert {one.message for one in load_pack(tmp_path).problems} == {"there are two files of the name `pairing`"}


def test_a_share_above_the_whole_was_meant_as_percent(tmp_path: Path) -> None:
    (tmp_path / "pairing.yaml").write_text(
        OWN.replace("joint-rituals-held, at_least: 1", "joint-rituals-share, at_least: 70"), "utf-8"
    )
    (problem,) = load_pack(tmp_path).problems
    assert "is a share, so no bound is above 100%" in problem.message


def test_a_pack_without_any_dimension_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: Ours\nversion: 1\nextends: nothing\n", "utf-8")
    assert [one.message for one in load_pack(tmp_path).problems] == ["the pack has no dimension"]


def test_a_file_that_cannot_be_an_id_or_is_no_yaml_is_told(tmp_path: Path) -> None:
    (tmp_path / "My Own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "broken.yaml").write_text("order: [", "utf-8")
    said = " ".join(one.message for one in load_pack(tmp_path).problems)
    assert "`My Own` is not one" in said
    assert "not valid YAML" in said
    assert load_pack(tmp_path / "nowhere").pack is None


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_a_pack_raise(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "any.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    loaded = load_pack(folder)
    assert (loaded.pack is None) == bool(loaded.problems)
