"""`topology show TEAM`: everything that the file says of one team."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from topology.commands.options import as_of, day_option, readable_at


@click.command("show")
@click.argument("team")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@day_option("Show the team as it is on this day (today by default).")
def command(team: str, path: Path | None, day: dt.date | None) -> None:
    """Show one TEAM: its duo, people, interactions with their state, and what it waits for.

    TEAM is an id, a former id (`was`) or the start of a name.

    \b
    Examples:
      topology show checkout
      topology show checkout squads/ --as-of 2026-03-01
    """
    from topology.report.team import describe
    from topology.source.suggest import did_you_mean

    organisation = readable_at(path).organisation
    found = organisation.find_team(team)
    if found is None:
        raise click.UsageError(f"There is no team `{team}`. {did_you_mean(team, organisation.teams)}")
    click.echo(describe(organisation, found, as_of(day)), nl=False)
