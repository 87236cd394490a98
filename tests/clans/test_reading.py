"""The first clan reading of the example: the planted story is there, the united organisation is not accused."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import DAY, organisation_of
from topology.clans import read_clans
from topology.clans.reading import counted_bridges
from topology.delivery.contacts import Contact
from topology.model import Organisation
from topology.simulate import EXAMPLE_STORIES, Simulation, simulate


def contacts(organisation: Organisation, *, planted: bool) -> list[Contact]:
    simulation = Simulation(organisation, stories=EXAMPLE_STORIES) if planted else Simulation(organisation)
    return [Contact(**row) for row in simulate(simulation)["contacts"]]


@pytest.fixture(scope="module")
def planted(example: Organisation) -> list[Contact]:
    return contacts(example, planted=True)


def one(readings, grouping: str, layer: str):
    return next(r for r in readings if (r.grouping, r.layer) == (grouping, layer))


def test_the_planted_story_is_a_sign_at_the_end_and_none_at_the_start(
    example: Organisation, planted: list[Contact]
) -> None:
    now = one(read_clans(example, planted, DAY, groupings=["value-stream"]), "value-stream", "observed")
    then = one(
        read_clans(example, planted, DAY - dt.timedelta(weeks=40), groupings=["value-stream"]),
        "value-stream",
        "observed",
    )
    assert (then.grade, now.grade) == ("no sign", "sign")
    assert now.p is not None and now.p < 0.001
    assert "fewer bridges than chance would give" in now.sentence
    assert now.needs is not None and len(now.needs.missing) > 5


def test_without_stories_the_value_streams_give_no_sign(example: Organisation) -> None:
    reading = one(
        read_clans(example, contacts(example, planted=False), DAY, groupings=["value-stream"]),
        "value-stream",
        "observed",
    )
    assert reading.grade == "no sign"


def test_no_contacts_is_no_data_and_not_zero(example: Organisation) -> None:
    for reading in read_clans(example, None, DAY):
        if reading.layer == "observed":
            assert (reading.grade, reading.bridges) == ("not enough data", None)
            assert "No data" in reading.sentence


def test_few_squads_are_too_few_to_tell() -> None:
    organisation = organisation_of("version: 1\ngroups: {g: {}, h: {}}\nteams: {a: {group: g}, b: {group: h}}\n")
    rows = [Contact(DAY - dt.timedelta(days=DAY.weekday() + 7 * w), "a", "b", "meeting", 5) for w in range(12)]
    reading = one(read_clans(organisation, rows, DAY, groupings=["value-stream"]), "value-stream", "observed")
    assert reading.sentence == "Too few to tell: 2 teams with a label (needs 8)."


def test_an_empty_organisation_gives_sentences() -> None:
    readings = read_clans(organisation_of("version: 1\nteams: {}\n"), [], DAY)
    assert len(readings) == 6
    assert all(reading.sentence for reading in readings)


def test_bridges_are_counted_only_where_there_are_ties(example: Organisation, planted: list[Contact]) -> None:
    counts = counted_bridges(example, planted, DAY)
    assert "developer-platform" not in counts
    assert counts and all(0 <= across <= ties for across, ties in counts.values())
    assert counted_bridges(example, None, DAY) == {}
