"""Each file of tests/cases/source marks its problems: `# expect: CODE COLUMN [a word of the message or help]`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from topology.source import load

CASES = sorted((Path(__file__).parents[1] / "cases" / "source").glob("*.yaml"))
MARK = re.compile(r"# expect: (TT\d{3}) (\d+)(?: (\S+))?")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_case_gives_exactly_the_marked_problems(case: Path) -> None:
    expected = [
        (number, int(column), code, word)
        for number, line in enumerate(case.read_text("utf-8").splitlines(), start=1)
        for code, column, word in MARK.findall(line)
    ]
    loaded = load(case)
    assert loaded.organisation is None
    found = [(one.place.line, one.place.column, one.code) for one in loaded.problems]
    assert found == [one[:3] for one in expected], [f"{one.place} {one.code} {one.message}" for one in loaded.problems]
    for problem, (_, _, _, word) in zip(loaded.problems, expected, strict=True):
        assert word in f"{problem.message} {problem.help}"
        assert problem.place.file == str(case)
