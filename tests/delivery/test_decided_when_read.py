"""Decisions that are taken when events are read, beside the reference cases: neighbours of what once came out wrong."""

from __future__ import annotations

import pytest

from tests.conftest import organisation_of
from topology.delivery import read_metric, rows_left_out

TEAMS = organisation_of(
    "version: 1\nteams:\n  a: {size: 6, services: {x: {repositories: [o/x, o/x-ui]}}}\n  b: {size: 6, services: {y: {}}}\n"
)
DEPLOYMENTS = "id,service,finished_at,result,environment,version\n"


def value(scope, metric: str, team: str = "a", **tables: str) -> float | None:  # type: ignore[no-untyped-def]
    found = read_metric(metric, scope(TEAMS, "2026-03-22", **tables))
    return found.value(team)


def test_each_repository_of_a_service_has_a_deployed_branch_of_its_own(scope) -> None:
    changes = "id,service,repository,merged_at,first_commit_at,base_branch,default_branch\n" + "".join(
        f"c{index},x,{repository},2026-03-03T1{index}:00:00Z,2026-03-03T08:00:00Z,{base},{default}\n"
        for index, (repository, base, default) in enumerate(
            [
                ("o/x", "main", "main"),
                ("o/x", "main", "main"),
                ("o/x-ui", "master", "master"),
                ("o/x-ui", "wip", "master"),
            ]
        )
    )
    deployed = DEPLOYMENTS + "d0,x,2026-03-02T10:00:00Z,success,prod,v0\nd1,x,2026-03-04T10:00:00Z,success,prod,v1\n"
    made = scope(TEAMS, "2026-03-22", changes=changes, deployments=deployed)
    found = read_metric("change-lead-time", made)
    assert found.headline["a"]["n"] == 3
    assert [
        (row["id"], row["reason"]) for row in rows_left_out("change-lead-time", made, "a") if row["id"] == "c3"
    ] == [("c3", "other-branch")]


@pytest.mark.parametrize(
    ("turns", "releases"),
    [
        (["02T10:00:00 eu", "02T10:00:01 us", "06T10:00:00 eu", "10T10:00:00 eu", "10T10:00:01 us"], 3),
        (["02T10:00:00 eu", "04T10:00:00 eu", "04T10:00:05 us"], 2),
        (["02T10:00:00 eu", "02T10:20:00 eu", "02T10:30:00 us"], 2),
        (["02T10:00:00 eu", "02T12:00:00 us"], 2),
    ],
)
def test_a_version_that_comes_to_its_regions_again_is_one_release_each_time(
    scope, turns: list[str], releases: int
) -> None:
    rows = "".join(
        f"d{index},x,2026-03-{turn.split()[0]}Z,success,prod-{turn.split()[1]},v1\n" for index, turn in enumerate(turns)
    )
    found = read_metric("deployment-frequency", scope(TEAMS, "2026-03-22", deployments=DEPLOYMENTS + rows))
    assert found.headline["a"]["n"] == releases


@pytest.mark.parametrize("spelling", ["x", "X", "x;y"])
def test_a_blank_environment_is_no_production_of_a_service_that_names_one_in_any_spelling(scope, spelling: str) -> None:
    rows = f"d0,x,2026-03-16T10:00:00Z,success,production,v0\nd1,{spelling},2026-03-17T10:00:00Z,success,,v1\n"
    found = read_metric("deployment-frequency", scope(TEAMS, "2026-03-22", deployments=DEPLOYMENTS + rows))
    assert found.headline["a"]["n"] == 1


@pytest.mark.parametrize(("told", "rate"), [("yes", 1.0), ("", None)])
def test_what_a_tool_says_of_an_environment_it_says_of_its_incidents(scope, told: str, rate: float | None) -> None:
    deployed = (
        f"id,service,finished_at,result,environment,production\nd,x,2026-03-16T10:00:00Z,success,cluster-a,{told}\n"
    )
    incident = "id,service,opened_at,environment\ni,x,2026-03-16T10:50:00Z,cluster-a\n"
    assert value(scope, "change-fail-rate", deployments=deployed, incidents=incident) == rate


def test_items_of_which_none_says_when_it_was_begun_are_no_load_of_nothing(scope) -> None:
    items = "id,team,flow_type,created_at,started_at,done_at\ni1,a,debt,2026-03-02T10:00:00Z,,\ni2,b,debt,2026-03-02T10:00:00Z,2026-03-03T10:00:00Z,\n"
    assert value(scope, "flow-load", work_items=items) is None
    assert value(scope, "flow-load", "b", work_items=items) == 1


@pytest.mark.parametrize("resolution", ["Wont-Do", "WONTFIX", "Ne sera pas resolu", "Dubbel"])
def test_words_for_what_was_never_to_be_done_are_compared_as_people_write_them(scope, resolution: str) -> None:
    items = f"id,team,created_at,started_at,done_at,resolution,flow_type\ni,a,2026-03-02,2026-03-03,2026-03-17,{resolution},debt\n"
    assert value(scope, "tech-investment-share", work_items=items) is None


@pytest.mark.parametrize("named", ["d1;d2", "d2;d1", "d2"])
def test_a_change_that_names_several_deployments_counts_from_the_first_that_reached_production(
    scope, named: str
) -> None:
    deployed = (
        "id,service,finished_at,result,environment,commit_sha\nd1,x,2026-03-16T10:00:00Z,success,staging,s1\n"
        "d2,x,2026-03-17T10:00:00Z,success,production,s2\nd3,x,2026-03-18T10:00:00Z,success,production,s3\n"
    )
    changes = (
        f"id,service,merged_at,first_commit_at,deployment_id\nc,x,2026-03-16T08:00:00Z,2026-03-16T07:00:00Z,{named}\n"
    )
    found = read_metric("change-lead-time", scope(TEAMS, "2026-03-22", deployments=deployed, changes=changes))
    assert (found.headline["a"]["value"], found.headline["a"]["n"]) == (27.0, 1)
