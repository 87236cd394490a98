"""The built wheel, outside the clone: light by itself, and every page of the example with the app's libraries."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.e2e.conftest import Watch
from tests.e2e.test_journey import SLOW, opened

HEAVY = ("pandas", "numpy", "scipy", "ibis", "duckdb", "streamlit", "altair")
DEFAULT = "overview"  # (its address is that of the app)
PAGES = {
    "overview": "What to look at this week",
    "map": "Click a team, or press Tab and Enter",
    "squad": "Week by week",
    "delivery": "Each against its own past",
    "maturity": "A click on a row opens its profile",
    "clans": "Who carries the bridges",
    "alignment": "What squads do together",
    "timeline": "There is no history to show",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built from its source distribution's files."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in listed:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_symlink():
            target.symlink_to((ROOT / name).readlink())
        elif (ROOT / name).exists():
            target.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    (found,) = folder.glob("*.whl")
    return found


def environment(folder: Path, wheel: Path, *, libraries: bool) -> Path:
    """The `bin` of a new virtual environment with the wheel and what it asks for; `libraries` lends it those of the tests."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    options = ["--no-deps"] if libraries else ["--constraint", str(ROOT / "constraints.txt")]
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options, str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    if libraries:
        (own,) = (folder / "lib").glob("python*/site-packages")
        (own / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin"


def test_the_light_installation_checks_diffs_and_tells_the_history(wheel: Path, tmp_path: Path) -> None:
    binaries = environment(tmp_path / "venv", wheel, libraries=False)
    home = tmp_path / "home"
    home.mkdir()

    def run(*command: str, code: int = 0) -> str:
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    topology = str(binaries / "topology")
    assert "topology app squads.yaml" in run(topology, "init")
    assert "no finding" in run(topology, "check")
    run("git", "init", "-q")
    run("git", "add", "-A")
    run("git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "first")
    file = home / "squads.yaml"
    file.write_text(file.read_text("utf-8").replace("size: 7", "size: 8", 1), "utf-8")
    assert "touch" in run(topology, "diff")
    assert "teams" in run(topology, "history")
    for command in (("metrics",), ("clans",), ("check", "--with-data")):
        assert "pip install 'squad-topology[data]'" in run(topology, *command, code=2)
    assert "pip install 'squad-topology[app]'" in run(topology, "app", code=2)
    library = "import topology; w = topology.open('squads.yaml'); print(len(w.findings()), w.difference(w).changes)"
    assert "()" in run(str(binaries / "python"), "-c", library)
    assert "MissingExtraError: this needs" in run(
        str(binaries / "python"), "-c", "import topology; topology.open('squads.yaml').map()", code=1
    )
    assert "jira" in run(topology, "import", "--help")
    assert "squad-topology[data]" in run(topology, "import", "jira", "export.csv", code=2)
    there = f"import importlib.util as u; print([n for n in {HEAVY!r} if u.find_spec(n)])"
    assert run(str(binaries / "python"), "-c", there).strip() == "[]"


def test_the_installed_app_shows_every_page_of_its_example(
    browser: Browser, serve, wheel: Path, tmp_path: Path
) -> None:
    binaries = environment(tmp_path / "venv", wheel, libraries=True)
    where = subprocess.run(
        [str(binaries / "python"), "-c", "import topology; print(topology.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert where.startswith(str(tmp_path))
    site, watch = serve(tmp_path, str(binaries / "topology"), "app", "--example"), Watch()
    for name, words in PAGES.items():
        page = opened(browser, f"{site.url}/{name.removeprefix(DEFAULT)}", watch)
        expect(page.get_by_text(words).first).to_be_visible(timeout=SLOW)
        page.close()
    assert watch.hosts == {"localhost"}
    assert [one for one in watch.complaints if "_stcore" not in one] == []
