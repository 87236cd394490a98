"""Any text either loads or gives problems with places inside it; loading never raises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from topology.source import load_texts
from topology.source.lines import lines_of

EXAMPLE = (ROOT / "topology" / "source" / "starter.yaml").read_text("utf-8")
PIECES = ["version: 1\n", "teams:\n", "  a: ", "{}", "[", "]", "{", "}", "&a ", "*a", "? ", ": ", "- ", "'", '"', "|\n", "!!str ", "\t", "\n",
          "  ", "<<", "#", "%YAML 1.2\n", "---\n", "...", "é", "🙂", "\u2028", "\x85", "mode: collaboration", "between: [a, a]", "null", "~", "2026-01-01"]  # fmt: skip


def check(text: str) -> None:
    loaded = load_texts({"file": text})
    lines = lines_of(text)
    assert (loaded.organisation is None) == bool(loaded.problems)
    for problem in loaded.problems:
        assert problem.message
        assert 1 <= problem.place.line <= len(lines) + 1
        assert problem.place.column >= 1


@given(st.text(max_size=200))
def test_any_text_loads_or_is_explained(text: str) -> None:
    check(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_pieces_of_yaml_load_or_are_explained(text: str) -> None:
    check(text)


@settings(max_examples=300)
@given(st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.sampled_from(PIECES) | st.text(max_size=5))
def test_any_damage_to_a_good_file_is_explained(start: int, length: int, inserted: str) -> None:
    check(EXAMPLE[:start] + inserted + EXAMPLE[start + length :])


@given(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"
        ),
        min_size=1,
        max_size=200,
    )
)
def test_any_name_in_quotes_survives(name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    loaded = load_texts({"file": f"version: 1\nteams:\n  a: {{name: {quoted}}}\n"})
    assert loaded.organisation is not None, loaded.problems
    assert loaded.organisation.teams["a"].name == name
