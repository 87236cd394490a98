"""A draft and what follows for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from topology.planning.consequences import Caused, Outcome
from topology.planning.plan import Step
from topology.report.diff import facts
from topology.report.text import visible
from topology.words.planning import STATES, headline


def render(outcome: Outcome, _: Path) -> str:
    """The operations with their letters, the findings that come and go, the touched teams."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    counting = outcome.plan.counting
    found = outcome.difference
    said = headline(len(counting), len(outcome.plan.letters), len(found.introduced), len(found.resolved))
    yield f"{said}. Judged on {outcome.day}."
    if outcome.plan.steps:
        yield "\nThe draft"
        yield from map(_step, outcome.plan.steps)
    yield from _findings("Findings that come", outcome.come)
    yield from _findings("Findings that go", outcome.go)
    if outcome.teams:
        yield "\nThe teams that it touches"
        for one in outcome.teams:
            yield f"  {' '.join(one.letters)} {visible(found.compared.name(one.consequence.team))}"
            yield from (f"    {what}: {visible(value)}" for what, value in facts(one.consequence).items())
            yield f"    added load, in units of one team's collaboration (an assumption): {one.added:+.2f}"
    if counting:
        yield "\nContact that was seen stays as it was: nobody talks more because a line is written."


def _step(step: Step) -> str:
    state = "" if step.counts else f" — {STATES[step.state]}{f': {step.why}' if step.why else ''}"
    return f"  {step.letter} {visible(step.text + state)}"


def _findings(title: str, several: Sequence[Caused]) -> Iterator[str]:
    if several:
        yield f"\n{title}"
        for one in several:
            yield f"  {one.letter} {one.finding.code} {one.finding.severity} {visible(one.finding.message)}"
