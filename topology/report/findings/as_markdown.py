"""Findings as a Markdown table, for a step summary or a comment."""

from __future__ import annotations

from collections.abc import Sequence

from topology.report.findings import Report
from topology.report.markdown import folded, markdown
from topology.rules import Finding
from topology.rules.finding import SEVERITIES

SIGNS = {"error": "❌ error", "warning": "⚠️ warning", "info": "💬 info"}
MOST = 50


def render(report: Report) -> str:
    """A headline, the table of errors and warnings, and the rest folded."""
    grave = [one for one in report.findings if one.severity != "info"]
    notes = [one for one in report.findings if one.severity == "info"]
    parts = [f"**topology check**: {report.summary}\n"]
    if grave:
        parts.append(table(grave))
    if notes:
        parts.append(folded(f"{len(notes)} info", table(notes)))
    return "\n".join(parts)


def table(findings: Sequence[Finding], most: int = MOST, command: str = "check") -> str:
    """A row a finding, the gravest first, with what to do below its message; the rest is counted."""
    rows = ["| | finding | where |", "|---|---|---|"]
    for one in sorted(findings, key=lambda one: SEVERITIES.index(one.severity))[:most]:
        place = f"{markdown(one.place.file)}:{one.place.line}"
        rows.append(
            f"| {SIGNS[one.severity]} | {markdown(one.message)} ({one.code})<br><sub>{markdown(one.help)}</sub> | {place} |"
        )
    rest = f"\n\n{len(findings) - most} more; `topology {command}` prints them." if len(findings) > most else ""
    return "\n".join(rows) + rest + "\n"
