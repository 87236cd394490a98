"""Each finding with the lines of the file that it speaks of, and what to do."""

from topology.report.findings import Report
from topology.report.text import full


def render(report: Report) -> str:
    """A paragraph a finding."""
    return "".join(full(one, report.texts) + "\n\n" for one in report.findings)
