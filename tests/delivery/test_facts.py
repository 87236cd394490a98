"""Facts of a window: the median with open spans, evidence of one team, times in the zone, queries that run outside."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import DAY, ROOT, organisation_of
from topology.delivery import METRICS, Scope, load_events, read_metric, rows_behind, whole_weeks
from topology.delivery.facts import KEPT
from topology.delivery.left_out import Left
from topology.delivery.statistics import censored_median, quantiles
from topology.model import Organisation

spans = st.lists(st.tuples(st.floats(0, 100).map(lambda x: round(x, 1)), st.booleans()), min_size=1, max_size=12)


def kaplan_meier(found: list[tuple[float, bool]]) -> float | None:
    """The textbook's product, time by time: (length, whether it is over)."""
    share = 1.0
    for time in sorted({length for length, over in found if over}):
        at_risk = sum(length >= time for length, _ in found)
        share *= 1 - sum(over and length == time for length, over in found) / at_risk
        if share <= 0.5 + 1e-9:
            return time
    return None


@settings(max_examples=60, deadline=None)
@given(spans)
def test_the_median_with_open_spans_is_that_of_kaplan_and_meier(found: list[tuple[float, bool]]) -> None:
    rows = [{"t": "a", "hours": length if over else None, "waited": None if over else length} for length, over in found]
    table = ibis.memtable(rows, schema={"t": "string", "hours": "float64", "waited": "float64"})
    (row,) = censored_median(table, ["t"], "hours", "waited").to_pyarrow().to_pylist()
    assert row["value"] == kaplan_meier(found)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=9), st.floats(0, 1))
def test_duckdb_s_own_quantile_follows_the_same_rule(values: list[float], share: float) -> None:
    """Type 7 of Hyndman and Fan: linear between order statistics."""
    table = ibis.memtable([{"t": "a", "x": value} for value in values])
    (row,) = quantiles(table, ["t"], "x", q=share).to_pyarrow().to_pylist()
    ordered, place = sorted(values), (len(values) - 1) * share
    low = int(place)
    expected = ordered[low] + (place - low) * (ordered[min(low + 1, len(values) - 1)] - ordered[low])
    assert row["q"] == pytest.approx(expected, rel=1e-9, abs=1e-6)


TEAMS = "version: 1\nteams: {a: {services: {x: {}, y: {}}}, b: {services: {z: {}}}}\n"


def test_a_column_that_one_team_uses_says_nothing_of_another(scope) -> None:
    tables = {"deployments": "id,service,finished_at,result,unplanned\n1,x,2026-01-06T10:00:00Z,success,yes\n2,y,2026-01-06T10:00:00Z,success,\n3,z,2026-01-06T10:00:00Z,success,\n"}  # fmt: skip
    reading = read_metric("deployment-rework-rate", scope(organisation_of(TEAMS), "2026-01-11", 1, **tables))
    assert {team: row["value"] for team, row in reading.headline.items()} == {"a": 0.5}
    assert reading.why()["b"].left == Left.NEVER_PLANNED


@pytest.mark.parametrize(
    ("result", "incidents", "rate"),
    [
        ("success", None, None),
        ("failure", None, 0.5),
        ("unknown", None, None),
        ("success", "id,opened_at\n", 0.0),
        ("unknown", "id,opened_at\n", 0.0),
    ],
)
def test_a_fail_rate_needs_something_that_could_have_said_otherwise(
    scope, result: str, incidents: str | None, rate: float | None
) -> None:
    tables = {
        "deployments": f"id,service,finished_at,result\n1,x,2026-01-06T10:00:00Z,success\n2,x,2026-01-07T10:00:00Z,{result}\n"
    }
    tables |= {"incidents": incidents} if incidents else {}
    found = scope(organisation_of(TEAMS), "2026-01-11", 1, **tables)
    assert read_metric("change-fail-rate", found).value("a") == rate
    assert read_metric("release-success-rate", found).value("a") == (None if rate is None else 1 - rate)


def test_an_unknown_result_is_no_success_and_alone_no_zero(scope) -> None:
    rows = "id,service,finished_at,result\n1,x,2026-01-06T10:00:00Z,ok\n2,x,2026-01-07T10:00:00Z,unknown\n3,z,2026-01-07T10:00:00Z,unknown\n"
    reading = read_metric("deployment-frequency", scope(organisation_of(TEAMS), "2026-01-11", 1, deployments=rows))
    assert {team: row["n"] for team, row in reading.headline.items()} == {"a": 1}
    assert reading.why()["b"].left == Left.UNKNOWN_RESULT


def test_open_incidents_stand_in_the_median_with_the_time_that_they_have_lasted(scope) -> None:
    tables = {
        "deployments": "id,service,finished_at,result\n1,x,2026-01-05T10:00:00Z,success\n",
        "incidents": "id,service,opened_at,resolved_at\n"
        "1,x,2026-01-05T11:00:00Z,2026-01-05T12:00:00Z\n2,x,2026-01-05T11:00:00Z,2026-01-05T14:00:00Z\n"
        "3,x,2026-01-05T11:00:00Z,\n4,x,2026-01-05T11:00:00Z,\n",
    }
    found = read_metric(
        "failed-deployment-recovery-time", scope(organisation_of(TEAMS), "2026-01-11", 1, **tables)
    ).headline["a"]
    assert (found["value"], found["n"], found["still_open"]) == (3, 2, 2)  # (2 when the open ones were left aside)
    assert found["open_hours"] == pytest.approx(6 * 24 + 13)
    more = tables | {"incidents": tables["incidents"] + "5,x,2026-01-05T11:00:00Z,\n"}
    assert (
        read_metric("failed-deployment-recovery-time", scope(organisation_of(TEAMS), "2026-01-11", 1, **more)).value(
            "a"
        )
        is None
    )


def test_the_next_success_ends_a_failure_where_nobody_tells_of_incidents(scope) -> None:
    rows = "id,service,finished_at,result\n1,x,2026-01-05T10:00:00Z,failure\n2,y,2026-01-05T11:00:00Z,success\n3,x,2026-01-05T13:00:00Z,success\n4,z,2026-01-05T13:00:00Z,failure\n"
    reading = read_metric("time-to-next-success", scope(organisation_of(TEAMS), "2026-01-11", 1, deployments=rows))
    assert (reading.value("a"), reading.headline["b"]["value"], reading.headline["b"]["still_open"]) == (3, None, 1)


def test_rows_are_in_the_organisation_s_zone_and_a_failed_one_names_its_incidents(scope) -> None:
    tables = {
        "deployments": "id,service,finished_at,result\n1,x,2026-01-05T23:30:00Z,success\n",
        "incidents": "id,service,opened_at\ni2,x,2026-01-06T11:00:00Z\ni1,x,2026-01-06T11:00:00Z\n",
    }
    (row,) = rows_behind(
        "change-fail-rate", scope(organisation_of(TEAMS), "2026-01-11", 1, "Europe/Paris", **tables), "a"
    )
    assert (str(row["finished_at"]), row["incident_ids"]) == ("2026-01-06 00:30:00+01:00", "i1;i2")


def test_by_service_an_event_counts_for_each_and_metrics_of_teams_say_so(scope) -> None:
    rows = "id,service,finished_at,result\n1,x;y,2026-01-05T10:00:00Z,success\n2,x,2026-01-06T10:00:00Z,success\n"
    found = replace(
        scope(organisation_of(TEAMS), "2026-01-11", 1, deployments=rows, work_items="id,team,flow_type\n"), by="service"
    )
    assert {service: row["n"] for service, row in read_metric("deployment-frequency", found).headline.items()} == {
        "x": 2,
        "y": 1,
        "z": 0,
    }
    missing = read_metric("flow-load", found).missing
    assert missing is not None and missing.why == "of-teams"
    hidden = read_metric("change-lead-time", replace(found, attribution="author")).missing
    assert hidden is not None and hidden.why == "of-teams"  # (whose doing it is would be told by service)


def test_facts_are_made_once_and_the_oldest_go(scope) -> None:
    found = scope(
        organisation_of(TEAMS),
        "2026-01-11",
        1,
        deployments="id,service,finished_at,result\n1,x,2026-01-06T10:00:00Z,success\n",
    )
    read_metric("deployment-frequency", found)
    made = len(found.events.facts.expressions())
    read_metric("deployment-frequency", replace(found))
    assert len(found.events.facts.expressions()) == made
    for weeks in range(KEPT):
        read_metric("deployment-frequency", replace(found, weeks=tuple(whole_weeks(dt.date(2026, 1, 11), weeks + 2))))
    tables = (
        found.events.tables["deployments"]
        .get_backend()
        .con.execute("SELECT table_name FROM duckdb_tables()")
        .fetchall()
    )
    assert sum(name.startswith("topology_") for (name,) in tables) <= KEPT
    assert read_metric("deployment-frequency", found).headline["a"]["n"] == 1


@pytest.mark.parametrize(
    "metric",
    ["deployment-frequency", "change-lead-time", "change-fail-rate", "failed-deployment-recovery-time", "flow-time"],
)
def test_the_query_runs_outside_and_gives_the_number(example: Organisation, metric: str) -> None:
    events = load_events(ROOT / "data", "UTC")
    chosen = Scope(events, example, tuple(whole_weeks(DAY)))
    reading = read_metric(metric, chosen)
    with duckdb.connect() as outside:
        outside.execute("SET TimeZone = 'UTC'")
        for name, table in events.tables.items():
            rows = table.to_pyarrow()
            outside.register(f"{name}_rows", rows)
            outside.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_rows")
        *before, last = [text for text in reading.compile().split(";\n\n") if text.strip()]
        for text in before:
            outside.execute(text)
        found: dict[str, Any] = {
            row["team"]: row["value"] for row in outside.sql(last.rstrip().rstrip(";")).to_arrow_table().to_pylist()
        }
    assert found == {team: pytest.approx(row["value"]) for team, row in reading.headline.items()}
    assert METRICS[metric].id in reading.metric.id


def test_a_blank_is_a_no_only_where_somebody_says_yes_or_no(scope) -> None:
    tables = {
        "rituals": "id,team,kind,planned_at,held,product_present,tech_present\n1,a,duo,2026-01-06T10:00:00Z,yes,yes,\n2,a,duo,2026-01-07T10:00:00Z,,,\n"
        "3,b,duo,2026-01-06T10:00:00Z,,,\n",
        "incidents": "id,opened_at,service\n1,2026-01-06T10:00:00Z,x\n",
    }
    found = scope(organisation_of(TEAMS), "2026-01-11", 1, **tables)
    held, both = read_metric("rituals-held", found), read_metric("both-sides-present", found)
    assert ({team: row["value"] for team, row in held.headline.items()}, both.headline) == ({"a": 0.5}, {})
    assert (held.why()["b"].left, both.why()["a"].left) == (Left.NEVER_TOLD, Left.NEVER_TOLD)
    assert (
        read_metric("post-mortem-share", found).headline == {}
    )  # (nothing in the tables could say that there was one)


def test_the_reason_for_no_number_names_nobody(scope) -> None:
    """A branch is called after who made it; the sentence on the page would name them."""
    organisation = organisation_of(
        "version: 1\npeople: {sam: {accounts: {github: sam-dev}}}\nteams: {a: {members: [sam], services: {x: {}}}}\n"
    )
    tables = {
        "deployments": "id,service,finished_at,result\n1,x,2026-01-05T10:00:00Z,success\n2,x,2026-01-08T10:00:00Z,success\n",
        "changes": "id,service,merged_at,first_commit_at,base_branch,default_branch,author\n"
        "1,x,2026-01-06T10:00:00Z,2026-01-06T09:00:00Z,sam-dev/trial,main,guest\n2,x,2026-01-07T10:00:00Z,2026-01-06T09:00:00Z,guest/y,main,sam-dev\n"
        "3,x,2026-01-07T10:00:00Z,2026-01-06T09:00:00Z,sam-dev/trial,main,guest\n",
    }
    reading = read_metric("change-lead-time", scope(organisation, "2026-01-11", 1, **tables))
    assert reading.missing is not None and reading.missing.reason is not None
    for reason in (reading.missing.reason, reading.why()["a"]):
        assert (reason.left, reason.detail) == (Left.OTHER_BRANCH, "•••/trial")
