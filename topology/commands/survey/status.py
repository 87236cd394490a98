"""`topology survey status`: how many have answered."""

from __future__ import annotations

from pathlib import Path

import click

from topology.commands.options import readable_at
from topology.commands.survey.options import SurveyName, database_option, now, organisation_option, surveys_of


@click.command("status")
@click.argument("name", required=False, type=SurveyName())
@organisation_option
@database_option
def command(name: str | None, path: Path | None, database: str | None) -> None:
    """Print how many have answered of each team: not who, not when, and no result before the survey is closed.

    Counts move at full hours. Teams of under five people stand in the total alone.
    """
    from topology.report.table import render
    from topology.store.database import StoreError
    from topology.view.survey import COLUMNS, rows_of, said_of, title_of

    workspace = readable_at(path)
    surveys = surveys_of(workspace, database)
    names = [name] if name else surveys.names()
    if not names:
        click.echo("There is no survey. `topology survey open` opens one.")
    for one in names:
        try:
            standing = surveys.standing(one, now())
        except StoreError as error:
            raise click.UsageError(str(error)) from None
        if standing.survey.is_open:
            click.echo(f"{title_of(standing)}.")
        click.echo(said_of(standing))
        if standing.survey.is_open:
            click.echo(render("table", rows_of(standing), list(COLUMNS)))
