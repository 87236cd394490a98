"""JUnit XML, for the test tab of a CI: a finding that fails the check is a failure, a lesser one is skipped with its text."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from topology.report.findings import Report
from topology.rules import Finding

NEW_LINES = {"\n": "&#10;", "\r": "&#13;"}  # (a line that a file chose could begin with `::`, a command to some hosts)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def render(report: Report) -> str:
    """One suite; without a finding, one test that passes."""
    cases = [_case(one, report.fails(one)) for one in report.findings] or [
        '  <testcase classname="topology" name="check"/>'
    ]
    failures = sum(1 for one in report.findings if report.fails(one))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{len(report.findings) - failures}"'
    body = "\n".join(cases)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="topology check" {counts}>\n{body}\n</testsuite>\n'


def _case(one: Finding, fails: bool) -> str:
    text = f"{one.place}: {one.code} {one.severity} {one.message}\n{one.help}"
    element = "failure" if fails else "skipped"
    body = f">{escape(_clean(text), NEW_LINES)}</{element}>" if fails else "/>"
    kind = f" type={_attribute(one.name)}" if fails else ""
    return (
        f"  <testcase classname={_attribute(one.place.file)} name={_attribute(f'{one.code} {one.message}')}>"
        f"<{element} message={_attribute(text if not fails else one.message)}{kind}{body}</testcase>"
    )


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
