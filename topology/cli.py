"""The command line. It knows the commands' names and imports only the one that is called, so that
`topology check` starts without the libraries that the other commands need."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback
from typing import Any

import click

from topology import __version__
from topology.commands.terminal import safe_terminal, shown
from topology.extras import missing_extra

COMMANDS = (
    "init", "app", "check", "show", "diff", "history", "rules", "rule", "baseline", "schema", "import", "metrics", "clans", "maturity",
    "pack", "survey", "what-if", "simulate",
)  # fmt: skip
LASTING = ("app", "history")  # commands that make far more than they keep, so that the garbage has to be collected
HOMES = {
    "import": "topology.commands.import_events",  # (the command's own name is a word of Python)
    "app": "topology.server.command",  # (it starts the server)
    "what-if": "topology.commands.what_if",
}


class LazyGroup(click.Group):
    """A group whose commands live in topology/commands, one module each, named `command` there; HOMES has those that do not."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command line; what it prints does nothing to the terminal."""
        with safe_terminal():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; a file that cannot be written, or a library that is not installed, is a wrong use and no fault of the tool."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if (named := missing_extra(error)) is None:
                raise
            raise click.UsageError(str(named)) from None
        except OSError as error:
            raise click.UsageError(f"{error.filename or 'a file'}: {error.strerror or error}") from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of a newcomer's first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in LASTING:
            gc.enable()
        command = importlib.import_module(HOMES.get(cmd_name, f"topology.commands.{cmd_name}")).command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="topology")
def cli() -> None:
    """Model how your squads interact, and see clan dynamics early.

    \b
    Start here:
      topology init            write a small squads.yaml to edit
      topology check           say what is wrong with it, with line and column
      topology app             see it in the browser (--example: the example's)
    """


def main() -> None:
    """Runs the command line; an error of the tool itself exits with 2, as a wrong use does."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows "?" where it must
    gc.disable()  # most commands live for seconds, and nearly all they make lives to their end: collecting took half of a large check
    try:
        cli(prog_name="topology")
    except SystemExit as stop:
        _leave(stop.code)
    except (
        Exception
    ):  # a fault of ours: its traceback, and the exit code of a wrong use, so that no CI takes it for findings
        sys.stderr.write(shown(traceback.format_exc()))
        _leave(2)


def _leave(code: object) -> None:
    """Ends the process without taking hundreds of thousands of values apart one by one, a sixth of a large check."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the reader of a pipe has gone
        code = 1
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)
