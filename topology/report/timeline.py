"""A timeline as rows: a snapshot a row, counts as numbers."""

from __future__ import annotations

from typing import Any, get_args

from topology.history.timeline import Snapshot, Timeline
from topology.model.interactions import Mode
from topology.model.team import TeamType
from topology.rules.finding import SEVERITIES

TYPES: tuple[TeamType, ...] = get_args(TeamType)
MODES: tuple[Mode, ...] = get_args(Mode)


def rows(found: Timeline) -> tuple[list[dict[str, Any]], list[str]]:
    """(rows, columns). Bridges have a column for each grouping of any time."""
    groups = list(dict.fromkeys(group for one in found.snapshots for group in one.crossings))
    made = [_row(one) for one in found.snapshots]
    fixed = ["day", "commit", "teams", *TYPES, "people", "squads", "full duos", *MODES, *SEVERITIES]
    return made, [*fixed, *(f"bridges of {group}" for group in groups)]


def _row(one: Snapshot) -> dict[str, Any]:
    return {
        "day": one.day,
        "commit": one.commit[:10],
        "teams": sum(one.teams.values()),
        **{type_: one.teams.get(type_, 0) for type_ in TYPES},
        "people": one.people,
        "squads": one.squads,
        "full duos": one.full_duos,
        **{mode: one.interactions.get(mode, 0) for mode in MODES},
        **{severity: one.findings.get(severity, 0) for severity in SEVERITIES},
        **{f"bridges of {group}": count for group, count in one.crossings.items()},
    }
