"""The command line as a user meets it: results, exit codes, wrong use; no traceback anywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
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


SMALL = "version: 1\nteams: {a: {type: stream-aligned, size: 3, pm: x, em: y}}\n"


def test_formats_go_where_their_outputs_say(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(SMALL)
    model, sarif, junit = str(tmp_path / "squads.yaml"), tmp_path / "a.sarif", tmp_path / "j.xml"
    result = run(
        "check",
        model,
        "--format",
        "text",
        "--output",
        "-",
        "--format",
        "sarif",
        "--output",
        str(sarif),
        "--format",
        "junit",
        "--output",
        str(junit),
    )
    assert result.exit_code == 0
    assert "TT201 warning" in result.stdout
    assert json.loads(sarif.read_text())["version"] == "2.1.0"
    assert junit.read_text().startswith("<?xml")


def test_exit_codes_follow_fail_on(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(SMALL)
    model = str(tmp_path / "squads.yaml")
    assert run("check", model).exit_code == 0
    assert run("check", model, "--fail-on", "warning").exit_code == 1
    assert run("check", model, "--fail-on", "warning", "--ignore", "TT201,TT715,TT206").exit_code == 0
    assert run("check", model, "--severity", "TT201=error").exit_code == 1
    (tmp_path / "topology.toml").write_text(
        '[rules]\nfail_on = "warning"\nthresholds = {team-too-small = 3}\nignore = ["TT715"]\n'
    )
    assert run("check", model).exit_code == 0
    (tmp_path / "bad.yaml").write_text("version: 1\nteams: [")
    assert run("check", str(tmp_path / "bad.yaml"), "--fail-on", "never").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--select", "TT999"), "there is no rule `TT999`"),
        (("--select", "team-to-small"), "Did you mean `team-too-small`"),
        (("--severity", "TT201"), "is not RULE="),
        (("--format", "text", "--format", "json"), "give each format its file"),
        (("--baseline", "/nonexistent.json"), "cannot be read"),
        (("--diff",), "give both"),
        (("--fix", "--diff", "--format", "json"), "goes with no --format"),
        (("--fail-on", "sometimes"), "Invalid value"),
        (("--ignore", "TT003"), "TT003 cannot be switched off"),
        (("--severity", "unknown-key=off"), "TT003 cannot be switched off"),
    ],
)
def test_wrong_use_of_check_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    (tmp_path / "squads.yaml").write_text(SMALL)
    result = run("check", str(tmp_path / "squads.yaml"), *arguments)
    assert (result.exit_code, words in result.output) == (2, True), result.output


@pytest.mark.parametrize(
    "settings",
    ['[rules]\nignores = []\n', '[rules]\nfail_on = "loud"\n', '[rules]\nignore = ["TT999"]\n', '[rules]\nthresholds = {TT101 = 3}\n', '[rules]\nthresholds = {TT202 = "x"}\n', '[rules]\nthresholds = {TT103 = inf}\n', '[rules]\nthresholds = {TT103 = 1e300}\n', '[rules]\nthresholds = {TT202 = true}\n', "x = " + "[" * 5000 + "]" * 5000, "[rules\n", "[workshop]\n"],
)  # fmt: skip
def test_wrong_rule_settings_are_a_wrong_use(tmp_path: Path, settings: str) -> None:
    (tmp_path / "squads.yaml").write_text(SMALL)
    (tmp_path / "topology.toml").write_text(settings)
    assert run("check", str(tmp_path / "squads.yaml")).exit_code == 2


def test_a_baseline_is_written_and_read(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(SMALL)
    model, file = str(tmp_path / "squads.yaml"), str(tmp_path / "b.json")
    assert "2 findings" in run("baseline", model, "--output", file).output
    assert "no finding (2 known before)." in run("check", model, "--baseline", file).output
    (tmp_path / "squads.yaml").write_text(SMALL.replace("}}", "}, b: {size: 2, type: enabling}}"))
    shown = run("check", model, "--baseline", file, "--format", "text").stdout
    assert {line.split()[1] for line in shown.splitlines()} == {"TT112", "TT201", "TT401"}


def test_fix_shows_or_writes(tmp_path: Path) -> None:
    file = tmp_path / "squads.yaml"
    before = "version: 1\r\nteams:\r\n  a: {type: Platform, from: 1.2.2026}   # mine\r\n"
    file.write_bytes(before.encode())
    shown = run("check", str(file), "--fix", "--diff")
    assert "+  a: {type: platform, since: 2026-02-01}   # mine" in shown.stdout
    assert file.read_bytes() == before.encode()
    assert "3 places were mended" in run("check", str(file), "--fix").output
    assert file.read_bytes() == before.replace("Platform, from: 1.2.2026", "platform, since: 2026-02-01").encode()
    assert "nothing to mend" in run("check", str(file), "--fix").output


def test_rules_and_their_pages(tmp_path: Path) -> None:
    assert len(json.loads(run("rules", "--format", "json").output)) == 59
    assert "Why it matters" in run("rule", "team-too-small").output
    for name, words in (
        ("TT2", "is a family of rules"),
        ("TT999", "there is no rule"),
        ("team-to-small", "Did you mean `team-too-small`"),
    ):
        wrong = run("rule", name)
        assert (wrong.exit_code, words in wrong.output) == (2, True)


def test_while_the_file_has_errors_the_rules_do_not_run_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(
        "version: 1\nteams: {a: {size: 2, type: stream-aligned}, b: {typ: platform}}\n"
    )
    result = run("check", str(tmp_path / "squads.yaml"), "--format", "text")
    assert [line.split()[1] for line in result.stdout.splitlines()] == ["TT003"]
    assert "The rules did not run" in result.stderr
    assert "No baseline was written" in run("baseline", str(tmp_path / "squads.yaml")).stderr


def test_the_rule_pages_of_the_docs_are_not_stale(tmp_path: Path) -> None:
    assert run("rules", "--write", str(tmp_path)).exit_code == 0
    made = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    kept = {file.name: file.read_text("utf-8") for file in (ROOT / "docs" / "rules").iterdir()}
    assert made == kept, "write them again: topology rules --write docs/rules"


def test_the_settings_schema_names_every_rule_and_no_other_key() -> None:
    schema = json.loads(run("schema", "--of", "settings").output)
    rules = schema["properties"]["rules"]["properties"]
    assert {"TT201", "team-too-small"} <= set(rules["thresholds"]["properties"])
    assert "TT101" not in rules["thresholds"]["properties"]
    assert rules["severity"]["additionalProperties"] is False


def test_init_ci_writes_a_workflow_and_owners_and_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(
        "version: 1\npeople: {x: {accounts: {github: x-dev}}, y: {}}\nteams: {a: {type: stream-aligned, size: 6, pm: x, em: y}}\n"
    )
    result = run("init", str(tmp_path), "--ci")
    assert result.exit_code == 0, result.output
    assert (tmp_path / ".github" / "CODEOWNERS").read_text().splitlines()[1] == "/squads.yaml @x-dev"
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "topology.yml").read_text())
    steps = {step.get("name"): step for step in workflow["jobs"]["topology"]["steps"]}
    action = {step.get("name"): step for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]}
    assert steps["Check"]["env"]["MODEL"] == "squads.yaml"
    for name in ("Check", "Comment", "Result"):
        assert steps[name]["run"] == action[name]["run"]
        assert "${{" not in steps[name]["run"]  # nothing that a pull request can choose becomes text of a script
    (tmp_path / ".github" / "workflows" / "topology.yml").write_text("mine")
    assert "it was kept" in run("init", str(tmp_path), "--ci").output
    assert (tmp_path / ".github" / "workflows" / "topology.yml").read_text() == "mine"
    assert (tmp_path / ".github" / "CODEOWNERS").read_text().count("@x-dev") == 1


def test_init_ci_without_accounts_says_what_is_missing_and_names_its_package(tmp_path: Path) -> None:
    result = run("init", str(tmp_path), "--ci", "--package", "git+https://example.org/topology@v1")
    assert "no lead has `accounts: {github: …}` yet" in result.output
    assert not (tmp_path / ".github" / "CODEOWNERS").exists()
    assert '"git+https://example.org/topology@v1"' in (tmp_path / ".github" / "workflows" / "topology.yml").read_text()


def test_the_workflows_own_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Check step as a shell runs it, with a stand-in for nothing but GitHub's two files."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "squads.yaml").write_text(SMALL.replace("pm: x, ", ""))
    script = next(
        step["run"]
        for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
        if step.get("name") == "Check"
    )
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "MODEL": "squads.yaml", "FAIL_ON": "error", "BASE": "",
                   "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_OUTPUT": str(tmp_path / "output")}  # fmt: skip
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "::error file=squads.yaml" in done.stdout
    assert (tmp_path / "output").read_text() == "code=1\n"
    assert "TT701" in (tmp_path / "summary").read_text()
    assert json.loads((tmp_path / "topology.sarif").read_text())["runs"]


def test_the_hooks_are_what_pre_commit_reads() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["topology-check", "topology-fix"]
    for hook in hooks:
        assert re.search(hook["files"], "squads/payments.yaml")
        assert not re.search(hook["files"], "docs/squads.md")
        assert hook["entry"].startswith("topology check")


def test_a_report_is_never_written_over_the_organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "squads.yaml"
    file.write_text(SMALL)
    other = tmp_path / "other.yaml"
    other.write_text(SMALL)
    monkeypatch.chdir(tmp_path)
    for command in (
        ["check", str(file), "--output", str(file)], ["baseline", str(file), "--output", str(file)],
        ["diff", str(other), str(file), "--output", str(file)], ["schema", "--output", "squads.yaml"],
    ):  # fmt: skip
        result = run(*command)
        assert (result.exit_code, "would be lost" in result.output, file.read_text()) == (2, True, SMALL)


def test_a_missing_file_is_a_wrong_use_whatever_else_is_asked(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.yaml")
    for more in ([], ["--fail-on", "never"], ["--fix", "--diff"], ["--format", "sarif"]):
        assert run("check", missing, *more).exit_code == 2


def test_a_pyproject_whose_section_is_no_table_is_a_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text(SMALL)
    (tmp_path / "pyproject.toml").write_text("[tool]\ntopology = 5\n")
    assert run("check", str(tmp_path / "squads.yaml")).exit_code == 2


def test_file_names_of_any_bytes_are_reported(tmp_path: Path) -> None:
    for name in (b"\xff\xfe.yaml", b"x\x1b[31m.yaml", b"new\nline.yaml"):
        file = tmp_path / os.fsdecode(name)
        file.write_text(SMALL)
        for format_ in ("text", "full", "json", "sarif", "github", "junit", "markdown"):
            assert run("check", str(file), "--format", format_, "--output", str(tmp_path / "o")).exit_code == 0
        shown = run("check", str(file), "--format", "text").stdout
        assert "\x1b" not in shown and len(shown.splitlines()) == 2


def test_a_fault_of_the_tool_itself_exits_with_2(tmp_path: Path) -> None:
    code = "import topology.commands.rule as m\ndef broken(*a, **k): raise RuntimeError('ours')\nm.command.callback = broken\nfrom topology.cli import main\nimport sys\nsys.argv = ['topology', 'rule', 'x']\nmain()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "RuntimeError: ours" in done.stderr) == (2, True)


def test_the_command_knows_every_metric() -> None:
    from topology.commands.metrics import NAMES
    from topology.delivery import METRICS

    assert tuple(METRICS) == NAMES


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
