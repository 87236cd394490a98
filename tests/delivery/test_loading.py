"""Loading event tables: nothing stops it, nothing disappears silently."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from topology.delivery import WarehouseError, load_events
from topology.delivery.contacts import read_contacts, read_rituals
from topology.delivery.statistics import wilson
from topology.source.address import named_source

HEADER = "id,service,finished_at,result\n"


def load(tmp_path: Path, content: str | bytes, table: str = "deployments", zone: str = "UTC"):
    (tmp_path / f"{table}.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    events = load_events(tmp_path, zone)
    return events, events.report.files[0]


def test_bad_rows_are_left_out_with_their_line_and_reason(tmp_path: Path) -> None:
    events, report = load(
        tmp_path,
        HEADER
        + '1,"a\nb",2026-01-06T10:00:00Z,success\n2,s,yesterday,success\n3,,2026-01-06T10:00:00Z,success\n4,s,2026-01-06T10:00:00Z,inactive\n5,s\n',
    )
    assert [(one.line, one.reason) for one in report.left_out] == [
        (4, "finished_at is not a time of the years 1970 to 2099: yesterday"),
        (5, "no service"),
        (6, "result is not one of success, failure, unknown: inactive"),
        (7, "no finished_at"),
    ]
    assert report.rows == 5
    assert events.tables["deployments"].count().execute() == 1


def test_of_two_equal_ids_the_later_row_counts_and_it_is_said(tmp_path: Path) -> None:
    events, report = load(tmp_path, HEADER + "1,s,2026-01-06T10:00:00Z,success\n1,s,2026-01-07T10:00:00Z,failure\n")
    assert events.tables["deployments"].result.execute().tolist() == ["failure"]
    assert [(one.line, one.reason) for one in report.left_out] == [(2, "the same id stands in a later row")]


def test_aliases_are_mapped_and_other_columns_ignored_both_said(tmp_path: Path) -> None:
    _, report = load(tmp_path, "ID,App,deployed_at,status,colour\n1,s,2026-01-06T10:00:00Z,success,red\n")
    assert dict(report.mapped) == {"App": "service", "deployed_at": "finished_at", "status": "result"}
    assert report.ignored == ("colour",)
    assert "colour" in report.summary


def test_a_missing_required_column_stops_the_table_and_names_the_nearest(tmp_path: Path) -> None:
    events, report = load(tmp_path, "id,servise,finished_at,result\n1,s,2026-01-06T10:00:00Z,success\n")
    assert not events.has("deployments")
    assert "`service` (is `servise` meant?)" in report.error
    assert events.report.errors


def test_times_without_a_zone_are_read_in_the_organisation_s_and_counted(tmp_path: Path) -> None:
    events, report = load(
        tmp_path, HEADER + "1,s,2026-07-06 10:00,success\n2,s,2026-07-06T10:00:00+02:00,success\n", zone="Europe/Paris"
    )
    assert report.without_zone == 1
    assert events.tables["deployments"].finished_at.nunique().execute() == 1


@pytest.mark.parametrize(
    "content",
    [b"id,service,finished_at,result\n1,caf\xe9,2026-01-06T10:00:00Z,success\n", b"", b"\n\n"],
    ids=["latin-1", "empty", "blank"],
)
def test_a_file_that_is_no_table_is_said_and_left_out(tmp_path: Path, content: bytes) -> None:
    events, report = load(tmp_path, content)
    assert not events.has("deployments")
    assert report.error


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    events, report = load(tmp_path, HEADER)
    assert (events.has("deployments"), report.rows, events.last_day) == (True, 0, None)


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    _, report = load(tmp_path, b"\xef\xbb\xbf" + HEADER.encode() + b"1,s,2026-01-06T10:00:00Z,success\n")
    assert (report.rows, report.error) == (1, "")


def test_no_folder_is_no_data(tmp_path: Path) -> None:
    events = load_events(tmp_path / "none")
    assert (events.tables, events.report.files, events.last_day) == ({}, (), None)
    assert read_contacts(events) is None
    assert read_rituals(events, "duo", events.last_day, events.last_day) is None  # type: ignore[arg-type]


def test_an_unknown_zone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no time zone `Mars/Base`"):
        load_events(tmp_path, "Mars/Base")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=120))
def test_any_text_is_loaded_or_said(tmp_path: Path, text: str) -> None:
    _, report = load(tmp_path, HEADER + text)
    assert report.error or report.rows >= len(report.left_out)


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = [f"{i},s,2026-01-{i:02}T10:00:00Z,success\n" for i in range(1, 20)]
    first = load(tmp_path, HEADER + "".join(rows))[0].tables["deployments"].order_by("id").to_pyarrow().to_pylist()
    second = (
        load(tmp_path, HEADER + "".join(reversed(rows)))[0]
        .tables["deployments"]
        .order_by("id")
        .to_pyarrow()
        .to_pylist()
    )
    assert first == second


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(4, 22, 0.0731, 0.3852), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)]
)
def test_wilson_intervals_match_published_values(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count, n)
    assert found is not None
    assert found == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))
    assert wilson(0, 0) is None


@given(st.integers(0, 300), st.integers(1, 300))
def test_an_interval_holds_its_rate_and_stays_within_0_and_1(count: int, n: int) -> None:
    found = wilson(min(count, n), n)
    assert found is not None
    assert 0 <= found[0] <= min(count, n) / n <= found[1] <= 1


def test_a_column_s_own_name_wins_over_its_aliases(tmp_path: Path) -> None:
    events, report = load(
        tmp_path,
        "status,id,deployment_id,service,finished_at,result\nfailure,1,x,s,2026-01-06T10:00:00Z,success\nfailure,2,x,s,2026-01-06T10:00:00Z,success\n",
    )
    assert events.tables["deployments"].result.to_pyarrow().to_pylist() == ["success", "success"]
    assert set(report.ignored) == {"status", "deployment_id"}


@pytest.mark.parametrize("time", ["infinity", "20000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01"])
def test_a_time_in_no_year_of_ours_is_left_out(tmp_path: Path, time: str) -> None:
    events, report = load(
        tmp_path, HEADER + f"1,s,{time},success\n2,s,2026-01-06T10:00:00Z,success\n", zone="Europe/Paris"
    )
    assert [one.line for one in report.left_out] == [2]
    assert str(events.last_day) == "2026-01-06"


def test_values_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    _, report = load(tmp_path, "id,service,finished_at,result,rolled_back\n1,s,2026-01-06T10:00:00Z,success,maybe\n")
    assert report.unreadable == (("rolled_back", 1),)
    assert "1 unreadable in rolled_back, taken as absent" in report.summary


def test_a_quoting_fault_is_not_called_an_encoding(tmp_path: Path) -> None:
    _, report = load(tmp_path, HEADER + '1,"s,2026-01-06T10:00:00Z,success\n2,s,2026-01-06T10:00:00Z,success\n')
    assert "UTF-8" not in report.error


# -- Parquet --------------------------------------------------------------------------------------------------------


def parquet(folder: Path, name: str, select: str) -> None:
    duckdb.sql(f"COPY ({select}) TO '{folder / name}.parquet' (FORMAT parquet)")


def test_a_parquet_file_is_read_as_the_same_rows_of_csv_are(tmp_path: Path) -> None:
    csv_folder, other = tmp_path / "csv", tmp_path / "parquet"
    csv_folder.mkdir()
    other.mkdir()
    (csv_folder / "deployments.csv").write_text(
        "id,app,finished_at,result,unplanned,extra\nd1,s,2026-11-16T10:00:00Z,success,yes,x\nd2,s,2026-11-16T11:00:00Z,failure,,x\n"
        "d2,s,2026-11-16T12:00:00Z,success,no,x\nd3,s,,success,,x\n"
    )
    parquet(other, "deployments", "SELECT * FROM (VALUES "
            "('d1','s',TIMESTAMPTZ '2026-11-16 10:00:00+00','success',true,'x'), ('d2','s',TIMESTAMPTZ '2026-11-16 11:00:00+00','failure',NULL,'x'), "
            "('d2','s',TIMESTAMPTZ '2026-11-16 12:00:00+00','success',false,'x'), ('d3','s',NULL,'success',NULL,'x')"
            ") AS t(id,app,finished_at,result,unplanned,extra)")  # fmt: skip
    first, second = load_events(csv_folder, "Europe/Paris"), load_events(other, "Europe/Paris")
    rows = [one.tables["deployments"].order_by("id").to_pyarrow().to_pylist() for one in (first, second)]
    assert rows[0] == rows[1]
    (told,) = second.report.files
    assert (told.rows, told.mapped, told.ignored, told.without_zone) == (4, (("app", "service"),), ("extra",), 0)
    assert [(one.line, one.reason) for one in told.left_out] == [
        (2, "the same id stands in a later row"),
        (4, "no finished_at"),
    ]


def test_times_of_a_parquet_file_without_a_zone_are_counted(tmp_path: Path) -> None:
    parquet(
        tmp_path,
        "deployments",
        "SELECT 'd1' AS id, 's' AS service, TIMESTAMP '2026-11-16 23:30:00' AS finished_at, 'success' AS result",
    )
    events = load_events(tmp_path, "Europe/Paris")
    assert events.report.files[0].without_zone == 1
    assert str(events.tables["deployments"].finished_at_day.to_pyarrow().to_pylist()[0]) == "2026-11-16"


def test_a_table_in_two_files_is_read_from_one_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "deployments.csv").write_text("id,service,finished_at,result\nd1,s,2026-11-16T10:00:00Z,success\n")
    parquet(tmp_path, "deployments", "SELECT 1 AS id")
    events = load_events(tmp_path)
    assert events.report.errors == [
        "deployments.parquet: not loaded — the same table stands in deployments.csv, which is read"
    ]
    assert events.has("deployments")


def test_a_file_that_is_no_parquet_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "deployments.parquet").write_bytes(b"not parquet at all")
    (error,) = load_events(tmp_path).report.errors
    assert error.startswith("deployments.parquet: not loaded")
    parquet(tmp_path, "changes", "SELECT 1 AS number")
    assert any("required column" in one for one in load_events(tmp_path).report.errors)


# -- a DuckDB file and warehouses -----------------------------------------------------------------------------------


def database(folder: Path, *statements: str) -> Path:
    file = folder / "events.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for statement in statements:
            connection.execute(statement)
    return file


DEPLOYED = (
    "CREATE TABLE deployments AS SELECT * FROM (VALUES "
    "(1,'s',TIMESTAMPTZ '2026-11-16 10:00:00+00','success'), (2,'s',TIMESTAMPTZ '2026-11-16 11:00:00+00','Success'), "
    "(2,'s',TIMESTAMPTZ '2026-11-16 12:00:00+00','failure'), (3,'s',NULL,'success'), (4,'s',TIMESTAMPTZ '2026-11-16 12:00:00+00','inactive')"
    ") AS t(id,app,finished_at,result)"
)  # fmt: skip


def test_a_duckdb_file_is_read_where_it_is_by_the_same_rules(tmp_path: Path) -> None:
    events = load_events(database(tmp_path, DEPLOYED, "CREATE TABLE other AS SELECT 1 AS x"), "Europe/Paris")
    (report,) = events.report.files
    assert (report.rows, report.missing_rows, report.mapped) == (5, 3, (("app", "service"),))
    assert [one.reason for one in report.left_out] == [
        "no finished_at (id 3)",
        "result is not one of success, failure, unknown: inactive (id 4)",
        "1 rows with the same id as a later one",
    ]
    kept = events.tables["deployments"].order_by("id").select("id", "result").to_pyarrow().to_pylist()
    assert kept == [{"id": "1", "result": "success"}, {"id": "2", "result": "failure"}]
    assert str(events.last_day) == "2026-11-16"


def test_a_warehouse_s_time_without_a_zone_is_read_in_the_organisation_s(tmp_path: Path) -> None:
    statement = "CREATE TABLE deployments AS SELECT 'd' AS id, 's' AS service, TIMESTAMP '2026-11-16 00:30:00' AS finished_at, 'success' AS result"
    events = load_events(database(tmp_path, statement), "Europe/Paris")
    assert events.report.files[0].without_zone == 1
    (row,) = events.tables["deployments"].select("finished_at_day").to_pyarrow().to_pylist()
    assert str(row["finished_at_day"]) == "2026-11-16"


def test_a_column_of_another_type_is_said_and_the_other_tables_load(tmp_path: Path) -> None:
    file = database(tmp_path, "CREATE TABLE deployments AS SELECT 'd' AS id, 's' AS service, 5 AS finished_at, 'success' AS result",
                    "CREATE TABLE incidents AS SELECT 'i' AS id, TIMESTAMPTZ '2026-11-16 10:00:00+00' AS opened_at")  # fmt: skip
    events = load_events(file)
    assert events.has("incidents")
    assert events.report.errors == [
        "deployments: not loaded — column finished_at is of type int32; expected a time of the years 1970 to 2099"
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [("postgres://reader:secret@127.0.0.1:1/none", "no connection to the postgres warehouse"), ("mysql://u:secret@127.0.0.1:1/x", "mysql")],
)  # fmt: skip
def test_a_warehouse_that_does_not_answer_is_said_without_its_password(source: str, message: str) -> None:
    with pytest.raises(WarehouseError, match=message) as told:
        load_events(named_source(source))
    assert "secret" not in str(told.value)


def test_a_file_that_is_no_duckdb_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "events.duckdb").write_bytes(b"not a database" * 400)
    with pytest.raises(WarehouseError, match="cannot be read as a DuckDB file"):
        load_events(tmp_path / "events.duckdb")


def test_a_date_in_2100_and_a_negative_duration_do_not_count(tmp_path: Path) -> None:
    events, report = load(
        tmp_path, "id,service,finished_at,result\n1,s,2100-01-01T00:00:00Z,success\n2,s,2099-12-31T00:00:00Z,success\n"
    )
    assert [one.line for one in report.left_out] == [2]
    assert events.tables["deployments"].count().execute() == 1


def test_a_file_of_many_rows_with_ten_bad_ones_names_each(tmp_path: Path) -> None:
    """(The benchmark loads a million; here a hundred thousand.)"""
    bad = {i * 9_973 for i in range(1, 11)}
    lines = [f"{i},s,{'never' if i in bad else '2026-01-06T10:00:00Z'},success\n" for i in range(100_000)]
    _, report = load(tmp_path, HEADER + "".join(lines))
    assert [one.line for one in report.left_out] == [i + 2 for i in sorted(bad)]
    assert report.rows == 100_000


def test_a_long_load_tells_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "deployments.csv").write_text(HEADER + "1,s,2026-01-06T10:00:00Z,success\n")
    (tmp_path / "incidents.csv").write_text("id,opened_at\n1,2026-01-06T10:00:00Z\n")
    told: list[tuple[str, int, int]] = []
    load_events(tmp_path, progress=lambda *step: told.append(step))
    assert [name for name, _, _ in told] == ["deployments.csv", "incidents.csv", ""]
    assert told[0][1] == 0
    assert told[-1][1] == told[-1][2] > 0


def test_contacts_of_a_negative_weight_are_left_out_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text(
        "week,source,target,kind,weight\n2026-11-16,a,b,meeting,2\n2026-11-16,a,c,meeting,-3\n"
    )
    events = load_events(tmp_path, "UTC")
    (file,) = events.report.files
    assert [str(row) for row in file.left_out] and "line 3" in str(file.left_out[0]).replace(":3", " line 3")
    assert "0 or more" in str(file.left_out[0])


def test_contacts_that_cannot_be_read_leave_contact_untold(tmp_path: Path) -> None:
    """Reviews alone would say of everybody else that they do not talk."""
    (tmp_path / "contacts.csv").write_text("day,who\n2026-11-16,a\n")
    (tmp_path / "changes.csv").write_text("id,merged_at,author,reviewers\n1,2026-11-16T10:00:00Z,a,b\n")
    assert read_contacts(load_events(tmp_path, "UTC")) is None
