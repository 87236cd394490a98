"""What a rule found: the value that every format of the report is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from topology.source import Place, Problem

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")  # gravest first
ORGANISATION = "organisation"  # the id in a fingerprint of what concerns no single team


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what it is about, where it stands, and what to do next. It speaks of teams, never grades a person."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    help: str = ""
    path: tuple[str | int, ...] = ()
    """The model path, such as ("teams", "checkout", "pm")."""
    ids: tuple[str, ...] = ()
    """Ids that tell this finding from others of its rule and hold when lines move: of teams as they are, of anything else
    with its kind (`group:payments`)."""
    related: tuple[Place, ...] = ()
    """Other places that belong to it, such as the first of two equal keys."""
    teams: tuple[str, ...] = ()
    """The teams it is about."""
    occurrence: int = 1
    """1 for the first finding with these ids, 2 for the second, …"""

    @property
    def key(self) -> str:
        """Code and sorted ids, without line numbers: `TT102:catalogue,search`."""
        return f"{self.code}:{','.join(sorted(self.ids))}"

    @property
    def fingerprint(self) -> str:
        """The key, and `…#2` for a second finding of the same ids."""
        return f"{self.key}#{self.occurrence}" if self.occurrence > 1 else self.key

    def renamed(self, later: Callable[[str], str]) -> Finding:
        """The same finding with the ids that its teams have in a later version."""
        return replace(self, ids=tuple(map(later, self.ids)), teams=tuple(map(later, self.teams)))

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """The order of every report: by place, then by code."""
        return self.place, self.code, self.message


def of_problem(problem: Problem) -> Finding:
    """A problem of the file itself (TT001 to TT007) as a finding."""
    path = ".".join(part for part in problem.path if isinstance(part, str))
    return Finding(problem.code, problem.name, problem.severity, problem.message, problem.place, problem.help,
                   problem.path, (f"path:{path}",), problem.related)  # fmt: skip


def numbered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with their occurrence counted, so that no two fingerprints are equal."""
    seen: dict[str, int] = {}
    for one in findings:
        count = seen[one.fingerprint] = seen.get(one.fingerprint, 0) + 1
        yield replace(one, occurrence=count) if count > 1 else one
