"""A database of DevLake, imported, gives by the definition `devlake` what DevLake's own queries give."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import organisation_of
from topology.delivery import DEFINITIONS, Scope, load_events, read_metric, rows_left_out, whole_weeks
from topology.interop import Who, merge
from topology.interop.events import devlake

ORGANISATION = organisation_of("version: 1\nteams: {cart: {services: {cart-web: {repositories: [nimbus/cart]}}}}\n")
REPOSITORY = "https://git.example/nimbus/cart"


def moment(text: str) -> str:
    return f"TIMESTAMP '2026-03-{text}'"


# Row, deployment, result, environment, finished, commit. `d2` was run twice; `d3` is a CI pipeline, whose environment DevLake leaves blank.
COMMITS = [
    ("r1", "d1", "SUCCESS", "PRODUCTION", "02 10:00", "a1"), ("r2", "d1", "SUCCESS", "PRODUCTION", "02 10:00", "a2"),
    ("r3", "d2", "FAILURE", "PRODUCTION", "03 10:00", "b1"), ("r4", "d2", "SUCCESS", "PRODUCTION", "03 11:00", "b1"),
    ("r5", "d3", "SUCCESS", "", "04 10:00", "c1"), ("r6", "d4", "SUCCESS", "PRODUCTION", "10 10:00", "e1"),
    ("r7", "d5", "SUCCESS", "STAGING", "11 10:00", "f1"),
]  # fmt: skip
# Pull request, opened, merged, first commit, first comment, row of its deployment, deployed. DevLake found no deployment for `p2`.
PULLS = [
    ("p1", "01 12:00", "01 18:00", "01 08:00", "01 14:00", "r1", "02 10:00"), ("p2", "02 12:00", "02 18:00", "02 08:00", "02 14:00", None, None),
    ("p3", "08 10:00", "09 10:00", "07 10:00", "08 12:00", "r6", "10 10:00"), ("p4", "08 10:00", "09 12:00", "08 09:30", None, "r6", "10 10:00"),
]  # fmt: skip
# Issue, type, created, resolved; DevLake links `i1` to `d1` and `i3` to `d2`, and nothing to `i2`.
ISSUES = [
    ("i1", "INCIDENT", "02 11:00", "02 13:00"), ("i2", "INCIDENT", "10 11:00", None), ("i3", "INCIDENT", "03 12:00", "03 21:00"),
    ("b1", "BUG", "10 12:00", "12 12:00"),
]  # fmt: skip


@pytest.fixture
def scope(tmp_path: Path) -> Scope:
    file = tmp_path / "lake.duckdb"
    with duckdb.connect(str(file)) as lake:
        lake.execute("CREATE TABLE cicd_deployment_commits (id TEXT, cicd_deployment_id TEXT, name TEXT, result TEXT, environment TEXT, started_date TIMESTAMP, finished_date TIMESTAMP, commit_sha TEXT, ref_name TEXT, repo_url TEXT)")  # fmt: skip
        for row, deployment, result, environment, finished, sha in COMMITS:
            lake.execute(f"INSERT INTO cicd_deployment_commits VALUES ('{row}','{deployment}','deploy','{result}','{environment}',{moment(finished)},{moment(finished)},'{sha}','main','{REPOSITORY}')")  # fmt: skip
        lake.execute("CREATE TABLE pull_requests (id TEXT, base_ref TEXT, author_name TEXT, created_date TIMESTAMP, merged_date TIMESTAMP, merge_commit_sha TEXT, url TEXT)")  # fmt: skip
        lake.execute("CREATE TABLE project_pr_metrics (id TEXT, project_name TEXT, first_commit_authored_date TIMESTAMP, first_comment_date TIMESTAMP, deployment_commit_id TEXT, pr_deployed_date TIMESTAMP)")  # fmt: skip
        for id_, opened, merged, first, comment, row, deployed in PULLS:
            lake.execute(
                f"INSERT INTO pull_requests VALUES ('{id_}','main','kit',{moment(opened)},{moment(merged)},'zz','{REPOSITORY}/pull/{id_[1:]}')"
            )
            known = [moment(text) if text else "NULL" for text in (first, comment, deployed)]
            lake.execute(
                f"INSERT INTO project_pr_metrics VALUES ('{id_}','nimbus',{known[0]},{known[1]},{repr(row) if row else 'NULL'},{known[2]})"
            )
        lake.execute(
            "CREATE TABLE issues (id TEXT, type TEXT, created_date TIMESTAMP, resolution_date TIMESTAMP, severity TEXT, original_status TEXT)"
        )
        for id_, kind, created, resolved in ISSUES:
            lake.execute(
                f"INSERT INTO issues VALUES ('{id_}','{kind}',{moment(created)},{moment(resolved) if resolved else 'NULL'},'','')"
            )
        lake.execute(
            "CREATE TABLE project_incident_deployment_relationships (id TEXT, project_name TEXT, deployment_id TEXT)"
        )
        lake.execute(
            "INSERT INTO project_incident_deployment_relationships VALUES ('i1','nimbus','d1'), ('i3','nimbus','d2')"
        )
    merge(devlake.read(str(file), Who(ORGANISATION)), tmp_path / "data")
    events = load_events(tmp_path / "data")
    assert events.report.errors == []
    return Scope(events, ORGANISATION, tuple(whole_weeks(dt.date(2026, 3, 15), 2)), definition=DEFINITIONS["devlake"])


def headline(metric: str, scope: Scope) -> dict[str, Any]:
    return read_metric(metric, scope).headline["cart"]


def test_frequency_is_the_lower_median_of_deployment_days(scope: Scope) -> None:
    """DevLake: the distinct days on which a deployment of the environment PRODUCTION with the result SUCCESS finished, of each week; the
    median that takes the lower of two. The first week has the 2nd and the 3rd (the second attempt), the second the 10th: 2 and 1."""
    assert headline("deployment-frequency", scope)["value"] == 1
    assert [row["value"] for row in read_metric("deployment-frequency", scope).weekly["cart"]] == [2, 1]


def test_fail_rate_is_the_share_of_deployments_that_it_has_linked_to_an_incident(scope: Scope) -> None:
    """DevLake: of the distinct successful production deployments (d1, d2, d4), those in project_incident_deployment_relationships with an
    issue of the type INCIDENT (d1, d2). The bug counts for nothing, and no incident is linked that DevLake has not linked."""
    found = headline("change-fail-rate", scope)
    assert (found["with_incident"], found["n"], found["value"]) == (2, 3, pytest.approx(2 / 3))


def test_lead_time_is_the_lower_median_of_its_cycle_times(scope: Scope) -> None:
    """DevLake: pr_cycle_time is the sum of coding (first commit to opened), pickup and review (opened to merged), and deploy (merged to
    deployed), in minutes; of pull requests with a deployment in the window p1: 240 + 360 + 960, p3: 1440 + 1440 + 1440, p4: 30 + 1560 + 1320."""
    cycles = sorted([240 + 360 + 960, 1440 + 1440 + 1440, 30 + 1560 + 1320])
    found = headline("change-lead-time", scope)
    assert (found["n"], found["value"] * 60) == (3, pytest.approx(cycles[1]))


def test_its_null_is_its_word(scope: Scope) -> None:
    """The pull request to which it gives no deployment is in none, whatever was deployed after it."""
    by_us = Scope(scope.events, scope.organisation, scope.weeks)
    assert headline("change-lead-time", by_us)["n"] == 3
    assert [(row["id"], row["reason"]) for row in rows_left_out("change-lead-time", by_us, "cart")] == [
        ("devlake:p2", "told-none")
    ]


def test_recovery_begins_with_the_deployment(scope: Scope) -> None:
    """DevLake: of incidents resolved in the window, resolution − finish of their deployment: i1 3 h after d1, i3 10 h after the attempt of d2
    that succeeded; the lower of two."""
    found = headline("failed-deployment-recovery-time", scope)
    assert (found["n"], found["value"]) == (2, 3)


def test_attempts_are_deployments_of_their_own_and_a_blank_environment_is_not_production(scope: Scope) -> None:
    by_us = Scope(scope.events, scope.organisation, scope.weeks)
    found = headline("change-fail-rate", by_us)
    assert (found["n"], found["failed"], found["fails"]) == (4, 1, 3)
    elsewhere = {
        row["id"]
        for row in rows_left_out("deployment-frequency", by_us, "cart")
        if row["reason"] == "another-environment"
    }
    assert elsewhere == {"devlake:d3", "devlake:d5"}
