"""What `topology init --ci` writes, the action and the hooks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands.helpers import SMALL, run
from tests.conftest import ROOT

SCRIPTS = ROOT / "topology" / "commands" / "ci"


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
    for name in ("Check", "Comment"):
        script = SCRIPTS / f"{name.lower()}.sh"
        assert steps[name]["run"] == script.read_text("utf-8")
        assert action[name]["run"] == f'source "$SCRIPTS/{script.name}"'
    assert steps["Result"]["run"] == action["Result"]["run"]
    for one in (*steps.values(), *action.values()):
        assert "${{" not in one.get("run", "")  # nothing that a pull request can choose becomes text of a script
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
                   "SCRIPTS": str(SCRIPTS), "RUNNER_TEMP": str(tmp_path / "runner"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_OUTPUT": str(tmp_path / "output")}  # fmt: skip
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "::error file=squads.yaml" in done.stdout
    assert (tmp_path / "output").read_text() == "code=1\n"
    assert "TT701" in (tmp_path / "summary").read_text()
    assert json.loads((tmp_path / "runner" / "topology" / "findings.sarif").read_text())["runs"]


def test_the_hooks_are_what_pre_commit_reads() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["topology-check", "topology-fix"]
    for hook in hooks:
        assert re.search(hook["files"], "squads/payments.yaml")
        assert not re.search(hook["files"], "docs/squads.md")
        assert hook["entry"].startswith("topology check")
