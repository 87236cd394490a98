"""What `topology check` finds about each team."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from topology.language import Text
from topology.rules import Finding
from topology.view.overlays.overlay import Kind, Overlay, classed
from topology.workspace import Workspace


def lay(workspace: Workspace, day: dt.date) -> Overlay:
    """Errors and warnings, each team's own."""
    found = by_team(workspace.checked(day).findings)
    values: dict[str, float | None] = {}
    texts: dict[str, str] = {}
    for id_ in workspace.organisation.teams:
        severities = Counter(one.severity for one in found.get(id_, ()))
        grave = severities["error"] + severities["warning"]
        values[id_] = 4 if severities["error"] else min(3, 1 + grave) if grave else 1 if severities["info"] else 0
        texts[id_] = f"{grave}!" if severities["error"] else str(grave)
    laid = classed(
        "findings", "Findings", values, (1, 2, 3, 4),
        ("none", "info only", "1 warning", "2 warnings or more", "an error (!)"), lambda value: f"{value:.0f}",
        about="Errors and warnings of `topology check` about the team. What holds for most teams is one finding about the "
        "organisation and not counted here.",
    )  # fmt: skip
    return replace(laid, texts=texts)


def by_team(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """{team: its findings, in their order}."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        for team in one.teams:
            found.setdefault(team, []).append(one)
    return found


OVERLAY = Kind("findings", 206, Text("Findings"), lay)
