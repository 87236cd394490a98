"""Pairs, standings and moves of the example: what is missing, and proposals within the limits of Team Topologies."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from tests.clans.test_reading import contacts_of, weekly
from tests.conftest import DAY, organisation_of
from topology.clans.changes import change
from topology.clans.codes import Kind
from topology.clans.floors import by_floor
from topology.clans.moves import MOST_HELPED, Move, Taken, applied, moves
from topology.clans.pairs import counts, pair_table
from topology.clans.partitions import partition_of
from topology.clans.reading import ClanReading, read_clans
from topology.clans.standings import standings
from topology.clans.trend import trend
from topology.clans.window import Window
from topology.graph.networks import declared
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
    assert len(proposed) >= 3
    assert finding.needs is not None
    assert all(set(move.bridges) <= set(finding.needs.missing) for move in proposed)
    assert [move.per_load for move in proposed] == sorted((move.per_load for move in proposed), reverse=True)
    for move in proposed:
        assert move.missing[0] - move.missing[1] == len(move.bridges)
        assert spoken(example, move).endswith(".")


def test_three_squads_that_ask_for_the_same_get_a_service(example: Organisation, proposed: list[Move]) -> None:
    (service,) = [move for move in proposed if move.mode == "x-as-a-service"]
    assert service.teams == ("identity-checks", "checkout", "payment-methods", "refunds")
    assert "wait for or need Identity checks: let it offer them one service" in spoken(example, service)


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


def test_an_enabling_team_helps_no_more_than_it_can(example: Organisation, proposed: list[Move]) -> None:
    helped = declared(example, DAY, "facilitating")
    for team in {move.teams[0] for move in proposed if move.mode == "facilitating"}:
        new = sum(move.mode == "facilitating" and move.teams[0] == team for move in proposed)
        assert helped.out_degree(team) + new <= MOST_HELPED


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
    move = Move("collaboration", ("0", "1"), (("0", "1"),), 2, DAY, DAY + dt.timedelta(weeks=8), (1, 0))
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
    table = pair_table(Window.of(organisation, weekly(("a", "b"), ("b", "d"), ("b", "e")), DAY))
    found = standings(organisation, table, DAY, small_teams(organisation, DAY, DAY))
    assert set(found) == {"a", "b", "c", "e"}  # d is under five people, p has no value stream
    assert (found["a"].missing, found["b"].across, found["b"].share) == (("c",), 1, 1.0)
    assert standings(organisation, pair_table(Window.of(organisation, [], DAY)), DAY, set()) == {}


def test_the_trend_falls_out_of_what_chance_gives(window: Window) -> None:
    points = trend(window, partition_of("value-stream"), "observed")
    assert len(points) == 11
    assert points[0].share > points[0].low and points[-1].share < points[-1].low
    assert trend(window, partition_of("value-stream"), "cross-changes") == []


def test_the_sign_holds_for_other_floors(window: Window) -> None:
    rows = by_floor(window, partition_of("value-stream"), "observed")
    assert [row.ties for row in rows] == sorted((row.ties for row in rows), reverse=True)
    assert [row.floor for row in rows if row.holds] == [3.0, 4.0]
    assert all(row.fewer is not None and row.fewer > 0.2 for row in rows if row.floor >= 3)
    assert by_floor(window, partition_of("side"), "observed") == []


def test_the_change_between_two_windows_is_told_against_the_ties_that_came_and_went(window: Window) -> None:
    found = change(window, partition_of("value-stream"), "observed")
    assert found is not None
    assert (found.before, found.after) == (19, 12)
    assert (
        found.low <= found.after - found.before <= found.high and found.p < 0.1
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
