"""A draft as a patch that `git apply` takes."""

from __future__ import annotations

from pathlib import Path

from topology.planning.consequences import Outcome
from topology.planning.pull_request import patch_of


def render(outcome: Outcome, path: Path) -> str:
    """The patch; "" where nothing changes."""
    return patch_of(outcome.plan, path)
