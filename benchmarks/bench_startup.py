"""Start-up of `topology check` on the example, as a ratio to `python -c pass` in the same environment, warm."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
RUNS = 21


def seconds(*command: str) -> float:
    """The median wall time of a command; the first runs only warm the caches."""
    times = []
    for _ in range(RUNS + 2):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return median(times[2:])


def main() -> None:
    """Prints both times and their ratio."""
    bare = seconds(sys.executable, "-c", "pass")
    check = seconds(sys.executable, "-m", "topology", "check", "squads.yaml")
    print(f"python -c pass            {bare * 1000:6.0f} ms")
    print(f"topology check (20 teams) {check * 1000:6.0f} ms   {check / bare:.1f} times python -c pass")


if __name__ == "__main__":
    main()
