"""A draft and what follows for other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from topology.planning.consequences import Caused, Outcome, TouchedTeam
from topology.planning.plan import Step
from topology.planning.pull_request import patch_of, title_of


def render(outcome: Outcome, path: Path) -> str:
    """One object: `day`, `title`, `operations`, `come` and `go` (findings), `teams`, `patch`."""
    found = {
        "day": outcome.day.isoformat(),
        "title": title_of(outcome.plan),
        "operations": [_step(step) for step in outcome.plan.steps],
        "come": [_finding(one) for one in outcome.come],
        "go": [_finding(one) for one in outcome.go],
        "teams": [_team(one) for one in outcome.teams],
        "patch": patch_of(outcome.plan, path),
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _step(step: Step) -> dict[str, Any]:
    return {
        "letter": step.letter, "verb": step.operation.verb, "args": dict(step.operation.args), "text": step.text,
        "state": step.state, "why": step.why, "teams": list(step.touched),
    }  # fmt: skip


def _finding(one: Caused) -> dict[str, Any]:
    return {
        "letter": one.letter,
        "code": one.finding.code,
        "severity": one.finding.severity,
        "message": one.finding.message,
    }


def _team(one: TouchedTeam) -> dict[str, Any]:
    before, after = one.consequence.before, one.consequence.after
    known = after or before
    return {
        "team": one.consequence.team, "letters": list(one.letters),
        "before": None if before is None else before.interactions, "after": None if after is None else after.interactions,
        "cognitive_load": known.load if known else None, "added": one.added,
    }  # fmt: skip
