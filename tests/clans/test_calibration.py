"""How often the word "finding" is said, smaller than benchmarks/calibrate_clans.py: 20 organisations a design, seeds of its own."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from topology.clans.codes import Grade
from topology.clans.reading import ClanReading, read_clans
from topology.delivery.contacts import Contact
from topology.simulate import CLAN_FREE, PLANTED, contacts, designed

RUNS, DRAWS = 20, 399
WHERE = {"inward": "value-stream", "turning": "value-stream", "sides": "side-within"}


@cache
def readings(design: str, seed: int) -> list[ClanReading]:
    simulation = designed(design, seed=10_000 + seed)
    rows = [Contact(**row) for row in contacts(simulation)]
    return read_clans(simulation.organisation, rows, simulation.end.date() - dt.timedelta(days=1), draws=DRAWS)


@pytest.mark.parametrize("design", CLAN_FREE)
def test_where_there_is_no_clan_there_is_hardly_ever_a_finding(design: str) -> None:
    """At a rate of 5 % three of 20 or more come in one of thirteen times; the rates measured are 2.2 % and less."""
    found = [any(one.grade == Grade.FINDING for one in readings(design, seed)) for seed in range(RUNS)]
    assert sum(found) <= 2


@pytest.mark.parametrize("design", PLANTED)
def test_a_planted_clan_is_found(design: str) -> None:
    found = [
        any(one.grade == Grade.FINDING for one in readings(design, seed) if one.partition.id == WHERE[design])
        for seed in range(RUNS)
    ]
    assert sum(found) >= 17


def test_shuffled_labels_give_p_like_a_fair_die() -> None:
    """Where labels mean nothing, p lies as often below .5 as above, and seldom below .05."""
    values = [
        one.p
        for seed in range(RUNS)
        for one in readings("plain", seed)
        if one.p is not None and one.layer == "observed"
    ]
    assert len(values) >= 60
    assert 0.35 <= sum(p <= 0.5 for p in values) / len(values) <= 0.7
    assert sum(p <= 0.05 for p in values) / len(values) <= 0.12
    assert max(values) > 0.9
