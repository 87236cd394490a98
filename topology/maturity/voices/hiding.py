"""What may be shown of the answers to a question, so that nobody learns one person's answer, nor a hidden count by taking others away.

A squad's bars are shown from 5 answers, of which 4 are of people who did not sign that dimension: a signed level can be subtracted. What
can be worked out from the totals that are shown (of a grouping, of the organisation) is nothing, or 5 answers and more of 2 squads and
more: else the smallest that is shown is hidden too. The floors stand here; an organisation may ask for more and never for less.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from topology.privacy import LEAST_PEOPLE

LEAST_ANSWERS = LEAST_PEOPLE
LEAST_UNSIGNED = 4
LEAST_SQUADS = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """The squads and the groupings of which counts may be shown, and whether those of the organisation may."""

    squads: frozenset[str]
    groups: frozenset[str]
    whole: bool


def shown(
    answers: Mapping[str, int],
    signed: Mapping[str, int],
    groups: Mapping[str, str],
    kept: Collection[str] = (),
    least: int = LEAST_ANSWERS,
) -> Shown:
    """What may be shown of a question.

    `answers` of each squad, of which `signed` may be of people who signed a level of their own; `groups`: the grouping of a squad; squads
    in `kept` keep their answers to themselves. `least`: from how many answers on a squad is shown, where more than the
    floor is asked for.
    """
    squads = {
        squad for squad, count in answers.items()
        if squad not in kept and count >= max(least, LEAST_ANSWERS) and count - signed.get(squad, 0) >= LEAST_UNSIGNED
    }  # fmt: skip
    members: dict[str, set[str]] = {}
    for squad in answers:
        if squad in groups:
            members.setdefault(groups[squad], set()).add(squad)
    told = {group for group, own in members.items() if _hide_until_safe(own, squads, answers)}
    safe = _until_the_rest_is_safe(squads, told, members, answers)
    return Shown(frozenset(squads), frozenset(told), safe and sum(answers.values()) >= LEAST_ANSWERS)


def _is_safe(hidden: Collection[str], answers: Mapping[str, int]) -> bool:
    """Whether the sum of what these squads answered tells of nobody."""
    told = [squad for squad in hidden if answers[squad]]
    return not told or (len(told) >= LEAST_SQUADS and sum(answers[squad] for squad in told) >= LEAST_ANSWERS)


def _smallest(squads: Collection[str], answers: Mapping[str, int]) -> str:
    return min(squads, key=lambda squad: (answers[squad], squad))


def _hide_until_safe(own: set[str], squads: set[str], answers: Mapping[str, int]) -> bool:
    """Whether the total of a grouping may be shown, after its smallest squads were taken from `squads` while its rest is not safe."""
    if sum(answers[squad] for squad in own) < LEAST_ANSWERS:
        return False
    while not _is_safe(own - squads, answers) and own & squads:
        squads.discard(_smallest(own & squads, answers))
    return _is_safe(own - squads, answers)


def _until_the_rest_is_safe(
    squads: set[str], told: set[str], members: Mapping[str, set[str]], answers: Mapping[str, int]
) -> bool:
    """Whether the organisation's total may be shown, after what it leaves was made safe: the smallest squad outside of the groupings that
    are told is hidden, then the smallest of these groupings."""
    while True:
        inside = set().union(*(members[group] for group in told)) if told else set()
        rest = set(answers) - inside - squads
        if _is_safe(rest, answers):
            return True
        if candidates := squads - inside:
            squads.discard(_smallest(candidates, answers))
        elif told:
            told.discard(min(told, key=lambda group: (sum(answers[one] for one in members[group]), group)))
        else:
            return False
