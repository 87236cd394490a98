"""A group turns inward although its work needs the others.

What it finds
    With `--with-data`: one finding for each grouping and layer on which all four tests of a clan hold: enough data, less
    contact across than chance would give, more silent pairs there than elsewhere where work needs the other, and lasting;
    in windows a quarter shorter and longer too, and in two of three weekly looks.

Why it matters
    Squads that need each other and do not talk find out late, in each other's delays. Once the border has settled, each
    side knows the other by hearsay.

What to do
    Open the Clans page with both sides, look at the silent pairs by name of team, and try one move for eight weeks.
    `topology clans --show moves` proposes some.

Source
    Krackhardt and Stern, Social Psychology Quarterly 51 (1988) 123; Cataldo, Herbsleb and Carley (2008); docs/clans.md has
    the four tests and how often they are wrong.

Bad
    version: 1
    groups:
      east: {}   # here
      west: {}
    teams:
      e1: {group: east, depends_on: [{team: e2}, {team: w1}, {team: w2}]}
      e2: {group: east, depends_on: [{team: e3}, {team: w2}, {team: w3}]}
      e3: {group: east, depends_on: [{team: e4}, {team: w3}, {team: w4}]}
      e4: {group: east, depends_on: [{team: e5}, {team: w4}, {team: w5}]}
      e5: {group: east, depends_on: [{team: e1}, {team: w5}, {team: w1}]}
      w1: {group: west, depends_on: [{team: w2}]}
      w2: {group: west, depends_on: [{team: w3}]}
      w3: {group: west, depends_on: [{team: w4}]}
      w4: {group: west, depends_on: [{team: w5}]}
      w5: {group: west, depends_on: [{team: w1}]}

Good
    version: 1
    groups:
      east: {}
      west: {}
    teams:
      e1: {group: east, depends_on: [{team: e2}]}
      e2: {group: east, depends_on: [{team: e3}]}
      e3: {group: east, depends_on: [{team: e4}]}
      e4: {group: east, depends_on: [{team: e5}]}
      e5: {group: east, depends_on: [{team: e1}]}
      w1: {group: west, depends_on: [{team: w2}]}
      w2: {group: west, depends_on: [{team: w3}]}
      w3: {group: west, depends_on: [{team: w4}]}
      w4: {group: west, depends_on: [{team: w5}]}
      w5: {group: west, depends_on: [{team: w1}]}
"""

from collections.abc import Iterator

from topology.clans.codes import Grade
from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit, Path

SEVERITY = "warning"
WITH_DATA = True


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for each reading that is a finding, at the first group of its border."""
    for reading in facts.clans.readings if facts.clans else ():
        if reading.grade != Grade.FINDING:
            continue
        from topology.words.clans import reading_sentence  # (with the statistics: a check of the file does without)

        border = (reading.narrow or reading.borders)[0].groups if reading.borders else ()
        groups = [group for group in border if group in facts.organisation.groups]
        place: Path = ("groups", groups[0]) if groups else ("teams",)
        missing = reading.needs.missing if reading.needs and not reading.partition.of_people else ()
        teams = tuple(dict.fromkeys(team for pair in missing for team in pair))
        related: tuple[Path, ...] = tuple(("groups", group) for group in groups[1:])
        message = Text(reading_sentence(facts.organisation, reading).rstrip("."))
        yield Hit(message, place, (reading.partition.id, reading.layer, *border), teams, related)
