"""`topology history`: the organisation over time, from git."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from topology.commands.options import (
    as_of,
    day_option,
    format_option,
    model_path,
    path_argument,
    selection_at,
    settings_at,
)


@click.command("history")
@path_argument
@click.option("--every", type=click.Choice(["commit", "week", "month", "quarter"]), default="month", show_default=True,
              help="One row a commit, or the state at the end of each period.")  # fmt: skip
@day_option("The last day (today by default).")
@format_option
def command(path: Path | None, every: Any, day: dt.date | None, format_: Any) -> None:
    """Print how the organisation at PATH has changed, from the commits of its git repository.

    Teams by type, people, squads with a product manager and an engineering manager, running interactions by mode,
    findings by severity, and the bridges of each grouping. A version that cannot be read is skipped with a note; an old
    one is read as far as it goes.

    \b
    Examples:
      topology history
      topology history squads/ --every quarter --format csv
    """
    from topology.history.git import GitError, repository_of
    from topology.history.timeline import timeline
    from topology.history.versions import places
    from topology.report.table import render
    from topology.report.text import visible
    from topology.report.timeline import rows

    chosen = selection_at(settings_at(path))
    file = model_path(path)
    try:
        repository = repository_of(file)
        found = timeline(repository, places(repository, file), every, as_of(day), chosen)
    except GitError as error:
        raise click.UsageError(visible(str(error))) from None
    for note in found.notes:
        click.echo(visible(note), err=True)
    if not found.snapshots:
        raise click.UsageError(f"no commit until {as_of(day)} has an organisation at {file}.")
    made, columns = rows(found)
    if format_ == "table":  # a terminal has little room: what is 0 all the time is left out
        columns = [column for column in columns if any(row.get(column) for row in made)]
    click.echo(render(format_, made, columns), nl=False)
