"""What a proposed interaction says: to a leader, and as lines of the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from topology.clans.moves import WEEKS, Move
from topology.language import Terms, sentence
from topology.model import Organisation
from topology.words.lists import listed
from topology.words.needs import reason_words

EFFECT = Terms(
    "moves.EFFECT",
    {"collaboration": "would meet", "x-as-a-service": "would be served without talk"},
)
MOST_HELD = 8
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
    then = listed([organisation.team_name(team) for team in move.then])
    later = f" What they work out can then be a service for {then}." if move.then else ""
    return f"{names[0]} and {names[1]} work together for {WEEKS} weeks: {why}.{later}"


@sentence
def before_after(move: Move) -> str:
    """`If it is lived, 3 of the 7 silent pairs would meet and 4 stay silent. The lines alone leave 7: nobody meets because of a line.`"""
    built = len(move.bridges)
    words = f"If it is lived, {built} of the {move.silent} silent pairs {EFFECT[move.mode]} and {move.if_lived} stay silent."
    if move.by_lines is None:
        return words
    return f"{words} The lines alone leave {move.by_lines}: nobody meets because of a line."


@sentence
def held_up_sentence(organisation: Organisation, held: Sequence[tuple[tuple[str, str], str]]) -> str:
    """`Nothing is proposed for two silent pairs, since one of the two has its hands full: Checkout and Refunds (Checkout).`"""
    if not held:
        return ""
    name = organisation.team_name
    told = "; ".join(f"{name(a)} and {name(b)} ({name(team)})" for (a, b), team in held[:MOST_HELD])
    more = f"; and {len(held) - MOST_HELD} more" if len(held) > MOST_HELD else ""
    pairs = "one silent pair" if len(held) == 1 else f"{len(held)} silent pairs"
    return (
        f"Nothing is proposed for {pairs}, since one of the two already collaborates (or would, by the above) or carries a high load: "
        f"{told}{more}."
    )


@sentence
def _purpose(organisation: Organisation, move: Move) -> dict[str, str]:
    """What the interaction is for, under the file's own key for it."""
    if move.mode == "collaboration":
        assert move.reason is not None
        return {"purpose": reason_words(organisation, move.reason)}
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
