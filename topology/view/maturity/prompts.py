"""What is said of the last survey for the organisation as a whole: gaps that hold, the second short form."""

from __future__ import annotations

import datetime as dt

from topology.maturity.pack import Pack
from topology.maturity.packs import PackError
from topology.maturity.voices.snapshot import Snapshot
from topology.words.voices import bias_words, gap_prompt, gap_words, statement_words
from topology.workspace import Workspace


def gaps_of(workspace: Workspace, day: dt.date) -> dict[str, tuple[str, str]]:
    """{dimension: (a sentence, what it rests on)} of the questions on which Product and Tech are apart with Holm's p; none where there was
    no survey."""
    try:
        pack, voices = workspace.pack, workspace.voices(day)
    except PackError:
        return {}
    told = {pack.items[item]: one for item, one in voices.statistics.items() if item in pack.items} if voices else {}
    said = {name: (gap_prompt(str(pack.dimensions[name].name), one), gap_words(one)) for name, one in told.items()}
    return {name: words for name, words in said.items() if words[0]}


def short_form(pack: Pack, snapshot: Snapshot, dimension: str) -> list[str]:
    """What was answered to the second short form, which belongs to safety (its own statements) and to the duo (mutual regard)."""
    kind = {"safety": "safety", "duo": "regard"}.get(dimension)
    statements = [one for of, one in pack.short.statements if of == kind] if pack.short else []
    said = [
        statement_words(one, snapshot.organisation[one.item]) for one in statements if one.item in snapshot.organisation
    ]
    return [*([bias_words(snapshot.bias)] if kind == "regard" and snapshot.bias else []), *said]
