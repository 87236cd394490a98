"""Teams count on more of a person's time than there is.

What it finds
    A person whose written allocations add up to more than 100 % on the day, or who is a full member (without an
    allocation) of more than two teams. Seats of product and engineering managers are not counted here (TT704, TT705).

Why it matters
    Every one of these teams plans with somebody who is elsewhere.

What to do
    Write how the time is really split, and let the teams decide who goes without.

Source
    Team Topologies (Skelton, Pais 2019), chapter 3: long-lived teams of people who belong to one team.

Bad
    version: 1
    people: {sam: {}}
    teams:
      checkout: {members: [{person: sam, allocation: 80%}]}
      search: {members: [{person: sam, allocation: 60%}]}   # here

Good
    version: 1
    people: {sam: {}}
    teams:
      checkout: {members: [{person: sam, allocation: 60%}]}
      search: {members: [{person: sam, allocation: 40%}]}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit, Path
from topology.words.lists import listed

SEVERITY = "warning"
THRESHOLD = 2
UNIT = "full memberships at most"


def check(facts: Facts, most: float) -> Iterator[Hit]:
    """One hit a person, at the last of the memberships."""
    found: dict[str, list[tuple[str, Path, float | None]]] = {}
    for id_, team in facts.teams.items():
        for index, member in enumerate(team.members):
            if member.covers(facts.day):
                share = member.allocation if "allocation" in member.model_fields_set else None
                found.setdefault(member.person, []).append((id_, ("teams", id_, "members", index), share))
    for person, places in found.items():
        written = sum(share for _, _, share in places if share is not None)
        full = len({team for team, _, share in places if share is None})
        if written > 1.0001 or full > most:
            teams = listed([facts.name(team) for team in dict.fromkeys(team for team, _, _ in places)])
            words = f"{written:.0%} of the time of one person" if written > 1 else "the full time of one person"
            related = tuple(path for _, path, _ in places[:-1])
            yield Hit(
                Text(f"{teams} together count on {words}"),
                places[-1][1],
                (f"person:{person}",),
                tuple(team for team, _, _ in places),
                related,
            )
