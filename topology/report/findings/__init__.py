"""Findings → text, full, json, sarif, github, junit, markdown. One file a format, each with `render(report)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from topology.report.formats import renderer
from topology.report.text import summary
from topology.rules import Finding
from topology.rules.finding import SEVERITIES
from topology.rules.suppressions import Suppression

render = renderer(__name__)


@dataclass(frozen=True)
class Report:
    """What a check found, for every format."""

    findings: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()
    known: int = 0
    """How many were left out because a baseline, or the version compared with, has them."""
    texts: Mapping[str, str] = field(default_factory=dict)
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    checked: str = ""
    """What was checked, such as `squads.yaml: 20 teams, 14 interactions, 120 people`; "" when it could not be read."""

    @property
    def failing(self) -> bool:
        """Whether a finding is as grave as `fail_on` or graver."""
        return any(self.fails(one) for one in self.findings)

    def fails(self, finding: Finding) -> bool:
        """Whether this finding is as grave as `fail_on` or graver."""
        return self.fail_on != "never" and SEVERITIES.index(finding.severity) <= SEVERITIES.index(self.fail_on)

    @property
    def summary(self) -> str:
        """`2 errors, 1 warning (1 suppressed, 3 known before)`, or `no finding`."""
        aside = [
            f"{count} {word}"
            for count, word in ((len(self.suppressed), "suppressed"), (self.known, "known before"))
            if count
        ]
        return (summary(self.findings) or "no finding") + (f" ({', '.join(aside)})" if aside else "")
