"""The engine: selection, severities, thresholds, what holds for most teams, baselines; and any organisation at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, shared
from topology.rules import check, rules
from topology.rules.baseline import BaselineError, baseline_text, read_baseline
from topology.rules.known import known_of, unknown
from topology.rules.rings import shortest_ring, tangles
from topology.rules.rule import EXAMPLE_DAY, Rule
from topology.rules.selection import Selection, SelectionError, selection
from topology.source import load, load_texts
from topology.source.settings import RuleSettings

DAY = dt.date(2026, 11, 22)
ALL = selection(RuleSettings())


def of(text: str, chosen: Selection = ALL) -> list[str]:
    return [one.code for one in check(load_texts({"f": text}), DAY, chosen).findings]


def test_a_rule_is_named_by_code_name_or_prefix() -> None:
    named = {
        name: set(selection(RuleSettings(), [name]).severities) - {f"TT00{i}" for i in range(1, 8)}
        for name in ("TT101", "tt101", "collaboration-without-end", "TT1")
    }
    assert named["TT101"] == named["tt101"] == named["collaboration-without-end"] == {"TT101"}
    assert len(named["TT1"]) == 13


def test_settings_and_the_command_line_come_together() -> None:
    chosen = selection(
        RuleSettings(ignore=("TT112",), severity={"TT7": "info", "TT705": "warning"}, thresholds={"team-too-large": 12}),
        ignore=["TT113"], severity={"TT701": "off"},
    )  # fmt: skip
    assert not {"TT112", "TT113", "TT701"} & set(chosen.severities)
    assert (chosen.severities["TT702"], chosen.severities["TT705"], chosen.thresholds["TT202"]) == (
        "info",
        "warning",
        12,
    )


@pytest.mark.parametrize(
    ("settings_", "words"),
    [
        (RuleSettings(ignore=("TT999",)), "there is no rule `TT999`"),
        (RuleSettings(thresholds={"team-to-large": 3}), "Did you mean `team-too-large`"),
        (RuleSettings(thresholds={"TT101": 3}), "has no threshold"),
        (RuleSettings(severity={"T": "off"}), "there is no rule `T`"),
    ],
)
def test_a_rule_that_does_not_exist_is_an_error(settings_: RuleSettings, words: str) -> None:
    with pytest.raises(SelectionError, match=words):
        selection(settings_)


def test_the_file_itself_cannot_be_ignored_but_its_severity_can_be_set() -> None:
    assert "TT003" in selection(RuleSettings(ignore=("TT0",))).severities
    for settings_ in (RuleSettings(ignore=("TT003",)), RuleSettings(severity={"unknown-key": "off"})):
        with pytest.raises(SelectionError, match="TT003 cannot be switched off"):
            selection(settings_)
    assert selection(RuleSettings(severity={"TT003": "warning"})).severities["TT003"] == "warning"


def test_thresholds_are_the_projects() -> None:
    text = "version: 1\nteams: {a: {size: 11}}\n"
    assert "TT202" in of(text)
    assert "TT202" not in of(text, selection(RuleSettings(thresholds={"TT202": 12})))


@pytest.mark.english
def test_what_holds_for_most_teams_is_one_finding() -> None:
    teams = "".join(f"  t{i}: {{size: {3 if i < 6 else 7}}}\n" for i in range(10))
    found = check(load_texts({"f": "version: 1\nteams:\n" + teams}), DAY, selection(RuleSettings(), ["TT201"]))
    (one,) = found.findings
    assert one.message == "a team has fewer than five people: 6 of 10 teams (t0, t1, t2, t3, t4 and t5)"
    assert len(one.related) == 5
    assert len(found.each) == 6
    assert one.fingerprint == "TT201:organisation"


def test_with_a_threshold_of_its_own_the_one_finding_names_it() -> None:
    teams = "".join(f"  t{i}: {{size: 3}}\n" for i in range(6))
    found = check(
        load_texts({"f": "version: 1\nteams:\n" + teams}),
        DAY,
        selection(RuleSettings(thresholds={"TT201": 4}), ["TT201"]),
    )
    assert found.findings[0].message.startswith("team too small (4 people at least): 6 of 6 teams")


def test_what_holds_for_half_of_the_teams_is_told_one_by_one() -> None:
    teams = "".join(f"  t{i}: {{size: {3 if i < 5 else 7}}}\n" for i in range(10))
    assert of("version: 1\nteams:\n" + teams, selection(RuleSettings(), ["TT201"])) == ["TT201"] * 5


def test_fingerprints_hold_when_lines_move() -> None:
    text = (ROOT / "squads.yaml").read_text("utf-8")
    first = check(load_texts({"f": text}), DAY, ALL).each
    moved = check(load_texts({"g": "# a\n\n# b\n" + text}), DAY, ALL).each
    assert [one.fingerprint for one in first] == [one.fingerprint for one in moved]
    assert len({one.fingerprint for one in first}) == len(first)


def test_a_baseline_hides_what_it_knows_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    before = "version: 1\nteams: {a: {size: 3}, b: {size: 3}}\n"
    file.write_text(baseline_text(check(load_texts({"f": before}), DAY, ALL).each), "utf-8")
    known = read_baseline(file)
    again = check(load_texts({"f": before}), DAY, ALL, known)
    assert (again.findings, again.known) == ((), len(check(load_texts({"f": before}), DAY, ALL).each))
    more = check(load_texts({"f": before.replace("b: {size: 3}", "b: {size: 3}, c: {size: 3}")}), DAY, ALL, known)
    assert {one.teams for one in more.findings} == {("c",)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"topology-baseline": 2, "findings": []}',
        '{"topology-baseline": 1, "findings": [1]}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_baseline_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(BaselineError):
        read_baseline(tmp_path / "b.json")


def test_of_several_findings_of_one_key_the_new_one_is_shown() -> None:
    text = "version: 1\nteams: {a: {}, b: {}}\ninteractions:\n"
    one = "  - {mode: collaboration, between: [a, b], purpose: x, until: 2026-01-02}\n"
    two = "  - {mode: collaboration, between: [a, b], purpose: x, until: 2026-03-04}\n"
    chosen = selection(RuleSettings(), ["TT102"])
    old = check(load_texts({"f": text + two}), DAY, chosen).each
    new = check(load_texts({"f": text + one + two}), DAY, chosen).each
    assert ["2026-01-02" in found.message for found in unknown(new, known_of(old))] == [True]


def test_the_examples_list_is_the_one_that_was_read_and_found_right() -> None:
    loaded = load(ROOT / "squads.yaml")
    found = check(loaded, DAY, ALL)
    assert {one.code for one in found.findings} == {
        "TT711", "TT208", "TT504", "TT502", "TT503", "TT505", "TT708", "TT204", "TT709", "TT205", "TT713", "TT303", "TT304", "TT201",
        "TT103", "TT102", "TT110", "TT106", "TT712",
    }  # fmt: skip
    assert [one.code for one, _ in found.suppressed] == ["TT702"]
    assert not [one for one in found.findings if one.severity == "error"]


def test_the_real_organisations_list_is_the_one_that_was_read_and_found_right() -> None:
    found = check(load(shared("organisations/product-groups-2022.yaml")), DAY, ALL).findings
    counts: dict[str, int] = {}
    for one in found:
        counts[one.code] = counts.get(one.code, 0) + 1
    assert counts == {
        "TT201": 11,
        "TT702": 6,
        "TT704": 3,
        "TT701": 2,
        "TT112": 1,
        "TT207": 1,
        "TT208": 1,
        "TT302": 1,
        "TT705": 1,
        "TT715": 1,
    }


# -- any organisation -------------------------------------------------------------------------------------------------

IDS = st.sampled_from(["a", "b", "c", "d", "e"])
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)).map(str)
MAYBE = {"since": DAYS, "until": DAYS}
SEATS = st.one_of(st.just("vacant"), st.sampled_from("pqrs"), st.fixed_dictionaries({"person": st.sampled_from("pqrs")}, optional={**MAYBE, "status": st.sampled_from(["acting", "permanent", "vacant"])}))  # fmt: skip
TEAMS = st.fixed_dictionaries({}, optional={
    "type": st.sampled_from(["stream-aligned", "platform", "enabling", "complicated-subsystem", "undefined"]),
    "group": st.sampled_from("gh"), "pm": SEATS, "em": SEATS, **MAYBE,
    "members": st.lists(st.one_of(st.sampled_from("pqrs"), st.fixed_dictionaries({"person": st.sampled_from("pqrs")}, optional={"allocation": st.sampled_from(["50%", "100%"]), **MAYBE})), max_size=4),
    "services": st.dictionaries(st.sampled_from("xyz"), st.fixed_dictionaries({}, optional=MAYBE), max_size=2),
    "depends_on": st.lists(st.fixed_dictionaries({"team": IDS, "kind": st.sampled_from(["ok", "slowing", "blocking"])}), max_size=3),
    "domains": st.lists(st.fixed_dictionaries({"name": st.just("d"), "complexity": st.sampled_from(["simple", "complicated", "complex"])}), max_size=4),
    "objectives": st.lists(st.fixed_dictionaries({"title": st.just("t"), "side": st.sampled_from(["product", "tech", "shared"])}), max_size=2),
    "positions": st.dictionaries(st.just("duo"), st.fixed_dictionaries({}, optional={"pm": st.integers(1, 5).map(str), "em": st.integers(1, 5).map(str), "assessed": DAYS})),
    "cognitive_load": st.fixed_dictionaries({part: st.integers(1, 10).map(str) for part in ("intrinsic", "extraneous", "germane")}, optional={"assessed": DAYS}),
    "targets": st.just({"tech_investment": "20%"}),
})  # fmt: skip
PAIRS = st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1])
INTERACTIONS = st.one_of(
    st.builds(lambda pair, more: {"mode": "collaboration", "between": list(pair), **more}, PAIRS, st.fixed_dictionaries({}, optional={**MAYBE, "ended": DAYS})),
    st.builds(lambda pair, more: {"mode": "x-as-a-service", "provider": pair[0], "consumer": [pair[1]], **more}, PAIRS, st.fixed_dictionaries({}, optional=MAYBE)),
    st.builds(lambda pair, more: {"mode": "facilitating", "facilitator": pair[0], "team": pair[1], **more}, PAIRS, st.fixed_dictionaries({}, optional={**MAYBE, "ended": DAYS})),
)  # fmt: skip
ORGANISATIONS = st.fixed_dictionaries({
    "version": st.just("1"), "teams": st.fixed_dictionaries(dict.fromkeys("abcde", TEAMS)), "groups": st.just({"g": {}, "h": {"group": "g"}}),
    "interactions": st.lists(INTERACTIONS, max_size=8),
    "people": st.just({"p": {"reports_to": "q"}, "q": {"role": "designer"}, "r": {"side": "tech"}, "s": {}}),
    "roadmap": st.lists(st.fixed_dictionaries({"title": st.just("t"), "category": st.sampled_from(["feature", "debt"]), "team": IDS}), max_size=3),
})  # fmt: skip


@settings(max_examples=300)
@given(ORGANISATIONS, st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)))
def test_any_organisation_is_judged_and_every_finding_has_its_place(data: dict[str, Any], day: dt.date) -> None:
    text = yaml.safe_dump(data, sort_keys=False)
    loaded = load_texts({"f": text})
    if loaded.organisation is None:
        assert {one.code for one in loaded.problems} <= {"TT004", "TT007"}
        return
    lines = text.splitlines()
    for one in check(loaded, day, ALL).each:
        assert 1 <= one.place.line <= len(lines)
        assert one.message and one.help
        assert one.ids
        assert set(one.teams) <= set(loaded.organisation.teams)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=4), max_size=6))
def test_the_rings_are_rings_and_every_ring_is_found(successors: dict[str, list[str]]) -> None:
    import networkx as nx

    graph = nx.DiGraph([(a, b) for a, following in successors.items() for b in following])
    expected = {frozenset(one) for one in nx.strongly_connected_components(graph) if len(one) > 1}
    found = tangles(successors)
    assert {frozenset(one) for one in found} == expected
    for nodes in found:
        ring = shortest_ring(successors, nodes)
        assert len(set(ring)) == len(ring) >= 2
        assert all(b in successors[a] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
        cycles = [one for one in nx.simple_cycles(graph) if len(one) > 1 and set(one) <= set(nodes)]
        assert len(ring) == min(map(len, cycles))


@pytest.mark.parametrize(
    "rule",
    [rule for rule in rules().values() if rule.check and not rule.with_data],
    ids=lambda rule: rule.code,
)
def test_with_all_rules_on_each_rule_still_finds_its_bad_example(rule: Rule) -> None:
    loaded = load_texts({"f": rule.sections["Bad"] + "\n"})
    assert rule.code in {one.code for one in check(loaded, EXAMPLE_DAY, ALL).each}


def test_what_cannot_be_read_never_passes() -> None:
    broken = load_texts({"f": "version: 1\nteams: ["})
    known = known_of(check(broken, DAY, ALL).each)
    assert [one.code for one in check(broken, DAY, ALL, known).findings] == ["TT001"]


def test_an_interaction_with_a_team_that_has_ended_is_told_once() -> None:
    text = "version: 1\nteams: {a: {}, b: {until: 2026-01-01}}\ninteractions: [{mode: collaboration, between: [a, b]}, {mode: collaboration, between: [a, b]}]\n"
    assert set(of(text, selection(RuleSettings(), ["TT1"]))) == {"TT111", "TT112"}


def test_a_ring_of_thousands_of_teams_takes_no_time_and_names_a_few() -> None:
    size = 3000
    following = {f"t{i}": [f"t{(i + 1) % size}"] for i in range(size)}
    (tangle,) = tangles(following)
    looked = 0

    class Counting(dict[str, list[str]]):
        def get(self, key: str, default: Any = None) -> Any:
            nonlocal looked
            looked += 1
            return super().get(key, default)

    assert len(shortest_ring(Counting(following), tangle)) == size
    assert looked < 3 * size
    text = "version: 1\nteams:\n" + "".join(
        f"  t{i}: {{depends_on: [{{team: t{(i + 1) % 20}, kind: slowing}}]}}\n" for i in range(20)
    )
    (found,) = check(load_texts({"f": text}), DAY, selection(RuleSettings(), ["TT503"])).findings
    assert found.message.endswith("t7 → … → t0")
    assert len(found.teams) == 20
