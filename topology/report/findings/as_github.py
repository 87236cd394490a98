"""GitHub's workflow commands, which become annotations on the changed lines of a pull request.

GitHub shows at most ten errors, ten warnings and ten notices of a step; the tenth of a full kind counts the rest.
"""

from __future__ import annotations

from topology.report.findings import Report
from topology.rules import Finding
from topology.rules.finding import SEVERITIES

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
MOST = 10  # docs.github.com, "Workflow commands": annotations per step and kind


def render(report: Report) -> str:
    """A command a line, the gravest kind first."""
    lines = []
    for severity in SEVERITIES:
        found = [one for one in report.findings if one.severity == severity]
        shown = found if len(found) <= MOST else found[: MOST - 1]
        lines += [_command(one) for one in shown]
        if len(shown) < len(found):
            rest = len(found) - len(shown)
            words = f"{rest} more of this kind; `topology check` prints all of them."
            lines.append(f"::{COMMANDS[severity]} title=topology::{_message(words)}")
    return "".join(line + "\n" for line in lines)


def _command(one: Finding) -> str:
    place = one.place
    values = {"file": place.file, "line": place.line, "endLine": place.end_line, "col": place.column,
              "endColumn": place.end_column, "title": f"{one.code} {one.name}"}  # fmt: skip
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
    return f"::{COMMANDS[one.severity]} {properties}::{_message(f'{one.message}. {one.help}'.strip())}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
