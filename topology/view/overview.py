"""What the Overview counts and lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from topology.delivery import FileReport
from topology.model import Organisation
from topology.rules import Finding
from topology.view.markdown import bullets, escaped
from topology.words.lists import counted
from topology.words.teams import SEVERITIES

KINDS = {"stream-aligned": ("squad", "squads"), "platform": ("platform team", "platform teams"),
         "enabling": ("enabling team", "enabling teams"), "complicated-subsystem": ("subsystem team", "subsystem teams"),
         "undefined": ("team without a type", "teams without a type")}  # fmt: skip
MOST_LEFT_OUT = 3


def team_counts(organisation: Organisation, day: dt.date) -> str:
    """`12 squads, 1 platform team`; "" without teams."""
    teams = organisation.teams_on(day)
    numbers = {words: sum(team.type == type_ for team in teams.values()) for type_, words in KINDS.items()}
    return ", ".join(counted(count, *words) for words, count in numbers.items() if count)


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Every finding with its place and what to do."""
    return [
        {"Severity": SEVERITIES[one.severity], "Finding": one.message, "What to do": one.help, "Rule": one.code,
         "Line": one.place.line, "File": one.place.file}
        for one in findings
    ]  # fmt: skip


def freshness(file: FileReport) -> str:
    """A bullet for a file, and below it the first rows that were left out."""
    left_out = [str(row) for row in file.left_out[:MOST_LEFT_OUT]]
    return bullets([file.summary]) + "".join(f"\n    - {escaped(line)}" for line in left_out)
