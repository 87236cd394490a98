"""`topology survey replace`: a new link for a lost one."""

from __future__ import annotations

from pathlib import Path

import click

from topology.commands.options import readable_at
from topology.commands.survey.options import (
    Address,
    database_option,
    name_argument,
    now,
    organisation_option,
    surveys_of,
)


@click.command("replace")
@name_argument
@click.argument("number", type=click.IntRange(1, 10_000_000))
@click.option("--address", type=Address(), help="Where phones reach the app, so that the whole link is printed.")
@organisation_option
@database_option
def command(name: str, number: int, address: str | None, path: Path | None, database: str | None) -> None:
    """Give a new link for the one with this NUMBER, which opens nothing any more.

    What it prints is the same whether or not the old link was used, so that nobody learns who has answered. What was sent with it stays
    counted: answers can be neither found nor taken out.
    """
    from topology.store.database import StoreError

    try:
        new = surveys_of(readable_at(path), database).replace(name, number, now())
    except StoreError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Number {new.number}, in the place of {number}: {address or ''}/s/{new.token}")
