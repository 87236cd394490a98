"""What large and broken files cost: seconds and memory of a whole process, and the growth from half the size.

    python benchmarks/bench_limits.py

Each is to be read, or refused with a clear word, in under five seconds; twice the size is to cost about twice the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TOPOLOGY = [sys.executable, "-c", "from topology.cli import main; main()"]


def teams(count: int, entry: Callable[[int], str]) -> str:
    """An organisation file of so many teams."""
    return "version: 1\nteams:\n" + "".join(entry(number) for number in range(count))


def suppressed(count: int) -> str:
    """Teams of which each fifth has a suppression."""
    mark = "  # topology: ignore[TT701] none yet until 2027-01-01\n"
    return teams(count, lambda i: (mark if i % 5 == 0 else "") + f"  t{i}:\n    type: stream-aligned\n    size: 6\n")


def wrong_references(count: int) -> str:
    """Teams of which each twenty-fifth waits for nobody."""
    return teams(count, lambda i: f"  t{i}: {{size: 6{f', depends_on: [{{team: tt{i}x}}]' if i % 25 == 0 else ''}}}\n")


def nested(count: int) -> str:
    """Groupings in groupings."""
    groups = "".join(f"  g{i}: {{group: g{i - 1}}}\n" for i in range(1, count))
    return (
        f"version: 1\ngroups:\n  g0: {{}}\n{groups}"
        + teams(1, lambda _: f"  a: {{group: g{count - 1}, size: 6}}\n").partition("\n")[2]
    )


def wide(count: int) -> str:
    """An event table of many columns."""
    return ",".join(["id", "service", "finished_at", "result", *(f"c{i}" for i in range(count))]) + "\n"


def mended(count: int) -> str:
    """Teams with a slip each."""
    return teams(count, lambda i: f"  t{i}: {{type: Stream-Aligned, size: 6}}\n")


CASES: dict[str, tuple[int, Callable[[int], str], list[str]]] = {
    "10 000 teams, 2 000 suppressions": (10_000, suppressed, ["check", "FILE"]),
    "10 000 teams, 400 wrong references": (10_000, wrong_references, ["check", "FILE"]),
    "20 000 nested groupings": (20_000, nested, ["check", "FILE"]),
    "20 000 fixes": (20_000, mended, ["check", "FILE", "--fix"]),
    "a CSV of 100 000 columns": (100_000, wide, ["metrics", "ONE", "--data", "FOLDER"]),
}


def main() -> None:
    """Prints a line a case."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "one.yaml").write_text("version: 1\nteams: {a: {size: 6}}\n")
        for name, (count, text, arguments) in CASES.items():
            half, _ = run(folder, text(count // 2), arguments)
            whole, megabytes = run(folder, text(count), arguments)
            print(f"{name:36} {whole:5.1f} s, {megabytes:4.0f} MB; half of it {half:5.1f} s ({whole / half:.1f} ×)")


def run(folder: Path, text: str, arguments: list[str]) -> tuple[float, float]:
    """(seconds, megabytes at most) of a command."""
    (folder / "data").mkdir(exist_ok=True)
    file = folder / "data" / "deployments.csv" if "ONE" in arguments else folder / "squads.yaml"
    file.write_text(text)
    words = {"FILE": str(file), "ONE": str(folder / "one.yaml"), "FOLDER": str(folder / "data")}
    began = time.perf_counter()
    child = subprocess.Popen(
        [*TOPOLOGY, *(words.get(one, one) for one in arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1, 2)
    return time.perf_counter() - began, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
