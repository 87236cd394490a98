"""Where events may be read from, what the engine may read, and what is never shown (docs/security.md, 1 to 3)."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from tests.commands.helpers import run
from topology.delivery import WarehouseError, load_events
from topology.delivery.engine import by_name, database, embedded
from topology.source.address import HIDDEN, PARAMETERS, SCHEMES, Address, AddressError, named_source
from topology.source.settings import SettingsError, data_source, load_settings
from topology.workspace import Workspace

TEAM = "version: 1\nteams: {a: {size: 6, services: {s: {}}}}\n"
DEPLOYED = "id,service,finished_at,result\n1,s,2026-01-06T10:00:00Z,success\n"


def settings(folder: Path, source: str, name: str = "topology.toml") -> Path:
    """An organisation whose settings name a source."""
    (folder / "squads.yaml").write_text(TEAM)
    head = "[data]" if name == "topology.toml" else "[tool.topology.data]"
    (folder / name).write_text(f"{head}\nsource = '''{source}'''\n")
    return folder / "squads.yaml"


# -- 1: settings are confined to their folder ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["topology.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    "source",
    [
        "postgres://reader@db/x", "duckdb://x?extension_directory=.", "pyspark://", "https://x.example/e.csv", "s3://bucket/x", "file:///etc",
        "md:shared", "${HOME}", "data/${USER}", "/etc", "../data", "data/../../x", "~/data", "C:/data", "\\\\server\\share", "", "  ",
    ],
)  # fmt: skip
def test_a_settings_file_names_a_place_below_its_folder_and_nothing_else(
    tmp_path: Path, source: str, name: str
) -> None:
    if source == "md:shared":  # (a relative name like any other: nothing of it is an address)
        assert (
            data_source(tmp_path / "squads.yaml", load_settings(settings(tmp_path, source, name)))
            == tmp_path / "md:shared"
        )
        return
    with pytest.raises(SettingsError, match=r"data\.source"):
        load_settings(settings(tmp_path, source, name))


@pytest.mark.parametrize("steps", [("data",), ("a", "data"), ("a", "b", "events.duckdb")])
def test_a_link_out_of_the_folder_is_refused_at_any_step(tmp_path: Path, steps: tuple[str, ...]) -> None:
    home = tmp_path / "home"
    home.joinpath(*steps[:-1]).mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    home.joinpath(*steps).symlink_to(tmp_path / "elsewhere")
    model = settings(home, "/".join(steps))
    with pytest.raises(SettingsError, match="leads out of its folder"):
        data_source(model, load_settings(model))
    (home / "inside").mkdir()
    (home / "link").symlink_to("inside")
    assert data_source(model, load_settings(settings(home, "link"))) == home / "link"


def test_the_person_names_any_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the environment, or in their own configuration, for one organisation."""
    model = settings(tmp_path, "data")
    found = load_settings(model)
    assert data_source(model, found) == tmp_path / "data"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "topology").mkdir(parents=True)
    own = tmp_path / "config" / "topology" / "config.toml"
    own.write_text(f'[data]\n"{model}" = "postgres://reader@db/events"\n"/another/squads.yaml" = "/x"\n')
    assert data_source(model, found) == Address("postgres", "postgres://reader@db/events")
    monkeypatch.setenv("TOPOLOGY_DATA", str(tmp_path / "mine"))
    assert data_source(model, found) == tmp_path / "mine"
    monkeypatch.delenv("TOPOLOGY_DATA")
    own.write_text("[data]\nx = 3\n")
    with pytest.raises(SettingsError, match=r"config\.toml: expected a table"):
        data_source(model, found)


def test_settings_that_are_too_large_or_a_link_are_said(tmp_path: Path) -> None:
    model = settings(tmp_path, "data")
    (tmp_path / "topology.toml").write_text("# " + "x" * 1_000_001)
    with pytest.raises(SettingsError, match="are read at most"):
        load_settings(model)
    (tmp_path / "elsewhere.toml").write_text("[secret]\nkey = 1\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "topology.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(SettingsError, match="a link that leads out of") as told:
        load_settings(home / "squads.yaml")
    assert "secret" not in str(told.value)


# -- 2: the engine reads what it is told of -----------------------------------------------------------------------------


def test_the_engine_reads_its_files_and_nothing_else(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    mine.write_text("a\n1\n")
    other.write_text("a\n2\n")
    engine = embedded("Europe/Paris", [mine]).con
    assert engine.execute(f"SELECT * FROM read_csv('{mine}')").fetchall() == [(1,)]
    for statement in (
        f"SELECT * FROM read_csv('{other}')", f"SELECT * FROM read_text('{other}')", f"COPY (SELECT 1) TO '{tmp_path / 'out'}'",
        f"ATTACH '{tmp_path / 'x.db'}'", "INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true", "SET memory_limit = '90GB'",
        "SET extension_directory = '.'", "RESET lock_configuration", f"EXPORT DATABASE '{tmp_path / 'dump'}'",
    ):  # fmt: skip
        with pytest.raises(duckdb.Error):
            engine.execute(statement).fetchall()


def lake(folder: Path, *statements: str) -> Path:
    file = folder / "events.duckdb"
    with duckdb.connect(str(file)) as connection:
        for one in statements:
            connection.execute(one)
    return file


GOOD = "CREATE TABLE deployments AS SELECT '1' AS id, 's' AS service, TIMESTAMPTZ '2026-01-06 10:00:00+00' AS finished_at, 'success' AS result"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW incidents AS SELECT content AS id, content AS opened_at FROM read_text('{file}')",
        "CREATE VIEW INCIDENTS AS SELECT 1 AS id, now() AS opened_at",
        "CREATE VIEW incidents AS SELECT i AS id, now() AS opened_at FROM range(1000000000000) t(i)",
    ],
)
def test_a_view_of_a_file_is_not_read(tmp_path: Path, statement: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    events = load_events(lake(tmp_path, GOOD, statement.format(file=secret)))
    assert set(events.tables) == {"deployments"}
    (error,) = events.report.errors
    assert "it is a view, and only tables are read" in error
    assert "the secret" not in error


@pytest.mark.parametrize(
    "macro",
    [
        "lower(x) AS (SELECT content FROM read_text('{file}'))",
        "coalesce_(x) AS 1",
        "count(x) AS 999",
        "now() AS TIMESTAMP '1999-01-01'",
    ],
)
def test_what_a_file_defines_does_not_stand_for_a_function(tmp_path: Path, macro: str) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    file = lake(tmp_path, GOOD, f"CREATE MACRO {macro.format(file=tmp_path / 'secret.txt')}")
    events = load_events(file)
    assert events.report.files[0].rows == 1
    assert events.report.errors == []


def test_a_log_that_is_a_link_is_refused(tmp_path: Path) -> None:
    file = lake(tmp_path, GOOD)
    (tmp_path / "events.duckdb.wal").symlink_to("/etc/passwd")
    with pytest.raises(WarehouseError, match="is a link"):
        load_events(file)


def test_a_table_in_another_schema_is_not_taken_for_ours(tmp_path: Path) -> None:
    file = lake(
        tmp_path, GOOD, "CREATE SCHEMA other", "CREATE TABLE other.incidents AS SELECT 'x' AS id, now() AS opened_at"
    )
    assert set(load_events(file).tables) == {"deployments"}


@pytest.mark.parametrize("folder", ["plain", "[a]*", "what?", "team=x", "it's", "a;b -- c"])
def test_the_name_of_a_folder_means_that_folder(tmp_path: Path, folder: str) -> None:
    """`*` and `[` are no pattern, `team=x` adds no column, a quote ends no statement."""
    (tmp_path / "abc").mkdir()
    (tmp_path / "abc" / "deployments.csv").write_text(DEPLOYED.replace("1,s", "9,wrong"))
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "deployments.csv").write_text(DEPLOYED)
    events = load_events(tmp_path / folder)
    assert events.report.errors == []
    assert events.report.files[0].ignored == ()
    assert events.tables["deployments"].select("service").to_pyarrow().to_pylist() == [{"service": "s"}]


def test_tables_that_are_links_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "deployments.csv").write_text(DEPLOYED)
    data = tmp_path / "data"
    data.mkdir()
    (data / "deployments.csv").symlink_to(tmp_path / "elsewhere" / "deployments.csv")
    os.mkfifo(data / "incidents.csv")
    (data / "changes.csv").mkdir()
    events = load_events(data)
    assert events.tables == {}
    assert ["leads out of its folder" in one for one in events.report.errors] == [True]


def test_nothing_is_left_behind_where_the_reader_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB would keep what does not fit into memory in a folder `.tmp` of the present one, which a stranger may have made a link."""
    monkeypatch.chdir(tmp_path)
    file = lake(tmp_path, GOOD)
    database(file, "UTC").con.execute("SELECT count(*) FROM range(2000000) t(i), range(3) u(j)").fetchall()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["events.duckdb"]
    assert by_name(Path("/a[b]*/x?.csv")) == "/a[[]b][*]/x[?].csv"


# -- 3: addresses and secrets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("duckdb://x.duckdb?extension_directory=.", "named by its path"), ("sqlite:///etc/x", "is no warehouse"), ("http://x/y", "is no warehouse"),
        ("posgres://x/y", "Did you mean `postgres`"), ("postgres://h/d?options=-c%20x", "no settings of an engine"),
        ("pyspark://h?spark.jars=evil.jar", "no settings of an engine"), ("postgres://h:port/d", "cannot be read"),
        ("snowflake://a/b?session_parameters=x", "no settings of an engine"), ("${PATH}", "is not put into an address"),
        ("postgres://${GITHUB_TOKEN}@h/d", "is not put into an address"), ("postgres://${TOPOLOGY_NOT_SET}@h/d", "is not set"),
    ],
)  # fmt: skip
def test_an_address_that_is_not_taken_is_said(address: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(AddressError, match=says.replace("?", r"\?")):
        named_source(address)
    (tmp_path / "squads.yaml").write_text(TEAM)
    result = run("metrics", str(tmp_path / "squads.yaml"), "--data", address)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_what_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPOLOGY_WAREHOUSE", "postgres://reader:p%40ss@db/x")
    monkeypatch.setenv("PGPASSWORD", "p@ss/w:rd")
    whole = named_source("${TOPOLOGY_WAREHOUSE}")
    assert isinstance(whole, Address)
    assert whole.url == "postgres://reader:p%40ss@db/x"
    part = named_source("postgres://reader:${PGPASSWORD}@db/x?sslmode=require&schema=events")
    assert isinstance(part, Address)
    assert part.url == "postgres://reader:p%40ss%2Fw%3Ard@db/x?sslmode=require&schema=events"
    assert named_source("data/x.duckdb") == Path("data/x.duckdb")
    assert {"postgres", "snowflake", "bigquery", "trino", "pyspark"} <= set(SCHEMES)
    assert "sslmode" in PARAMETERS


@pytest.mark.parametrize("secret", ["s3cret/with:odd@signs", "plain-secret", "ünïcode", "a%2Fb"])
def test_a_secret_is_never_shown(secret: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As written, as encoded, in an error, in the text of a value, in a workspace."""
    monkeypatch.setenv("TOPOLOGY_SECRET", secret)
    (tmp_path / "squads.yaml").write_text(TEAM)
    address = "postgres://reader:${TOPOLOGY_SECRET}@127.0.0.1:1/x"
    source = named_source(address)
    assert isinstance(source, Address)
    forms = {secret, source.url.partition("reader:")[2].partition("@127")[0]}
    shown = [str(source), repr(source), source.redacted(f"failed for {secret} at {source.url}")]
    workspace = Workspace.open(tmp_path / "squads.yaml", __import__("datetime").date(2026, 1, 1), data=source)
    shown += [repr(workspace), run("metrics", str(tmp_path / "squads.yaml"), "--data", address).output]
    shown.append(run("import", "devlake", address, "--model", str(tmp_path / "squads.yaml")).output)
    with pytest.raises(WarehouseError) as told:
        load_events(source)
    shown.append(str(told.value))
    for text in shown:
        assert not any(form in text for form in forms), text
    assert HIDDEN in shown[2]
    assert "no connection to the postgres warehouse" in shown[4]


@pytest.mark.parametrize(
    "text",
    [
        "${PGPASSWORD}",
        "x/${PGPASSWORD}",
        "postgres:/u:s3cr3t@h/db",
        "u:s3cr3t@h://x",
        "u:s3cr3t@h/db",
        "s3cr3t@h://x",
        "postgres://u:s3cr3t@h:port/x",
    ],
)
def test_a_slip_in_an_address_does_not_repeat_it(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "s3cr3t")
    (tmp_path / "squads.yaml").write_text(TEAM)
    model = str(tmp_path / "squads.yaml")
    with pytest.raises(AddressError) as told:
        named_source(text)
    monkeypatch.setenv("TOPOLOGY_DATA", text)
    shown = [str(told.value), run("metrics", model).output, run("check", model, "--with-data").output]
    monkeypatch.delenv("TOPOLOGY_DATA")
    shown += [run("import", "devlake", text, "--model", model).output]
    assert not [one for one in shown if "s3cr3t" in one]


def test_a_folder_of_the_environment_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPOLOGY_FOLDER", str(tmp_path))
    (tmp_path / "a b").mkdir()
    assert named_source("${TOPOLOGY_FOLDER}/a b") == tmp_path / "a b"


def test_a_log_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    file = lake(tmp_path, GOOD)
    os.mkfifo(tmp_path / "events.duckdb.wal")
    with pytest.raises(WarehouseError, match="no file"):
        load_events(file)


def test_duckdb_takes_four_threads_at_most(tmp_path: Path) -> None:
    """One a core is its default, however many there are, each with memory of its own; what is read cannot set it otherwise."""
    duckdb.connect(str(tmp_path / "x.duckdb")).close()
    for connection in (embedded("UTC"), database(tmp_path / "x.duckdb", "UTC")):
        ((threads,),) = connection.con.execute("SELECT current_setting('threads')").fetchall()
        assert 1 <= threads <= 4
        with pytest.raises(duckdb.Error, match="locked"):
            connection.con.execute("SET threads = 64")
