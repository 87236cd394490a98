"""Writes docs/pull-request-comment.md again: `python -m tests.history.write_comment`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.commands.helpers import run
from tests.history.conftest import Repo
from tests.history.test_diff import COMMENT, branch

with tempfile.TemporaryDirectory() as folder:
    repo = Repo(Path(folder) / "repo")
    os.chdir(repo.root)
    branch(repo)
    COMMENT.write_text(run("diff", "main...HEAD", "--as-of", "2026-11-23", "--format", "markdown").stdout, "utf-8")
    os.chdir("/")
