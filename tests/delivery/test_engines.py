"""The example's year and the rows of every reference case give the same on DuckDB, PostgreSQL and Spark, for every metric and
every definition."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import pytest

from tests.conftest import DAY, ROOT
from tests.delivery import engines, test_decided_when_read, test_reference_cases
from tests.delivery.cases import Case, recorded, together
from tests.delivery.conftest import scopes_in
from topology.delivery import (
    DEFINITIONS,
    DORA,
    METRICS,
    Reading,
    Scope,
    load_events,
    read_metric,
    rows_left_out,
    whole_weeks,
)
from topology.delivery.events import events_in
from topology.delivery.indicators import around_deployments, series
from topology.model import Organisation

ZONE = "Europe/Paris"  # its clocks change inside the window


@pytest.fixture(scope="module")
def here(example: Organisation) -> Scope:
    return Scope(load_events(ROOT / "data", ZONE), example, tuple(whole_weeks(DAY)))


@pytest.fixture(scope="module", params=engines.ENGINES[1:])
def there(
    request: pytest.FixtureRequest, here: Scope, connections: Any, tmp_path_factory: pytest.TempPathFactory
) -> Scope:
    connection = connections(request.param)
    engines.copy_tables(here.events.tables, connection, tmp_path_factory.mktemp("parquet"))
    return replace(here, events=events_in(connection, ZONE))


@pytest.fixture(scope="module")
def every_row(example: Organisation, tmp_path_factory: pytest.TempPathFactory) -> Scope:
    """The example's year and the rows of all reference cases together, over all their weeks."""
    folder = tmp_path_factory.mktemp("rows")
    year = {file.stem: file.read_text("utf-8") for file in (ROOT / "data").glob("*.csv")}
    organisation, tables = together(
        [Case(example, year), *recorded(test_reference_cases), *recorded(test_decided_when_read)]
    )
    assert len(organisation.teams) > 80
    return scopes_in(folder)(organisation, "2026-12-27", 360, ZONE, **tables)


@pytest.fixture(scope="module")
def read_here(every_row: Scope) -> dict[tuple[str, str], Reading]:
    """{(definition, metric): its reading on DuckDB}."""
    return {
        (definition.id, metric): read_metric(metric, replace(every_row, definition=definition))
        for definition in DEFINITIONS.values()
        for metric in (METRICS if definition.id == "default" else DORA)
    }


@pytest.mark.parametrize("engine", engines.ENGINES[1:])
def test_every_metric_of_every_definition_is_the_same_row_by_row(
    every_row: Scope, read_here: dict[tuple[str, str], Reading], engine: str, connections: Any, tmp_path: Path
) -> None:
    connection = connections(engine)
    engines.copy_tables(every_row.events.tables, connection, tmp_path)
    there = replace(every_row, events=events_in(connection, ZONE))
    for (definition, metric), first in read_here.items():
        second = read_metric(metric, replace(there, definition=DEFINITIONS[definition]))
        assert first.headline or first.withheld or definition != "default", metric
        if first.withheld:
            scopes = (replace(one, definition=DEFINITIONS[definition]) for one in (every_row, there))
            rows = [
                {row["team"]: row for row in METRICS[metric].headline(one).to_pyarrow().to_pylist()} for one in scopes
            ]
            assert rows[0] and same(*rows), metric
        assert same(first.headline, second.headline), (definition, metric)
        assert same(first.weekly, second.weekly), (definition, metric)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return bool(one == other)


def test_groupings_left_out_rows_and_indicators_are_the_same(here: Scope, there: Scope) -> None:
    for metric in ("change-lead-time", "change-fail-rate", "flow-time"):
        by_group = read_metric(metric, replace(here, by="group")), read_metric(metric, replace(there, by="group"))
        assert same(by_group[0].headline, by_group[1].headline), metric
        assert rows_left_out(metric, here, "order-tracking") == rows_left_out(metric, there, "order-tracking")
    assert same(around_deployments(here), around_deployments(there))
    assert same(series(here.events), series(there.events))


def test_the_load_report_is_the_same(here: Scope, there: Scope) -> None:
    told = [
        [(one.table, one.rows, one.missing_rows, one.unreadable, one.last_day) for one in scope.events.report.files]
        for scope in (here, there)
    ]
    assert told[0] == told[1]
    assert there.events.last_day == DAY == dt.date(2026, 11, 22)


def test_the_query_is_what_the_engine_gets(there: Scope) -> None:
    query = read_metric("change-fail-rate", there).compile()
    assert "from_the_organisation_file" in query
    assert ("`" in query) == (there.events.tables["deployments"].get_backend().name == "pyspark")


def test_bad_rows_of_a_warehouse_are_left_out_and_said(there: Scope, tmp_path: Path) -> None:
    """The same table with a wrong choice, a missing time and an id that stands twice."""
    connection = there.events.tables["deployments"].get_backend()
    (tmp_path / "deployments.csv").write_text(
        "id,service,finished_at,result\n1,s,2026-01-06T10:00:00Z,success\n2,s,2026-01-07T10:00:00Z,failure\n"
    )
    good = load_events(tmp_path).tables["deployments"]
    rows = good.union(good.mutate(id=ibis.literal("3"), result=ibis.literal("inactive"))).union(
        good.mutate(id=ibis.literal("1"))
    )
    engines.copy_tables({"deployments": rows}, connection, tmp_path)
    (report,) = events_in(connection).report.files
    assert (report.rows, report.missing_rows) == (6, 4)
    assert "result is not one of success, failure, unknown: inactive (id 3)" in [one.reason for one in report.left_out]
