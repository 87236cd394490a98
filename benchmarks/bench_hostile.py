"""What a repository made to do harm costs who opens it: seconds and memory of each command.

    python benchmarks/bench_hostile.py

The repository is that of tests/security, with a version of 900 MB and forty of 50 MB in a small pack. Each command is to take under
20 seconds and a gigabyte. Beside it, what plain git takes to print these versions, which is what reading them would cost at least.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.security.hostile import hostile

ROOT = Path(__file__).resolve().parents[1]
TOPOLOGY = [sys.executable, "-c", "from topology.cli import main; main()"]
COMMANDS = (
    "check", "check --with-data", "check --against HEAD~3", "diff HEAD~1...HEAD", "diff HEAD~40..HEAD", "history", "history --every commit",
    "metrics", "clans",
)  # fmt: skip


def main() -> None:
    """Prints a line a command."""
    with tempfile.TemporaryDirectory() as place:
        repository = hostile(Path(place), 9)
        for words in COMMANDS:
            report(f"topology {words}", [*TOPOLOGY, *words.split()], repository.root)
        pages = [sys.executable, "-P", "-m", "tests.security.pages"]
        report(
            "every page of the app",
            pages,
            Path(place),
            TOPOLOGY_MODEL=str(repository.root / "squads.yaml"),
            PYTHONPATH=str(ROOT),
        )
        show = 'for commit in $(git rev-list HEAD~2); do git show "$commit:squads.yaml" > /dev/null; done'
        report("git show of each version", ["sh", "-c", show], repository.root)
        print("something of it ran" if repository.has_run else "nothing of it ran")


def report(name: str, arguments: list[str], folder: Path, **variables: str) -> None:
    """Seconds, and megabytes at most, of a process."""
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(arguments, cwd=folder, stdout=quiet, stderr=quiet, env={**os.environ, **variables})
    _, status, usage = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    print(f"{name:34} {time.perf_counter() - began:5.1f} s, {usage.ru_maxrss / 1024:5.0f} MB, exit {code}")


if __name__ == "__main__":
    main()
