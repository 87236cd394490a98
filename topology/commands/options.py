"""Arguments and look-ups that several commands share."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from topology.clans.gathered import Clans
    from topology.delivery import Events
    from topology.model import Organisation
    from topology.rules import Selection
    from topology.source import Loaded
    from topology.source.settings import RuleSettings, Settings

path_argument = click.argument("path", required=False, type=click.Path(path_type=Path))
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)


class Day(click.ParamType[dt.date]):
    """A date of the years in which software is delivered, so that no week before or after it is out of range."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date, or a message for the person who wrote it."""
        if isinstance(value, dt.date):
            return value
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-09-28.", param, ctx)
        if not 1970 <= day.year <= 2099:
            self.fail(f"{value} is not a day of the years 1970 to 2099.", param, ctx)
        return day


def day_option(help_: str) -> Callable[..., Any]:
    """`--as-of DAY`, a date; the day of today when it is not given."""
    return click.option("--as-of", "day", type=Day(), metavar="YYYY-MM-DD", help=help_)


def model_path(path: Path | None) -> Path:
    """The organisation's file or folder: the one named, else the first of squads.yaml, squads.yml and squads/ that is there."""
    from topology.source.files import DEFAULT_NAMES

    if path is not None:
        return path
    return next((found for name in DEFAULT_NAMES if (found := Path(name)).exists()), Path(DEFAULT_NAMES[0]))


def existing_model(path: Path | None) -> Path:
    """The same; one that is not there is a wrong use."""
    file = model_path(path)
    if not file.exists():
        raise click.UsageError(
            f"{file}: there is no such file or folder. `topology init` writes a small file to start from."
        )
    return file


def loaded_at(path: Path | None, otherwise: str = "") -> tuple[Loaded, Organisation]:
    """What was loaded, and the organisation; or exit 1 with every problem, and a last word, on the error stream."""
    from topology.report import text
    from topology.source import load

    loaded = load(existing_model(path))
    if loaded.organisation is None:
        for problem in loaded.problems:
            click.echo(text.full(problem, loaded.texts) + "\n", err=True)
        if otherwise:
            click.echo(otherwise, err=True)
        raise SystemExit(1)
    return loaded, loaded.organisation


def organisation_at(path: Path | None) -> Organisation:
    """The organisation, or exit 1 with every problem on the error stream."""
    return loaded_at(path)[1]


def as_of(day: dt.date | None, last_data: dt.date | None = None) -> dt.date:
    """The day that was asked for, else the last one with data, else today; today is read here, at the edge, and nowhere else."""
    today = dt.datetime.now(dt.UTC).astimezone().date()
    return day or min(last_data or today, today)


data_option = click.option(
    "--data",
    help="The folder of event tables, a DuckDB file or a warehouse's URL [default: topology.toml's, else data/ beside the file].",
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


def events_at(path: Path | None, data: str | None, timezone: str | None) -> Events:
    """The events beside the organisation (or in `data`); what could not be loaded goes to the error stream."""
    from topology.delivery import UnknownZoneError, WarehouseError, is_url, load_events
    from topology.source.settings import SettingsError, data_source

    settings = settings_at(path)
    if data is not None and not is_url(data) and not Path(data).exists():
        raise click.BadParameter(f"there is no folder or file {data}", param_hint="--data")
    try:
        with _progress() as progress:
            events = load_events(
                data or data_source(model_path(path), settings), timezone or settings.data.timezone, progress
            )
    except UnknownZoneError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from None
    except (SettingsError, WarehouseError) as error:
        raise click.UsageError(str(error)) from None
    if not events.report.files:
        source = data or data_source(model_path(path), settings)
        where = "the warehouse" if is_url(source) else source
        click.echo(f"{where}: there is no event table. `topology import` or `topology simulate` makes some.", err=True)
    for report in events.report.files:
        if report.error or report.missing_rows or report.unreadable:
            click.echo(report.summary, err=True)
        for one in report.left_out[:5]:
            click.echo(f"  {one}", err=True)
    return events


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the error stream, for a person who watches a long load."""
    from topology.delivery.files import LONG_LOAD_BYTES

    bars: list[Any] = []

    def tell(name: str, done: int, total: int) -> None:
        if total < LONG_LOAD_BYTES or not sys.stderr.isatty():
            return
        if not bars:
            bars.append(click.progressbar(length=total, file=sys.stderr, item_show_func=lambda item: str(item or "")))
            bars[0].__enter__()
        bars[0].update(done - bars[0].pos, name)

    try:
        yield tell
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


def with_data_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--with-data`, `--data` and `--timezone`: whether, and where, what was observed is read for clans (TT9)."""
    flag = click.option(
        "--with-data", is_flag=True, help="Also run the rules on what was observed (TT9): it reads the event tables."
    )
    return flag(data_option(timezone_option(function)))


def clans_at(
    path: Path | None, data: str | None, timezone: str | None, day: dt.date
) -> Callable[[Organisation], Clans]:
    """What reads an organisation for clans, on the last day with data up to `day`; loads the events once."""
    from topology.clans.gathered import gather
    from topology.clans.groupings import groupings_of
    from topology.clans.ties import Source
    from topology.delivery.contacts import read_exchange

    events, settings = events_at(path, data, timezone), settings_at(path).clans
    last = min(day, events.last_day or day)

    def read(organisation: Organisation) -> Clans:
        source = Source.of(organisation, read_exchange(events, organisation), settings.weeks)
        there = groupings_of(organisation)  # (an earlier revision may not have an `x-` key of today yet)
        return gather(source, last, tuple(one for one in settings.groupings if one in there))

    return read


def selection_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--select`, `--ignore` and `--severity`: which rules run and how grave they are."""
    for option in (
        click.option("--severity", multiple=True, metavar="RULE=LEVEL", help="Set a rule to error, warning, info or off; may be repeated."),
        click.option("--ignore", multiple=True, metavar="RULE", help="Do not run this rule; may be repeated."),
        click.option("--select", multiple=True, metavar="RULE",
                     help="Run only this rule: a code, a name or a prefix such as TT7; may be repeated."),
    ):  # fmt: skip
        function = option(function)
    return function


def selection_at(
    path: Path | None, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), severity: tuple[str, ...] = ()
) -> tuple[RuleSettings, Selection]:
    """The rule settings beside the organisation, and what runs; a rule that does not exist is a wrong use."""
    from topology.rules.selection import SelectionError, selection

    levels = dict(_level(one) for one in severity)
    settings = settings_at(path).rules
    try:
        return settings, selection(settings, _split(select), _split(ignore), levels)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None


def _level(text: str) -> tuple[str, str]:
    rule, _, level = text.partition("=")
    if level not in ("error", "warning", "info", "off"):
        raise click.BadParameter(f"{text!r} is not RULE=error, warning, info or off.", param_hint="--severity")
    return rule, level


def _split(names: tuple[str, ...]) -> list[str]:
    """`TT1,TT2` is two names."""
    return [one.strip() for name in names for one in name.split(",") if one.strip()]


def write_text(text: str, target: str) -> None:
    """Prints a text (`-`), or writes it into a file of a folder that is there."""
    if target == "-":
        click.echo(text, nl=False)
        return
    Path(target).write_bytes(text.encode("utf-8", "replace"))  # (a file name that is not UTF-8 may stand in a text)
    click.echo(f"Wrote {target}.", err=True)


def refuse_overwriting(model: Path, targets: Iterable[str]) -> None:
    """A report that would be written over a file of the organisation is a wrong use."""
    from topology.source.files import files_of

    own = {file.resolve() for file in files_of(model)[0]}
    for target in targets:
        if target != "-" and Path(target).resolve() in own:
            raise click.BadParameter(
                f"{target} is a file of the organisation; it would be lost.", param_hint="--output"
            )
