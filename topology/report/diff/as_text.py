"""A difference for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from topology.history.changes import TITLES
from topology.history.consequences import Difference
from topology.report.diff import facts, headline, structure_rows
from topology.report.text import visible
from topology.rules import Finding


def render(found: Difference) -> str:
    """Changes by importance, what follows, findings."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    before, after = found.names
    yield f"{visible(before)} → {visible(after)}, as of {found.day}: {headline(found)}."
    kind = ""
    for one in found.changes:
        if one.kind != kind:
            kind = one.kind
            yield f"\n{TITLES[kind]}"
        place = f"  ({visible(one.place.file)}:{one.place.line})" if one.place else ""
        yield f"  {one.sign} {visible(one.text)}{place}"
    if found.consequences:
        yield "\nWhat follows for the touched teams"
        for consequence in found.consequences:
            yield f"  {visible(found.compared.name(consequence.team))}"
            yield from (f"    {what}: {visible(value)}" for what, value in facts(consequence).items())
    structure = structure_rows(found.before, found.after)
    if structure:
        yield "\nThe organisation as a network"
        yield from (f"  {visible(what)}: {old} → {new}" for what, (old, new) in structure.items())
    yield from _findings("Findings introduced", found.introduced)
    yield from _findings("Findings resolved", found.resolved)


def _findings(title: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings:
        yield f"\n{title}"
        for one in findings:
            yield f"  {one.code} {one.severity} {visible(one.message)}  ({visible(one.place.file)}:{one.place.line})"
