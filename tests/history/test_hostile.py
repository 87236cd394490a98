"""Repositories as they are found: odd names, odd refs, odd histories. No shell, no traceback, no wrong number in silence."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from markdown_it import MarkdownIt

from tests.commands.helpers import run
from tests.history.conftest import Repo
from topology.history.git import Repository
from topology.history.log import states
from topology.history.timeline import timeline
from topology.rules.selection import selection
from topology.source.settings import RuleSettings

ORG = "version: 1\nteams:\n  a: {name: Alpha, size: 6}\n  b: {name: Beta, size: 6}\n"
MORE = ORG + "  c: {name: Gamma, size: 6}\n"
DAY = ("--as-of", "2026-11-23")


def teams(result: Result) -> list[str]:
    """The column `teams` of a history as CSV."""
    assert result.exit_code == 0, result.output
    return [line.split(",")[2] for line in result.stdout.splitlines()[1:]]


@pytest.mark.english
@pytest.mark.parametrize(
    "name", ["my squads.yaml", "-squads.yaml", "new\nline.yaml", "'\"`$(touch x).yaml", ":(glob)*.yaml", "équipe.yaml"]
)
def test_file_names_of_any_kind(repo: Repo, name: str) -> None:
    repo.commit({name: ORG})
    repo.commit({name: MORE}, day="2026-02-05")
    told = run("diff", "HEAD~1..HEAD", "--model", f"./{name}", *DAY)
    assert "Gamma (c, undefined) is new" in told.stdout
    assert teams(run("history", f"./{name}", "--every", "commit", "--format", "csv")) == ["2", "3"]
    assert not (repo.root / "x").exists()


@pytest.mark.parametrize("name", ["with space", "-dash", "line\nbreak"])
def test_folder_names_of_any_kind(repo: Repo, name: str) -> None:
    repo.commit({f"{name}/a.yaml": ORG})
    repo.commit({f"{name}/b.yaml": "teams:\n  c: {name: Gamma}\n"}, day="2026-02-05")
    assert "Gamma" in run("diff", "HEAD~1..HEAD", "--model", f"./{name}", *DAY).stdout
    assert teams(run("history", f"./{name}", "--every", "commit", "--format", "csv")) == ["2", "3"]


@pytest.mark.parametrize(
    "ref",
    ["-p", "--output=never", "-", "..", "...", "HEAD:squads.yaml", "@{-1}", "a b", "\x00", "é", "main^{tree}"],
)
def test_a_ref_of_any_kind_is_a_revision_or_a_clear_word(repo: Repo, ref: str) -> None:
    repo.commit({"squads.yaml": ORG})
    for command in (["diff", "--", f"{ref}...HEAD"], ["check", "--against", ref, *DAY]):
        result = run(*command)
        assert result.exit_code in (0, 1, 2)
        assert "Traceback" not in result.output
    assert not (repo.root / "never").exists()


def test_a_branch_that_begins_with_a_dash(repo: Repo) -> None:
    repo.commit({"squads.yaml": ORG})
    repo.git("update-ref", "refs/heads/-evil", "HEAD")
    repo.commit({"squads.yaml": MORE})
    assert "Gamma" in run("diff", "--", "-evil...HEAD").stdout
    assert "Gamma" in run("diff", "--", "refs/heads/-evil...HEAD").stdout


def test_a_detached_head(repo: Repo) -> None:
    repo.commit({"squads.yaml": ORG})
    repo.commit({"squads.yaml": MORE})
    repo.git("checkout", "-q", "--detach")
    assert "Gamma" in run("diff", "main~1...HEAD").stdout
    assert teams(run("history", "--every", "commit", "--format", "csv")) == ["2", "3"]


def test_a_file_that_was_a_folder_and_back(repo: Repo) -> None:
    repo.commit({"org/a.yaml": ORG})
    repo.commit({"org": None, "x": "x"}, day="2026-02-05")
    repo.commit({"org": MORE}, day="2026-03-05")
    assert teams(run("history", "org", "--every", "month", "--format", "csv", "--as-of", "2026-03-31")) == ["2", "3"]
    assert "Gamma" in run("diff", "HEAD~2..HEAD", "--model", "org").stdout


def test_a_file_that_became_a_folder_is_the_same_organisation(repo: Repo) -> None:
    repo.commit({"squads.yaml": ORG})
    repo.git("rm", "-q", "squads.yaml")
    repo.commit({"squads/all.yaml": ORG}, day="2026-02-05")
    assert "nothing changed" in run("diff", "HEAD~1..HEAD", *DAY).stdout
    assert "known before" in run("check", "--against", "HEAD~1", *DAY).output
    assert teams(run("history", "--every", "commit", "--format", "csv")) == ["2", "2"]


def test_a_submodule_is_said_to_be_one(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = Repo(tmp_path / "inner")
    inner.commit({"squads.yaml": ORG})
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "squads")
    repo.commit({})
    outside = Repository(repo.root)
    assert states(outside, ("squads",))[-1].files["squads"].mode == "160000"
    result = run(
        "history", str(repo.root / "squads"), "--every", "commit", "--format", "csv"
    )  # inside, it is a repository
    assert teams(result) == ["2"]
    subprocess.run(["git", "clone", "-q", str(repo.root), str(tmp_path / "clone")], check=True, capture_output=True)
    monkeypatch.chdir(tmp_path / "clone")  # without its submodules
    assert "squads is a submodule there" in run("diff", "HEAD..HEAD", "--model", "squads").output
    assert "squads is a submodule there" in run("history", "squads").stderr


def test_a_link_in_a_commit_is_followed_inside_the_repository(repo: Repo) -> None:
    repo.commit({"real/org.yaml": ORG})
    (repo.root / "squads.yaml").symlink_to("real/org.yaml")
    repo.commit({})
    repo.commit({"real/org.yaml": MORE})
    assert "Gamma" in run("diff", "HEAD~1..HEAD").stdout


@pytest.mark.english
def test_the_folder_of_the_repository_itself(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"squads.yaml": ORG, "sub/x": "x"})
    repo.commit({"squads.yaml": MORE}, day="2026-02-05")
    assert "1 change touches 1 team" in run("diff", "HEAD~1..HEAD", "--model", ".", *DAY).stdout
    assert "known before" in run("check", ".", "--against", "HEAD", *DAY).output
    monkeypatch.chdir(repo.root / "sub")
    assert "Gamma" in run("diff", "HEAD~1..HEAD", "--model", "..").stdout
    assert teams(run("history", "..", "--every", "commit", "--format", "csv")) == ["2", "3"]


def test_what_cannot_be_read_is_never_taken_for_deleted(repo: Repo) -> None:
    repo.commit({"squads/a.yaml": ORG, "squads/b.yaml": "teams:\n  z: {name: Zeta}\n"})
    for broken in (b"teams:\n  z: {name: Ze\xff}\n", b"teams:\n  z: {name: Zeta\n"):
        (repo.root / "squads" / "b.yaml").write_bytes(broken)
        result = run("diff", *DAY)
        assert (result.exit_code, "the work tree cannot be read: squads/b.yaml:" in result.output) == (2, True), (
            result.output
        )
    repo.git("add", "-A")
    repo.git("commit", "-qm", "broken", when="2026-02-05T10:00:00+00:00")
    repo.commit({"squads/b.yaml": "teams:\n  z: {name: Zeta}\n"}, day="2026-03-05")
    result = run("history", "--every", "month", "--format", "csv", "--as-of", "2026-03-31")
    assert teams(result) == ["3", "3", "3"]
    assert "is skipped: squads/b.yaml:" in result.stderr


def test_clocks_that_were_wrong_do_not_freeze_the_series(repo: Repo) -> None:
    for day, text in (
        ("2026-01-05", ORG),
        ("2026-06-01", ORG),
        ("2026-02-05", ORG),
        ("2026-03-05", MORE),
        ("2001-01-01", MORE),
    ):
        repo.commit({"squads.yaml": text + f"# {day}\n"}, day=day)
    assert teams(run("history", "--every", "month", "--format", "csv", "--as-of", "2026-05-31")) == [
        "2",
        "2",
        "3",
        "3",
        "3",
    ]


@pytest.mark.parametrize("time", ["999999999999 +0000", "99999999999999999999 +0000", ""])
def test_a_commit_without_a_sensible_time(repo: Repo, time: str) -> None:
    repo.commit({"squads.yaml": ORG})
    tree, parent = repo.git("rev-parse", "HEAD^{tree}"), repo.git("rev-parse", "HEAD")
    body = f"tree {tree}\nparent {parent}\nauthor N <n@example.org> 1 +0000\ncommitter N <n@example.org> {time}\n\nx\n"
    file = repo.root / "commit"
    file.write_text(body)
    repo.git("reset", "-q", "--hard", repo.git("hash-object", "-t", "commit", "-w", "--literally", str(file)))
    assert run("history", "--every", "commit").exit_code == 0


def test_the_users_own_git_settings_change_nothing(repo: Repo) -> None:
    repo.commit({"squads.yaml": ORG})
    for setting, value in (
        ("log.showRoot", "false"), ("diff.orderFile", "/nope"), ("core.fsmonitor", "touch ran"), ("core.pager", "touch ran"),
        ("diff.external", "touch ran"), ("log.showSignature", "true"), ("gpg.program", "touch"), ("core.quotePath", "true"),
    ):  # fmt: skip
        repo.git("config", setting, value)
    assert teams(run("history", "--every", "commit", "--format", "csv")) == ["2"]
    assert run("diff").exit_code == 0
    assert not (repo.root / "ran").exists()


def test_a_hooks_variables_do_not_point_git_elsewhere(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repo(tmp_path / "other")
    other.commit({"squads.yaml": MORE})
    repo.commit({"squads.yaml": ORG})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git" / "index"))
    assert teams(run("history", "--every", "commit", "--format", "csv")) == ["2"]


def test_a_shallow_clone_says_what_to_fetch(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"squads.yaml": ORG})
    first = repo.git("rev-parse", "HEAD")
    repo.commit({"squads.yaml": MORE}, day="2026-02-05")
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "clone")],
        check=True,
        capture_output=True,
    )
    monkeypatch.chdir(tmp_path / "clone")
    result = run("history", "--every", "commit", "--format", "csv")
    assert teams(result) == ["3"]
    assert "git fetch --unshallow" in result.stderr
    assert "git fetch --unshallow" in run("diff", f"{first}...HEAD").output


@pytest.mark.parametrize("command", [["diff"], ["history"], ["check", "--against", "main"]])
def test_no_repository_no_commit_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    (tmp_path / "squads.yaml").write_text(ORG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = run(*command)
    assert (result.exit_code, "is not in a git repository" in result.output) == (2, True), result.output
    subprocess.run(["git", "init", "-q"], check=True)
    assert run(*command).exit_code == 2
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in run(*command).output


def test_names_cannot_move_the_terminal_or_the_comment(repo: Repo) -> None:
    repo.commit({"squads/a.yaml": ORG})
    name = "[approve](https:evil.example) `x` **b** ![p](ev.il)\x1b[31m.yaml"
    repo.commit({f"squads/{name}": 'teams:\n  z: {name: "# OWNED"}\n  y: {name: "1. one"}\n'})
    text = run("diff", "HEAD~1..HEAD").output
    assert "\x1b" not in text
    comment = run("diff", "HEAD~1..HEAD", "--format", "markdown").stdout
    page = MarkdownIt("gfm-like", {"linkify": False}).render(comment)
    assert "\x1b" not in comment
    for harmful in ("<a ", "<img", "<h1", "<ol", "<code>x", "<strong>b<"):
        assert harmful not in page


def test_a_history_of_ten_megabytes(repo: Repo) -> None:
    """400 versions of a file of 27 kB, 10.8 MB in all, written in one go."""
    stream = []
    for index in range(400):
        text = ORG + "".join(f"  t{i}: {{name: 'Team {i} at {index}', mission: '{'x' * 60}'}}\n" for i in range(270))
        data, when = text.encode(), 1_700_000_000 + index * 86_400
        stream.append(
            f"commit refs/heads/main\ncommitter N <n@example.org> {when} +0000\ndata 1\nx\nM 100644 inline squads.yaml\ndata {len(data)}\n".encode()
            + data + b"\n"
        )  # fmt: skip
    done = subprocess.run(
        ["git", "-C", str(repo.root), "fast-import", "--quiet"],
        input=b"".join(stream),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = run("history", "--every", "quarter", "--format", "csv", *DAY)
    assert teams(result)[-1] == "272"


def test_a_command_line_prints_no_traceback_into_a_closed_pipe(repo: Repo) -> None:
    repo.commit({"squads.yaml": ORG})
    done = subprocess.run(
        f"{sys.executable} -m topology rules | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert "Traceback" not in done.stderr


def test_of_very_many_commits_the_last_are_read_where_that_is_asked(repo: Repo) -> None:
    for index in range(5):
        repo.commit({"squads.yaml": ORG + f"# {index}\n"}, day=f"2026-01-0{index + 1}")
    found = timeline(
        Repository(repo.root), ("squads.yaml",), "commit", dt.date(2026, 11, 23), selection(RuleSettings()), most=2
    )
    assert [str(one.day) for one in found.snapshots] == ["2026-01-04", "2026-01-05"]
    assert found.notes == ("The last 2 of 5 commits are shown; `topology history --every commit` prints all.",)
