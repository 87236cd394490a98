"""Runs a command as a user does; what several test files share."""

from __future__ import annotations

from click.testing import CliRunner, Result

from tests.conftest import ROOT
from topology.cli import cli

EXAMPLE = str(ROOT / "squads.yaml")
SMALL = "version: 1\nteams: {a: {type: stream-aligned, size: 3, pm: x, em: y}}\n"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
