"""What an earlier revision had already, so that a branch is shown only what it introduces. Without networkx: a check starts in a blink."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from topology.history.changes.compared import Compared, compare
from topology.history.git import repository_of
from topology.history.versions import places, version_at
from topology.rules import Finding, Selection, check
from topology.rules.known import Known, known_of
from topology.source import Loaded

if TYPE_CHECKING:
    from topology.model import Organisation
    from topology.rules.facts import Observed


def findings_before(
    both: Compared, day: dt.date, chosen: Selection, observe: Callable[[Organisation], Observed] | None = None
) -> list[Finding]:
    """The findings of the earlier version on a day, with renames followed; `observe` reads what was observed."""
    earlier = both.before.organisation
    observed = observe(earlier) if observe and earlier else None
    return [one.renamed(both.later) for one in check(both.before, day, chosen, observed=observed).each]


def findings_against(
    revision: str, path: Path, loaded: Loaded, day: dt.date, chosen: Selection,
    observe: Callable[[Organisation], Observed] | None = None,
) -> tuple[Known, str]:  # fmt: skip
    """(the findings where the present branch left `revision`, what could not be read there). Raises GitError."""
    repository = repository_of(path)
    base = repository.merge_base(revision, "HEAD")
    before = version_at(repository, base, places(repository, path)).loaded
    note = (
        f"{before.problems[0].place}: {before.problems[0].message}"
        if before.problems and before.organisation is None
        else ""
    )
    return known_of(findings_before(compare(before, loaded), day, chosen, observe)), note
