"""What follows from a draft: findings that come and go, each by the operation after which it is so, and what the touched teams take on.

Contact that was seen never changes in a draft: nobody talks more because a line is written.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from topology.clans.moves import COLLABORATING, SERVING, USING
from topology.history.changes import compare
from topology.history.consequences import Consequence, Difference, difference
from topology.model import Organisation
from topology.once import Keeps, Once
from topology.planning.plan import Plan, Step
from topology.rules import Finding, Selection


@dataclass(frozen=True)
class Caused:
    """A finding that comes or goes, and the letter of the first operation after which it is so."""

    letter: str
    finding: Finding


@dataclass(frozen=True)
class TouchedTeam:
    """A touched team before and after."""

    letters: tuple[str, ...]
    consequence: Consequence
    added: float
    """What it takes on, in units of one team's collaboration (docs/clans.md); help is not counted."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A draft with its difference, judged on one day."""

    plan: Plan
    difference: Difference
    selection: Selection
    kept: Keeps

    @property
    def day(self) -> dt.date:
        """The day on which both versions are judged."""
        return self.difference.day

    @cached_property
    def come(self) -> tuple[Caused, ...]:
        """The findings that the draft brings."""
        return self._caused(self.difference.introduced, [one.introduced for one in self._prefixes])

    @cached_property
    def go(self) -> tuple[Caused, ...]:
        """The findings that it takes away."""
        return self._caused(self.difference.resolved, [one.resolved for one in self._prefixes])

    @cached_property
    def teams(self) -> tuple[TouchedTeam, ...]:
        """The touched teams, in the order of the operations."""
        before, after = (
            _taken_on(self.difference.compared.old, self.day),
            _taken_on(self.difference.compared.new, self.day),
        )
        earlier = {later: id_ for id_, later in self.difference.compared.now.items()}
        order = {team: index for index, team in enumerate(self.plan.letters)}
        return tuple(
            TouchedTeam(
                self.plan.letters.get(one.team, ()),
                one,
                after[one.team]
                - before[earlier.get(one.team, "" if one.team in self.difference.compared.new.teams else one.team)],
            )
            for one in sorted(self.difference.consequences, key=lambda one: order.get(one.team, len(order)))
        )

    @property
    def _prefixes(self) -> list[Difference]:
        """The difference after each operation that changes something."""
        return [self.kept(("prefix", step, self.day), partial(self._until, step)) for step in self.plan.counting]

    def _until(self, step: Step) -> Difference:
        return difference(self.plan.base, step.after, self.day, self.selection)

    def _now_called(self, step: Step, one: Finding) -> Finding:
        """A finding of a step with the ids that its teams have at the end."""
        return one.renamed(self._renames(step))

    def _renames(self, step: Step) -> Callable[[str], str]:
        return self.kept(("renames", step, self.plan.counting[-1]), lambda: compare(step.after, self.plan.after)).later

    def _caused(self, found: Sequence[Finding], by_step: Sequence[Sequence[Finding]]) -> tuple[Caused, ...]:
        """Each finding with the first step from which on it is there; one that no prefix has so is the last one's."""
        marks = [
            {self._now_called(step, one).key for one in several}
            for step, several in zip(self.plan.counting, by_step, strict=True)
        ]
        last = self.plan.counting[-1].letter if self.plan.counting else ""
        letters = [step.letter for step in self.plan.counting]
        caused = [
            Caused(next((letter for letter, known in zip(letters, marks, strict=True) if one.key in known), last), one)
            for one in found
        ]
        return tuple(sorted(caused, key=lambda one: (len(one.letter), one.letter)))


def outcome(plan: Plan, day: dt.date, selection: Selection, kept: Keeps | None = None) -> Outcome:
    """What follows from a draft: judged on the first day on which all of it has begun."""
    return Outcome(plan, difference(plan.base, plan.after, plan.day(day), selection), selection, kept or Once())


def _taken_on(organisation: Organisation, day: dt.date) -> Mapping[str, float]:
    """{team: what its interactions on a day ask of it}, in units of one team's collaboration."""
    there = organisation.interactions_on(day)
    pairs = {(one.mode, *pair) for one in there for pair in one.pairs}  # (how entries are cut makes no difference)
    found: defaultdict[str, float] = defaultdict(float)
    for mode, first, second in pairs:
        if mode == "collaboration":
            found[first] += COLLABORATING
            found[second] += COLLABORATING
        elif mode == "x-as-a-service":
            found[second] += USING
    for provider in {first for mode, first, _ in pairs if mode == "x-as-a-service"}:
        found[provider] += SERVING
    return found
