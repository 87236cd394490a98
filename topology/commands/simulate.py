"""`topology simulate`: a made-up year of events for an organisation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from topology.commands.options import Day, path_argument, readable_at
from topology.simulate.year import EXAMPLE_FIRST, EXAMPLE_SEED, EXAMPLE_WEEKS

NAMES = ("plain", "clumped", "site", "hubs", "services", "quiet", "inward", "turning", "sides")


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
@click.option(
    "--design", type=click.Choice(NAMES), help="Instead of PATH: make an organisation too, with or without a clan."
)
@click.option(
    "--squads", type=click.IntRange(4, 500), default=20, show_default=True, help="With --design: how many squads."
)
@click.option("--answers", "folder", type=click.Path(path_type=Path, file_okay=False),
              help="Also write two surveys, as they are when they are closed, into this folder.")  # fmt: skip
def command(
    path: Path | None, folder: Path | None, output: Path, seed: int, first: dt.date | None, weeks: int, without_stories: bool,
    design: str | None, squads: int,
) -> None:  # fmt: skip
    """Make a year of events for the organisation at PATH: every event table, from deployments to showcases.

    The two stories of the example (docs/example.md) are planted where the organisation has their teams. With --design the
    organisation is made up as well, and written as squads.yaml with its data/ into --output: plain, clumped, site, hubs,
    services and quiet have no clan, inward, turning and sides have one (docs/clans.md).

    \b
    Examples:
      topology simulate
      topology simulate --answers answers/
      topology simulate squads.yaml --seed 11 --output elsewhere/ --without-stories
      topology simulate --design turning --squads 40 --output made-up/
    """
    from topology.simulate import (
        EXAMPLE_STORIES,
        Simulation,
        Stories,
        designed,
        simulate,
        write_answers,
        write_organisation,
        write_tables,
    )

    if design and (output / "squads.yaml").exists():
        raise click.UsageError(f"{output / 'squads.yaml'} is there already; give another folder with --output.")
    if design and (path or without_stories):
        raise click.UsageError("--design makes its own organisation: it goes with no PATH and no --without-stories.")
    begins = first or EXAMPLE_FIRST
    if design:
        simulation = designed(design, squads, seed, weeks=weeks, first=begins)
    else:
        stories = Stories() if without_stories else EXAMPLE_STORIES
        simulation = Simulation(readable_at(path).organisation, begins, weeks, seed, stories)
    try:
        tables = simulate(simulation)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--first") from None
    if design:
        write_organisation(simulation.organisation, output / "squads.yaml")
        click.echo(f"Wrote {output / 'squads.yaml'} ({len(simulation.organisation.teams)} teams).")
    for file in write_tables(tables, output / "data" if design else output):
        click.echo(f"Wrote {file} ({len(tables[file.stem])} rows).")
    for file in write_answers(simulation, folder) if folder is not None else ():
        click.echo(f"Wrote {file}.")
