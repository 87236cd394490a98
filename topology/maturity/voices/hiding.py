"""What may be shown of the answers to a question, so that nobody learns one person's answer, nor a hidden count by taking others away.

A squad's bars are shown from 5 answers, of which 4 are of people who did not sign that dimension: a signed level can be subtracted. What
can be worked out from the totals that are shown (of a grouping, of the organisation) is nothing, or 5 answers and more, 4 of them
unsigned, of 2 squads and more: else the smallest that is shown is hidden too. The floors stand here; an organisation may ask for more
and never for less.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from topology.model import Organisation
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
    open_ = {squad: count - min(signed.get(squad, 0), count) for squad, count in answers.items()}
    squads = {
        squad for squad, count in answers.items()
        if squad not in kept and count >= max(least, LEAST_ANSWERS) and open_[squad] >= LEAST_UNSIGNED
    }  # fmt: skip
    judged = _Judged(answers, open_)
    members: dict[str, set[str]] = {}
    for squad in answers:
        if squad in groups:
            members.setdefault(groups[squad], set()).add(squad)
    told = {group for group, own in members.items() if judged.hide_until_safe(own, squads)}
    safe = judged.until_the_rest_is_safe(squads, told, members)
    return Shown(frozenset(squads), frozenset(told), safe and judged.is_enough(answers))


@dataclass(frozen=True)
class _Judged:
    """The answers of each squad, and how many of them nobody signed."""

    answers: Mapping[str, int]
    unsigned: Mapping[str, int]

    def is_enough(self, squads: Collection[str]) -> bool:
        """Whether the sum of what these squads answered is of so many that it tells of nobody."""
        unsigned = sum(self.unsigned[squad] for squad in squads)
        return self._sum(squads) >= LEAST_ANSWERS and unsigned >= LEAST_UNSIGNED

    def hide_until_safe(self, own: set[str], squads: set[str]) -> bool:
        """Whether the total of a grouping may be shown, after its smallest squads were taken from `squads` while its rest is not safe."""
        if not self.is_enough(own):
            return False
        while not self._is_safe(own - squads) and own & squads:
            squads.discard(self._smallest(own & squads))
        return self._is_safe(own - squads)

    def until_the_rest_is_safe(self, squads: set[str], told: set[str], members: Mapping[str, set[str]]) -> bool:
        """Whether the organisation's total may be shown, after what it leaves was made safe: the smallest squad outside of the groupings
        that are told is hidden, then the smallest of these groupings."""
        while True:
            inside = set().union(*(members[group] for group in told)) if told else set()
            if self._is_safe(set(self.answers) - inside - squads):
                return True
            if candidates := squads - inside:
                squads.discard(self._smallest(candidates))
            elif told:
                told.discard(min(told, key=lambda group: (self._sum(members[group]), group)))
            else:
                return False

    def _is_safe(self, hidden: Collection[str]) -> bool:
        """Whether nothing, or enough of several squads, can be worked out of what these answered together."""
        told = [squad for squad in hidden if self.answers[squad]]
        return not told or (len(told) >= LEAST_SQUADS and self.is_enough(told))

    def _sum(self, squads: Collection[str]) -> int:
        return sum(self.answers[squad] for squad in squads)

    def _smallest(self, squads: Collection[str]) -> str:
        return min(squads, key=lambda squad: (self.answers[squad], squad))


def homes_of(organisation: Organisation) -> dict[str, str]:
    """{squad: the outermost grouping that holds it}."""
    teams = organisation.teams.items()
    return {id_: lineage[-1] for id_, team in teams if (lineage := organisation.lineage(team.group))}
