"""Reference cases of docs/delivery.md, on DuckDB (their rows on PostgreSQL and Spark: test_engines). Times are UTC unless said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from statistics import median
from typing import Any

import pytest

from tests.conftest import organisation_of
from topology.delivery import (
    DEFINITIONS,
    METRICS,
    Missing,
    Reading,
    Scope,
    read_metric,
    rows_behind,
    rows_left_out,
    weeks_between,
    whole_weeks,
)
from topology.delivery.indicators import around_deployments
from topology.delivery.left_out import Left
from topology.delivery.metrics.cross_changes import crossing
from topology.delivery.reading import Reason
from topology.model import Organisation

Tables = dict[str, str]


def services(**owners: str) -> Organisation:
    """One team for each service: services(a="s1 s2")."""
    teams = "".join(
        f"  {team}: {{services: {{{', '.join(f'{s}: {{}}' for s in names.split())}}}}}\n"
        for team, names in owners.items()
    )
    return organisation_of(f"version: 1\nteams:\n{teams}")


def epoch(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


def row(reading: Reading, team: str) -> dict[str, Any]:
    return reading.headline[team]


# -- Pelorus, test 1 ----------------------------------------------------------------------------------------------


PELORUS = {
    "deployments": "id,service,finished_at,result\n"
    f"a1,a,{epoch(1594759735)},success\na2,a,{epoch(1594760485)},success\nb1,b,{epoch(1594759745)},success\nc1,c,{epoch(1594759750)},success\n",
    "changes": "id,service,merged_at,first_commit_at,deployment_id\n"
    + "".join(
        f"{id_},{service},{epoch(commit)},{epoch(commit)},{deployment}\n"
        for id_, service, commit, deployment in (("1", "a", 1594759435, "a1"), ("2", "a", 1594759935, "a2"), ("3", "b", 1594753745, "b1"), ("4", "c", 1594759740, "c1"))
    ),
    "incidents": f"id,service,opened_at,resolved_at\nf1,a,{epoch(1594759835)},{epoch(1594760500)}\nf2,c,{epoch(1594759890)},\n",
}  # fmt: skip
DAY = "2020-07-19"  # the Sunday of that week


def test_pelorus_counts_of_deployments(scope) -> None:
    reading = read_metric("deployment-frequency", scope(services(a="a", b="b", c="c"), DAY, 1, **PELORUS))
    assert {team: found["n"] for team, found in reading.headline.items()} == {"a": 2, "b": 1, "c": 1}
    groups = read_metric("deployment-frequency", scope(services(sub="a b", rest="c"), DAY, 1, **PELORUS))
    assert row(groups, "sub")["n"] == 3
    assert (
        row(read_metric("deployment-frequency", scope(services(group="a b c"), DAY, 1, **PELORUS)), "group")["n"] == 4
    )


def test_pelorus_lead_times_pooled_have_an_interpolated_median_of_425_seconds(scope) -> None:
    reading = read_metric("change-lead-time", scope(services(group="a b c"), DAY, 1, **PELORUS))
    assert row(reading, "group")["value"] * 3600 == pytest.approx(425)
    assert row(reading, "group")["n"] == 4


def test_pelorus_lead_times_of_each_service(scope) -> None:
    reading = read_metric("change-lead-time", scope(services(a="a", b="b", c="c"), DAY, 1, **PELORUS))
    assert {team: round(found["value"] * 3600) for team, found in reading.headline.items()} == {
        "a": 425,
        "b": 6000,
        "c": 10,
    }


def test_pelorus_change_fail_rates(scope) -> None:
    reading = read_metric("change-fail-rate", scope(services(a="a", b="b", c="c"), DAY, 1, **PELORUS))
    assert {team: found["value"] for team, found in reading.headline.items()} == {"a": 0.5, "b": 0.0, "c": 1.0}
    assert (
        row(read_metric("change-fail-rate", scope(services(group="a b c"), DAY, 1, **PELORUS)), "group")["value"] == 0.5
    )


# -- DevLake ------------------------------------------------------------------------------------------------------


def test_devlake_lead_time_parts(scope) -> None:
    """pr1 of the fixture: coding 1440, pickup 5, review 55, deploy 2978 minutes (rounded up), in all 4478."""
    tables = {
        "deployments": "id,service,finished_at,result\nd1,s,2023-04-13T07:29:14Z,success\n",
        "changes": "id,service,first_commit_at,opened_at,first_review_at,merged_at,deployment_id\n"
        "pr1,s,2023-04-10T04:51:47Z,2023-04-11T04:51:47Z,2023-04-11T04:56:47Z,2023-04-11T05:51:47Z,d1\n",
    }
    found = row(read_metric("change-lead-time", scope(services(t="s"), "2023-04-16", 1, **tables)), "t")
    minutes = [found[part] * 60 for part in ("coding_hours", "pickup_hours", "review_hours", "deploy_hours", "value")]
    assert [-(-round(m * 60) // 60) for m in minutes] == [1440, 5, 55, 2978, 4478]


def test_negative_parts_are_left_out_each_with_its_own_n(scope) -> None:
    """pr2: first commit after opening; pr3: reviewed before opening, deployed before merging."""
    tables = {
        "deployments": "id,service,finished_at,result\nd1,s,2023-04-13T07:29:14Z,success\nd2,s,2023-04-13T07:30:34Z,success\n",
        "changes": "id,service,first_commit_at,opened_at,first_review_at,merged_at,deployment_id\n"
        "pr2,s,2023-04-13T04:51:47Z,2023-04-12T04:51:47Z,2023-04-12T04:51:49Z,2023-04-12T05:51:47Z,d1\n"
        "pr3,s,2023-04-07T04:51:47Z,2023-04-11T06:53:51Z,2023-04-10T06:53:51Z,2023-04-14T06:53:51Z,d2\n",
    }
    found = row(read_metric("change-lead-time", scope(services(t="s"), "2023-04-16", 1, **tables)), "t")
    assert [found[f"{part}_hours_n"] for part in ("coding", "pickup", "review", "deploy")] == [1, 1, 2, 1]
    assert found["coding_hours"] * 60 == pytest.approx(5882 + 4 / 60)
    assert found["n"] == 2


DEVLAKE_DEPLOYMENTS = "id,service,finished_at,result\n" + "".join(
    f"p{p},s,2022-09-{day}T06:51:47Z,success\n" for p, day in ((1, 12), (2, 14), (4, 16), (6, 20), (7, 23))
)
DEVLAKE_INCIDENTS = (
    "id,service,opened_at\n" + "".join(f"i{n},s,2022-11-{day:02}T10:00:00Z\n" for n, day in enumerate((2, 8, 15, 21, 28)))
    + "i9,s,2022-09-15T01:56:16Z\nix,unmapped,2022-09-16T00:00:00Z\n"
)  # fmt: skip


def test_devlake_incidents_within_seven_days_give_one_of_five(scope) -> None:
    tables = {"deployments": DEVLAKE_DEPLOYMENTS, "incidents": DEVLAKE_INCIDENTS}
    found = row(read_metric("change-fail-rate", scope(services(t="s"), "2022-10-02", 3, **tables)), "t")
    assert (found["n"], found["with_incident"], found["value"]) == (5, 1, 0.2)


# -- examples of the documentation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deployments", "on", "rate"),
    [(23, [1, 1, 2, 2, 3, 4], 4 / 23), (10, [5, 5], 0.10), (1, [1, 1], 1.0)],
    ids=["23 with 6 incidents on 4", "10 with 2 on one", "1 with 2"],
)
def test_a_deployment_counts_once_however_many_incidents_it_caused(
    scope, deployments: int, on: list[int], rate: float
) -> None:
    tables = {
        "deployments": "id,service,finished_at,result\n"
        + "".join(f"d{i},s,2026-01-05T{i % 24:02}:00:00Z,success\n" for i in range(1, deployments + 1)),
        "incidents": "id,service,opened_at,caused_by\n"
        + "".join(f"i{n},s,2026-01-06T23:00:00Z,d{d}\n" for n, d in enumerate(on)),
    }
    found = row(read_metric("change-fail-rate", scope(services(t="s"), "2026-01-11", 1, **tables)), "t")
    assert found["value"] == pytest.approx(rate)
    assert found["low"] <= found["value"] <= found["high"]


# -- cases of our own that other tools get wrong ------------------------------------------------------------------


def deployments(*finished: str, more: str = "") -> str:
    return (
        "id,service,finished_at,result\n"
        + "".join(f"d{i},s,{time},success\n" for i, time in enumerate(finished))
        + more
    )


def test_a_squad_that_never_deployed_has_zero_per_week_and_no_fail_rate(scope) -> None:
    found = scope(
        services(t="s", other="o"),
        "2026-01-25",
        4,
        deployments="id,service,finished_at,result\nx,o,2026-01-06T10:00:00Z,success\n",
    )
    frequency, rate = read_metric("deployment-frequency", found), read_metric("change-fail-rate", found)
    assert (frequency.value("t"), row(frequency, "t")["n"]) == (0.0, 0)
    assert rate.value("t") is None
    assert read_metric("change-lead-time", found).missing == Missing("tables", ("changes",))


def test_a_team_without_a_service_has_no_data_rather_than_zero(scope) -> None:
    organisation = organisation_of("version: 1\nteams: {t: {services: {s: {}}}, u: {}}\n")
    assert (
        read_metric(
            "deployment-frequency", scope(organisation, "2026-01-25", deployments=deployments("2026-01-06T10:00:00Z"))
        ).value("u")
        is None
    )


def test_one_deployment_a_quarter_steadily_is_a_number(scope) -> None:
    reading = read_metric(
        "deployment-frequency",
        scope(services(t="s"), "2026-03-29", 12, deployments=deployments("2026-02-10T10:00:00Z")),
    )
    assert (reading.value("t"), row(reading, "t")["n"], len(reading.weekly["t"])) == (
        1 / 12,
        1,
        12,
    )  # (0 until the headline was the rate: the median week has none)
    assert row(reading, "t")["median_week"] == 0


def test_an_incident_before_the_first_deployment_is_unlinked(scope) -> None:
    tables = {
        "deployments": deployments("2026-01-06T10:00:00Z"),
        "incidents": "id,service,opened_at\ni,s,2026-01-06T09:00:00Z\n",
    }
    assert read_metric("change-fail-rate", scope(services(t="s"), "2026-01-11", 1, **tables)).value("t") == 0


def test_an_incident_is_counted_against_the_latest_deployment_before_it(scope) -> None:
    tables = {"deployments": deployments("2026-01-06T10:00:00Z", "2026-01-07T10:00:00Z", "2026-01-08T10:00:00Z"),
              "incidents": "id,service,opened_at\ni,s,2026-01-07T10:00:00Z\n"}  # fmt: skip
    reading = read_metric("change-fail-rate", scope(services(t="s"), "2026-01-11", 1, **tables))
    assert row(reading, "t")["with_incident"] == 1


def test_failures_rollbacks_and_incidents_count_once_each_deployment(scope) -> None:
    tables = {
        "deployments": "id,service,finished_at,result,rolled_back\n1,s,2026-01-05T10:00:00Z,failure,yes\n2,s,2026-01-06T10:00:00Z,success,true\n3,s,2026-01-07T10:00:00Z,success,\n4,s,2026-01-08T10:00:00Z,success,no\n",
        "incidents": "id,service,opened_at,caused_by\ni,s,2026-01-07T11:00:00Z,2\n",
    }
    found = row(read_metric("change-fail-rate", scope(services(t="s"), "2026-01-11", 1, **tables)), "t")
    assert (found["failed"], found["rolled_back"], found["with_incident"], found["fails"], found["value"]) == (
        1,
        2,
        1,
        2,
        0.5,
    )


def test_the_same_commit_deployed_again_keeps_the_first_deployment(scope) -> None:
    tables = {
        "deployments": "id,service,finished_at,result,commit_sha\nd1,s,2026-01-06T12:00:00Z,success,abc\nd2,s,2026-01-08T12:00:00Z,success,abc\n",
        "changes": "id,service,merged_at,first_commit_at,deployment_id\nc,s,2026-01-06T11:00:00Z,2026-01-06T10:00:00Z,d2\n",
    }
    assert read_metric("change-lead-time", scope(services(t="s"), "2026-01-11", 1, **tables)).value(
        "t"
    ) == pytest.approx(2)


def test_a_deployment_at_half_past_eleven_in_paris_belongs_to_that_day_there(scope) -> None:
    """Sunday 23:30 in Paris is 22:30 UTC; Monday 00:30 in Paris is still Sunday in UTC."""
    tables = {"deployments": deployments("2026-01-11T22:30:00Z", "2026-01-11T23:30:00Z")}
    reading = read_metric("deployment-frequency", scope(services(t="s"), "2026-01-18", 2, "Europe/Paris", **tables))
    assert [(one["week"].isoformat(), one["n"]) for one in reading.weekly["t"]] == [
        ("2026-01-05", 1),
        ("2026-01-12", 1),
    ]


def test_the_week_of_a_clock_change_counts_its_deployments_once(scope) -> None:
    tables = {
        "deployments": deployments(
            "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T21:59:00Z", "2026-03-29T22:01:00Z"
        )
    }
    reading = read_metric("deployment-frequency", scope(services(t="s"), "2026-04-05", 2, "Europe/Paris", **tables))
    assert [one["n"] for one in reading.weekly["t"]] == [3, 1]


def test_a_service_handed_over_mid_window_counts_for_each_owner_in_its_time(scope) -> None:
    organisation = organisation_of(
        "version: 1\nteams:\n  a: {services: {s: {until: 2026-01-08}}}\n  b: {services: {s: {since: 2026-01-08}}}\n"
    )
    reading = read_metric(
        "deployment-frequency",
        scope(
            organisation,
            "2026-01-11",
            1,
            deployments=deployments("2026-01-07T10:00:00Z", "2026-01-08T10:00:00Z", "2026-01-09T10:00:00Z"),
        ),
    )
    assert {team: found["n"] for team, found in reading.headline.items()} == {"a": 1, "b": 2}


def test_a_shared_service_shows_in_each_owner(scope) -> None:
    organisation = organisation_of("version: 1\nteams:\n  a: {services: {s: {}}}\n  b: {services: {s: {}}}\n")
    tables = {"deployments": deployments("2026-01-07T10:00:00Z"), "incidents": "id,opened_at\n"}
    reading = read_metric("change-fail-rate", scope(organisation, "2026-01-11", 1, **tables))
    assert {team: found["n"] for team, found in reading.headline.items()} == {"a": 1, "b": 1}


def test_change_size_is_the_median_of_lines_added_and_taken_away(scope) -> None:
    tables = {
        "deployments": deployments("2026-01-06T10:00:00Z"),
        "changes": "id,service,merged_at,deployment_id,additions,deletions\n1,s,2026-01-05T10:00:00Z,d0,10,2\n2,s,2026-01-05T10:00:00Z,d0,1,0\n"
        "3,s,2026-01-05T10:00:00Z,d0,40,2\n4,s,2026-01-05T10:00:00Z,d0,,2\n",
    }
    found = scope(services(t="s"), "2026-01-11", 1, **tables)
    assert (read_metric("change-size", found).value("t"), row(read_metric("change-size", found), "t")["n"]) == (12, 3)
    assert [(one["id"], one["reason"]) for one in rows_left_out("change-size", found, "t")] == [("4", Left.NO_SIZE)]


def test_a_deployment_of_several_services_and_an_unknown_result(scope) -> None:
    tables = {"deployments": "id,service,finished_at,result,environment,version\n1,s;u,2026-01-06T10:00:00Z,ok,prod-eu,v1\n2,s;u,2026-01-06T10:20:00Z,succeeded,prod-us,v1\n3,S,2026-01-07T10:00:00Z,unknown,prod-eu,v2\n"}  # fmt: skip
    found = scope(services(t="s u", w="u"), "2026-01-11", 1, **tables)
    assert {team: one["n"] for team, one in read_metric("deployment-frequency", found).headline.items()} == {
        "t": 1,
        "w": 1,
    }


def test_merged_before_the_window_and_deployed_inside_it_counts(scope) -> None:
    tables = {
        "deployments": deployments("2026-01-06T10:00:00Z"),
        "changes": "id,service,merged_at,first_commit_at,deployment_id\nc,s,2025-12-20T10:00:00Z,2025-12-19T10:00:00Z,d0\n",
    }
    assert row(read_metric("change-lead-time", scope(services(t="s"), "2026-01-11", 1, **tables)), "t")["n"] == 1


def test_a_change_whose_deployment_failed_is_not_deployed(scope) -> None:
    tables = {"deployments": "id,service,finished_at,result\nd,s,2026-01-06T10:00:00Z,failure\n",
              "changes": "id,service,merged_at,first_commit_at,deployment_id\nc,s,2026-01-05T10:00:00Z,2026-01-05T09:00:00Z,d\n"}  # fmt: skip
    assert read_metric("change-lead-time", scope(services(t="s"), "2026-01-11", 1, **tables)).value("t") is None


def test_a_change_that_names_only_its_repository_finds_its_service(scope) -> None:
    organisation = organisation_of("version: 1\nteams: {t: {services: {s: {repositories: [shop/s]}}}}\n")
    tables = {
        "changes": "id,repository,merged_at,first_commit_at,deployed_at\nc,shop/s,2026-01-06T11:00:00Z,2026-01-06T10:00:00Z,2026-01-06T12:00:00Z\n"
    }
    assert read_metric("change-lead-time", scope(organisation, "2026-01-11", 1, **tables)).value("t") == pytest.approx(
        2
    )


def test_staging_is_not_production(scope) -> None:
    tables = {
        "deployments": "id,service,environment,finished_at,result\n1,s,staging,2026-01-06T10:00:00Z,success\n2,s,Production,2026-01-06T10:00:00Z,success\n3,s,,2026-01-06T10:00:00Z,success\n"
    }
    found = scope(services(t="s"), "2026-01-11", 1, **tables)
    # (2 until a blank environment was production only where its service has no other.)
    assert row(read_metric("deployment-frequency", found), "t")["n"] == 1


def test_a_window_is_made_of_whole_weeks() -> None:
    assert whole_weeks(dt.date(2026, 1, 11), 2) == [dt.date(2025, 12, 29), dt.date(2026, 1, 5)]
    assert whole_weeks(dt.date(2026, 1, 10), 1) == [dt.date(2025, 12, 29)]


def test_the_headline_is_the_rate_with_its_count_and_the_median_stands_beside_it(scope) -> None:
    times = [
        "2026-01-05T10:00:00Z",
        "2026-01-12T10:00:00Z",
        "2026-01-12T11:00:00Z",
        "2026-01-13T10:00:00Z",
        "2026-01-19T10:00:00Z",
        "2026-01-20T10:00:00Z",
    ]
    reading = read_metric(
        "deployment-frequency", scope(services(t="s"), "2026-01-25", 4, deployments=deployments(*times))
    )
    assert (reading.value("t"), row(reading, "t")["n"]) == (6 / 4, 6)
    assert row(reading, "t")["median_week"] == median([0, 1, 3, 2])
    assert row(reading, "t")["days"] == 1.5


# -- recovery, rework, investment, flow ---------------------------------------------------------------------------


def test_pelorus_recovers_in_665_seconds_and_counts_what_is_still_open(scope) -> None:
    reading = read_metric("failed-deployment-recovery-time", scope(services(a="a", b="b", c="c"), DAY, **PELORUS))
    assert row(reading, "a")["value"] * 3600 == pytest.approx(665)
    assert (row(reading, "a")["n"], row(reading, "a")["still_open"]) == (1, 0)
    assert (row(reading, "c")["value"], row(reading, "c")["n"], row(reading, "c")["still_open"]) == (None, 0, 1)
    assert "b" not in reading.headline


def test_an_incident_that_no_deployment_caused_has_no_part_in_recovery(scope) -> None:
    reading = read_metric("failed-deployment-recovery-time", scope(
        services(a="a"), "2026-11-22", deployments="id,service,finished_at,result\nd1,a,2026-11-16T10:00:00Z,success\n",
        incidents="id,service,opened_at,resolved_at\ni1,a,2026-11-16T10:20:00Z,2026-11-16T11:00:00Z\ni2,a,2026-11-16T09:00:00Z,2026-11-16T19:00:00Z\n",
    ))  # fmt: skip
    assert (row(reading, "a")["value"] * 60, row(reading, "a")["n"]) == (pytest.approx(40), 1)


def test_an_incident_without_a_service_belongs_to_the_service_of_its_deployment(scope) -> None:
    reading = read_metric("failed-deployment-recovery-time", scope(
        services(a="a"), "2026-11-22", deployments="id,service,finished_at,result\nd1,a,2026-11-16T10:00:00Z,success\n",
        incidents="id,opened_at,resolved_at,caused_by\ni1,2026-11-17T10:00:00Z,2026-11-17T12:00:00Z,d1\n",
    ))  # fmt: skip
    assert row(reading, "a")["value"] == pytest.approx(2)


def test_rework_counts_unplanned_deployments_and_a_column_never_used_is_no_data(scope) -> None:
    head = "id,service,finished_at,result,unplanned\n"
    told = (
        head
        + "d1,a,2026-11-16T10:00:00Z,success,yes\nd2,a,2026-11-16T11:00:00Z,failure,\nd3,a,2026-11-17T11:00:00Z,success,no\nd4,a,2026-11-17T11:00:00Z,success,\n"
    )
    reading = read_metric("deployment-rework-rate", scope(services(a="a"), "2026-11-22", deployments=told))
    assert (row(reading, "a")["value"], row(reading, "a")["unplanned"], row(reading, "a")["n"]) == (0.25, 1, 4)
    assert row(reading, "a")["low"] < 0.25 < row(reading, "a")["high"]
    silent = read_metric(
        "deployment-rework-rate",
        scope(services(a="a"), "2026-11-22", deployments=told.replace(",yes", ",").replace(",no", ",")),
    )
    assert silent.headline == {}
    assert silent.missing is not None and silent.missing.reason == Reason(Left.NEVER_PLANNED, None, 4)


WORK = (
    "id,team,flow_type,started_at,done_at\n"
    "1,a,feature,2026-11-16T00:00:00Z,2026-11-18T00:00:00Z\n2,was-a,debt,2026-11-16T00:00:00Z,2026-11-20T00:00:00Z\n"
    "3,a,risk,,2026-11-20T00:00:00Z\n4,a,defect,2026-11-21T00:00:00Z,2026-11-20T00:00:00Z\n"
    "5,a,debt,2026-11-16T00:00:00Z,\n6,a,debt,2026-09-01T00:00:00Z,2026-09-02T00:00:00Z\n7,nobody,debt,2026-11-16T00:00:00Z,2026-11-20T00:00:00Z\n"
)  # fmt: skip


def test_tech_investment_counts_what_was_done_in_the_window_under_any_id_of_the_team(scope) -> None:
    organisation = organisation_of("version: 1\nteams: {a: {was: [was-a]}}\n")
    found = row(read_metric("tech-investment-share", scope(organisation, "2026-11-22", work_items=WORK)), "a")
    assert (found["value"], found["n"], found["tech"]) == (0.5, 4, 2)
    assert [found[kind] for kind in ("feature", "defect", "risk", "debt")] == [1, 1, 1, 1]


def test_flow_time_leaves_out_items_without_a_start_or_with_one_after_the_end(scope) -> None:
    organisation = organisation_of("version: 1\nteams: {a: {was: [was-a]}}\n")
    found = row(read_metric("flow-time", scope(organisation, "2026-11-22", work_items=WORK)), "a")
    assert (found["value"], found["n"]) == (pytest.approx(3), 2)


def test_the_rows_behind_every_metric_are_in_order_and_as_many_as_it_counts(scope) -> None:
    chosen = scope(services(a="a", b="b", c="c"), DAY, **PELORUS)
    for metric in METRICS:
        reading = read_metric(metric, chosen)
        for team, found in reading.headline.items():
            rows = rows_behind(metric, chosen, team)
            assert len(rows) == found["n"] + found.get("still_open", 0)
            assert [one[METRICS[metric].when] for one in rows] == sorted(one[METRICS[metric].when] for one in rows)


# -- groupings and the organisation -------------------------------------------------------------------------------


SHARED = (
    "version: 1\ngroups: {all: {}, one: {group: all}, two: {group: all}}\n"
    "teams: {a: {group: one, services: {s: {}}}, b: {group: one, services: {s: {}, t: {}}}, c: {group: two, services: {t: {}, u: {}}}, d: {services: {v: {}}}}\n"
)
DEPLOYED = "id,service,finished_at,result\n" + "".join(
    f"{s}{i},{s},2026-11-1{6 + i}T10:00:00Z,{'failure' if i == 2 else 'success'}\n" for s in "stuv" for i in range(3)
)


@pytest.mark.parametrize("metric", ["deployment-frequency", "change-fail-rate"])
def test_a_shared_service_shows_in_each_owner_and_counts_once_in_every_total(scope, metric: str) -> None:
    chosen = scope(organisation_of(SHARED), "2026-11-22", weeks=1, deployments=DEPLOYED)
    each = 2 if metric == "deployment-frequency" else 3  # two of three succeeded
    found = {
        by: {whose: one["n"] for whose, one in read_metric(metric, replace(chosen, by=by)).headline.items()}
        for by in ("team", "group", "organisation")
    }
    assert found["team"] == {"a": each, "b": 2 * each, "c": 2 * each, "d": each}
    assert found["group"] == {"one": 2 * each, "two": 2 * each, "all": 3 * each}
    assert found["organisation"] == {"organisation": 4 * each}


def test_work_and_recovery_count_by_grouping_too(scope) -> None:
    incidents = "id,service,opened_at,resolved_at\ni1,s,2026-11-16T11:00:00Z,2026-11-16T13:00:00Z\n"
    work = "id,team,flow_type,started_at,done_at\n1,a,debt,2026-11-16T00:00:00Z,2026-11-18T00:00:00Z\n2,b,feature,2026-11-16T00:00:00Z,2026-11-20T00:00:00Z\n"
    chosen = replace(
        scope(organisation_of(SHARED), "2026-11-22", deployments=DEPLOYED, incidents=incidents, work_items=work),
        by="group",
    )
    assert row(read_metric("failed-deployment-recovery-time", chosen), "one")["n"] == 1
    assert row(read_metric("tech-investment-share", chosen), "all")["value"] == 0.5
    assert row(read_metric("flow-time", chosen), "one")["value"] == pytest.approx(3)


def test_a_window_between_two_days_has_whole_weeks_only() -> None:
    assert weeks_between(dt.date(2026, 11, 16), dt.date(2026, 11, 29)) == [dt.date(2026, 11, 16), dt.date(2026, 11, 23)]
    assert weeks_between(dt.date(2026, 11, 17), dt.date(2026, 11, 29)) == [dt.date(2026, 11, 23)]
    assert weeks_between(dt.date(2026, 11, 17), dt.date(2026, 11, 28)) == []


# -- named definitions ----------------------------------------------------------------------------------------------


def by(definition: str, scope: Scope, by: Any = "team") -> Scope:
    return replace(scope, definition=DEFINITIONS[definition], by=by)


PELORUS_TEAMS = (
    "version: 1\ngroups: {group: {}, sub: {group: group}}\nteams:\n  a: {group: sub, services: {a: {}}}\n"
    "  b: {group: sub, services: {b: {}}}\n  c: {group: group, services: {c: {}}}\n"
)


def test_pelorus_averages_the_services_and_not_the_events(scope) -> None:
    found = scope(organisation_of(PELORUS_TEAMS), DAY, 1, **PELORUS)
    teams, groups = by("pelorus", found), by("pelorus", found, "group")
    lead = read_metric("change-lead-time", teams), read_metric("change-lead-time", groups)
    assert {id_: row["value"] * 3600 for id_, row in lead[0].headline.items()} == pytest.approx(
        {"a": 425, "b": 6000, "c": 10}
    )
    assert {id_: row["value"] * 3600 for id_, row in lead[1].headline.items()} == pytest.approx(
        {"sub": 3212.5, "group": 2145}
    )
    fails = read_metric("change-fail-rate", teams), read_metric("change-fail-rate", groups)
    assert {id_: row["value"] for id_, row in fails[0].headline.items()} == {"a": 0.5, "b": 0.0, "c": 1.0}
    assert {id_: row["value"] for id_, row in fails[1].headline.items()} == {"sub": 0.25, "group": 0.5}
    counts = read_metric("deployment-frequency", groups)
    assert {id_: row["value"] for id_, row in counts.headline.items()} == {"sub": 3, "group": 4}
    recovery = read_metric("failed-deployment-recovery-time", teams)
    assert recovery.headline["a"]["value"] * 3600 == pytest.approx(665)
    assert (recovery.headline["c"]["value"], recovery.headline["c"]["still_open"]) == (None, 1)


def test_pelorus_pooled_the_group_has_a_mean_of_1715_and_a_lower_median_of_300_seconds(scope) -> None:
    found = scope(services(group="a b c"), DAY, 1, **PELORUS)
    gitlab = replace(found, definition=replace(DEFINITIONS["pelorus"], each_service=False))
    assert read_metric("change-lead-time", gitlab).value("group") == pytest.approx(1715 / 3600)
    lower = replace(found, definition=replace(DEFINITIONS["default"], average="lower-median"))
    assert read_metric("change-lead-time", lower).value("group") == pytest.approx(300 / 3600)


DEVLAKE_CHANGES = {
    "deployments": "id,service,finished_at,result\nd1,s,2023-04-13T07:29:14Z,success\nd2,s,2023-04-13T07:30:34Z,success\n",
    "changes": "id,service,first_commit_at,opened_at,first_review_at,merged_at,deployment_id\n"
    "pr1,s,2023-04-10T04:51:47Z,2023-04-11T04:51:47Z,2023-04-11T04:56:47Z,2023-04-11T05:51:47Z,d1\n"
    "pr2,s,2023-04-13T04:51:47Z,2023-04-12T04:51:47Z,2023-04-12T04:51:49Z,2023-04-12T05:51:47Z,d1\n"
    "pr3,s,2023-04-07T04:51:47Z,2023-04-11T06:53:51Z,2023-04-10T06:53:51Z,2023-04-14T06:53:51Z,d2\n",
}  # fmt: skip


def test_devlake_cycle_times_are_sums_of_parts_rounded_up_and_their_lower_median_is_4478_minutes(scope) -> None:
    found = by("devlake", scope(services(t="s"), "2023-04-16", 1, **DEVLAKE_CHANGES))
    each = {row["id"]: row["lead_hours"] * 60 for row in rows_behind("change-lead-time", found, "t")}
    assert each == pytest.approx({"pr1": 4478, "pr2": 1598, "pr3": 10203})
    assert read_metric("change-lead-time", found).value("t") * 60 == pytest.approx(4478)


def test_devlake_links_incidents_across_the_project_however_late(scope) -> None:
    services_of = "s1 s2"
    deployments = DEVLAKE_DEPLOYMENTS.replace("p7,s,", "p7,s2,").replace(",s,", ",s1,")
    tables = {"deployments": deployments, "incidents": DEVLAKE_INCIDENTS.replace(",s,", ",s1,")}
    found = by("devlake", scope(services(t=services_of), "2022-10-02", 3, **tables))
    row = read_metric("change-fail-rate", found).headline["t"]
    assert (row["n"], row["with_incident"], row["value"]) == (5, 2, 0.4)


def test_recovery_from_the_deployment_and_from_the_incident(scope) -> None:
    """Deployed 10:00, incident 10:20, resolved 11:00: 60 minutes from the deployment, 40 from the incident."""
    tables = {
        "deployments": deployments("2026-01-06T10:00:00Z"),
        "incidents": "id,service,opened_at,resolved_at\ni,s,2026-01-06T10:20:00Z,2026-01-06T11:00:00Z\n",
    }
    found = scope(services(t="s"), "2026-01-11", 1, **tables)
    metric = "failed-deployment-recovery-time"
    minutes = {
        id_: read_metric(metric, by(id_, found)).value("t")
        for id_ in ("default", "devlake", "gitlab", "middleware", "pelorus")
    }
    assert {id_: round(value * 60) for id_, value in minutes.items()} == {
        "default": 40, "devlake": 60, "gitlab": 40, "middleware": 40, "pelorus": 40,
    }  # fmt: skip
    assert read_metric("time-to-restore", found).value("t") * 60 == pytest.approx(40)


def test_two_incidents_on_one_deployment_count_once_by_some_definitions_and_twice_by_others(scope) -> None:
    tables = {
        "deployments": deployments(*(f"2026-01-05T{hour:02}:00:00Z" for hour in range(10))),
        "incidents": "id,service,opened_at,caused_by\ni1,s,2026-01-06T10:00:00Z,d5\ni2,s,2026-01-06T11:00:00Z,d5\ni3,s,2026-01-06T12:00:00Z,d6\n",
    }
    found = scope(services(t="s"), "2026-01-11", 1, **tables)
    rates = {
        id_: read_metric("change-fail-rate", by(id_, found)).value("t")
        for id_ in ("default", "devlake", "middleware", "fourkeys", "gitlab")
    }
    assert rates == {"default": 0.2, "devlake": 0.2, "middleware": 0.2, "fourkeys": 0.3, "gitlab": 0.3}


def test_frequency_by_each_definition(scope) -> None:
    """Weeks with 2, 2, 0 and 1 deployments, on 1, 2, 0 and 1 days."""
    times = (
        "2026-01-05T10:00:00Z",
        "2026-01-05T11:00:00Z",
        "2026-01-12T10:00:00Z",
        "2026-01-13T10:00:00Z",
        "2026-01-26T10:00:00Z",
    )
    found = scope(services(t="s"), "2026-02-01", 4, deployments=deployments(*times))
    values = {id_: read_metric("deployment-frequency", by(id_, found)).value("t") for id_ in DEFINITIONS}
    assert values == pytest.approx(
        {"default": 5 / 4, "devlake": 1, "fourkeys": 1, "gitlab": 5 / 28, "middleware": 1, "pelorus": 5}
    )


def test_a_definition_that_cannot_be_computed_says_why(scope) -> None:
    found = scope(services(t="s"), "2026-01-11", 1, deployments=deployments("2026-01-06T10:00:00Z"))
    undefined = read_metric("deployment-rework-rate", by("gitlab", found)).missing
    assert undefined == Missing("undefined", definition="GitLab")
    assert read_metric("change-fail-rate", by("pelorus", found)).missing == Missing("tables", ("changes",))
    assert read_metric("change-lead-time", by("devlake", found)).missing == Missing("tables", ("changes",))


# -- flow, practice, and what is left out -----------------------------------------------------------------------------


def test_the_bot_s_change_is_a_delivery_but_nobody_s_contact_or_cross_change(scope) -> None:
    organisation = organisation_of(
        "version: 1\npeople: {ann: {accounts: {github: Ann-Dev}}, bob: {}, c: {}, d: {}, e: {}, f: {}}\n"
        "teams:\n  a: {members: [ann, c, d, e, f], services: {s: {}}}\n  b: {members: [bob, c, d, e, f]}\n  c: {members: [c], services: {u: {}}}\n"
    )
    tables = {
        "deployments": deployments("2026-01-08T10:00:00Z"),
        "changes": "id,service,merged_at,first_commit_at,author,deployment_id\n1,s,2026-01-06T10:00:00Z,2026-01-06T09:00:00Z,ann-dev,d0\n"
        "2,s,2026-01-06T10:00:00Z,2026-01-06T09:00:00Z,bob,d0\n3,s,2026-01-06T10:00:00Z,2026-01-06T09:00:00Z,dependabot,d0\n",
    }
    found = scope(organisation, "2026-01-11", 1, **tables)
    assert read_metric("change-lead-time", found).headline["a"]["n"] == 3
    (row,) = METRICS["cross-changes"].headline(found).to_pyarrow().to_pylist()
    assert (row["team"], row["n"], row["crossing"]) == ("a", 2, 1)
    assert read_metric("cross-changes", found).withheld == {"c"}  # of one person
    assert crossing(found).to_pyarrow().to_pylist() == [
        {"week": dt.date(2026, 1, 5), "source": "b", "target": "a", "n": 1}
    ]
    by_author = replace(found, attribution="author")
    rows = METRICS["change-lead-time"].headline(by_author).to_pyarrow().to_pylist()
    assert {row["team"]: row["n"] for row in rows} == {"a": 1, "b": 1}
    assert read_metric("change-lead-time", by_author).withheld == {"a", "b"}


def test_flow_load_and_bugs_at_the_end_of_each_week(scope) -> None:
    tables = {
        "work_items": "id,team,flow_type,created_at,started_at,done_at\n1,a,defect,2026-01-05T10:00:00Z,2026-01-06T10:00:00Z,2026-01-14T10:00:00Z\n"
        "2,a,feature,2026-01-05T10:00:00Z,2026-01-13T10:00:00Z,\n3,a,defect,2026-01-13T10:00:00Z,,\n",
        "incidents": "id,service,opened_at,resolved_at,kind\nb,s,2026-01-06T10:00:00Z,,bug\n",
    }
    found = scope(services(a="s"), "2026-01-18", 2, **tables)
    load, bugs = read_metric("flow-load", found), read_metric("bug-trend", found)
    assert [one["n"] for one in load.weekly["a"]] == [1, 1]
    assert [(one["n"], one["opened"], one["closed"]) for one in bugs.weekly["a"]] == [(2, 2, 0), (2, 1, 1)]
    assert (bugs.headline["a"]["value"], bugs.headline["a"]["age_days"]) == (2, pytest.approx(9.5))


def test_practices_count_what_was_held_by_both_sides_and_the_leaders_own_for_the_organisation(scope) -> None:
    tables = {
        "rituals": "id,team,kind,planned_at,held,product_present,tech_present,product_speaking_minutes,tech_speaking_minutes\n"
        "1,a,duo,2026-01-06T10:00:00Z,yes,yes,yes,10,30\n2,a,duo,2026-01-07T10:00:00Z,yes,yes,no,5,\n3,a,demo,2026-01-08T10:00:00Z,no,,,,\n"
        "4,,executive,2026-01-08T10:00:00Z,yes,yes,yes,20,20\n",
        "decisions": "id,decided_at,team,presented_by\n1,2026-01-06T10:00:00Z,a,both\n2,2026-01-06T10:00:00Z,a,tech\n3,2026-01-06T10:00:00Z,,both\n",
        "interviews": "id,held_at,team,engineers_present,engineers_total\n1,2026-01-06T10:00:00Z,a,2,5\n2,2026-01-06T10:00:00Z,a,0,5\n",
        "showcases": "id,shown_at,team,effect,product_present\n1,2026-01-06T10:00:00Z,a,faster,yes\n",
        "delays": "id,team,planned_date,actual_date,postmortem_url,actions_open,actions_done\n1,a,2026-01-06,2026-01-16,x,1,3\n2,a,2026-01-07,,,,\n",
        "incidents": "id,service,opened_at,postmortem_url\ni,s,2026-01-06T10:00:00Z,x\n",
    }
    found = scope(services(a="s"), "2026-01-11", 1, **tables)
    whole = replace(found, by="organisation")
    value = {
        metric: read_metric(metric, found).value("a") for metric in METRICS if METRICS[metric].family == "practice"
    }
    assert value == pytest.approx({  # (a duo's speaking minutes are withheld)
        "rituals-held": 2 / 3, "both-sides-present": 0.5, "speaking-balance": None, "decisions-by-both": 0.5, "engineers-met-users": 0.5,
        "showcases": 1, "delay-slip": 10, "post-mortem-share": 2 / 3, "post-mortem-actions-done": 0.75,
    })  # fmt: skip
    (row,) = METRICS["speaking-balance"].headline(found).to_pyarrow().to_pylist()
    assert (row["value"], row["n"]) == (0.5, 1)
    assert read_metric("speaking-balance", found).withheld == {"a"}  # the minutes of two people
    assert read_metric("rituals-held", whole).headline["organisation"]["n"] == 4
    assert read_metric("decisions-by-both", whole).headline["organisation"]["both"] == 2


def test_what_a_number_leaves_out_is_listed_with_its_reason(scope) -> None:
    tables = {
        "deployments": "id,service,environment,finished_at,result\nd,s,production,2026-01-06T10:00:00Z,success\ne,s,staging,2026-01-06T10:00:00Z,success\nf,nobody,production,2026-01-06T10:00:00Z,success\n",
        "changes": "id,service,merged_at,first_commit_at,deployment_id\n1,s,2026-01-06T09:00:00Z,2026-01-06T08:00:00Z,d\n2,s,2026-01-06T09:00:00Z,2026-01-06T08:00:00Z,\n3,s,2026-01-06T09:00:00Z,2026-01-07T08:00:00Z,d\n",
        "incidents": "id,service,opened_at\ni,s,2026-01-06T09:00:00Z\nj,,2026-01-06T09:00:00Z\n",
    }
    found = scope(services(t="s"), "2026-01-11", 1, **tables)

    def reasons(metric: str) -> dict[str, tuple[str, str | None]]:
        return {row["id"]: (row["reason"], row.get("detail")) for row in rows_left_out(metric, found, "t")}

    assert reasons("deployment-frequency") == {"e": (Left.ELSEWHERE, "staging"), "f": (Left.NO_OWNER, None)}
    assert reasons("change-lead-time") == {"2": (Left.BEFORE_FIRST, None), "3": (Left.BEGINS_AFTER, None)}
    assert reasons("failed-deployment-recovery-time") == {"i": (Left.UNLINKED, "7"), "j": (Left.NAMES_NOTHING, None)}


def test_an_indicator_around_a_deployment_is_the_median_of_14_days_before_and_after(scope) -> None:
    values = ((2, 10), (8, 12), (14, 14), (16, 20), (20, 30), (29, 40), (31, 99))
    tables = {
        "deployments": deployments("2026-01-15T10:00:00Z"),
        "outcomes": "kpi,measured_at,value,service\n"
        + "".join(f"k,2026-01-{day:02}T06:00:00Z,{value},s\n" for day, value in values),
    }
    (found,) = around_deployments(scope(services(t="s"), "2026-01-18", 1, **tables)) or []
    assert (found["before"], found["n_before"], found["after"], found["n_after"], found["change"]) == (12, 3, 30, 3, 18)


def test_days_of_a_clock_change_have_the_hours_that_passed(scope) -> None:
    """In Paris the clocks went back on 25 October 2026: a week then has 169 hours, and seven times 24 are less than a week."""
    tables = {
        "work_items": "id,team,flow_type,started_at,done_at\n1,t,feature,2026-10-20T10:00:00Z,2026-10-27T10:00:00Z\n"
    }
    found = scope(services(t="s"), "2026-11-01", 1, "Europe/Paris", **tables)
    assert read_metric("flow-time", found).value("t") == pytest.approx(7)


def test_negative_parts_and_failed_deployments_are_listed(scope) -> None:
    found = scope(services(t="s"), "2023-04-16", 1, **DEVLAKE_CHANGES)
    parts = {(row["id"], row["reason"], row["detail"]) for row in rows_left_out("change-lead-time", found, "t")}
    assert parts == {
        ("pr2", Left.NEGATIVE_PART, "coding_hours"),
        ("pr3", Left.NEGATIVE_PART, "pickup_hours"),
        ("pr3", Left.NEGATIVE_PART, "deploy_hours"),
    }
    failed = {"deployments": "id,service,finished_at,result\nd,s,2026-01-06T10:00:00Z,failure\n"}
    listed = rows_left_out("deployment-frequency", scope(services(t="s"), "2026-01-11", 1, **failed), "t")
    assert [(row["id"], row["reason"]) for row in listed] == [("d", Left.FAILED)]
