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
_WORD = re.compile(r"[^\W_]+")


def too_few(people: int | None) -> bool:
    """Whether they are known to be so few that nothing is told of them; a number that is not known is not known to be small."""
    return people is not None and people < LEAST_PEOPLE


def fewest(team: Team, first: dt.date, last: dt.date) -> int | None:
    """The least number of people that a team had on any day from `first` to `last` on which it existed; None where it is not known.

    A `size` beside a list of members is that of all who are listed; on a day on which fewer of them were there, these count.
    """
    counts = [_count(team, day) for day in _turns(team, first, last) if team.covers(day)]
    return min((count for count in counts if count is not None), default=None)


def _count(team: Team, day: dt.date) -> int | None:
    listed = len(team.people(day)) if team.members else None
    known = [count for count in (team.size, listed or None) if count is not None]
    return min(known, default=team.head_count(day))


def _turns(team: Team, first: dt.date, last: dt.date) -> set[dt.date]:
    """The days from `first` to `last` on which the people of a team may be others than the day before, and both ends."""
    edges = (edge for period in [*team.periods(), ("", team.since, team.until)] for edge in period[1:] if edge)
    return {first, last, *(edge for edge in edges if first <= edge <= last)}


def small_teams(organisation: Organisation, first: dt.date, last: dt.date) -> frozenset[str]:
    """The teams of which nothing is told: those that are known to have been under five people on any day from `first` to `last`,
    and those that are another team and fewer than five people more, whose doing would be the difference."""
    small = {id_ for id_, team in organisation.teams.items() if too_few(fewest(team, first, last))}
    small |= {
        id_ for id_ in organisation.teams.keys() - small if _is_little_more(organisation, id_, small, first, last)
    }
    return frozenset(small)


def _is_little_more(organisation: Organisation, id_: str, small: set[str], first: dt.date, last: dt.date) -> bool:
    """Whether a team holds another one that is told of, and few others, on any day."""
    team = organisation.teams[id_]
    for day in _turns(team, first, last):
        people = set(team.people(day)) if team.covers(day) else set()
        for other in organisation.teams_with(people) - {id_} - small:
            inner = set(organisation.teams[other].people(day)) if organisation.teams[other].covers(day) else set()
            if inner and inner < people and len(people - inner) < LEAST_PEOPLE:
                return True
    return False


def tellable(parts: Mapping[str, Collection[str]], people: Mapping[str, Collection[str]]) -> set[str]:
    """Which of several totals may be told beside one another.

    `parts` are {total: the units that it is made of}, those that matter most first; `people` {unit: whose doing it is}. A total is
    told if what is told then cuts the units into sets (what is left of a total when others are subtracted) that are each the doing of
    five people or more.
    """
    sets = {name: {unit for unit in units if unit in people} for name, units in parts.items()}
    cell_of, cells = dict.fromkeys(people, 0), {0: set(people)}
    told: set[str] = set()
    for name in sets:
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


class Names:
    """Words by which people are known, for hiding them in the texts of others: accounts, ids, names, of any characters."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for name in {one.strip().lower() for one in names if one}:
            if words := _WORD.findall(name):
                self._by_first.setdefault(words[0], []).append(name)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    def hidden_in(self, text: str) -> str:
        """The text with `•••` for each name that stands in it as a word of its own, such as the account in `anna/checkout#4`."""
        lower, parts, done = text.lower(), [], 0
        if len(lower) != len(text):  # (a letter that is two in lower case)
            return HIDDEN if any(word in self._by_first for word in _WORD.findall(lower)) else text
        for word in _WORD.finditer(lower):
            if word.start() < done:
                continue
            for name in self._by_first.get(word[0], ()):
                begin = word.start() - name.index(word[0])
                end = begin + len(name)
                if begin >= done and lower.startswith(name, begin) and not lower[end : end + 1].isalnum():
                    parts += [text[done:begin], HIDDEN]
                    done = end
                    break
        return "".join([*parts, text[done:]])


def names_of(organisation: Organisation) -> set[str]:
    """The words by which files know the people of an organisation: ids, account names, names."""
    people = {*organisation.seated, *organisation.people}
    return {name for person in people for name in (*organisation.accounts(person), organisation.person_name(person))}
