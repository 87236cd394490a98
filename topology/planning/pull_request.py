"""A draft as a pull request: the patch with paths as the repository has them, a title, a description."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from topology.history.git import GitError, repository_of
from topology.planning.consequences import Outcome
from topology.planning.plan import Plan
from topology.source.edit.splices import patch_text
from topology.words import planning as words

LOOK_AGAIN = dt.timedelta(weeks=12)


def names_in_repository(path: Path, files: Mapping[str, str]) -> dict[str, str]:
    """{file: its path as the repository of the organisation writes it}; below the organisation's folder where there is none."""
    try:
        repository = repository_of(path)
        return {file: repository.relative(Path(file)) for file in files}
    except GitError:
        home = path if path.is_dir() else path.parent
        return {file: Path(file).absolute().relative_to(home.absolute()).as_posix() for file in files}


def patch_of(plan: Plan, path: Path) -> str:
    """The draft as a patch that `git apply` takes at the top of the repository."""
    return patch_between(plan.base.texts, plan.after.texts, path)


def patch_between(before: Mapping[str, str], after: Mapping[str, str], path: Path) -> str:
    """The same of two versions of the texts of the organisation at a path."""
    names = names_in_repository(path, after)
    return patch_text(
        {names[file]: text for file, text in before.items()}, {names[file]: after[file] for file in names}
    )


def title_of(plan: Plan) -> str:
    """The kinds of change over the groupings touched: `Payments and Onboarding: a service, a collaboration, a seat`."""
    organisation = plan.after.organisation
    assert organisation is not None
    groups = Counter(
        group for team in plan.letters if (known := organisation.teams.get(team)) and (group := known.group) is not None
    )
    kinds = Counter(_kind(step.operation.args, step.operation.of.kind or step.operation.verb) for step in plan.counting)
    return " ".join(words.title([organisation.group_name(one) for one in groups], dict(kinds)).split())


def _kind(args: Mapping[str, object], kind: str) -> str:
    return str(args["mode"]) if kind == "interaction" else kind


def description_of(outcome: Outcome, why: str = "", escape: Callable[[str], str] = str) -> str:
    """Markdown: why, what changes with its letters, the findings that come and go, what contact does not do, when to look again.

    `escape` makes a text of the file one that Markdown shows unchanged.
    """
    plan = outcome.plan
    changes = [(step.letter, escape(step.text)) for step in plan.counting]
    come = Counter(one.finding.code for one in outcome.come)
    go = Counter(one.finding.code for one in outcome.go)
    return words.description(why, changes, dict(come), dict(go), outcome.day, outcome.day + LOOK_AGAIN)


def branch_of(name: str) -> str:
    """A branch's name from that of a draft, or the groupings of its title."""
    words = re.findall(r"[a-z0-9]+", name.partition(":")[0].casefold())
    return "-".join(words)[:40].strip("-") or "draft"


@dataclass(frozen=True)
class Counted:
    """How many lines a patch adds and takes away."""

    come: int
    go: int

    @classmethod
    def of(cls, patch: str) -> Counted:
        """Of the text of a patch."""
        lines = [line for line in patch.splitlines() if not line.startswith(("+++", "---"))]
        return cls(sum(line.startswith("+") for line in lines), sum(line.startswith("-") for line in lines))
