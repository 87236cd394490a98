"""Arguments and look-ups that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from topology.model import Organisation

path_argument = click.argument("path", required=False, type=click.Path(path_type=Path))
format_option = click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="How to print."
)


def day_option(help_: str) -> Callable[..., Any]:
    """`--as-of DAY`, a date; the day of today when it is not given."""
    return click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help=help_)


def model_path(path: Path | None) -> Path:
    """The organisation's file or folder: the one named, else `squads.yaml`, else `squads/`, else the present folder's."""
    if path is not None:
        return path
    found = next((one for one in (Path("squads.yaml"), Path("squads.yml"), Path("squads")) if one.exists()), None)
    return found or Path("squads.yaml")


def organisation_at(path: Path | None) -> Organisation:
    """The organisation, or exit 1 with every problem on the error stream."""
    from topology.report import text
    from topology.source import load

    loaded = load(model_path(path))
    if loaded.organisation is None:
        for problem in loaded.problems:
            click.echo(text.full(problem, loaded.texts), err=True)
        raise SystemExit(1)
    return loaded.organisation


def as_of(day: dt.datetime | None) -> dt.date:
    """The day that was asked for; today is read here, at the edge, and nowhere else."""
    return day.date() if day else dt.datetime.now(dt.UTC).astimezone().date()
