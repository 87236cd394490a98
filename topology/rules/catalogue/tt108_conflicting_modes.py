"""Two teams interact in two modes at once.

What it finds
    A pair of teams with running interactions of different modes.

Why it matters
    A service should be quiet and a collaboration is not. Who wants both at once gets neither, and nobody knows what to
    expect of the other team.

What to do
    Choose the mode that holds now, and end or postpone the other. Often two separate parts of the work have two modes:
    then say so, with a suppression that names them.

Source
    Team Topologies (Skelton, Pais 2019), chapter 7, on clear modes; one mode at a time for a pair is our own reading of it.

Bad
    version: 1
    teams: {risk: {type: complicated-subsystem}, checkout: {}}
    interactions:
      - {mode: x-as-a-service, provider: risk, consumer: checkout}
      - {mode: collaboration, between: [risk, checkout], until: 2026-12-18}   # here

Good
    version: 1
    teams: {risk: {type: complicated-subsystem}, checkout: {}}
    interactions:
      - {mode: x-as-a-service, provider: risk, consumer: checkout}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit a pair, at its last interaction of another mode; the others are related places."""
    for (first, second), found in facts.running.items():
        modes = list(dict.fromkeys(one.interaction.mode for one in found))
        if len(modes) > 1:
            last = next(one for one in reversed(found) if one.interaction.mode != found[0].interaction.mode)
            message = f"{facts.name(first)} and {facts.name(second)} interact in {len(modes)} modes at once: {', '.join(modes)}"
            yield Hit(
                Text(message),
                last.path,
                (first, second),
                (first, second),
                tuple(one.path for one in found if one is not last),
            )
