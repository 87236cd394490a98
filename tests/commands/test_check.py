"""`topology check` and the commands around it: formats, exit codes, settings, baselines, fixes, the rules' pages."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands.helpers import EXAMPLE, SMALL, run
from tests.conftest import ROOT


def test_init_writes_an_organisation_that_checks_clean(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "org")).exit_code == 0
    checked = run("check", str(tmp_path / "org" / "squads.yaml"))
    assert (checked.exit_code, "3 teams, 2 interactions, 0 people: no finding." in checked.output) == (0, True)
    assert json.loads((tmp_path / "org" / "squads.schema.json").read_text("utf-8"))


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
    assert len(json.loads(run("rules", "--format", "json").output)) == 78
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
