"""What the host acts on: the workflow, CODEOWNERS, the comment (docs/security.md, 5)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands.helpers import run
from tests.conftest import ROOT

SCRIPTS = ROOT / "topology" / "commands" / "ci"


def organisation(**accounts: str) -> str:
    people = {name: {"accounts": {"github": account}} for name, account in accounts.items()}
    leads = list(accounts)
    return json.dumps(
        {"version": "1", "people": people, "teams": {"a": {"type": "stream-aligned", "pm": leads[0], "em": leads[-1]}}}
    )


@pytest.mark.parametrize(
    "account",
    ["x\n* @evil", "x @evil", "-x", "x/../y", "@x", "x*", "x#", "", " ", "x" * 41, "é", "x\t@evil", "x\u2028@evil"],
)
def test_what_is_no_account_becomes_no_line(tmp_path: Path, account: str) -> None:
    (tmp_path / "squads.yaml").write_text(organisation(ann=account, bob="bob-dev"))
    result = run("init", str(tmp_path), "--ci")
    assert result.exit_code == 0, result.output
    assert (tmp_path / ".github" / "CODEOWNERS").read_text().splitlines()[1:] == ["/squads.yaml @bob-dev"]
    assert ("is none, so nobody is asked" in result.output) == bool(account)


@pytest.mark.parametrize("account", ["bob", "bob-dev", "Bob9", "bob_corp", "b"])
def test_an_account_becomes_a_line(tmp_path: Path, account: str) -> None:
    (tmp_path / "squads.yaml").write_text(organisation(bob=account))
    run("init", str(tmp_path), "--ci")
    assert f"/squads.yaml @{account}" in (tmp_path / ".github" / "CODEOWNERS").read_text().splitlines()


@pytest.mark.parametrize("there", ["CODEOWNERS", "docs/CODEOWNERS", ".github/CODEOWNERS"])
@pytest.mark.parametrize("text", ["* @all\n", "* @all", "* @all\r\n"])
def test_lines_are_added_to_the_file_that_the_host_reads(tmp_path: Path, there: str, text: str) -> None:
    (tmp_path / "squads.yaml").write_text(organisation(bob="bob"))
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_bytes(text.encode())
    run("init", str(tmp_path), "--ci")
    after = (tmp_path / there).read_bytes().decode()
    end = "\r\n" if "\r\n" in text else "\n"
    assert after.startswith(text.rstrip() + end)
    assert after.endswith(f"/squads.yaml @bob{end}")
    assert (
        len([one for one in ("CODEOWNERS", "docs/CODEOWNERS", ".github/CODEOWNERS") if (tmp_path / one).exists()]) == 1
    )
    run("init", str(tmp_path), "--ci")
    assert (tmp_path / there).read_bytes().decode() == after


def test_everything_stands_at_the_repository_s_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    below = tmp_path / "org" / "model"
    below.mkdir(parents=True)
    (below / "squads.yaml").write_text(organisation(bob="bob"))
    monkeypatch.chdir(below)
    assert run("init", "--ci").exit_code == 0
    assert not (below / ".github").exists()
    assert "/org/model/squads.yaml @bob" in (tmp_path / ".github" / "CODEOWNERS").read_text()
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "topology.yml").read_text())
    triggers = workflow[True]  # (`on`, which YAML 1.1 reads as true)
    paths = ["org/model/squads.yaml", "org/model/topology.toml"]
    assert triggers["pull_request"]["paths"] == triggers["push"]["paths"] == paths
    assert triggers["schedule"][0]["cron"].split()[-1] != "*"  # once a week
    check = next(one for one in workflow["jobs"]["topology"]["steps"] if one.get("name") == "Check")
    assert check["env"]["MODEL"] == "org/model/squads.yaml"


@pytest.mark.parametrize("folder", ['a"b', "a${{ github.token }}", "a\nb", "a*", "[a]", "!a", "-a", "a#b", "a'b;c"])
def test_a_path_that_would_mean_something_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "squads.yaml").write_text(organisation(bob="bob"))
    result = run("init", str(tmp_path / folder), "--ci")
    assert result.exit_code == 2, result.output
    assert "cannot stand in a workflow" in result.output
    assert not (tmp_path / ".github").exists()


def test_the_package_is_a_variable_and_no_text_of_a_script(tmp_path: Path) -> None:
    requirement = 'x"; touch here #'
    run("init", str(tmp_path), "--ci", "--package", requirement)
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "topology.yml").read_text())
    install = next(one for one in workflow["jobs"]["topology"]["steps"] if one.get("name") == "Install")
    assert install["env"]["PACKAGE"] == requirement
    assert "touch" not in install["run"]


def test_folders_that_are_links_are_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    for name in (".github", ".github/workflows", "docs"):
        home = tmp_path / name.replace("/", "-")
        home.mkdir()
        (home / "squads.yaml").write_text(organisation(bob="bob"))
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).symlink_to(tmp_path / "outside")
        if name == "docs":
            (tmp_path / "outside" / "CODEOWNERS").write_text("* @all\n")
        result = run("init", str(home), "--ci")
        assert result.exit_code == 2
        assert "it is a link" in result.output
    assert (tmp_path / "outside" / "CODEOWNERS").read_text() == "* @all\n"
    assert sorted(one.name for one in (tmp_path / "outside").iterdir()) == ["CODEOWNERS"]


def test_no_script_and_no_run_holds_an_expression() -> None:
    """What a pull request can choose comes as a variable."""
    for document in (ROOT / "action.yml", SCRIPTS / "workflow.yaml"):
        for block in re.findall(r"run: *(.*)", document.read_text("utf-8")):
            assert "${{" not in block
    for script in SCRIPTS.glob("*.sh"):
        text = script.read_text("utf-8")
        assert "${{" not in text
        assert not re.search(r"(--output|>>?) +topology", text)  # nothing is written into the checkout


@pytest.mark.parametrize("kind", ["endless", "pipe", "link", "folder", "large"])
def test_an_odd_owners_file_is_not_read(tmp_path: Path, kind: str) -> None:
    (tmp_path / "squads.yaml").write_text(organisation(bob="bob"))
    owners = tmp_path / ".github" / "CODEOWNERS"
    owners.parent.mkdir()
    match kind:
        case "endless":
            owners.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(owners)
        case "link":
            owners.symlink_to("/etc/passwd")
        case "folder":
            owners.mkdir()
        case _:
            owners.write_bytes(b"#" * 4_000_000)
    result = run("init", str(tmp_path), "--ci")
    assert result.exit_code == 2
    assert "it is a link" in result.output or "larger than GitHub reads" in result.output


@pytest.mark.parametrize("folder", ["@PACKAGE@", "@MODEL@", "@PATHS@"])
def test_a_folder_called_like_a_mark_is_a_folder(tmp_path: Path, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "squads.yaml").write_text(organisation(bob="bob"))
    assert run("init", str(tmp_path / folder), "--ci").exit_code == 0
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "topology.yml").read_text())
    assert workflow[True]["push"]["paths"][0] == f"{folder}/squads.yaml"


OTHERS = [
    {"id": 1, "user": {"login": "mallory"}, "body": "<!-- topology: this comment is edited in place -->\nmine"},
    {"id": 2, "user": {"login": "other[bot]"}, "body": "<!-- topology: x"},
    {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "another action's"},
]
OURS = {
    "id": 4,
    "user": {"login": "github-actions[bot]"},
    "body": "<!-- topology: this comment is edited in place -->\nold",
}


@pytest.mark.parametrize(("comments", "method"), [(OTHERS, "POST"), ([*OTHERS, OURS], "PATCH"), ([], "POST")])
def test_only_our_own_comment_is_edited(tmp_path: Path, comments: list[object], method: str) -> None:
    """The step as a shell runs it; `gh` is a stand-in that answers with comments and notes what it is asked to write."""
    if subprocess.run(["sh", "-c", "command -v jq"], check=False, capture_output=True).returncode:
        told = (SCRIPTS / "comment.sh").read_text("utf-8")
        assert 'select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- topology:")))' in told
        return
    (tmp_path / "comments.json").write_text(json.dumps(comments))
    stand_in = tmp_path / "bin" / "gh"
    stand_in.parent.mkdir()
    stand_in.write_text(
        f'#!/bin/sh\ncase "$*" in *--jq*) jq -r "$5" {tmp_path}/comments.json ;; *) echo "$*" >> {tmp_path}/asked ;; esac\n'
    )
    stand_in.chmod(0o755)
    for arguments in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-q", "-m", "x"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        (tmp_path / "repo").mkdir(exist_ok=True)
        (tmp_path / "repo" / "squads.yaml").write_text("version: 1\nteams: {a: {size: 6}}\n")
        (tmp_path / "repo" / "topology-comment.md").unlink(missing_ok=True)
        identity = {
            f"GIT_{who}_{what}": "n@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        subprocess.run(
            ["git", "-C", str(tmp_path / "repo"), *arguments],
            check=True,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **identity},
        )
    (tmp_path / "repo" / "topology-comment.md").symlink_to(tmp_path / "precious")
    environment = {"PATH": f"{stand_in.parent}:{Path(sys.executable).parent}:/usr/bin:/bin", "MODEL": "squads.yaml", "BASE": "main", "REPOSITORY": "o/r",
                   "NUMBER": "7", "RUNNER_TEMP": str(tmp_path / "runner"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "HOME": str(tmp_path)}  # fmt: skip
    done = subprocess.run(
        ["bash", "-eo", "pipefail", str(SCRIPTS / "comment.sh")], cwd=tmp_path / "repo", env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (asked,) = (tmp_path / "asked").read_text().splitlines()
    assert f"--method {method}" in asked
    assert ("comments/4 " in asked) == (method == "PATCH")
    assert not (tmp_path / "precious").exists()
