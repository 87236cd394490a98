"""What an earlier revision had already, so that a branch is shown only what it introduces. Without networkx: a check starts in a blink."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from topology.history.changes.compared import Compared, compare
from topology.history.git import repository_of
from topology.history.versions import places, version_at
from topology.rules import Finding, Selection, check
from topology.rules.known import Known, known_of
from topology.source import Loaded


def findings_before(both: Compared, day: dt.date, chosen: Selection) -> list[Finding]:
    """The findings of the earlier version on a day, with renames followed."""
    return [one.renamed(both.later) for one in check(both.before, day, chosen).each]


def findings_against(revision: str, path: Path, loaded: Loaded, day: dt.date, chosen: Selection) -> tuple[Known, str]:
    """(the findings where the present branch left `revision`, what could not be read there). Raises GitError."""
    repository = repository_of(path)
    base = repository.merge_base(revision, "HEAD")
    before = version_at(repository, base, places(repository, path)).loaded
    note = (
        f"{before.problems[0].place}: {before.problems[0].message}"
        if before.problems and before.organisation is None
        else ""
    )
    return known_of(findings_before(compare(before, loaded), day, chosen)), note
