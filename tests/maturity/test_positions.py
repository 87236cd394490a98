"""Signed positions of the duo, and cognitive load."""

from __future__ import annotations

import datetime as dt

from tests.conftest import DAY, organisation_of
from topology.maturity import duo_positions, widest_gap
from topology.model import Organisation


def team(positions: str):
    return organisation_of(f"version: 1\nteams:\n  t:\n    positions:\n{positions}").teams["t"]


def test_the_gap_is_the_pm_s_level_minus_the_em_s(example: Organisation) -> None:
    position = widest_gap(example.teams["order-tracking"], DAY)
    assert position is not None
    assert (position.dimension, position.pm, position.em, position.gap) == ("duo", 5, 2, 3)


def test_one_signature_is_no_gap(example: Organisation) -> None:
    assert widest_gap(example.teams["merchant-onboarding"], DAY) is None
    assert [one.gap for one in duo_positions(example.teams["merchant-onboarding"], DAY)] == [None]


def test_the_widest_gap_may_be_negative() -> None:
    found = widest_gap(team("      duo: {pm: 3, em: 4}\n      flow: {pm: 1, em: 4}\n"), DAY)
    assert found is not None and (found.dimension, found.gap) == ("flow", -3)


def test_a_position_of_the_future_is_not_known_yet() -> None:
    signed = team("      duo: {pm: 3, em: 4, assessed: 2026-05-01}\n")
    assert duo_positions(signed, dt.date(2026, 4, 30)) == []
    assert len(duo_positions(signed, dt.date(2026, 5, 1))) == 1


def test_a_position_is_stale_after_a_hundred_days() -> None:
    (position,) = duo_positions(team("      duo: {pm: 3, em: 4, assessed: 2026-01-01}\n"), DAY)
    assert not position.stale(dt.date(2026, 4, 11))
    assert position.stale(dt.date(2026, 4, 12))
