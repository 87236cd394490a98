"""What a repository's own configuration may make git do: nothing (docs/security.md, 4)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands.helpers import run
from tests.history.conftest import Repo
from topology.history import git
from topology.history.git import GitError, Repository, refuse_old_git
from topology.history.timeline import timeline
from topology.rules.selection import selection
from topology.source.settings import RuleSettings

ORG = "version: 1\nteams:\n  a: {name: Alpha, type: stream-aligned, size: 6}\n"
MORE = ORG + "  b: {name: Beta, type: stream-aligned, size: 6}\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with two versions, which is the present folder."""
    made = Repo(tmp_path / "repo")
    made.commit({"squads.yaml": ORG})
    made.commit({"squads.yaml": MORE}, day="2026-02-05")
    monkeypatch.chdir(made.root)
    return made


@pytest.mark.parametrize("place", ["embedded", "a/deep/place", "squads.git"])
def test_a_bare_repository_among_the_files_is_not_taken_for_one(repo: Repo, place: str) -> None:
    """Its HEAD would hold the very findings that the check is to tell."""
    folder = repo.root / place
    subprocess.run(
        ["git", "init", "-q", "--bare", str(folder)],
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    )
    (folder / "squads.yaml").write_text(ORG)
    for arguments in (
        ["check", f"{place}/squads.yaml", "--against", "HEAD"],
        ["history", f"{place}/squads.yaml"],
        ["diff", "--model", f"{place}/squads.yaml"],
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "cannot use bare repository" in result.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log.follow", "true"), ("i18n.logOutputEncoding", "UTF-16"), ("color.ui", "always"), ("diff.relative", "true"), ("log.diffMerges", "off"),
        ("diff.ignoreSubmodules", "all"), ("core.abbrev", "4"), ("format.pretty", "raw"), ("log.abbrevCommit", "true"), ("diff.renames", "copies"),
        ("core.useReplaceRefs", "true"), ("log.showRoot", "false"), ("core.quotePath", "true"), ("diff.orderFile", "/etc/passwd"),
    ],
)  # fmt: skip
def test_no_setting_changes_what_is_read(repo: Repo, name: str, value: str) -> None:
    before = run("history", "--every", "commit", "--format", "csv", "--as-of", "2026-03-01").stdout
    assert len(before.splitlines()) == 3
    repo.git("config", name, value)
    assert run("history", "--every", "commit", "--format", "csv", "--as-of", "2026-03-01").stdout == before
    assert "Beta" in run("diff", "HEAD~1..HEAD").stdout


def test_a_replaced_object_is_not_believed(repo: Repo) -> None:
    """`git replace` would show another commit under the id that was reviewed."""
    repo.git("replace", "HEAD~1", "HEAD")
    assert "Beta" in run("diff", "HEAD~1..HEAD").stdout


@pytest.mark.parametrize("url", ["ext::sh -c {mark}", "{origin}", "ssh://-oProxyCommand={mark}/x"])
def test_a_missing_object_is_not_fetched(repo: Repo, tmp_path: Path, url: str) -> None:
    mark = tmp_path / "has-run"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    blob = repo.git("rev-parse", "HEAD~1:squads.yaml")
    for name, value in {
        "remote.origin.url": url.format(mark=program, origin=tmp_path / "origin"), "remote.origin.promisor": "true", "protocol.allow": "always",
        "protocol.ext.allow": "always", "remote.origin.partialclonefilter": "blob:none", "core.sshCommand": str(program),
    }.items():  # fmt: skip
        repo.git("config", name, value)
    subprocess.run(
        ["git", "clone", "-q", "--bare", str(repo.root), str(tmp_path / "origin")], check=True, capture_output=True
    )
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for arguments in (["diff", "HEAD~1..HEAD"], ["check", "--against", "HEAD~1"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert f"the object {blob[:10]} is missing" in result.output
    told = run("history", "--every", "commit", "--format", "csv")
    assert f"the object {blob[:10]} is missing" in told.stderr
    assert len(told.stdout.splitlines()) == 2  # the other version is told
    assert not mark.exists()
    assert not (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).exists()


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ("git version 2.39.3", True), ("git version 2.39.5 (Apple Git-154)", False), ("git version 2.25.1", True), ("git version 2.44.0", True),
        ("git version 2.44.1.windows.1", False), ("git version 2.45.0", False), ("git version 3.0.0-rc1", False), ("", True), ("no git", True),
        ("git version 2.41.1", False), ("git version 1.9", True),
    ],
)  # fmt: skip
def test_a_git_that_may_fetch_is_refused(monkeypatch: pytest.MonkeyPatch, told: str, refused: bool) -> None:
    monkeypatch.setattr(git.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, told.encode(), b""))
    refuse_old_git.cache_clear()
    try:
        if refused:
            with pytest.raises(GitError, match="too old"):
                refuse_old_git()
        else:
            refuse_old_git()
    finally:
        refuse_old_git.cache_clear()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_refusal_for_its_owner_is_passed_on_whole(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line that git advises, which is the way out."""
    for place in (repo.root, repo.root / ".git"):
        os.chown(place, 12345, 12345)
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.delenv("SUDO_UID", raising=False)
    told = run("diff", "HEAD~1..HEAD").output
    assert "dubious ownership" in told
    assert "git config --global --add safe.directory" in told


def test_a_git_that_does_not_answer_is_stopped(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """HEAD or an object may be a pipe that nobody writes into."""
    monkeypatch.setattr(git, "SECONDS", 0.5)
    blob = repo.git("rev-parse", "HEAD~1:squads.yaml")
    place = repo.root / ".git" / "objects" / blob[:2] / blob[2:]
    place.unlink()
    os.mkfifo(place)
    assert f"the object {blob[:10]} is missing" in run("diff", "HEAD~1..HEAD").output
    (repo.root / ".git" / "HEAD").unlink()
    os.mkfifo(repo.root / ".git" / "HEAD")
    assert "took longer than" in run("diff", "HEAD~1..HEAD").output


def test_a_large_version_is_not_read_and_many_are_read_until_a_limit(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from topology.history import timeline as history
    from topology.history import versions

    monkeypatch.setattr(versions, "MAX_BYTES", 400)
    repo.commit({"squads.yaml": ORG + "# " + "x" * 500}, day="2026-03-05")
    repo.commit({"squads.yaml": MORE + "# more"}, day="2026-04-05")

    def told() -> tuple[list[str], tuple[str, ...]]:
        found = timeline(
            Repository(repo.root), ("squads.yaml",), "commit", dt.date(2026, 5, 1), selection(RuleSettings())
        )
        return [str(one.day) for one in found.snapshots], found.notes

    days, (note,) = told()
    assert days == ["2026-01-05", "2026-02-05", "2026-04-05"]
    assert "0.0 MB are read at most" in note
    monkeypatch.setattr(history, "MOST_BYTES", 200)
    days, notes = told()
    assert days == ["2026-01-05", "2026-02-05"]
    assert "and what follows is not read" in notes[-1]
