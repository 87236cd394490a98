"""What a proposed interaction says: to a leader, and as lines of the file."""

from __future__ import annotations

from typing import Any

from topology.clans.moves import WEEKS, Move
from topology.language import Terms, sentence
from topology.model import Organisation
from topology.words.needs import reason_words

EFFECT = Terms(
    "moves.EFFECT",
    {
        "collaboration": "would talk",
        "facilitating": "would need each other less",
        "x-as-a-service": "would be served without talk",
    },
)
LASTING = ("platform", "complicated-subsystem")  # the types that offer services in the long run


@sentence
def move_sentence(organisation: Organisation, move: Move) -> str:
    """Who does what with whom, for how long, and why."""
    names = [organisation.team_name(team) for team in move.teams]
    if move.mode == "x-as-a-service":
        provider, *asking = names
        lasts = organisation.teams[move.teams[0]].type in LASTING
        later = "" if lasts else "; in the long run a platform team is the place for it"
        return f"{', '.join(asking[:-1])} and {asking[-1]} wait for or need {provider}: let it offer them one service{later}."
    assert move.reason is not None
    why = reason_words(organisation, move.reason)
    if move.mode == "collaboration":
        return f"{names[0]} and {names[1]} work together for {WEEKS} weeks: {why}."
    full = "already collaborates" if move.busy else "carries a high load"
    return (
        f"{organisation.team_name(move.full)} {full}, so an enabling team such as {names[0]} helps {names[1]} "
        f"for {WEEKS} weeks to need {organisation.team_name(move.spared)} less: {why}."
    )


@sentence
def before_after(move: Move) -> str:
    """`3 of 7 missing pairs would be served without talk; 4 would stay. Bridges missing against chance: 41 %, with it 38 %.`"""
    built = len(move.bridges)
    words = f"{built} of {move.missing[0]} missing pairs {EFFECT[move.mode]}; {move.missing[1]} would stay."
    if move.fewer:
        words += f" Bridges missing against chance: {move.fewer[0]:.0%}, with it {move.fewer[1]:.0%}."
    return words


@sentence
def _purpose(organisation: Organisation, move: Move) -> dict[str, str]:
    """What the interaction is for, under the file's own key for it."""
    if move.mode == "collaboration":
        assert move.reason is not None
        return {"purpose": reason_words(organisation, move.reason)}
    if move.mode == "facilitating":
        asking, spared = organisation.team_name(move.teams[1]), organisation.team_name(move.spared)
        return {"outcome": f"{asking} does alone what it asks of {spared}"}
    return {}


def move_lines(organisation: Organisation, move: Move) -> str:
    """The interaction as lines of the file."""
    written = move.interaction
    days = {key: written.pop(key) for key in ("since", "until") if key in written}
    lines = [f"{key}: {_written(value)}" for key, value in written.items()]
    lines += [f"{key}: {_scalar(text)}" for key, text in _purpose(organisation, move).items()]
    lines += [f"{key}: {value}" for key, value in days.items()]
    return "- " + "\n  ".join(lines) + "\n"


def _written(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def _scalar(text: str) -> str:
    """In quotes, so that no colon or comment sign in it means anything."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
