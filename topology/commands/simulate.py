"""`topology simulate`: a made-up year of events for an organisation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from topology.commands.options import Day, organisation_at, path_argument
from topology.simulate.year import EXAMPLE_FIRST, EXAMPLE_SEED, EXAMPLE_WEEKS


@click.command("simulate")
@path_argument
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("data"), show_default=True,
              help="The folder for the CSV files.")  # fmt: skip
@click.option("--seed", type=int, default=EXAMPLE_SEED, show_default=True, help="The same seed gives the same bytes.")
@click.option("--first", type=Day(), metavar="YYYY-MM-DD", help=f"The first Monday [default: {EXAMPLE_FIRST}].")
@click.option(
    "--weeks", type=click.IntRange(1, 520), default=EXAMPLE_WEEKS, show_default=True, help="How many whole weeks."
)
@click.option("--without-stories", is_flag=True, help="Plant nothing: the same organisation, united.")
def command(
    path: Path | None, output: Path, seed: int, first: dt.date | None, weeks: int, without_stories: bool
) -> None:
    """Make a year of events for the organisation at PATH: every event table, from deployments to showcases.

    The two stories of the example (docs/example.md) are planted where the organisation has their teams.

    \b
    Examples:
      topology simulate
      topology simulate squads.yaml --seed 11 --output elsewhere/ --without-stories
    """
    from topology.simulate import EXAMPLE_STORIES, Simulation, Stories, simulate, write_tables

    organisation = organisation_at(path)
    stories = Stories() if without_stories else EXAMPLE_STORIES
    simulation = Simulation(organisation, first or EXAMPLE_FIRST, weeks, seed, stories)
    try:
        tables = simulate(simulation)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--first") from None
    for file in write_tables(tables, output):
        click.echo(f"Wrote {file} ({len(tables[file.stem])} rows).")
