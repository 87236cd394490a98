"""A difference for a program."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from topology.history.changes import Change
from topology.history.consequences import Difference, Structure
from topology.report.findings.as_json import finding_value


def render(found: Difference) -> str:
    """One object; teams are given by their later id."""
    value = {
        "before": found.names[0],
        "after": found.names[1],
        "as_of": found.day.isoformat(),
        "changes": [_change(one) for one in found.changes],
        "renamed": [asdict(one) for one in found.compared.renamed],
        "teams": [asdict(one) for one in found.consequences],
        "structure": {"before": _structure(found.before), "after": _structure(found.after)},
        "introduced": [finding_value(one) for one in found.introduced],
        "resolved": [finding_value(one) for one in found.resolved],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _change(one: Change) -> dict[str, Any]:
    place = {"file": one.place.file, "line": one.place.line} if one.place else None
    return {
        "kind": one.kind,
        "sign": one.sign,
        "text": one.text,
        "teams": list(one.teams),
        "place": place,
        "inferred": one.inferred,
    }


def _structure(one: Structure) -> dict[str, Any]:
    between = [{"between": list(pair), "ties": count} for pair, count in one.crossings.items()]
    return {"ties": one.ties, "modularity": one.modularity, "bridges": between}
