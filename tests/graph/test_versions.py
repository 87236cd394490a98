"""Two versions on one map: nothing moves between them, and what ends, moves or is new has its place."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings

from tests.conftest import DAY, ROOT
from tests.planning.test_properties import operations
from topology.graph.teammap.versions import TwoVersions, real
from topology.history.changes import compare
from topology.planning import Operation, plan
from topology.planning.operation import operation
from topology.source import load

BASE = load(ROOT / "squads.yaml")


def versions(*several: Operation) -> TwoVersions:
    found = plan(BASE, several)
    both = compare(found.base, found.after)
    return TwoVersions(both.old, both.new, both.later, found.day(DAY))


STORY = (
    operation("move", team="first-order", group="payments"),
    operation("type", team="warehouse", type="platform"),
    operation(
        "end-interaction", interaction={"mode": "collaboration", "teams": ["search", "catalogue"]}, day="2026-11-20"
    ),
    operation("interaction", mode="collaboration", teams=["invoicing", "merchant-onboarding"], since="2026-11-22"),
    operation("end-team", team="recommendations", day="2026-11-22"),
    operation("new-team", id="fresh", group="discovery", since="2026-11-22"),
    operation("rename", team="sign-up", id="accounts"),
)


def test_nothing_moves_between_before_and_after() -> None:
    both = versions(*STORY)
    after, before = both.layout(1280), both.layout(1280, earlier=True)
    assert [(one.id, one.box) for one in after.teams] == [(one.id, one.box) for one in before.teams]
    assert after.height == before.height
    assert [one.box for one in after.bands] == [one.box for one in before.bands]
    shared = {joint.tie.key: joint.box for joint in before.joints}
    assert all(shared[joint.tie.key] == joint.box for joint in after.joints if joint.tie.key in shared)


def test_each_version_shows_its_own_teams() -> None:
    both = versions(*STORY)
    after = {real(one.id) for one in both.layout(1280).teams if one.present}
    before = {real(one.id) for one in both.layout(1280, earlier=True).teams if one.present}
    assert after - before == {"fresh"}
    assert before - after == {"recommendations"}
    assert "accounts" in before
    assert both.stood_elsewhere == {"first-order", "warehouse"}
    absent = {one.id for one in both.layout(1280).teams if not one.present}
    assert absent == {"was:first-order", "was:warehouse", "recommendations"}


def test_what_ends_is_crossed_and_counts_for_nothing() -> None:
    both = versions(STORY[2])
    assert both.crossed == {"collaboration:catalogue:search"}
    layout = both.layout(1280)
    assert "collaboration:catalogue:search" in [joint.tie.key for joint in layout.joints]
    assert "collaboration:catalogue:search" not in [tie.key for tie in layout.ties]
    assert both.layout(1280, earlier=True).ties != layout.ties


def test_a_service_of_a_team_that_only_moved_has_not_ended() -> None:
    assert versions(STORY[0]).crossed == frozenset()


def test_a_draft_without_a_change_is_the_map_of_the_day() -> None:
    both = versions()
    assert both.crossed == both.stood_elsewhere == both.fresh == both.gone == frozenset()
    assert [one.present for one in both.layout(1280).teams] == [True] * 20
    assert both.day == DAY == dt.date(2026, 11, 22)


@given(several=operations())
@settings(max_examples=30)
def test_any_draft_can_be_drawn_and_nothing_moves(several: list[Operation]) -> None:
    from tests.planning.organisations import ONE
    from topology.source import load_texts

    found = plan(load_texts(ONE), several)
    both = compare(found.base, found.after)
    two = TwoVersions(both.old, both.new, both.later, found.day(DAY))
    after, before = two.layout(900), two.layout(900, earlier=True)
    assert [(one.id, one.box) for one in after.teams] == [(one.id, one.box) for one in before.teams]
    assert {real(one.id) for one in after.teams if one.present} == set(two.new)
    assert {real(one.id) for one in before.teams if one.present} == set(two.old)
