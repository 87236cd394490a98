"""Peak memory of `topology history --every commit` over 501 commits of 200 teams, against the scan of one version.

Each command is a process of its own; its peak is what the kernel counted for it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from organisations import organisation_text

COMMITS, TEAMS = 501, 200
AS_OF = "2026-11-23"


def repository(root: Path) -> None:
    """501 commits, two days apart, each with another number in one line, written by git fast-import."""
    text, stream = organisation_text(TEAMS).replace(", leaders: {product: cpo, technology: cto}", ""), []
    for commit in range(COMMITS):
        data = text.replace("Customers of area 0", f"Customers of area {commit}", 1).encode()
        stream.append(
            f"commit refs/heads/main\ncommitter B <b@example.org> {1_680_000_000 + commit * 172_800} +0000\ndata 1\nx\n"
            f"M 100644 inline squads.yaml\ndata {len(data)}\n".encode()
            + data
            + b"\n"
        )
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input=b"".join(stream), check=True)
    subprocess.run(["git", "-C", str(root), "reset", "-q", "--hard"], check=True)


def peak(*command: str) -> tuple[float, float]:
    """(peak memory in MB, seconds) of a command."""
    watched = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", watched, *command], capture_output=True, text=True, check=True)
    code, kilobytes = map(int, done.stdout.split())
    assert code in (0, 1), command
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return kilobytes / unit, time.perf_counter() - started


def main() -> None:
    """Prints both peaks and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        repository(root)
        model = str(root / "squads.yaml")
        one, _ = peak(sys.executable, "-m", "topology", "check", model, "--as-of", AS_OF)
        whole, seconds = peak(sys.executable, "-m", "topology", "history", model, "--every", "commit", "--as-of", AS_OF)
    print(f"check of one version of {TEAMS} teams         {one:7.0f} MB")
    print(
        f"history of {COMMITS} versions, every commit    {whole:7.0f} MB in {seconds:.1f} s, {whole / one:.1f} times one check"
    )


if __name__ == "__main__":
    main()
