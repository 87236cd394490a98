"""The organisation over time: versions from git, what changed between two of them, and series over all of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from topology.history.git import GitError, repository_of
from topology.history.versions import version_at
from topology.rules import Selection, check

__all__ = ["GitError", "findings_at"]


def findings_at(revision: str, path: Path, day: dt.date, chosen: Selection) -> frozenset[str]:
    """The fingerprints of the findings where the present branch left `revision`, judged on `day`. Raises GitError."""
    repository = repository_of(path)
    base = repository.merge_base(revision, "HEAD")
    return frozenset(one.fingerprint for one in check(version_at(repository, base, path).loaded, day, chosen).each)
