"""A draft as the description of a pull request."""

from __future__ import annotations

from pathlib import Path

from topology.planning.consequences import Outcome
from topology.planning.pull_request import description_of, title_of
from topology.report.markdown import markdown


def render(outcome: Outcome, _: Path) -> str:
    """Title and description."""
    return f"# {markdown(title_of(outcome.plan))}\n\n{description_of(outcome, escape=markdown)}"
