"""A script as a user of the library writes it: mypy --strict takes it, and the tests run it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import topology


def answers(file: Path, data: Path) -> dict[str, object]:
    """What a notebook asks."""
    workspace = topology.open(file, data=data, today=dt.date(2026, 11, 25))
    weekly = workspace.metrics("change-lead-time", every="week")
    contact = workspace.network("observed")
    picture: topology.Map = workspace.map(overlay="change-lead-time", selected="checkout", theme="dark")
    change: topology.WhatIf = workspace.what_if([("rename", "teams", "search", "find")])
    return {
        "findings": [one.code for one in workspace.findings()],
        "columns": list(weekly.columns[:5]),
        "ties": contact.number_of_edges(),
        "svg": picture.svg,
        "changes": [one.text for one in change.difference.changes],
        "teams": len(topology.load(file).teams),
    }
