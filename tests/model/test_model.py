"""Questions that the organisation answers."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import DAY, organisation_of
from topology.model import Organisation, side_of

TWO = "version: 1\nteams: {a: {}, b: {}}\ninteractions:\n  - {mode: collaboration, between: [a, b], since: 2026-02-01, until: 2026-03-01%s}\n"


@pytest.mark.parametrize(
    ("day", "ended", "state"),
    [
        ("2026-01-31", "", "planned"),
        ("2026-02-01", "", "active"),
        ("2026-02-28", "", "active"),
        ("2026-03-01", "", "overrun"),
        ("2026-03-01", ", ended: 2026-03-05", "overrun"),
        ("2026-03-05", ", ended: 2026-03-05", "ended"),
        ("2026-02-20", ", ended: 2026-02-15", "ended"),
    ],
)
def test_an_interaction_s_state_follows_from_its_dates(day: str, ended: str, state: str) -> None:
    organisation = organisation_of(TWO % ended)
    assert organisation.interactions[0].state(dt.date.fromisoformat(day)) == state


def test_a_period_includes_its_first_day_and_excludes_its_last() -> None:
    team = organisation_of("version: 1\nteams: {a: {since: 2026-01-01, until: 2026-02-01}}\n").teams["a"]
    days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"]
    assert [team.covers(dt.date.fromisoformat(day)) for day in days] == [False, True, True, False]


def test_sides_follow_from_roles_and_seats_and_can_be_overridden() -> None:
    organisation = organisation_of(
        "version: 1\npeople:\n  a: {role: product-designer}\n  b: {role: qa-engineer}\n  c: {role: technical-writer}\n"
        "  d: {role: qa-engineer, side: product}\n  e: {}\nteams: {t: {pm: e, members: [a, b, c, d]}}\n"
    )
    assert {p: organisation.side(p) for p in "abcde"} == {
        "a": "product",
        "b": "tech",
        "c": "other",
        "d": "product",
        "e": "product",
    }
    assert organisation.side("nobody") is None
    assert side_of(None) == "other"


def test_the_example_is_what_its_page_says(example: Organisation) -> None:
    types = [team.type for team in example.teams.values()]
    assert [types.count(t) for t in ("stream-aligned", "platform", "enabling", "complicated-subsystem")] == [
        14,
        3,
        2,
        1,
    ]
    assert {example.site(team) for team in example.teams} == {"paris", "lyon"}
    assert {one.state(DAY) for one in example.interactions if one.mode == "collaboration"} == {
        "planned",
        "active",
        "overrun",
        "ended",
    }
    assert {one.state(DAY) for one in example.interactions if one.mode == "facilitating"} == {
        "planned",
        "active",
        "overrun",
        "ended",
    }
    seats = [seat for team in example.teams.values() if team.type == "stream-aligned" for seat in (team.pm, team.em)]
    assert sorted({seat.status for seat in seats if seat}) == ["acting", "permanent", "vacant"]
    assert [team for team, one in example.teams.items() if one.pm and one.pm.person == "amara"] == [
        "refunds",
        "invoicing",
    ]


def test_a_team_is_found_by_id_former_id_or_the_start_of_its_name(example: Organisation) -> None:
    assert [example.find_team(words) for words in ("checkout", "cart", "order tr", "re")] == [
        "checkout",
        "checkout",
        "order-tracking",
        None,
    ]


def test_a_ring_of_groupings_ends_the_lineage() -> None:
    ring = Organisation.model_validate({"version": 1, "groups": {"a": {"group": "b"}, "b": {"group": "a"}}})
    assert ring.lineage("a") == ["a", "b"]
