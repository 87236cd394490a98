"""The command line as a user meets it: results, exit codes, wrong use; no traceback anywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from tests.commands.helpers import EXAMPLE, run
from tests.conftest import DAY
from topology.cli import COMMANDS
from topology.commands.metrics import DEFINITION_NAMES, NAMES
from topology.commands.simulate import NAMES as DESIGN_NAMES
from topology.delivery import DEFINITIONS, METRICS
from topology.model import Organisation
from topology.simulate import DESIGNS, designed
from topology.source import load
from topology.source.settings import DeliverySettings


def test_help_names_every_command_and_each_has_examples() -> None:
    shown = run("--help").output
    for name in COMMANDS:
        assert f"  {name} " in shown
        assert "Example" in run(name, "--help").output


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert (tmp_path / "squads.yaml").read_text() == "mine"


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
    assert "less contact across than chance would give" in table.output
    rows = json.loads(run("clans", EXAMPLE, "--layer", "observed", "--format", "json").stdout)
    assert [row["grouping"] for row in rows] == ["value-stream", "site", "platform", "side", "side-within"]
    assert (rows[0]["grade"], rows[0]["began"][:7]) == ("finding", "2026-05")
    assert run("clans", EXAMPLE, "--format", "csv").stdout.startswith("grouping,layer,units")


def test_clans_as_a_sheet_for_a_workshop_names_teams_and_no_person(example: Organisation) -> None:
    sheet = run("clans", EXAMPLE, "--format", "markdown").stdout
    assert sheet.startswith("# Clan dynamics of Lumio")
    for part in (
        "| Lasting | yes |",
        "Silent pairs across",
        "Who carries the bridges",
        "work together for 8 weeks",
        "To talk about",
    ):
        assert part in sheet
    assert not {person for person in example.people if f" {person} " in sheet}


@pytest.mark.parametrize(("show", "found"), [("pairs", "shadow"), ("brokers", "checkout"), ("moves", "collaboration")])
def test_what_is_behind_the_clans(show: str, found: str) -> None:
    assert found in run("clans", EXAMPLE, "--show", show, "--grouping", "value-stream").stdout
    rows = json.loads(run("clans", EXAMPLE, "--show", show, "--grouping", "value-stream", "--format", "json").stdout)
    assert rows


def test_on_the_way_to_a_finding_the_example_depends_on_how_long_one_looks() -> None:
    asked = ("clans", EXAMPLE, "--grouping", "value-stream", "--layer", "observed", "--as-of", "2026-11-01")
    assert "At most a sign, since it depends on how long one looks: 15 weeks give sign." in run(*asked).stdout


def test_contact_and_changes_together_say_what_each_saw() -> None:
    asked = ("clans", EXAMPLE, "--grouping", "value-stream", "--layer", "together")
    assert re.search(r"Seen through reviews: \d+ pairs of teams; .*cross-changes: \d+\.", run(*asked).stdout)


def test_clans_of_another_window_and_floor() -> None:
    month = run(
        "clans", EXAMPLE, "--window", "month", "--layer", "observed", "--grouping", "value-stream", "--format", "json"
    )
    assert json.loads(month.stdout)[0]["first"] == "2026-10-26"
    high = run("clans", EXAMPLE, "--floor", "50", "--layer", "observed", "--grouping", "value-stream")
    assert "finding" in high.stdout  # (a floor draws ties, and is in no test)
    year = json.loads(run("clans", EXAMPLE, "--window", "year", "--layer", "observed", "--format", "json").stdout)
    assert year[0]["first"] == "2025-11-24"


def test_an_organisation_by_design_is_written_and_read_again(tmp_path: Path) -> None:
    made = run("simulate", "--design", "turning", "--squads", "12", "--weeks", "30", "--output", str(tmp_path))
    assert made.exit_code == 0
    assert {file.name for file in (tmp_path / "data").iterdir()} >= {
        "contacts.csv",
        "deployments.csv",
        "changes.csv",
        "rituals.csv",
    }
    again = load(tmp_path / "squads.yaml").organisation
    assert again == designed("turning", 12, 10, weeks=30).organisation
    assert run("clans", str(tmp_path / "squads.yaml")).exit_code == 0
    assert run("simulate", EXAMPLE, "--design", "plain", "--output", str(tmp_path / "new")).exit_code == 2
    again_there = run("simulate", "--design", "plain", "--output", str(tmp_path))
    assert (again_there.exit_code, "is there already" in again_there.output) == (2, True)


def test_the_designs_that_the_command_names_are_those_that_there_are() -> None:
    assert set(DESIGN_NAMES) == set(DESIGNS)


def test_findings_about_clans_come_with_the_data_and_can_be_known_before(tmp_path: Path) -> None:
    assert "TT901" not in run("check", EXAMPLE, "--select", "TT9", "--as-of", str(DAY)).output
    with_data = run("check", EXAMPLE, "--select", "TT9", "--with-data", "--as-of", str(DAY))
    assert (
        "TT901 [inward-grouping] warning: Onboarding and Payments: 19 weeks of contact where chance would give 49 to 103"
        in with_data.output
    )
    known = tmp_path / "known.json"
    assert (
        run(
            "baseline", EXAMPLE, "--with-data", "--select", "TT9", "--as-of", str(DAY), "--output", str(known)
        ).exit_code
        == 0
    )
    again = run("check", EXAMPLE, "--select", "TT9", "--with-data", "--as-of", str(DAY), "--baseline", str(known))
    assert "TT901" not in again.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("clans", EXAMPLE, "--floor", "0"), ("clans", EXAMPLE, "--window", "decade"), ("clans", EXAMPLE, "--show", "people"),
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


def test_a_fault_of_the_tool_itself_exits_with_2(tmp_path: Path) -> None:
    code = "import topology.commands.rule as m\ndef broken(*a, **k): raise RuntimeError('ours')\nm.command.callback = broken\nfrom topology.cli import main\nimport sys\nsys.argv = ['topology', 'rule', 'x']\nmain()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "RuntimeError: ours" in done.stderr) == (2, True)


def test_what_is_not_known_is_no_data_and_still_told(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {services: {s: {}}}}\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "deployments.csv").write_text(
        "id,service,finished_at,result\nd1,s,2026-11-16T10:00:00Z,success\n"
    )
    (tmp_path / "data" / "incidents.csv").write_text("id,service,opened_at,resolved_at\ni1,s,2026-11-16T11:00:00Z,\n")
    shown = run(
        "metrics", str(tmp_path / "squads.yaml"), "--metric", "failed-deployment-recovery-time", "--as-of", "2026-11-22"
    ).output
    assert "no data" in shown


def test_metrics_of_groupings_and_of_the_organisation() -> None:
    rows = json.loads(
        run(
            "metrics",
            EXAMPLE,
            "--metric",
            "change-fail-rate",
            "--by",
            "group",
            "--as-of",
            "2026-11-22",
            "--format",
            "json",
        ).stdout
    )
    assert [row["group"] for row in rows] == ["payments", "onboarding", "discovery", "delivery", "foundation"]
    (whole,) = json.loads(
        run(
            "metrics",
            EXAMPLE,
            "--metric",
            "change-fail-rate",
            "--by",
            "organisation",
            "--as-of",
            "2026-11-22",
            "--format",
            "json",
        ).stdout
    )
    assert whole["n"] == sum(row["n"] for row in rows)
    (one,) = json.loads(
        run(
            "metrics",
            EXAMPLE,
            "--metric",
            "flow-time",
            "--group",
            "payments",
            "--from",
            "2026-07-06",
            "--to",
            "2026-09-27",
            "--format",
            "json",
        ).stdout
    )
    assert (one["group"], one["from"], one["to"]) == ("payments", "2026-07-06", "2026-09-27")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--group", "paymnts"), "Did you mean `payments`"),
        (("--group", "payments", "--team", "checkout"), "goes with --by team"),
        (("--from", "2026-11-17", "--to", "2026-11-20"), "there is no whole week"),
        (("--by", "tribe"), "Invalid value"),
    ],
)
def test_wrong_use_of_metrics_says_what_is_wrong(arguments: tuple[str, ...], words: str) -> None:
    result = run("metrics", EXAMPLE, *arguments)
    assert (result.exit_code, words in result.output) == (2, True), result.output


# -- what is behind the metrics -------------------------------------------------------------------------------------


def test_every_metric_and_definition_has_its_name_on_the_command_line() -> None:
    assert sorted(NAMES) == sorted(METRICS)
    assert list(DEFINITION_NAMES) == list(DEFINITIONS)
    assert get_args(DeliverySettings.model_fields["definition"].annotation) == tuple(DEFINITIONS)


@pytest.mark.parametrize("show", ["rows", "left-out", "formula", "query"])
def test_a_number_opens_in_the_terminal(show: str) -> None:
    result = run("metrics", EXAMPLE, "--metric", "change-lead-time", "--team", "order-tracking", "--show", show)
    assert result.exit_code == 0
    told = {
        "rows": "lead hours",
        "left-out": "did not succeed in production",
        "formula": "interpolated median",
        "query": "SELECT",
    }
    assert told[show] in result.stdout
    assert "author" not in result.stdout.splitlines()[0]


def test_indicators_around_each_deployment() -> None:
    result = run("metrics", EXAMPLE, "--show", "indicators", "--format", "csv")
    assert result.stdout.splitlines()[0] == "kpi,service,deployment,day,before,n_before,after,n_after,change"
    assert "not why" in result.stderr


def test_rows_of_all_metrics_at_once_are_a_wrong_use() -> None:
    result = run("metrics", EXAMPLE, "--show", "rows")
    assert (result.exit_code, "goes with --metric" in result.stderr) == (2, True)


def test_settings_choose_groupings_and_window_and_a_wrong_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {x-area: north}}\n")
    (tmp_path / "topology.toml").write_text('[clans]\ngroupings = ["x-area", "site"]\nwindows = "month"\n')
    rows = json.loads(run("clans", str(tmp_path / "squads.yaml"), "--layer", "declared", "--format", "json").stdout)
    assert [row["grouping"] for row in rows] == ["x-area", "site"]
    (tmp_path / "topology.toml").write_text('[clans]\ngroupings = ["tribe"]\n')
    wrong = run("clans", str(tmp_path / "squads.yaml"))
    assert (wrong.exit_code, "topology.toml, clans.groupings" in wrong.output) == (2, True)
    (tmp_path / "topology.toml").write_text('[clans]\nwindows = "decade"\n')
    assert run("clans", str(tmp_path / "squads.yaml")).exit_code == 2
