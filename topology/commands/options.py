"""Arguments and look-ups that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from topology.delivery import Events
    from topology.model import Organisation
    from topology.source.settings import Settings

path_argument = click.argument("path", required=False, type=click.Path(path_type=Path))
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
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


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of event tables [default: data/ beside the file].",
)
timezone_option = click.option(
    "--timezone", help="The zone in which days and weeks are counted [default: topology.toml's, else UTC]."
)


def settings_at(path: Path | None) -> Settings:
    """The settings beside the organisation; wrong ones are a wrong use."""
    from topology.source.settings import SettingsError, load_settings

    try:
        return load_settings(model_path(path))
    except SettingsError as error:
        raise click.UsageError(str(error)) from None


def events_at(path: Path | None, data: Path | None, timezone: str | None) -> Events:
    """The events beside the organisation (or in `data`); what could not be loaded goes to the error stream."""
    from topology.delivery import load_events
    from topology.source.settings import data_folder

    settings = settings_at(path)
    if data is not None and not data.is_dir():
        raise click.BadParameter(f"there is no folder {data}", param_hint="--data")
    try:
        events = load_events(data or data_folder(model_path(path), settings), timezone or settings.data.timezone)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from None
    for report in events.report.files:
        if report.error or report.left_out:
            click.echo(report.summary, err=True)
        for one in report.left_out[:5]:
            click.echo(f"  line {one.line}: {one.reason}", err=True)
    return events
