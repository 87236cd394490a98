"""One line a finding: `file:line:col: CODE severity message`."""

from topology.report.findings import Report
from topology.report.text import line


def render(report: Report) -> str:
    """A line a finding."""
    return "".join(line(one) + "\n" for one in report.findings)
