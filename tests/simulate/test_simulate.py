"""The simulated year: the same bytes each time, and the stories are in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import DAY, ROOT
from topology.delivery import Scope, load_events, read_metric, whole_weeks
from topology.model import Organisation
from topology.simulate import (
    DESIGNS,
    EXAMPLE_STORIES,
    Simulation,
    contacts,
    designed,
    make_organisation,
    simulate,
    write_answers,
    write_tables,
)
from topology.simulate.dice import Dice


@pytest.fixture(scope="module")
def year(example: Organisation):
    return simulate(Simulation(example, stories=EXAMPLE_STORIES))


def test_the_committed_data_is_what_the_seed_gives(year, tmp_path: Path) -> None:
    written = write_tables(year, tmp_path)
    assert {file.name for file in written} == {file.name for file in (ROOT / "data").glob("*.csv")}
    for file in written:
        assert file.read_bytes() == (ROOT / "data" / file.name).read_bytes(), (
            f"run `topology simulate`: {file.name} is stale"
        )


def test_the_committed_answers_are_what_the_seed_gives(example: Organisation, tmp_path: Path) -> None:
    written = write_answers(Simulation(example, stories=EXAMPLE_STORIES), tmp_path)
    assert {file.name for file in written} == {file.name for file in (ROOT / "answers").iterdir()}
    for file in written:
        told = (ROOT / "answers" / file.name).read_bytes()
        assert file.read_bytes() == told, f"run `topology simulate --answers answers`: {file.name} is stale"


def test_another_seed_gives_another_year(example: Organisation, year) -> None:
    assert simulate(Simulation(example, seed=99))["deployments"] != year["deployments"]


def test_a_further_team_changes_no_other_team(example: Organisation, year) -> None:
    teams = {**example.teams, "new": example.teams["checkout"].model_copy(update={"services": {}})}
    more = simulate(Simulation(example.model_copy(update={"teams": teams}), stories=EXAMPLE_STORIES))
    assert more["deployments"] == year["deployments"]


def test_nothing_happens_outside_the_year(year) -> None:
    for row in year["deployments"]:
        assert dt.date(2025, 11, 24) <= row["finished_at"].date() <= DAY
    assert all(row["opened_at"] <= row["resolved_at"] for row in year["incidents"] if row["resolved_at"])


def test_every_row_of_the_example_loads(example: Organisation) -> None:
    events = load_events(ROOT / "data", "Europe/Paris")
    assert [one for one in events.report.files if one.error or one.left_out or one.ignored] == []
    assert events.last_day == DAY


def test_the_drifting_squad_gets_slower_and_no_other_does_as_much(example: Organisation) -> None:
    events = load_events(ROOT / "data", "Europe/Paris")
    then, now = (
        read_metric("change-lead-time", Scope(events, example, tuple(whole_weeks(day))))
        for day in (DAY - dt.timedelta(weeks=40), DAY)
    )
    growth = {
        team: now.headline[team]["value"] / then.headline[team]["value"]
        for team in now.headline
        if team in then.headline
    }
    assert growth["order-tracking"] > 4
    assert max(value for team, value in growth.items() if team != "order-tracking") < growth["order-tracking"]


def test_the_first_day_must_be_a_monday(example: Organisation) -> None:
    with pytest.raises(ValueError, match="not a Monday"):
        simulate(Simulation(example, first=dt.date(2026, 1, 1)))


def test_made_organisations_are_valid_and_of_the_size_asked_for() -> None:
    for size in (1, 5, 60, 300):
        organisation = make_organisation(size)
        assert len(organisation.teams) == size
        assert organisation == make_organisation(size)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_gives_the_same_organisation_each_time_and_its_contacts(design: str) -> None:
    one, again = designed(design, 12, seed=3), designed(design, 12, seed=3)
    assert one == again
    assert contacts(one) == contacts(again)
    assert len([team for team in one.organisation.teams.values() if team.type == "stream-aligned"]) == 12
    assert designed(design, 12, seed=4).organisation != one.organisation


def test_seven_in_ten_ties_of_a_planted_clan_stay_inside() -> None:
    shares = []
    for seed in range(20):
        simulation = designed("inward", seed=seed)
        pairs = simulation.stories.lively[0].pairs
        stream = simulation.organisation.value_stream
        shares.append(sum(stream(a) == stream(b) for a, b in pairs) / len(pairs))
    assert sum(shares) / len(shares) == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize(("design", "squads"), [("nothing", 20), ("plain", 3)])
def test_a_wrong_design_is_refused(design: str, squads: int) -> None:
    with pytest.raises(ValueError, match="design"):
        designed(design, squads)


def test_dice_are_fair_enough() -> None:
    dice = Dice(1, "test")
    assert sum(dice.poisson(1.5) for _ in range(4000)) / 4000 == pytest.approx(1.5, abs=0.1)
    assert median(dice.around(30) for _ in range(4001)) == pytest.approx(30, rel=0.08)
    assert all(0 <= dice.uniform() < 1 for _ in range(100))
