"""What the shapes of the map and the cells of the matrix say: to a mouse, and to a screen reader."""

from __future__ import annotations

from topology.graph.teammap.geometry import Tie
from topology.graph.teammap.matrix import Cell
from topology.language import Terms, sentence

VERBS = Terms("map.VERBS", {"collaboration": "works with", "facilitating": "helps", "x-as-a-service": "serves"})
RELATIONS = Terms(
    "map.RELATIONS",
    {
        "collaboration": "works with it",
        "facilitating": "helps it",
        "is facilitated": "is helped",
        "x-as-a-service": "serves it",
        "consumes": "uses it",
    },
)
STATES = Terms("map.STATES", {"planned": " (planned)", "overrun": " (past its end date)"})


@sentence
def tie_words(tie: Tie) -> str:
    """`Search works with Catalogue (past its end date)`."""
    return f"{tie.names[0]} {VERBS[tie.mode]} {tie.names[1]}{STATES.get(tie.state or '', '')}"


@sentence
def relation_words(tie: Tie, team: str) -> str:
    """What the other team of a tie is to this one: `helps it`, `uses it, planned`."""
    first = tie.first == team
    code = (
        {"facilitating": "is facilitated", "x-as-a-service": "consumes"}.get(tie.mode, tie.mode) if first else tie.mode
    )
    return RELATIONS[code] + (", planned" if tie.state == "planned" else "")


@sentence
def cell_words(cell: Cell, *, folded: bool) -> str:
    """What a cell of the matrix shows."""
    names = " and ".join(cell.names)
    if folded:
        return f"{names}: {cell.count} pairs of teams in contact, {cell.unmet} need each other and are silent"
    parts = [names]
    parts += [f"{cell.mode} ({cell.state})"] if cell.mode else []
    parts += [f"seen in contact, {cell.events:.0f} events"] if cell.events else []
    parts += ["their work needs the other, and they were seen in fewer than one week of four"] if cell.missing else []
    return "; ".join(parts)
