"""Findings as a Markdown table, for a step summary or a comment."""

from __future__ import annotations

from topology.report.findings import Report
from topology.report.markdown import folded, markdown
from topology.rules import Finding

SIGNS = {"error": "❌ error", "warning": "⚠️ warning", "info": "💬 note"}
MOST = 50


def render(report: Report) -> str:
    """A headline, the table of errors and warnings, and the rest folded."""
    grave = [one for one in report.findings if one.severity != "info"]
    notes = [one for one in report.findings if one.severity == "info"]
    parts = [f"**topology check**: {report.summary}\n"]
    if grave:
        parts.append(table(grave))
    if notes:
        parts.append(folded(f"{len(notes)} note{'s' if len(notes) > 1 else ''}", table(notes)))
    return "\n".join(parts)


def table(findings: list[Finding]) -> str:
    """A row a finding, with what to do below its message."""
    rows = ["| | finding | where |", "|---|---|---|"]
    for one in findings[:MOST]:
        place = f"{markdown(one.place.file)}:{one.place.line}"
        rows.append(
            f"| {SIGNS[one.severity]} | {markdown(one.message)}<br>{one.code}: {markdown(one.help)} | {place} |"
        )
    if len(findings) > MOST:
        rows.append(f"| | {len(findings) - MOST} more; `topology check` prints all of them | |")
    return "\n".join(rows) + "\n"
