"""Monthly history of 1 500 commits as a ratio to one `git show` for each file and commit, the way without an index.

Two layouts of the same twenty teams: one file, and a folder with a file a team. A commit changes one team.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from organisations import PLATFORM, SQUAD

COMMITS, TEAMS = 1_500, 20
HEAD = """version: 1
organisation: {name: Benchmark, leaders: {product: cpo, technology: cto}}
groups:
  stream-0: {name: Stream}
  foundation: {kind: platform}
"""
FIRST = dt.datetime(2021, 1, 4, 12, tzinfo=dt.UTC)


def team(index: int, load: int) -> str:
    """The text of a team; every eighth is a platform."""
    return PLATFORM.format(i=index) if index % 8 == 7 else SQUAD.format(i=index, g=0, size=7, load=load)


def files_after(commit: int, folder: bool) -> dict[str, str]:
    """{file: text} that a commit changes: the load of one team, in a file of its own or in the one file."""
    changed = commit % TEAMS
    loads = [1 + (commit - (commit - index) % TEAMS) % 9 for index in range(TEAMS)]
    if not folder:
        return {"squads.yaml": HEAD + "teams:\n" + "".join(team(index, loads[index]) for index in range(TEAMS))}
    if commit == 0:
        return {"squads/a.yaml": HEAD, **{f"squads/team-{i}.yaml": f"teams:\n{team(i, 4)}" for i in range(TEAMS)}}
    return {f"squads/team-{changed}.yaml": f"teams:\n{team(changed, loads[changed])}"}


def repository(root: Path, folder: bool) -> None:
    """1 500 commits over four years, a day apart, written by git fast-import."""
    stream = []
    for commit in range(COMMITS):
        seconds = int((FIRST + dt.timedelta(days=commit)).timestamp())
        stream.append(f"commit refs/heads/main\ncommitter B <b@example.org> {seconds} +0000\ndata 1\nx\n".encode())
        for name, text in files_after(commit, folder).items():
            data = text.encode()
            stream.append(f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n")
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input=b"".join(stream), check=True)
    subprocess.run(["git", "-C", str(root), "reset", "-q", "--hard"], check=True)


def one_show_each(root: Path, folder: bool) -> float:
    """Seconds of one `git show` for each file and commit: measured on every tenth commit, and said so."""
    commits = subprocess.run(
        ["git", "-C", str(root), "rev-list", "main"], capture_output=True, text=True, check=True
    ).stdout.split()
    names = [f"squads/team-{i}.yaml" for i in range(TEAMS)] + ["squads/a.yaml"] if folder else ["squads.yaml"]
    sample = commits[::10] if folder else commits
    start = time.perf_counter()
    for commit in sample:
        for name in names:
            subprocess.run(["git", "-C", str(root), "show", f"{commit}:{name}"], capture_output=True, check=False)
    return (time.perf_counter() - start) * len(commits) / len(sample)


def main() -> None:
    """Prints the times and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        for folder in (True, False):
            root = Path(name) / ("folder" if folder else "file")
            repository(root, folder)
            model = str(root / ("squads" if folder else "squads.yaml"))
            times = []
            for _ in range(5):
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-m", "topology", "history", model, "--as-of", "2025-02-11"],
                    capture_output=True,
                    check=True,
                )
                times.append(time.perf_counter() - start)
            ours, shows = median(times[1:]), one_show_each(root, folder)
            layout = f"{TEAMS} files" if folder else "1 file"
            sampled = ", from every tenth commit" if folder else ""
            words = f"{shows / ours:.0f} times faster than one git show per file and commit"
            print(f"history of {COMMITS} commits, {layout:8}  {ours:5.2f} s   {words} ({shows:.1f} s{sampled})")


if __name__ == "__main__":
    main()
