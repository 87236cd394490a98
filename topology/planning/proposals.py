"""A proposal of the Clans page as an operation of a draft."""

from __future__ import annotations

from topology.clans.moves import Move
from topology.model import Organisation
from topology.planning.operation import Operation, operation
from topology.words.needs import reason_words

SOURCE = "clans"


def operation_of(organisation: Organisation, move: Move) -> Operation:
    """The interaction that a move proposes."""
    why = {"why": reason_words(organisation, move.reason)} if move.reason and move.mode == "collaboration" else {}
    until = {"until": move.ends.isoformat()} if move.ends else {}
    return operation(
        "interaction",
        source=SOURCE,
        mode=move.mode,
        teams=list(move.teams),
        since=move.begins.isoformat(),
        **until,
        **why,
    )
