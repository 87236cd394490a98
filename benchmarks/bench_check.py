"""`topology check` as a ratio to what a user would compare it with, all in one run.

- start-up on 20 teams against `python -c pass` in the same environment, warm;
- 20, 200 and 10 000 teams against a bare scan of libyaml's events of the same file, each as a process of its own;
- 20 and 1 000 teams against the package check-jsonschema with our own schema, where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from organisations import organisation_text

from topology.source.schema import json_schema_text

DAY = "2026-11-23"
SCAN = """import sys, yaml
loader = yaml.CSafeLoader(open(sys.argv[1], encoding="utf-8").read())
while not isinstance(loader.get_event(), yaml.StreamEndEvent):
    pass
"""


def seconds(*command: str, runs: int = 9) -> float:
    """The median wall time of a command; the first two runs only warm the caches. A check's exit of 1 is no failure."""
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert done.returncode in (0, 1), done.stderr
    return median(times[2:])


def main() -> None:
    """Prints the times and their ratios."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schema.json").write_text(json_schema_text(), "utf-8")
        (folder / "scan.py").write_text(SCAN, "utf-8")
        files = {teams: folder / f"{teams}.yaml" for teams in (20, 200, 1_000, 10_000)}
        for teams, file in files.items():
            file.write_text(organisation_text(teams), "utf-8")

        def check(teams: int, runs: int) -> float:
            return seconds(
                python, "-m", "topology", "check", str(files[teams]), "--as-of", DAY, "--format", "text", runs=runs
            )

        def say(teams: int, ours: float, words: str) -> None:
            print(f"topology check, {teams:6} teams  {ours * 1000:6.0f} ms   {words}")

        bare, small = seconds(python, "-c", "pass", runs=21), check(20, 21)
        say(20, small, f"{small / bare:.1f} times python -c pass ({bare * 1000:.0f} ms)")
        for teams, runs in ((20, 21), (200, 11), (10_000, 7)):
            scan = seconds(python, str(folder / "scan.py"), str(files[teams]), runs=runs)
            ours = small if teams == 20 else check(teams, runs)
            say(teams, ours, f"{ours / scan:.1f} times a bare event scan ({scan * 1000:.0f} ms)")
        other = shutil.which("check-jsonschema", path=str(Path(python).parent))
        if other is None:
            print("check-jsonschema is not installed: not compared (pip install check-jsonschema).")
            return
        for teams, runs in ((20, 9), (1_000, 5)):
            theirs = seconds(other, "--schemafile", str(folder / "schema.json"), str(files[teams]), runs=runs)
            ours = check(teams, runs)
            say(teams, ours, f"{theirs / ours:.1f} times faster than check-jsonschema ({theirs * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
