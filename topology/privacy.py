"""Of how few people nothing is told. Every value about people, answers or contact passes here before it leaves its package.

Who can ask twice can subtract: a total and all of its parts but one, a window and the next, a filter and another. So what is of too
few people is left out of totals too, and what is told never cuts the whole so that too few remain between two answers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping

from topology.model import Organisation, Team

LEAST_PEOPLE = 5  # what is told of fewer can be taken for what one of them did (docs/security.md)
HIDDEN = "•••"
_WORDS = re.compile(r"[^\s/#@:,;|()\[\]{}<>\"'=&?]+")


def too_few(people: int | None) -> bool:
    """Whether they are known to be so few that nothing is told of them; a number that is not known is not known to be small."""
    return people is not None and people < LEAST_PEOPLE


def fewest(team: Team, first: dt.date, last: dt.date) -> int | None:
    """The least number of people that a team had on any day from `first` to `last` on which it existed; None where it is not known."""
    days = {
        first,
        last,
        *(edge for period in [*team.periods(), ("", team.since, team.until)] for edge in period[1:] if edge),
    }
    counts = [team.head_count(day) for day in days if first <= day <= last and team.covers(day)]
    return min((count for count in counts if count is not None), default=None)


def small_teams(organisation: Organisation, first: dt.date, last: dt.date) -> frozenset[str]:
    """The teams that are known to have been under five people on any day from `first` to `last`."""
    return frozenset(id_ for id_, team in organisation.teams.items() if too_few(fewest(team, first, last)))


def tellable(parts: Mapping[str, Collection[str]], people: Mapping[str, Collection[str]]) -> set[str]:
    """Which of several totals may be told beside one another.

    `parts` are {total: the units that it is made of}, `people` {unit: whose doing it is}. Those of most people are told first. One is
    told if what is told then cuts the units into sets (what is left of a total when others are subtracted) that are each the doing of
    five people or more.
    """

    sets = {name: {unit for unit in units if unit in people} for name, units in parts.items()}
    sizes = {name: len({person for unit in units for person in people[unit]}) for name, units in sets.items()}
    cell_of, cells = dict.fromkeys(people, 0), {0: set(people)}
    told: set[str] = set()
    for name in sorted(sets, key=lambda one: -sizes[one]):
        touched: dict[int, set[str]] = {}
        for unit in sets[name]:
            touched.setdefault(cell_of[unit], set()).add(unit)
        pieces = [(cell, inside, cells[cell] - inside) for cell, inside in touched.items()]
        if not pieces or not all(_enough(one, people) for _, *both in pieces for one in both if one):
            continue
        told.add(name)
        for cell, inside, rest in pieces:
            if rest:
                cells[cell], cells[len(cells)] = rest, inside
                cell_of |= dict.fromkeys(inside, len(cells) - 1)
    return told


def _enough(units: Collection[str], people: Mapping[str, Collection[str]]) -> bool:
    """Whether units are the doing of five people or more; no further is counted."""
    found: set[str] = set()
    for unit in units:
        found.update(people[unit])
        if len(found) >= LEAST_PEOPLE:
            return True
    return False


def names_of(organisation: Organisation) -> frozenset[str]:
    """The words by which files know the people of an organisation, in lower case: ids and account names."""
    return frozenset(
        name for person in (*organisation.seated, *organisation.people) for name in organisation.accounts(person)
    )


def without_names(text: str, names: Collection[str]) -> str:
    """A text in which words that name somebody, such as the account in `anna/checkout#4`, are hidden."""
    return _WORDS.sub(lambda found: HIDDEN if found[0].lower() in names else found[0], text)


def with_words(names: Iterable[str]) -> frozenset[str]:
    """Names as they are compared."""
    return frozenset(name.strip().lower() for name in names if name and name.strip())
