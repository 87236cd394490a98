"""A contact of somebody who is in several teams belongs to the team that owns what it was about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.conftest import organisation_of
from topology.delivery.contacts import Contact, read_contacts
from topology.graph.observed import exchange

ORGANISATION = organisation_of(
    "version: 1\npeople: {both: {}, ann: {}, cat: {}}\n"
    "teams:\n  a: {members: [both], services: {s: {}}}\n  b: {members: [both]}\n  c: {members: [ann]}\n"
)
WEEK = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("about", "pairs"),
    [("a", {("a", "c"): 1.0}), ("", {("a", "c"): 0.5, ("b", "c"): 0.5}), ("c", {("a", "c"): 0.5, ("b", "c"): 0.5})],
)
def test_the_owner_s_team_has_it_else_it_is_shared_out(about: str, pairs: dict[Any, float]) -> None:
    found = exchange(ORGANISATION, [Contact(WEEK, "both", "ann", "review", 1.0, about)]).teams
    assert {
        (found.units[i], found.units[j]): events
        for i, j, events in zip(found.first, found.second, found.events, strict=True)
    } == pairs


def test_reviews_are_about_the_owner_of_the_service(scope) -> None:
    tables = {
        "changes": "id,service,merged_at,author,reviewers\n1,s,2026-03-03T10:00:00Z,ann,both\n2,gone,2026-03-03T10:00:00Z,ann,both\n"
    }
    contacts = read_contacts(scope(ORGANISATION, "2026-03-08", 1, **tables).events, ORGANISATION)
    assert contacts is not None
    found = exchange(ORGANISATION, contacts).teams
    sums = {(found.units[i], found.units[j]): 0.0 for i, j in zip(found.first, found.second, strict=True)}
    for i, j, events in zip(found.first, found.second, found.events, strict=True):
        sums[found.units[i], found.units[j]] += events
    assert sums == {("a", "c"): 1.5, ("b", "c"): 0.5}
