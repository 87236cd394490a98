"""Pairs, standings and moves of the example: what is missing, and proposals within the limits of Team Topologies."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import yaml

from tests.clans.test_reading import contacts_of, weekly
from tests.conftest import DAY, organisation_of
from topology.clans.changes import change
from topology.clans.codes import Kind
from topology.clans.moves import Move, Taken, applied, held_up, moves
from topology.clans.pairs import counts, pair_table
from topology.clans.partitions import partition_of
from topology.clans.reading import ClanReading, read_clans
from topology.clans.silence import Needs
from topology.clans.standings import standings
from topology.clans.trend import trend
from topology.clans.window import Window
from topology.language import ENGLISH, speaking
from topology.model import Organisation
from topology.privacy import small_teams
from topology.rules import check
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings
from topology.words.moves import move_lines, move_sentence


def spoken(organisation: Organisation, move: Move) -> str:
    """What a move says, in English."""
    with speaking(ENGLISH):
        return move_sentence(organisation, move)


@pytest.fixture(scope="module")
def window(example: Organisation) -> Window:
    return Window.of(example, contacts_of(example, planted=True), DAY)


@pytest.fixture(scope="module")
def finding(example: Organisation) -> ClanReading:
    found = read_clans(
        example, contacts_of(example, planted=True), DAY, partitions=["value-stream"], layers=["observed"]
    )
    return found[0]


@pytest.fixture(scope="module")
def proposed(window: Window, finding: ClanReading) -> list[Move]:
    return moves(window, finding)


def test_moves_bridge_missing_pairs_most_for_the_least_load_first(
    example: Organisation, finding: ClanReading, proposed: list[Move]
) -> None:
    assert proposed
    assert finding.needs is not None
    assert all(set(move.bridges) <= set(finding.needs.missing) for move in proposed)
    assert [move.per_load for move in proposed] == sorted((move.per_load for move in proposed), reverse=True)
    for move in proposed:
        assert (move.silent, move.if_lived) == (
            len(finding.needs.missing),
            len(finding.needs.missing) - len(move.bridges),
        )
        assert spoken(example, move).endswith(".")


ASKING = """version: 1
groups: {east: {}, west: {}}
teams:
  a: {group: east, depends_on: [{team: p}]}
  b: {group: east, depends_on: [{team: p, kind: KIND}]}
  c: {group: east, depends_on: [{team: p}]}
  p: {group: west}
"""
PAIRS = (("a", "p"), ("b", "p"), ("c", "p"))


def asked(finding: ClanReading, kind: str) -> tuple[Organisation, list[Move]]:
    """The moves for three squads that ask one team for the same, and are silent with it."""
    organisation = organisation_of(ASKING.replace("KIND", kind))
    reading = replace(finding, needs=Needs(PAIRS, (), {}, 12), narrow=())
    return organisation, moves(Window.of(organisation, [], DAY), reading)


def test_three_squads_that_ask_for_the_same_get_a_service(finding: ClanReading) -> None:
    organisation, found = asked(finding, "ok")
    assert (found[0].mode, found[0].teams, found[0].if_lived) == ("x-as-a-service", ("p", "a", "b", "c"), 0)
    assert "wait for or need p: let it offer them one service" in spoken(organisation, found[0])


def test_a_service_that_somebody_waits_for_begins_with_a_collaboration(finding: ClanReading) -> None:
    organisation, found = asked(finding, "blocking")
    assert {move.mode for move in found} == {"collaboration"}
    (first,) = [move for move in found if move.then]
    assert (first.teams, first.then) == (("b", "p"), ("a", "b", "c"))
    assert "What they work out can then be a service for a, b and c." in spoken(organisation, first)


def test_what_nobody_has_a_hand_free_for_is_said(example: Organisation, window: Window, finding: ClanReading) -> None:
    held = held_up(window, finding)
    assert held and all(set(pair) & {team} for pair, team in held)
    assert not {pair for pair, _ in held} & {pair for move in moves(window, finding) for pair in move.bridges}


def test_no_enabling_team_is_proposed_for_a_plain_dependency(proposed: list[Move]) -> None:
    assert {move.mode for move in proposed} <= {"collaboration", "x-as-a-service"}


def test_what_the_lines_leave_is_what_is_read_of_the_file_with_them(
    example: Organisation, finding: ClanReading, proposed: list[Move]
) -> None:
    rows = contacts_of(example, planted=True)
    for move in proposed[:3]:
        again = read_clans(applied(example, move), rows, DAY, partitions=["value-stream"], layers=["observed"])[0]
        assert again.needs is not None and move.by_lines == len(again.needs.missing)
        assert again.grade == finding.grade  # nobody talks more because a line is written


def test_no_team_gets_a_second_collaboration_and_each_ends(example: Organisation, proposed: list[Move]) -> None:
    busy = [
        team
        for one in example.interactions_on(DAY)
        if one.mode == "collaboration"
        for pair in one.pairs
        for team in pair
    ]
    new = [team for move in proposed if move.mode == "collaboration" for team in move.teams]
    assert not set(new) & set(busy)
    assert len(new) == len(set(new))
    for move in proposed:
        (written,) = yaml.safe_load(move_lines(example, move))
        if move.mode != "x-as-a-service":
            assert dt.timedelta(0) < written["until"] - written["since"] <= dt.timedelta(weeks=13)


def test_a_move_can_be_applied_and_read_again(example: Organisation, proposed: list[Move]) -> None:
    for move in proposed:
        after = applied(example, move)
        assert len(after.interactions) == len(example.interactions) + 1
        assert after.interactions[-1].mode == move.mode


def test_a_move_s_lines_are_lines_of_the_file_and_bring_no_error(example: Organisation, proposed: list[Move]) -> None:
    text = "version: 1\nteams:\n" + "".join(f"  {id_}: {{}}\n" for id_ in example.teams) + "interactions:\n"
    text += "".join(f"  {line}\n" for move in proposed for line in move_lines(example, move).splitlines())
    chosen = selection(RuleSettings(), ["TT0", "TT101", "TT103", "TT104", "TT105"])
    assert check(load_texts({"squads.yaml": text}), DAY, chosen).findings == ()


def test_nothing_is_proposed_that_the_file_has_or_that_a_team_cannot_see_through(
    example: Organisation, window: Window, finding: ClanReading
) -> None:
    ending = {
        "identity-checks": example.teams["identity-checks"].model_copy(update={"until": DAY + dt.timedelta(weeks=2)})
    }
    other = example.model_copy(update={"teams": {**example.teams, **ending}})
    without = Window.of(other, contacts_of(example, planted=True), DAY)
    assert not [move for move in moves(without, finding) if "identity-checks" in move.teams]
    declared_pairs = {frozenset(pair) for one in example.interactions_on(DAY) for pair in one.pairs}
    assert not [move for move in moves(window, finding) if frozenset(move.teams) in declared_pairs]


def test_two_readings_together_ask_too_much_of_nobody(window: Window, finding: ClanReading) -> None:
    taken = Taken()
    first, second = (moves(window, finding, taken) for _ in range(2))
    teams = [team for move in [*first, *second] if move.mode == "collaboration" for team in move.teams]
    assert first and len(teams) == len(set(teams))


def test_ids_that_look_like_numbers_can_be_moved() -> None:
    move = Move("collaboration", ("0", "1"), (("0", "1"),), 2, DAY, DAY + dt.timedelta(weeks=8), 1)
    assert applied(organisation_of("version: 1\nteams: {0: {}, 1: {}}\n"), move).interactions[0].mode == "collaboration"


def test_a_reading_of_people_has_no_moves(window: Window, example: Organisation) -> None:
    for reading in read_clans(example, contacts_of(example, planted=True), DAY, partitions=["side", "side-within"]):
        assert moves(window, reading) == []


THREE = """version: 1
groups: {east: {}, west: {}}
teams:
  a: {group: east, size: 7, depends_on: [{team: c}]}
  b: {group: east, size: 7}
  c: {group: west, size: 7}
  d: {group: west, size: 4, depends_on: [{team: a}]}
  e: {group: west, size: 7}
  p: {type: platform, size: 7}
interactions:
  - {mode: collaboration, between: [a, b], since: 2026-06-01, until: 2026-12-18}
  - {mode: collaboration, between: [b, c], since: 2026-06-01, until: 2026-12-18}
  - {mode: x-as-a-service, provider: p, consumer: [a, b]}
"""


def test_the_pair_table_sets_file_and_contact_side_by_side() -> None:
    organisation = organisation_of(THREE)
    rows = weekly(("a", "b"), ("b", "d"), ("b", "e")) + weekly(("a", "p"), rate=9)
    table = pair_table(Window.of(organisation, rows, DAY))
    kinds = {row.teams: row.kind for row in table}
    assert kinds == {("a", "b"): "both", ("b", "c"): "on-paper", ("a", "c"): "neither", ("b", "e"): "shadow", ("a", "d"): "not-told",
                     ("a", "p"): "service-in-name", ("b", "p"): "service"}  # fmt: skip
    assert counts(table)[Kind.BOTH] == 1
    without = pair_table(Window.of(organisation, None, DAY))
    assert all(row.events is None for row in without)


def test_a_standing_names_what_is_missing_and_nothing_of_small_teams() -> None:
    organisation = organisation_of(THREE)
    table = pair_table(Window.of(organisation, weekly(("a", "b"), ("b", "d"), ("b", "e"), ("c", "e")), DAY))
    found = standings(organisation, table, DAY, small_teams(organisation, DAY, DAY))
    assert set(found) == {"a", "b", "c", "e"}  # d is under five people, p has no value stream
    assert (found["a"].missing, found["b"].across, found["b"].share) == (("c",), 1, 1.0)
    assert standings(organisation, pair_table(Window.of(organisation, [], DAY)), DAY, set()) == {}


def test_the_trend_falls_out_of_what_chance_gives(window: Window) -> None:
    points = trend(window, partition_of("value-stream"), "observed")
    assert len(points) == 11
    assert points[0].share > points[0].low and points[-1].share < points[-1].low
    assert trend(window, partition_of("value-stream"), "cross-changes") == []


def test_the_change_between_two_windows_is_told_against_the_ties_that_came_and_went(window: Window) -> None:
    found = change(window, partition_of("value-stream"), "observed")
    assert found is not None
    assert (found.before, found.after) == (11, 8)
    assert (
        found.low <= found.after - found.before <= found.high and found.p < 0.3
    )  # a quarter alone does not show it yet
    assert found.z is not None and found.z < -2
    quiet = change(window.at(DAY - dt.timedelta(weeks=28)), partition_of("value-stream"), "observed")
    assert quiet is not None and quiet.p > 0.05
    assert change(window, partition_of("side"), "observed") is None
    assert change(Window.of(window.organisation, None, DAY), partition_of("site"), "observed") is None


def test_bridges_that_all_went_are_more_than_chance_takes() -> None:
    teams = "".join(f"  a{i}: {{group: {'east' if i % 2 else 'west'}}}\n" for i in range(12))
    organisation = organisation_of(f"version: 1\ngroups: {{east: {{}}, west: {{}}}}\nteams:\n{teams}")
    crossing = [(f"a{i}", f"a{j}") for i in range(12) for j in range(i) if (i - j) % 2]
    inside = [(f"a{i}", f"a{j}") for i in range(12) for j in range(i) if (i - j) % 2 == 0]
    first = [row for row in weekly(*crossing) if row.week < DAY - dt.timedelta(weeks=12)]
    found = change(
        Window.of(organisation, [*first, *weekly(*inside, weeks=12)], DAY), partition_of("value-stream"), "observed"
    )
    assert found is not None
    assert (found.before, found.after) == (36, 0)
    assert found.p < 0.01
