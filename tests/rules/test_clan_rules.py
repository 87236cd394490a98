"""The rules that read what was observed (TT9), each on its own examples with contacts that show it."""

from __future__ import annotations

import pytest

from tests.clans.test_reading import weekly
from tests.conftest import DAY
from topology.clans.gathered import gather
from topology.clans.window import Window
from topology.delivery.contacts import Contact
from topology.rules import check, rules
from topology.rules.facts import Observed
from topology.rules.rule import EXAMPLE_DAY, HERE
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings

EAST, WEST = [f"e{i}" for i in range(1, 6)], [f"w{i}" for i in range(1, 6)]
INSIDE = [(a, b) for side in (EAST, WEST) for a in side for b in side if a < b]
HUB = [("e1", one) for one in WEST] + [("e2", "w1"), ("e3", "w2")] + INSIDE[:14]
CASES: dict[str, list[Contact]] = {
    "TT901": weekly(*INSIDE),
    "TT902": weekly(*HUB),
    "TT903": weekly(("cloud", "shop"), rate=3),
    "TT904": weekly(("search", "basket")),
}


def findings(code: str, text: str, rows: list[Contact] | None) -> list[tuple[str, int]]:
    loaded = load_texts({"squads.yaml": text + "\n"})
    assert loaded.organisation is not None
    clans = gather(Window.of(loaded.organisation, rows, DAY))
    found = check(loaded, EXAMPLE_DAY, selection(RuleSettings(), [code]), observed=Observed(clans)).findings
    return [(one.code, one.place.line) for one in found]


@pytest.mark.parametrize("code", CASES)
def test_the_bad_example_gives_its_finding_at_the_marked_place(code: str) -> None:
    text = rules()[code].sections["Bad"]
    marked = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith(HERE)]
    assert findings(code, text, CASES[code]) == [(code, line) for line in marked]


@pytest.mark.parametrize("code", CASES)
def test_the_good_example_gives_none(code: str) -> None:
    assert findings(code, rules()[code].sections["Good"], CASES[code]) == []


@pytest.mark.parametrize("code", CASES)
def test_without_contacts_there_is_nothing_to_find(code: str) -> None:
    assert findings(code, rules()[code].sections["Bad"], None) == []
    assert (
        check(
            load_texts({"squads.yaml": rules()[code].sections["Bad"] + "\n"}),
            EXAMPLE_DAY,
            selection(RuleSettings(), [code]),
        ).findings
        == ()
    )


def test_every_rule_that_reads_data_has_a_case() -> None:
    assert set(CASES) == {code for code in rules() if code.startswith("TT9")}


def test_a_team_of_under_five_people_is_not_told_as_a_broker() -> None:
    text = rules()["TT902"].sections["Bad"].replace("size: 7", "size: 4")
    assert findings("TT902", text, CASES["TT902"]) == []


def test_a_service_that_ended_after_the_last_data_is_no_longer_found() -> None:
    text = rules()["TT903"].sections["Bad"].replace("consumer: [shop]}", "consumer: [shop], ended: 2026-11-23}")
    assert findings("TT903", text, CASES["TT903"]) == []


def test_a_young_collaboration_beside_an_old_service_is_not_on_paper_yet() -> None:
    text = (
        rules()["TT904"].sections["Good"]
        + "\n  - {mode: x-as-a-service, provider: shop, consumer: [search], since: 2026-01-05}"
    )
    assert findings("TT904", text, CASES["TT904"]) == []


@pytest.mark.parametrize(("weeks", "lengths"), [(24, [9]), (32, [9, 15])])
def test_a_longer_look_counts_only_where_the_time_before_it_is_known(weeks: int, lengths: list[int]) -> None:
    loaded = load_texts({"squads.yaml": rules()["TT901"].sections["Bad"] + "\n"})
    assert loaded.organisation is not None
    readings = gather(Window.of(loaded.organisation, weekly(*INSIDE, weeks=weeks), DAY)).readings
    found = next(one for one in readings if one.grade == "finding")
    assert [one.weeks for one in found.neighbours] == lengths
