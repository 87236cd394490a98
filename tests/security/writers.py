"""Acts of writing, killed at every step and done by several at once. Each is run in a process of its own, which forks.

python -m tests.security.writers killed NAME FOLDER
python -m tests.security.writers together TIMES FOLDER
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.security.killed import killed_at
from topology import writing
from topology.cli import cli
from topology.interop import Imported, merge
from topology.library import Map
from topology.writing import write_file, write_files

MENDED = "version: 1\nteams:\n" + "".join(f"  t{i}: {{type: Stream-Aligned, size: 6}}  # {i}\n" for i in range(900))
CHANGES = "id,service,merged_at\n" + "".join(f"old{i},s,2026-01-01T10:00:00Z\n" for i in range(50))


def invoke(*arguments: str) -> None:
    """A command, in this process."""
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 (the process ends here)
    cli(list(arguments), standalone_mode=False)


def imported(service: str = "s", first: int = 0) -> Imported:
    """Forty changes and as many deployments."""
    found = Imported()
    for number in range(first, first + 40):
        found.add("changes", id=f"new{number}", service=service, merged_at="2026-01-02T10:00:00Z")
        found.add("deployments", id=f"d{number}", service=service, finished_at="2026-01-02T10:00:00Z", result="success")
    return found


ACTS: dict[str, tuple[dict[str, str], Callable[[Path], Any]]] = {
    "write": ({"a.txt": "old"}, lambda folder: write_file(folder / "a.txt", "new")),
    "several": ({"a.txt": "old", "b.txt": "old"}, lambda folder: write_files({folder / "a.txt": "new", folder / "b.txt": "new", folder / "c.txt": "new"})),
    "fix": ({"squads.yaml": MENDED}, lambda folder: invoke("check", str(folder / "squads.yaml"), "--fix", "--fail-on", "never")),
    "fix-folder": (
        {"squads/a.yaml": MENDED, "squads/b.yaml": "teams: {z: {typ: platform}}\n"},
        lambda folder: invoke("check", str(folder / "squads"), "--fix", "--fail-on", "never"),
    ),
    "baseline": (
        {"squads.yaml": "version: 1\nteams: {a: {type: stream-aligned}}\n", "b.json": "old"},
        lambda folder: invoke("baseline", str(folder / "squads.yaml"), "--output", str(folder / "b.json")),
    ),
    "init": ({}, lambda folder: invoke("init", str(folder))),
    "init-ci": ({".github/CODEOWNERS": "* @all\n"}, lambda folder: invoke("init", str(folder), "--ci")),
    "import": ({"changes.csv": CHANGES}, lambda folder: merge(imported(), folder)),
    "report": ({"squads.yaml": MENDED, "out.json": "old"}, lambda folder: invoke("check", str(folder / "squads.yaml"), "--format", "json", "--output", str(folder / "out.json"), "--fail-on", "never")),
    "map": ({"map.svg": "old"}, lambda folder: Map("<svg>" * 1_000).save(folder / "map.svg")),
}  # fmt: skip


def state(folder: Path) -> dict[str, bytes]:
    """Every file, without those that were being written, and without the lock."""
    return {
        str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(writing.BESIDE) and file.name != ".topology.lock"
    }  # fmt: skip


def killed(name: str, folder: Path) -> None:
    """An act, killed at each of its steps: what is there then is the old file or the new one."""
    files, act = ACTS[name]

    def fresh() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file, text in files.items():
            (folder / file).parent.mkdir(exist_ok=True, parents=True)
            (folder / file).write_text(text)
        return folder

    old = state(fresh())
    assert not killed_at(0, lambda: act(folder))
    new = state(folder)
    assert new != old
    step = 1
    while killed_at(step, lambda: act(fresh())):
        for file, content in state(folder).items():
            assert content in (old.get(file), new.get(file)), f"{file} after a kill at step {step}"
        assert old.keys() <= state(folder).keys()
        step += 1
    assert state(folder) == new
    assert step >= 5


def together(times: int, place: Path) -> None:
    """Three imports at once: no row of any is lost."""
    for turn in range(times):
        folder = place / str(turn)
        folder.mkdir()
        (folder / "changes.csv").write_text(CHANGES)
        children = []
        for one in range(3):
            child = os.fork()
            if child == 0:
                merge(imported(first=40 * one), folder)
                os._exit(0)
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
        assert len((folder / "changes.csv").read_text().splitlines()) == 1 + 50 + 120
        assert len((folder / "deployments.csv").read_text().splitlines()) == 1 + 120


if __name__ == "__main__":
    what, which, where = sys.argv[1:]
    if what == "killed":
        killed(which, Path(where))
    else:
        together(int(which), Path(where))
