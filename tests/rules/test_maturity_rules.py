"""The rules on maturity that read what was observed, each on its own examples."""

from __future__ import annotations

import pytest

from tests.maturity.evidence import Told
from topology.language import ENGLISH, speaking
from topology.maturity.levels import ratings
from topology.maturity.packs import pack_of
from topology.rules import check, rules
from topology.rules.facts import Observed
from topology.rules.rule import EXAMPLE_DAY, HERE
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings

OF_DATA = [code for code, rule in rules().items() if rule.with_data and code.startswith("TT8")]


def findings(code: str, text: str) -> list[tuple[int, str]]:
    loaded = load_texts({"squads.yaml": text + "\n"})
    assert loaded.organisation is not None
    changed = ["debt.1"] if "new words under debt.1" in text else []  # (what a workspace sees beside the file)
    observed = Observed(None, ratings(pack_of(), Told(loaded.organisation, day=EXAMPLE_DAY)), changed)
    found = check(loaded, EXAMPLE_DAY, selection(RuleSettings(), [code]), observed=observed).each
    return [(one.place.line, one.message) for one in found]


@pytest.mark.parametrize("code", OF_DATA)
def test_the_bad_example_gives_its_finding_at_the_marked_place(code: str) -> None:
    text = rules()[code].sections["Bad"]
    marked = {number for number, line in enumerate(text.splitlines(), start=1) if line.endswith(HERE)}
    assert {line for line, _ in findings(code, text)} == marked


@pytest.mark.parametrize("code", OF_DATA)
def test_the_good_example_gives_none(code: str) -> None:
    assert findings(code, rules()[code].sections["Good"]) == []


@pytest.mark.parametrize("code", OF_DATA)
def test_a_check_of_the_file_alone_says_nothing(code: str) -> None:
    loaded = load_texts({"squads.yaml": rules()[code].sections["Bad"] + "\n"})
    assert check(loaded, EXAMPLE_DAY, selection(RuleSettings(), [code])).each == ()


def test_what_is_old_is_named() -> None:
    with speaking(ENGLISH):
        ((_, message),) = findings("TT804", rules()["TT804"].sections["Bad"])
    assert message == "what is told of tracking is older than 100 days: Extraneous load, of 10 and Load, of 30"
