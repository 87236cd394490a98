"""An interaction runs when one of its teams does not exist.

What it finds
    An interaction that begins before a team does, begins after the team has ended, or goes on after it.

Why it matters
    The map of some day would show work with a team that is not there.

What to do
    Give the interaction the dates on which both teams exist: `since:` at the earliest with the younger team, `ended:` at
    the latest with the one that ends.

Source
    The file format (docs/format.md).

Bad
    version: 1
    teams:
      checkout: {}
      wallet: {since: 2026-06-01}
    interactions:
      - {mode: collaboration, between: [checkout, wallet], since: 2026-03-02, until: 2026-05-29}   # here

Good
    version: 1
    teams:
      checkout: {}
      wallet: {since: 2026-06-01}
    interactions:
      - {mode: collaboration, between: [checkout, wallet], since: 2026-06-01, until: 2026-08-28, ended: 2026-08-28}
"""

import datetime as dt
from collections.abc import Iterator

from topology.language import Text
from topology.model import Interaction, Team
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "error"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for each interaction and team."""
    for one in facts.interactions:
        for id_ in dict.fromkeys(id_ for pair in one.interaction.pairs for id_ in pair):
            words = _outside(one.interaction, facts.organisation.teams[id_], facts.day)
            if words:
                yield Hit(
                    Text(f"this interaction {words.format(facts.name(id_))}"),
                    one.path,
                    (id_, f"mode:{one.interaction.mode}"),
                    (id_,),
                )


def _outside(one: Interaction, team: Team, day: dt.date) -> str:
    """What is wrong, with {} for the team's name; "" when nothing is."""
    if one.since and one.ended and one.ended <= one.since:
        return ""  # (it was planned, and taken back before it began)
    overrun = one.state(day) == "overrun"
    end = one.ended or (None if overrun else one.until)
    if team.since and one.since and one.since < team.since:
        return f"begins on {one.since}, before {{}} does ({team.since})"
    if team.since and one.since is None and (day < team.since or (end and end <= team.since)):
        return f"has no beginning, but {{}} begins on {team.since}"
    if team.until is None:
        return ""
    if one.since and one.since >= team.until:
        return f"begins on {one.since}, when {{}} no longer exists (until {team.until})"
    if end is None:
        return f"{'still runs' if overrun else 'has no end'}, but {{}} ends on {team.until}"
    return f"goes on to {end}, but {{}} ends on {team.until}" if end > team.until else ""
