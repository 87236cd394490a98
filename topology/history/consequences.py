"""What follows from a change: interactions and load of each touched team, who is needed for a change, structure, findings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from topology.graph.structure import crossings, modularity, needed_teams, waiting
from topology.history.against import findings_before
from topology.history.changes import Change, Compared, changes, compare
from topology.model import Organisation
from topology.rules import Finding, Selection, check
from topology.rules.known import known_of, unknown
from topology.source import Loaded


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team in one version; None where it does not exist or is not known."""

    interactions: dict[str, int]
    """{mode: how many run or are planned}."""
    load: int | None
    """Cognitive load, 3 to 30."""
    needed: tuple[str, ...]
    """Names of the teams that a change of this one may have to wait for."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A touched team before and after; None where it does not exist."""

    team: str
    before: TeamFacts | None
    after: TeamFacts | None


@dataclass(frozen=True, slots=True)
class Structure:
    """The organisation as a network on the day."""

    ties: int
    """Pairs of teams in a running collaboration or facilitation."""
    modularity: float | None
    """Newman's Q of those ties by value stream; None without ties or with one stream."""
    crossings: dict[tuple[str, str], int]
    """{(grouping, grouping): ties between them} by name."""


@dataclass(frozen=True)
class Difference:
    """Everything that a reader of a pull request is shown."""

    compared: Compared
    day: dt.date
    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    before: Structure
    after: Structure
    introduced: tuple[Finding, ...]
    resolved: tuple[Finding, ...]
    names: tuple[str, str] = ("before", "after")

    @cached_property
    def touched(self) -> tuple[str, ...]:
        """The teams of the changes, in their order."""
        return touched_by(self.changes)


def difference(
    before: Loaded, after: Loaded, day: dt.date, chosen: Selection, names: tuple[str, str] = ("before", "after")
) -> Difference:
    """Compares two versions, both judged on the same day."""
    both = compare(before, after)
    found = tuple(changes(both))
    earlier = {later: id_ for id_, later in both.now.items()}
    old, new = _facts(both.old, day), _facts(both.new, day)
    introduced, resolved = _findings(both, day, chosen)
    return Difference(
        both, day, found,
        tuple(
            Consequence(team, old(earlier.get(team, "" if team in both.new.teams else team)), new(team))
            for team in touched_by(found)
        ),
        _structure(both.old, day), _structure(both.new, day), introduced, resolved, names,
    )  # fmt: skip


def touched_by(found: Iterable[Change]) -> tuple[str, ...]:
    """The teams of changes, in their order."""
    return tuple(dict.fromkeys(team for one in found for team in one.teams))


def _facts(organisation: Organisation, day: dt.date) -> Callable[[str], TeamFacts | None]:
    """The facts of any team of a version; what all teams share is made once."""
    modes: dict[str, Counter[str]] = {}
    for one in organisation.interactions_on(day):
        for pair in one.pairs:
            for team in pair:
                modes.setdefault(team, Counter())[one.mode] += 1
    waits = waiting(organisation, day)

    def of(team: str) -> TeamFacts | None:
        if team not in waits:
            return None
        load = organisation.teams[team].cognitive_load
        needed = tuple(organisation.team_name(one) for one in needed_teams(waits, team))
        return TeamFacts(dict(sorted(modes.get(team, Counter()).items())), load.total if load else None, needed)

    return of


def _structure(organisation: Organisation, day: dt.date) -> Structure:
    labels = {team: organisation.value_stream(team) for team in organisation.teams}
    found = crossings(organisation, day, labels)
    names = Counter(organisation.group_name(group) for group in organisation.groups)
    named: dict[tuple[str, str], int] = {}
    for pair, count in found.crossing.items():
        # By name, so that a grouping with a new id is the same one; by id too where two have one name.
        first, second = sorted(
            name if names[name := organisation.group_name(group)] == 1 else f"{name} ({group})" for group in pair
        )
        named[first, second] = count
    return Structure(found.ties, modularity(organisation, day, labels), named)


def _findings(both: Compared, day: dt.date, chosen: Selection) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(introduced, resolved)."""
    old, new = findings_before(both, day, chosen), check(both.after, day, chosen).each
    return tuple(unknown(new, known_of(old))), tuple(unknown(old, known_of(new)))
