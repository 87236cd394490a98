"""SARIF 2.1.0 (OASIS), as code hosts read it: rules with their documentation, regions, partial fingerprints, suppressions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from topology import __version__
from topology.report.findings import Report
from topology.report.rules import rule_markdown
from topology.rules import Finding, rules
from topology.rules.rule import Rule
from topology.source import Place

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> str:
    """One run; a suppressed finding is a result with its suppression."""
    order = {code: index for index, code in enumerate(rules())}
    results = [_result(one, order) for one in report.findings]
    for one, sup in report.suppressed:
        suppression = {"kind": "inSource", "justification": sup.reason}
        results.append({**_result(one, order), "suppressions": [suppression]})
    driver = {"name": "topology", "version": __version__, "rules": [_rule(rule) for rule in rules().values()]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.sections["What it finds"].split())},
        "help": {"text": " ".join(rule.sections["What to do"].split()), "markdown": rule_markdown(rule)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(one: Finding, order: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": order[one.code],
        "level": LEVELS[one.severity],
        "message": {"text": f"{one.message}. {one.help}".strip()},
        "locations": [_location(one.place)],
        "partialFingerprints": {"topology/v1": one.fingerprint},
    }
    if one.related:
        found["relatedLocations"] = [{**_location(place), "id": index} for index, place in enumerate(one.related)]
    return found


def _location(place: Place) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.file)}, "region": region}}


def uri(file: str) -> str:
    """A file as a relative reference where it lies below the present folder, else as a `file:` address."""
    path = Path(file)
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return path.as_uri()
        path = path.relative_to(here)
    return quote(os.fsencode(path.as_posix()))
