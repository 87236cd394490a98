"""What the terminal prints."""

from __future__ import annotations

import json

from tests.conftest import DAY
from topology.model import Organisation
from topology.report import text
from topology.report.table import render
from topology.report.team import describe
from topology.source import Place, Problem, load_texts


def test_a_line_is_file_line_column_code_severity_message() -> None:
    (problem,) = load_texts({"squads.yaml": "version: 1\nteams: {a: {typ: platform}}\n"}).problems
    assert text.line(problem) == "squads.yaml:2:13: TT003 error unknown key `typ` in `teams.a`"


def test_a_frame_marks_the_place_under_its_line() -> None:
    source = "version: 1\nteams: {a: {typ: platform}}\n"
    (problem,) = load_texts({"squads.yaml": source}).problems
    assert text.code_frame(problem, {"squads.yaml": source}).splitlines() == [
        " 1 | version: 1",
        " 2 | teams: {a: {typ: platform}}",
        "   |             ^^^",
    ]
    assert "Did you mean `type`?" in text.full(problem, {"squads.yaml": source})


def test_a_frame_of_a_very_long_line_stays_short_and_marks_the_right_word() -> None:
    source = f"version: 1\nteams: {{a: {{mission: {'x' * 5000}, typ: platform}}}}\n"
    (problem,) = load_texts({"f": source}).problems
    _, line, marks = text.code_frame(problem, {"f": source}).splitlines()
    assert len(line) < 140
    assert line[marks.index("^") :].startswith("typ")


def test_characters_that_move_the_terminal_are_not_printed() -> None:
    problem = Problem("TT001", "m", Place("f", 1, 1, 1, 2))
    assert "\x1b" not in text.code_frame(problem, {"f": "a\x1b[2J\u202eb"})


def test_a_place_outside_the_text_has_no_frame() -> None:
    assert text.code_frame(Problem("TT001", "m", Place("f", 9)), {"f": "one line"}) == ""


def test_counts_are_summed_up() -> None:
    problem = Problem("TT001", "m", Place("f"))
    assert text.summary([problem, problem]) == "2 errors"
    assert text.summary([]) == ""


def test_tables_in_three_formats() -> None:
    rows = [{"team": "a", "value": 0.5, "n": 2}, {"team": "long name", "value": None, "n": None}]
    assert render("csv", rows, ["team", "value", "n"]) == "team,value,n\na,0.5,2\nlong name,,\n"
    assert json.loads(render("json", rows, ["team", "value"]))[1] == {"team": "long name", "value": None}
    table = render("table", rows, ["team", "value", "n"]).splitlines()
    assert table[2:] == ["a              0.5  2", "long name  no data  –"]


def test_a_team_is_described_from_its_own_side(example: Organisation) -> None:
    shown = describe(example, "checkout", DAY)
    assert "Checkout (checkout) — stream-aligned" in shown
    assert "uses Risk engine — active" in shown
    assert "collaborates with Payment methods — active, from 2026-09-28 to 2026-12-18" in shown
    assert "former ids           cart" in shown
    assert "vacant" in describe(example, "merchant-onboarding", DAY)
    assert "(acting)" in describe(example, "identity-checks", DAY)
