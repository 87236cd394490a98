"""`topology check`: what is wrong with the organisation file."""

from __future__ import annotations

from pathlib import Path

import click

from topology.commands.options import model_path, path_argument


@click.command("check")
@path_argument
@click.option("--format", "format_", type=click.Choice(["full", "text"]), default="full", show_default=True,
              help="With the lines of the file, or one line a problem.")  # fmt: skip
def command(path: Path | None, format_: str) -> None:
    """Say what is wrong with the organisation at PATH, with line, column and what to do.

    PATH is a YAML file or a folder of them; squads.yaml or squads/ when it is not given.
    All problems are reported in one run. Exit 0: none; 1: problems; 2: wrong use.

    \b
    Examples:
      topology check
      topology check squads/
      topology check squads.yaml --format text
    """
    from topology.report import text
    from topology.source import load

    file = model_path(path)
    loaded = load(file)
    for problem in loaded.problems:
        click.echo(text.line(problem) if format_ == "text" else text.full(problem, loaded.texts) + "\n")
    if loaded.problems:
        click.echo(text.summary(loaded.problems), err=True)
        raise SystemExit(1 if loaded.texts or file.exists() else 2)
    organisation = loaded.organisation
    assert organisation is not None
    counts = f"{len(organisation.teams)} teams, {len(organisation.interactions)} interactions, {len(organisation.people)} people"
    click.echo(f"{file}: no problem found ({counts}).")
