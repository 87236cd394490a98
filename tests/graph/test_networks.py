"""Organisation → networks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from tests.conftest import organisation_of
from topology.graph.networks import Depends, Shares, declared, declared_ties, needed
from topology.graph.observed import observed, observed_people

DAY = dt.date(2026, 3, 1)
END = dt.date(2026, 3, 2)  # a Monday
ORGANISATION = """
version: 1
groups: {shop: {}}
teams:
  a: {group: shop, size: 4, domains: [{name: Pay, complexity: simple}], services: {s: {}}}
  b: {size: 9, domains: [{name: pay, complexity: simple}], depends_on: [{team: a, kind: slowing, reason: keys}]}
  c: {pm: p1, members: [p2], services: {s: {}}}
  d: {em: p3, members: [p2]}
  gone: {until: 2026-01-01, depends_on: [{team: a}]}
interactions:
  - {mode: collaboration, between: [b, a], since: 2026-02-01, until: 2026-02-20}
  - {mode: collaboration, between: [a, c], since: 2026-04-01}
  - {mode: x-as-a-service, provider: a, consumer: [b, c, gone]}
  - {mode: facilitating, facilitator: d, team: c, since: 2026-01-01, ended: 2026-02-01}
"""


@dataclass(frozen=True)
class Row:
    week: dt.date
    source: str
    target: str
    weight: float
    kind: str = "meeting"


def weekly(source: str, target: str, weight: float, weeks: int = 4) -> list[Row]:
    return [Row(END - dt.timedelta(weeks=w), source, target, weight) for w in range(1, weeks + 1)]


@pytest.fixture(scope="module")
def organisation():
    return organisation_of(ORGANISATION)


def test_declared_modes_have_direction_and_state(organisation) -> None:
    collaboration = declared(organisation, DAY, "collaboration")
    assert collaboration.edges["a", "b"]["state"] == collaboration.edges["b", "a"]["state"] == "overrun"
    assert collaboration.edges["a", "c"]["state"] == "planned"
    assert set(declared(organisation, DAY, "x-as-a-service").edges) == {("a", "b"), ("a", "c")}
    assert declared(organisation, DAY, "facilitating").number_of_edges() == 0
    assert "gone" not in collaboration


def test_declared_ties_are_those_that_run(organisation) -> None:
    assert set(declared_ties(organisation, DAY).edges) == {("a", "b")}


def test_nodes_carry_typed_attributes(organisation) -> None:
    assert declared_ties(organisation, DAY).nodes["a"] == {
        "name": "a",
        "type": "undefined",
        "value_stream": "shop",
        "site": None,
        "size": 4,
    }


def test_needed_pairs_say_why(organisation) -> None:
    graph = needed(organisation, DAY)
    assert graph.edges["a", "b"]["reasons"] == [Depends("b", "a", "slowing", "keys"), Shares("domain", "pay")]
    assert graph.edges["a", "c"]["reasons"] == [Shares("service", "s")]


def test_three_events_in_four_weeks_make_a_tie_and_size_corrects_its_weight(organisation) -> None:
    assert not observed(organisation, weekly("a", "b", 0.5), END, weeks=4).has_edge("a", "b")
    tie = observed(organisation, weekly("a", "b", 0.75), END, weeks=4).edges["a", "b"]
    assert tie["events"] == 3
    assert tie["weight"] == pytest.approx(3 / 6)


def test_only_the_weeks_of_the_window_count(organisation) -> None:
    assert observed(organisation, weekly("a", "b", 1, weeks=12), END, weeks=4).edges["a", "b"]["events"] == 4
    later = [Row(END, "a", "b", 99)]
    assert not observed(organisation, later, END).has_edge("a", "b")


def test_a_person_of_two_teams_counts_half_for_each_and_self_ties_are_dropped(organisation) -> None:
    graph = observed(organisation, weekly("p2", "a", 2), END, weeks=4)
    assert graph.edges["a", "c"]["events"] == graph.edges["a", "d"]["events"] == 4
    assert not observed(organisation, weekly("p1", "p2", 1), END, weeks=4).has_edge("c", "c")


def test_people_tie_across_squads_only(organisation) -> None:
    graph = observed_people(organisation, weekly("p1", "p3", 1) + weekly("p1", "p2", 1), END)
    assert set(graph.edges) == {("p1", "p3")}
    assert graph.nodes["p1"] == {"side": "product", "team": "c"}


def test_contacts_of_strangers_change_nothing(organisation) -> None:
    assert observed(organisation, weekly("nobody", "a", 9), END).number_of_edges() == 0


def test_a_running_interaction_is_told_before_a_planned_one() -> None:
    organisation = organisation_of(
        "version: 1\nteams: {a: {}, b: {}}\ninteractions:\n"
        "  - {mode: collaboration, between: [a, b], since: 2026-01-01}\n  - {mode: collaboration, between: [b, a], since: 2027-01-01}\n"
    )
    assert set(declared_ties(organisation, DAY).edges) == {("a", "b")}


def test_a_contact_counts_for_the_team_of_that_week() -> None:
    organisation = organisation_of(
        "version: 1\nteams:\n  a: {members: [{person: p, until: 2026-01-01}]}\n  b: {was: [old], members: [{person: p, since: 2026-01-01}, q]}\n  c: {}\n"
    )
    assert observed(organisation, weekly("p", "q", 9), END).number_of_edges() == 0
    assert observed_people(organisation, weekly("p", "q", 9), END).nodes["p"]["team"] == "b"
    assert observed(organisation, weekly("old", "c", 9), END).has_edge("b", "c")
