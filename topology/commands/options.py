"""Arguments and look-ups that several commands share."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.manifest import formats_of
from topology.writing import write_file

if TYPE_CHECKING:
    from topology.model import Organisation
    from topology.rules import Selection
    from topology.rules.facts import Observed
    from topology.source.address import Source
    from topology.source.settings import Settings
    from topology.workspace import Workspace

path_argument = click.argument("path", required=False, type=click.Path(path_type=Path))
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(formats_of("table")),
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


def today() -> dt.date:
    """The day on which the command runs; the clock is read here, at the edge, and nowhere else."""
    return dt.datetime.now(dt.UTC).astimezone().date()


def workspace_at(path: Path | None, data: str | None = None, timezone: str | None = None) -> Workspace:
    """The organisation at PATH, whatever its file is worth; wrong settings, or data that are not there, are a wrong use."""
    from topology.source.settings import SettingsError
    from topology.workspace import Workspace

    source = None if data is None else data_named(data)
    try:
        return Workspace.open(existing_model(path), today(), data=source, timezone=timezone, progress=_progress())
    except SettingsError as error:
        raise click.UsageError(str(error)) from None


def data_named(data: str) -> Source:
    """What `--data` names; what is not there, or not taken, is a wrong use."""
    from topology.source.address import AddressError, named_source

    try:
        source = named_source(data)
    except AddressError as error:
        raise click.BadParameter(str(error), param_hint="--data") from None
    if isinstance(source, Path) and not source.exists():
        raise click.BadParameter(f"there is no folder or file {data}", param_hint="--data")
    return source


def readable_at(
    path: Path | None, data: str | None = None, timezone: str | None = None, *, otherwise: str = ""
) -> Workspace:
    """The same; where there is no organisation, exit 1 with every problem, and a last word, on the error stream."""
    from topology.report import text

    workspace = workspace_at(path, data, timezone)
    if workspace.loaded.organisation is None:
        for problem in workspace.problems:
            click.echo(text.full(problem, workspace.loaded.texts) + "\n", err=True)
        if otherwise:
            click.echo(otherwise, err=True)
        raise SystemExit(1)
    return workspace


def as_of(day: dt.date | None, last_data: dt.date | None = None) -> dt.date:
    """The day that was asked for, else the last one with data, else today."""
    return day or min(last_data or today(), today())


data_option = click.option(
    "--data",
    help="The folder of event tables, a DuckDB file or a warehouse's URL [default: TOPOLOGY_DATA, topology.toml's, else data/ beside "
    "the file].",
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


def load_events(workspace: Workspace) -> None:
    """Loads the events; what could not be loaded goes to the error stream."""
    from topology.delivery import UnknownZoneError, WarehouseError

    try:
        report = workspace.events.report
    except UnknownZoneError as error:
        raise click.BadParameter(str(error), param_hint="--timezone") from None
    except WarehouseError as error:
        raise click.UsageError(str(error)) from None
    if not report.files:
        click.echo(
            f"{workspace.data}: there is no event table. `topology import` or `topology simulate` makes some.", err=True
        )
    for file in report.files:
        if file.error or file.missing_rows or file.unreadable:
            click.echo(file.summary, err=True)
        for one in file.left_out[:5]:
            click.echo(f"  {one}", err=True)


def _progress() -> Callable[[str, int, int], None]:
    """A bar on the error stream, for a person who watches a long load."""
    bars: list[Any] = []

    def tell(name: str, done: int, total: int) -> None:
        from topology.delivery.files import LONG_LOAD_BYTES

        if total < LONG_LOAD_BYTES or not sys.stderr.isatty():
            return
        if not bars:
            screen = getattr(
                sys.stderr, "unfiltered", sys.stderr
            )  # (a bar moves on the terminal; it names our own tables alone)
            bars.append(click.progressbar(length=total, file=screen, item_show_func=lambda item: str(item or "")))
            bars[0].__enter__()
        bars[0].update(done - bars[0].pos, name)
        if done >= total:
            bars.pop().__exit__(None, None, None)

    return tell


def with_data_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--with-data`, `--data` and `--timezone`: whether, and where, what was observed is read (TT803, TT804, TT9)."""
    flag = click.option(
        "--with-data",
        is_flag=True,
        help="Also run the rules on what was observed (TT8, TT9): it reads the event tables.",
    )
    return flag(data_option(timezone_option(function)))


def observed_on(workspace: Workspace, day: dt.date) -> Callable[[Organisation], Observed]:
    """What reads what was observed of any version of the organisation, on the last day with data up to `day`; loads the events once."""
    from topology.maturity.packs import PackError

    load_events(workspace)
    last = min(day, workspace.events.last_day or day)

    def read(organisation: Organisation) -> Observed:
        own = organisation is workspace.loaded.organisation
        other = workspace if own else workspace.with_loaded(replace(workspace.loaded, organisation=organisation))
        try:
            return other.observed(last)
        except PackError as error:
            raise click.UsageError(f"the pack cannot be used:\n{error}") from None

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
    settings: Settings, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), severity: tuple[str, ...] = ()
) -> Selection:
    """What runs, by the settings and the command line; a rule that does not exist is a wrong use."""
    from topology.rules.selection import SelectionError, selection

    levels = dict(_level(one) for one in severity)
    try:
        return selection(settings.rules, _split(select), _split(ignore), levels)
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


def write_text(text: str, target: str, *, named: bool = True) -> None:
    """Prints a text (`-`), or writes it into a file of a folder that is there; one that the person did not name is no link."""
    if target == "-":
        click.echo(text, nl=False)
        return
    content = text.encode("utf-8", "replace")  # (a file name that is not UTF-8 may stand in a text)
    write_file(Path(target), content, within=None if named else Path())
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
