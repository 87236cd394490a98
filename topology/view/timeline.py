"""What the Timeline page draws and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from topology.history.changes import changes, compare
from topology.history.timeline import Every, Timeline
from topology.model import Mode, TeamType
from topology.view.palette import Palette
from topology.workspace import Workspace

TYPES: tuple[TeamType, ...] = get_args(TeamType)
MODES: tuple[Mode, ...] = get_args(Mode)
EVERY: tuple[Every, ...] = get_args(Every)
MOST_CHANGES = 20


@dataclass(frozen=True)
class Chart:
    """One small chart: {column of the timeline's rows: (name to show, colour)}."""

    title: str
    columns: Mapping[str, tuple[str, str]]
    about: str


def charts(found: Timeline, palette: Palette) -> list[Chart]:
    """The charts in a fixed order; a type or mode that never occurs is left out."""
    shots = found.snapshots
    types: dict[str, tuple[str, str]] = {
        one: (one, palette.types[one].line) for one in TYPES if any(shot.teams.get(one) for shot in shots)
    }
    modes: dict[str, tuple[str, str]] = {
        one: (one, palette.modes[one].line) for one in MODES if any(shot.interactions.get(one) for shot in shots)
    }
    one, two = palette.sequential[3], palette.diverging[0]
    groups = list(dict.fromkeys(group for shot in shots for group in shot.crossings))
    shades = [one, two, palette.types["platform"].line, palette.types["enabling"].line, palette.muted]
    bridges = {
        f"bridges of {group}": (_name(found, group), shade) for group, shade in zip(groups, shades, strict=False)
    }
    rest = (
        f" The first {len(shades)} of {len(groups)}; `topology history` prints all."
        if len(groups) > len(shades)
        else ""
    )
    made = [
        Chart("Teams by type", types, "Teams that exist on the day."),
        Chart("People", {"people": ("people", one)}, "Everybody with a seat or a membership, and the sizes of teams that list nobody."),
        Chart("Squads with a full duo", {"squads": ("all squads", palette.muted), "full duos": ("with a full duo", one)},
              "Stream-aligned teams, and those of them with a product manager and an engineering manager."),
        Chart("Interactions by mode", modes, "Pairs of teams whose interaction runs on the day, past its end or not."),
        Chart("Findings", {"error": ("errors", two), "warning": ("warnings", palette.types["complicated-subsystem"].line),
                           "info": ("info", palette.muted)}, "What `topology check` finds with today's rules and settings."),
        Chart("Bridges of each value stream", bridges, "Collaborations and facilitations with a team of another value stream." + rest),
    ]  # fmt: skip
    return [chart for chart in made if chart.columns]


def _name(found: Timeline, group: str) -> str:
    return next(shot.names[group] for shot in reversed(found.snapshots) if group in shot.crossings)


def happened(before: Workspace, after: Workspace, revisions: str) -> list[str]:
    """The changes from one version to the next, by importance; the rest is counted. `revisions` names the two."""
    found = changes(compare(before.loaded, after.loaded))
    lines = [f"{one.sign} {one.text}" for one in found[:MOST_CHANGES]]
    if len(found) > MOST_CHANGES:
        lines.append(f"{len(found) - MOST_CHANGES} more; `topology diff {revisions}` prints them")
    return lines or ["Nothing in the file; dates may have come."]
