"""A suppressed, an expired, an unused and a wrong suppression, wherever it stands."""

from __future__ import annotations

import datetime as dt

import pytest

from topology.rules import Checked, check
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings

DAY = dt.date(2026, 11, 23)
SMALL = "version: 1\nteams:\n{above}  a: {{size: 3}}{beside}\n"


def checked(text: str, *select: str) -> Checked:
    loaded = load_texts({"squads.yaml": text})
    assert loaded.organisation is not None, loaded.problems
    return check(loaded, DAY, selection(RuleSettings(), select or ("TT201", "TT008", "TT009")))


def codes(found: Checked) -> list[str]:
    return [one.code for one in found.findings]


@pytest.mark.parametrize(
    "comment",
    [
        "# topology: ignore[TT201] a new squad",
        "#topology:ignore[TT201]a new squad",
        "# topology: ignore[team-too-small] a new squad until 2026-11-24",
        "# topology: ignore[TT201, TT202] a new squad",
        "# topology: ignore[tt201] see #12, it hires until spring",
    ],
)
def test_a_suppression_hides_its_finding_with_its_reason(comment: str) -> None:
    for text in (SMALL.format(above="", beside=f"   {comment}"), SMALL.format(above=f"  {comment}\n", beside="")):
        found = checked(text)
        (finding, suppression), *_ = found.suppressed
        assert finding.code == "TT201"
        assert suppression.reason
        assert "TT201" not in codes(found)


def test_on_the_day_itself_it_is_over_and_the_finding_is_back() -> None:
    found = checked(SMALL.format(above="", beside="   # topology: ignore[TT201] hiring until 2026-11-23"))
    assert codes(found) == ["TT201", "TT009"]
    assert "ended on 2026-11-23" in found.findings[1].message


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("# topology: ignore[TT202] too large", "there is no TT202 here"),
        ("# topology: ignore[TT201]", "it gives no reason"),
        ("# topology: ignore[TT201] until 2027-01-01", "it gives no reason"),
        ("# topology: ignore[TT999] why", "there is no rule `TT999`"),
        ("# topology: ignore[team-to-small] why", "Did you mean `team-too-small`"),
        ("# topology: ignore everything", "blanket suppressions do not exist"),
        ("# topology: ignore[] why", "blanket suppressions do not exist"),
        ("# topology: ignore[TT2] why", "it names a whole family"),
        ("# topology: ignore[TT003] why", "cannot be suppressed"),
        ("# topology: ignore[TT201] hiring until 2026-13-01", "is not a date"),
    ],
)
def test_one_that_does_not_work_is_itself_a_finding(comment: str, words: str) -> None:
    found = checked(SMALL.format(above="", beside=f"   {comment}"), "TT201", "TT202", "TT008")
    (finding,) = [one for one in found.findings if one.code == "TT008"]
    assert words in finding.message
    assert (finding.place.line, finding.place.column) == (3, 18)


def test_a_rule_that_did_not_run_makes_no_suppression_unused() -> None:
    text = SMALL.format(above="", beside="   # topology: ignore[TT201] hiring")
    assert codes(checked(text, "TT202", "TT008")) == []


def test_above_an_object_it_covers_all_of_the_object_and_nothing_beside_it() -> None:
    text = (
        "version: 1\nteams:\n"
        "  # topology: ignore[TT502] the scoring moves in spring\n"
        "  a:\n    size: 6\n    depends_on:\n      - {team: b, kind: blocking}\n"
        "  b:\n    depends_on:\n      - {team: a, kind: blocking}\n"
        "interactions:\n"
        "  # topology: ignore[TT101] two years, on purpose\n"
        "  - mode: collaboration\n    between: [a, b]\n"
        "  - mode: collaboration\n    between: [b, a]\n"
    )
    found = checked(text, "TT502", "TT101", "TT008")
    assert [(one.code, one.place.line) for one in found.findings] == [("TT502", 10), ("TT101", 15)]
    assert [(one.code, one.place.line) for one, _ in found.suppressed] == [("TT502", 7), ("TT101", 13)]


def test_what_looks_like_one_inside_a_text_is_none() -> None:
    text = 'version: 1\nteams:\n  a: {size: 3, mission: "x # topology: ignore[TT201] no"}\n  b:\n    size: 3\n    mission: |\n      # topology: ignore[TT201] no\n'
    assert codes(checked(text)) == ["TT201", "TT201"]


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_byte_order_marks_do_not_matter(change) -> None:  # type: ignore[no-untyped-def]
    assert codes(checked(change(SMALL.format(above="  # topology: ignore[TT201] hiring\n", beside="")))) == []


def test_in_a_folder_each_file_has_its_own() -> None:
    texts = {
        "a.yaml": "version: 1\nteams:\n  # topology: ignore[TT201] hiring\n  a: {size: 3}\n",
        "b.yaml": "teams:\n  # nothing\n  b: {size: 3}\n",
    }
    found = check(load_texts(texts), DAY, selection(RuleSettings(), ["TT201", "TT008"]))
    assert [(one.code, one.place.file) for one in found.findings] == [("TT201", "b.yaml")]


def test_several_may_stand_above_one_object_with_other_comments_between() -> None:
    text = "version: 1\nteams:\n  # topology: ignore[TT201] small\n  # a note\n\n  # topology: ignore[TT206] new\n  a: {size: 2}\n"
    assert codes(checked(text, "TT201", "TT206", "TT008")) == []


def test_beside_the_head_of_a_block_of_text_it_works() -> None:
    text = "version: 1\nteams:\n  a:\n    size: 6\n    objectives:\n      - title: |   # topology: ignore[TT709] later\n          words\n        side: tech\n"
    assert codes(checked(text, "TT709", "TT008")) == []


def test_an_object_that_ends_with_an_alias_is_covered_whole() -> None:
    text = "version: 1\nteams:\n  a: {size: 6, api: &api {docs: x}}\n  # topology: ignore[TT201] small\n  b:\n    size: 2\n    api: *api\n"
    assert codes(checked(text, "TT201", "TT008")) == []
