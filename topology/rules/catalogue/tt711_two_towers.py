"""Product and Tech meet only at the top.

What it finds
    One finding for the organisation: with `reports_to` known for two duos or more, no duo's lines of report meet below the
    two leaders.

Why it matters
    What a squad's two leads cannot settle goes all the way up to the CPO and the CTO.

What to do
    Give the duos somebody nearer who answers for both sides, such as the lead of a value stream; or a regular meeting
    of the two directors.

Source
    The practice of squads led by two; two functional lines of report are common, which is why this is only an information.

Bad
    version: 1
    organisation:   # here
      leaders: {product: claire, technology: hugo}
    people:
      claire: {}
      hugo: {}
      flora: {reports_to: claire}
      franz: {reports_to: hugo}
      karl: {reports_to: claire}
      katia: {reports_to: hugo}
    teams:
      search: {pm: flora, em: franz}
      returns: {pm: karl, em: katia}

Good
    version: 1
    organisation:
      leaders: {product: claire, technology: hugo}
    people:
      claire: {}
      hugo: {}
      lou: {reports_to: claire}
      flora: {reports_to: lou}
      franz: {reports_to: lou}
      karl: {reports_to: claire}
      katia: {reports_to: hugo}
    teams:
      search: {pm: flora, em: franz}
      returns: {pm: karl, em: katia}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.finding import ORGANISATION
from topology.rules.hit import Hit

SEVERITY = "info"
LEAST_DUOS = 2


def check(facts: Facts) -> Iterator[Hit]:
    """At most one hit, for the organisation."""
    leaders = facts.organisation.organisation.leaders
    top = {leaders.product, leaders.technology}
    duos = meeting = 0
    for duo in facts.leads.values():
        first, second = _line(facts, duo.pm), _line(facts, duo.em)
        if len(first) > 1 and len(second) > 1:
            duos += 1
            meeting += bool(_below(first, top) & _below(second, top))
    if duos >= LEAST_DUOS and not meeting:
        message = f"the lines of report of none of the {duos} duos meet below the two leaders"
        yield Hit(Text(message), ("organisation",), (ORGANISATION,))


def _line(facts: Facts, person: str | None) -> list[str]:
    """A person and the managers, nearest first; empty where nobody is."""
    found: list[str] = [person] if person else []
    while person in facts.organisation.people and (boss := facts.organisation.people[person].reports_to):
        found.append(boss)
        person = boss
    return found


def _below(line: list[str], top: set[str | None]) -> set[str]:
    """The part of a line below the leaders."""
    end = next((index for index, person in enumerate(line) if person in top), len(line))
    return set(line[:end])
