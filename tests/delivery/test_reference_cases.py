"""Reference cases of docs/delivery.md, on DuckDB, PostgreSQL and Spark. Times are UTC unless said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from statistics import median
from typing import Any

import pytest

from tests.conftest import organisation_of
from topology.delivery import METRICS, Reading, read_metric, rows_behind, weeks_between, whole_weeks
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
    assert read_metric("change-lead-time", found).missing == "no data: there is no table changes"


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
    assert (reading.value("t"), row(reading, "t")["n"], len(reading.weekly["t"])) == (0.0, 1, 12)


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
    reading = read_metric(
        "change-fail-rate", scope(organisation, "2026-01-11", 1, deployments=deployments("2026-01-07T10:00:00Z"))
    )
    assert {team: found["n"] for team, found in reading.headline.items()} == {"a": 1, "b": 1}


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
    assert row(read_metric("deployment-frequency", scope(services(t="s"), "2026-01-11", 1, **tables)), "t")["n"] == 2


def test_a_window_is_made_of_whole_weeks() -> None:
    assert whole_weeks(dt.date(2026, 1, 11), 2) == [dt.date(2025, 12, 29), dt.date(2026, 1, 5)]
    assert whole_weeks(dt.date(2026, 1, 10), 1) == [dt.date(2025, 12, 29)]


def test_the_headline_is_the_median_over_whole_weeks(scope) -> None:
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
    assert reading.value("t") == median([0, 1, 3, 2])
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
    assert silent.missing.startswith("no data")


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
