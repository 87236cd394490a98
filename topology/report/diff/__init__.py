"""A difference of two versions → text, json, markdown. One file a format, each with `render(difference)`."""

from __future__ import annotations

from topology.history.consequences import Consequence, Difference, Structure, TeamFacts
from topology.report.formats import renderer
from topology.words.lists import counted, listed

render = renderer(__name__)


def headline(found: Difference) -> str:
    """`4 changes touch 6 teams; 2 findings introduced, 1 resolved`, or that nothing changed."""
    verb = "touches" if len(found.changes) == 1 else "touch"
    changes = f"{counted(len(found.changes), 'change')} {verb} {counted(len(found.touched), 'team')}"
    findings = f"{counted(len(found.introduced), 'finding')} introduced, {len(found.resolved)} resolved"
    if not found.changes:
        changes = "nothing changed for the model"
        return f"{changes}; {findings}" if found.introduced or found.resolved else changes
    return f"{changes}; {findings}"


MOST_NEEDED = 8
FACTS = ("interactions", "cognitive load", "may have to wait for")


def facts(consequence: Consequence) -> dict[str, str]:
    """{what: value} of a touched team for each of FACTS; `before → after` where it differs."""
    before, after = _facts(consequence.before), _facts(consequence.after)
    return {key: after[key] if before[key] == after[key] else f"{before[key]} → {after[key]}" for key in FACTS}


def _facts(facts: TeamFacts | None) -> dict[str, str]:
    if facts is None:
        return dict.fromkeys(FACTS, "–")
    modes = ", ".join(f"{count} {mode}" for mode, count in facts.interactions.items())
    load = f"{facts.load} of 30" if facts.load is not None else "not assessed"
    return dict(zip(FACTS, (modes or "none", load, listed(list(facts.needed), MOST_NEEDED) or "nobody"), strict=True))


def structure_rows(before: Structure, after: Structure) -> dict[str, tuple[str, str]]:
    """{what: (before, after)} of the organisation as a network, where it differs."""
    found = {
        "pairs of teams that work closely": (str(before.ties), str(after.ties)),
        "modularity by value stream (0: as chance would give)": (_q(before.modularity), _q(after.modularity)),
    }
    for pair in dict.fromkeys([*before.crossings, *after.crossings]):
        found[f"bridges between {pair[0]} and {pair[1]}"] = (
            str(before.crossings.get(pair, 0)),
            str(after.crossings.get(pair, 0)),
        )
    return {key: pair for key, pair in found.items() if pair[0] != pair[1]}


def _q(value: float | None) -> str:
    return "no data" if value is None else f"{value:.2f}"
