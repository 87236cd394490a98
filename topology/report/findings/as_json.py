"""Findings for a program: one object, with every field of each finding."""

from __future__ import annotations

import json
from typing import Any

from topology.report.findings import Report
from topology.rules import Finding
from topology.source import Place


def render(report: Report) -> str:
    """`{"findings": […], "suppressed": […], "known": n, "failing": bool}`."""
    suppressed = [
        {**finding_value(one), "reason": sup.reason, "until": sup.until and sup.until.isoformat()}
        for one, sup in report.suppressed
    ]
    value = {"findings": [finding_value(one) for one in report.findings], "suppressed": suppressed,
             "known": report.known, "failing": report.failing}  # fmt: skip
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def finding_value(one: Finding) -> dict[str, Any]:
    """A finding as a JSON value."""
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "message": one.message,
        "help": one.help,
        **_place(one.place),
        "path": list(one.path),
        "teams": list(one.teams),
        "fingerprint": one.fingerprint,
        "related": [_place(place) for place in one.related],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
