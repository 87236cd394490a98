"""Runs a program under strace and says which processes it started, which addresses it talked to and which files it read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Watched:
    """What a program did."""

    code: int
    output: str
    programs: frozenset[str]
    """The names of the programs that were started, itself among them."""
    sockets: tuple[str, ...]
    """The calls that made or used a socket of the internet."""
    read: frozenset[str]
    """The files that were opened, by their real paths."""


@cache
def can_watch() -> bool:
    """Whether this machine lets a process watch another."""
    strace = shutil.which("strace")
    return (
        strace is not None
        and subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0
    )


def watched(arguments: Sequence[str], folder: Path, log: Path, **variables: str) -> Watched:
    """Runs a program in a folder, with a clean environment and these variables more."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(log.parent),
        "LANG": "C.UTF-8",
        **variables,
    }
    done = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", "trace=execve,socket,connect,sendto,bind,open,openat,openat2", "-o", str(log), *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, errors="replace",
    )  # fmt: skip
    lines = log.read_text("utf-8", "replace").splitlines()
    programs = frozenset(
        Path(found[1]).name for line in lines if (found := re.search(r'execve\("([^"]+)".*= 0$', line))
    )
    sockets = tuple(line for line in lines if re.search(r"AF_INET6?\b|sin6?_port", line))
    read = frozenset(found[1] for line in lines if (found := re.search(r"open(?:at2?)?\(.*= \d+<([^>]+)>$", line)))
    return Watched(done.returncode, done.stdout + done.stderr, programs, sockets, read)
