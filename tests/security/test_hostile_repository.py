"""A repository made to do harm: nothing but git is started, no network is asked, nothing outside is read, and each refusal says why."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.security.hostile import SETTINGS, Hostile, hostile
from tests.security.watched import Watched, can_watch, watched

pytestmark = pytest.mark.skipif(not can_watch(), reason="strace is not here, or may not watch a process")
SCRIPTS = ROOT / "topology" / "commands" / "ci"
OURS = tuple(str(Path(one).resolve()) for one in (ROOT, sys.prefix, sys.base_prefix))
SYSTEM = ("/usr/", "/lib", "/proc/", "/sys/", "/dev/", "/bin/", "/etc/ssl/", "/etc/ld.so", "/etc/locale", "/etc/gitconfig", "/etc/localtime",
          "/etc/timezone", "/etc/mime.types", "/etc/nsswitch.conf", "/etc/host", "/etc/resolv.conf")  # fmt: skip
PROGRAMS = {"topology", "git"}
GITHUB = {"GITHUB_TOKEN": "a-token-that-must-not-be-told", "HOME_SECRET": "kept-7f3a"}


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Somebody who listens on loopback and would learn of every call."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, listener: socket.socket) -> Hostile:
    """The repository, with its 900 MB version and its forty of 50 MB."""
    assert len(SETTINGS) >= 60
    return hostile(tmp_path_factory.mktemp("hostile"), listener.getsockname()[1])


def quiet(
    repository: Hostile,
    listener: socket.socket,
    did: Watched,
    programs: set[str] = PROGRAMS,
    also: tuple[str, ...] = (),
) -> str:
    """What a program printed, once it is known that it did no harm."""
    assert not repository.has_run
    assert did.programs <= programs
    assert did.sockets == ()
    with pytest.raises(BlockingIOError):
        listener.accept()
    own = (str(repository.root), *OURS, *SYSTEM, str(Path("/tmp").resolve()), *also)
    assert [one for one in sorted(did.read) if not one.startswith(own)] == []
    assert not [one for one in did.read if one in (str(repository.mark), str(repository.root.parent / "program"))]
    assert not [one for one in did.read if "extension" in one and one.startswith(str(repository.root))]
    assert not (repository.root.parent / "written-outside").exists()
    assert "Traceback" not in did.output
    assert "root:x:0" not in did.output  # (what stands in /etc/passwd)
    assert not any(secret in did.output for secret in GITHUB.values())
    assert "\x1b" not in did.output
    return did.output


def run(repository: Hostile, listener: socket.socket, log: Path, *arguments: str) -> str:
    return quiet(repository, listener, watched(["topology", *arguments], repository.root, log, **GITHUB))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "squads.yaml"], "400 suppressed"),
        (["check", "--against", "HEAD~1"], "known before"),
        (["check", "--against", "HEAD~3"], "50.0 MB there; 16.0 MB are read at most"),
        (["check", "--against", "HEAD~2"], "900.0 MB there"),
        (["check", "embedded/squads.yaml", "--against", "HEAD"], "cannot use bare repository"),
        (["check", "squads-link.yaml"], "leads out of"),
        (["check", "parts"], "leads out of"),
        (["check", "outside/passwd"], "leads out of"),
        (["check", "--with-data"], "contacts.csv: not loaded — it is a link that leads out of its folder"),
        (["check", "--fix"], "nothing to mend safely"),
        (["baseline"], "it is a link"),
        (["diff", "HEAD~1...HEAD"], ""),
        (["diff", "HEAD~1...HEAD", "--model", "promised.yaml"], "is missing"),
        (["history"], "900.0 MB there"),
        (["history", "--every", "commit"], "50.0 MB there"),
        (["history", "promised.yaml"], "is missing"),
        (["metrics"], "contacts.csv: not loaded"),
        (["metrics", "--data", "data/events.duckdb"], "it is a view, and only tables are read"),
        (["clans"], "no contact between teams was observed"),
    ],
)  # fmt: skip
def test_a_command_does_no_harm(
    repository: Hostile, listener: socket.socket, tmp_path: Path, arguments: list[str], says: str
) -> None:
    assert says in run(repository, listener, tmp_path / "log", *arguments)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("url", "not an address"), ("plain", "not an address"), ("extension", "not an address"), ("spark", "not an address"),
        ("http", "not an address"), ("file", "not an address"), ("secret", "not a variable of the environment"),
        ("up", "below its own"), ("absolute", "below its own"), ("home", "below its own"), ("link", "leads out of its folder"),
        ("view", "it is a view"),
    ],
)  # fmt: skip
def test_settings_of_a_repository_reach_nothing(
    repository: Hostile, listener: socket.socket, tmp_path: Path, name: str, says: str
) -> None:
    settings = repository.root / "topology.toml"
    settings.write_bytes((repository.root / "settings" / f"{name}.toml").read_bytes())
    try:
        assert says in run(repository, listener, tmp_path / "log", "check", "--with-data")
        assert says in run(repository, listener, tmp_path / "log", "metrics", "--metric", "change-lead-time")
    finally:
        settings.unlink()


def test_settings_that_are_a_link_are_not_followed(
    repository: Hostile, listener: socket.socket, tmp_path: Path
) -> None:
    settings = repository.root / "topology.toml"
    settings.symlink_to("/etc/passwd")
    try:
        assert "a link that leads out of" in run(repository, listener, tmp_path / "log", "check")
    finally:
        settings.unlink()


@pytest.mark.parametrize("name", ["plain", "url", ""])
def test_no_page_does_harm(repository: Hostile, listener: socket.socket, tmp_path: Path, name: str) -> None:
    settings = repository.root / "topology.toml"
    if name:
        settings.write_bytes((repository.root / "settings" / f"{name}.toml").read_bytes())
    try:
        variables = {"TOPOLOGY_MODEL": str(repository.root / "squads.yaml"), "PYTHONPATH": str(ROOT), **GITHUB}
        did = watched([sys.executable, "-P", "-m", "tests.security.pages"], tmp_path, tmp_path / "log", **variables)
    finally:
        settings.unlink(missing_ok=True)
    told = quiet(repository, listener, did, {Path(sys.executable).name, "python", "python3", "git"})
    assert did.code == 0
    assert told.count("== ") == len(
        [*(ROOT / "topology" / "app" / "pages").glob("[a-z]*.py")]
    )  # (every page was opened)
    assert ("not an address" in told) == bool(name)


def test_the_workflow_s_script_does_no_harm(repository: Hostile, listener: socket.socket, tmp_path: Path) -> None:
    runner = tmp_path / "runner"
    runner.mkdir()
    variables = {"MODEL": "squads.yaml", "FAIL_ON": "error", "BASE": "", "RUNNER_TEMP": str(runner),
                 "GITHUB_STEP_SUMMARY": str(runner / "summary"), "GITHUB_OUTPUT": str(runner / "output")}  # fmt: skip
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(SCRIPTS / "check.sh")]
    quiet(
        repository,
        listener,
        watched(shell, repository.root, tmp_path / "log", **variables, **GITHUB),
        {*PROGRAMS, "bash", "mkdir", "cat"},
        ("/etc/passwd",),  # (the shell looks its user up)
    )
    assert (runner / "output").read_text() == "code=1\n"
    assert (runner / "topology" / "findings.sarif").exists()


def test_installing_imports_nothing_of_the_checkout(repository: Hostile, tmp_path: Path) -> None:
    """The step that installs: `python -m pip` would import a pip.py that stands in the present folder."""
    for script in (ROOT / "action.yml", SCRIPTS / "workflow.yaml"):
        assert "python -I -m pip install" in script.read_text("utf-8")
    did = watched([sys.executable, "-I", "-m", "pip", "--version"], repository.root, tmp_path / "log")
    assert did.code == 0
    assert not repository.has_run
