"""`topology survey`: asking everybody, in their own words, how they work; a file a subcommand."""

from __future__ import annotations

import importlib

import click

HOMES = {"import": "import_answers"}
NAMES = ("open", "status", "replace", "positions", "close", "publish", "import")  # in the order of use


class _Steps(click.Group):
    """Imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NAMES:
            return None
        module = importlib.import_module(f"{__name__}.{HOMES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command


@click.group("survey", cls=_Steps)
def command() -> None:
    """What people say of how they work: twelve questions on the phone, and counts that show nobody.

    A survey is opened, answered on the forms that `topology app` serves, closed, and a week later written for all. Answers that were
    asked elsewhere are imported.

    \b
    Examples:
      topology survey open 2026-11 --closes "2026-12-11 18:00" --address https://topology.example --cards cards.html
      topology survey status
      topology survey close 2026-11
      topology survey publish 2026-11
      topology survey import answers.csv --snapshot 2026-11
    """
