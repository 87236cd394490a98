"""The command line as a user meets it: results, exit codes, wrong use; no traceback anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from topology.cli import COMMANDS, cli

EXAMPLE = str(ROOT / "squads.yaml")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_help_names_every_command_and_each_has_examples() -> None:
    shown = run("--help").output
    for name in COMMANDS:
        assert f"  {name} " in shown
        assert "Example" in run(name, "--help").output


def test_init_writes_an_organisation_that_checks_clean(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "org")).exit_code == 0
    checked = run("check", str(tmp_path / "org" / "squads.yaml"))
    assert (checked.exit_code, "3 teams, 2 interactions, 0 people: no finding." in checked.output) == (0, True)
    assert json.loads((tmp_path / "org" / "squads.schema.json").read_text("utf-8"))


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert (tmp_path / "squads.yaml").read_text() == "mine"


def test_check_exits_0_1_or_2(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("version: 1\nteams: {a: {typ: x}}\n")
    assert run("check", EXAMPLE).exit_code == 0
    assert run("check", str(tmp_path / "bad.yaml")).exit_code == 1
    assert run("check", str(tmp_path / "none.yaml")).exit_code == 2
    assert run("check", EXAMPLE, "--format", "loud").exit_code == 2


def test_check_prints_a_line_or_a_frame(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("version: 1\nteams: {a: {typ: x}}\n")
    assert f"{file}:2:13: TT003 error" in run("check", str(file), "--format", "text").output
    assert "^^^" in run("check", str(file)).output


def test_show_finds_a_team_or_suggests_one() -> None:
    assert "Order tracking" in run("show", "order-tracking", EXAMPLE, "--as-of", "2026-11-22").output
    wrong = run("show", "chekout", EXAMPLE)
    assert (wrong.exit_code, "Did you mean `checkout`?" in wrong.output) == (2, True)


def test_schema_is_printed_or_written(tmp_path: Path) -> None:
    assert json.loads(run("schema").output)["title"].startswith("Topology")
    assert run("schema", "--output", str(tmp_path / "s.json")).exit_code == 0
    assert (tmp_path / "s.json").exists()


def test_metrics_in_json_have_value_n_and_window() -> None:
    rows = json.loads(
        run("metrics", EXAMPLE, "--metric", "change-fail-rate", "--team", "order-tracking", "--format", "json").stdout
    )
    assert rows[0]["from"] == "2026-08-31"
    assert rows[0]["n"] > 0
    assert rows[0]["low"] <= rows[0]["value"] <= rows[0]["high"]


def test_metrics_by_week_have_a_row_a_week() -> None:
    rows = json.loads(
        run(
            "metrics",
            EXAMPLE,
            "--metric",
            "deployment-frequency",
            "--team",
            "checkout",
            "--every",
            "week",
            "--weeks",
            "5",
            "--format",
            "json",
        ).stdout
    )
    assert len(rows) == 5


def test_clans_in_three_formats() -> None:
    table = run("clans", EXAMPLE, "--grouping", "value-stream")
    assert "fewer bridges than chance would give" in table.output
    rows = json.loads(run("clans", EXAMPLE, "--layer", "observed", "--format", "json").stdout)
    assert [row["grouping"] for row in rows] == ["value-stream", "site", "side"]
    assert run("clans", EXAMPLE, "--format", "csv").stdout.startswith("grouping,layer,units")


@pytest.mark.parametrize(
    "arguments",
    [
        ("metrics", EXAMPLE, "--team", "nobody"), ("metrics", EXAMPLE, "--data", "/nowhere"), ("metrics", EXAMPLE, "--timezone", "Mars/Base"),
        ("metrics", EXAMPLE, "--as-of", "tomorrow"), ("clans", EXAMPLE, "--grouping", "tribe"), ("simulate", EXAMPLE, "--first", "2026-01-01"),
        ("simulate", EXAMPLE, "--weeks", "0"), ("chek",),
        ("metrics", EXAMPLE, "--as-of", "0001-01-01"), ("clans", EXAMPLE, "--as-of", "9999-12-31"), ("clans", EXAMPLE, "--seed", "-1"),
        ("metrics", EXAMPLE, "--timezone", "Europe"), ("metrics", EXAMPLE, "--timezone", "localtime"), ("simulate", EXAMPLE, "--first", "9999-12-20"),
        ("schema", "--output", "/nonexistent/x.json"), ("simulate", EXAMPLE, "--output", f"{EXAMPLE}/x"), ("show", "a", "/nonexistent.yaml"),
    ],
)  # fmt: skip
def test_wrong_use_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_broken_organisation_is_explained_by_every_command(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: [")
    for command in (["metrics"], ["clans"], ["simulate"], ["show", "a"]):
        result = run(*command, str(tmp_path / "squads.yaml"))
        assert (result.exit_code, "TT001" in result.stderr) == (1, True)


def test_wrong_settings_are_a_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {}\n")
    (tmp_path / "topology.toml").write_text("[dta]\n")
    result = run("metrics", str(tmp_path / "squads.yaml"))
    assert (result.exit_code, "unknown key `dta`" in result.output) == (2, True)


def test_simulate_writes_the_tables(tmp_path: Path) -> None:
    result = run("simulate", EXAMPLE, "--output", str(tmp_path), "--weeks", "3", "--without-stories")
    assert result.exit_code == 0
    assert (tmp_path / "deployments.csv").read_text("utf-8").startswith("id,service,")


HEAVY = ("networkx", "pandas", "altair", "streamlit", "ibis", "duckdb", "numpy")


def test_check_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys\nfrom topology.cli import cli\n"
        f"try:\n    cli(['check', {EXAMPLE!r}])\nexcept SystemExit as stop:\n    assert stop.code in (0, None), stop.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
