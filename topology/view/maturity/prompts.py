"""What the Overview says of the last survey: only what holds for the organisation as a whole."""

from __future__ import annotations

import datetime as dt

from topology.maturity.packs import PackError
from topology.words.maturity import gap_prompt
from topology.workspace import Workspace


def gaps_of(workspace: Workspace, day: dt.date) -> dict[str, str]:
    """{dimension: a sentence} of the questions on which Product and Tech are apart with Holm's p; none where there was no survey."""
    try:
        pack, voices = workspace.pack, workspace.voices(day)
    except PackError:
        return {}
    told = {pack.items[item]: one for item, one in voices.statistics.items() if item in pack.items} if voices else {}
    said = {name: gap_prompt(str(pack.dimensions[name].name).lower(), one) for name, one in told.items()}
    return {name: text for name, text in said.items() if text}
