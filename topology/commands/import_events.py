"""`topology import`: what other tools know, as event tables. Each file of `interop/events` is a command of it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.commands.options import readable_at
from topology.extras import missing_extra
from topology.manifest import ids_in

if TYPE_CHECKING:
    from topology.interop import Importer

SHARED = ("model", "into", "service", "dry_run")


class Importers(click.Group):
    """A group whose commands are the importers; only the one that is called is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The importers by name."""
        return list(ids_in("interop/events"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of an importer; None when there is none."""
        if cmd_name not in ids_in("interop/events"):
            return None
        try:
            module = importlib.import_module(f"topology.interop.events.{cmd_name.replace('-', '_')}")
        except ModuleNotFoundError as error:
            return _not_installed(cmd_name, error)
        return _command(cmd_name, module.IMPORTER)


@click.command("import", cls=Importers)
def command() -> None:
    """Turn what other tools have saved into event tables. Importing the same twice changes nothing.

    \b
    Examples:
      gh api --paginate repos/lumio/checkout/deployments > deployments.json
      topology import github deployments.json statuses.json pulls.json --repository lumio/checkout
      topology import jira export.csv --team checkout
      topology import devlake 'postgres://reader@db/lake'
    """


def _not_installed(name: str, error: ModuleNotFoundError) -> click.Command:
    """An importer whose libraries are not there: it stands in the list, and says so when it is called."""
    named = missing_extra(error)
    if named is None:
        raise error

    def refuse(**_: Any) -> None:
        raise click.UsageError(str(named))

    anything = click.Argument(["anything"], nargs=-1, type=click.UNPROCESSED)
    settings = {"ignore_unknown_options": True}
    return click.Command(name, callback=refuse, params=[anything], help=str(named), context_settings=settings)


def _command(name: str, importer: Importer) -> click.Command:
    """The importer with its own options and those that every format has."""
    several = importer.takes == "files"
    source = click.Path(path_type=Path) if several else click.STRING
    own = [
        click.Option(
            [one.flag], default=one.default, show_default=bool(one.default), help=one.help,
            type=click.Choice(one.choices) if one.choices else None,
        )
        for one in importer.options
    ]  # fmt: skip
    shared = [
        click.Option(["--model"], type=click.Path(path_type=Path), help="The organisation [default: squads.yaml]."),
        click.Option(["--into"], type=click.Path(path_type=Path, file_okay=False),
                     help="The folder of tables [default: data/]."),
        click.Option(["--service"], default="", help="The service of every row [default: found by repository in the file]."),
        click.Option(["--dry-run"], is_flag=True, help="Say what would be written, and write nothing."),
    ]  # fmt: skip
    if importer.ask is not None:
        own.append(_ask(importer.ask))
    argument = click.Argument(["files" if several else "url"], nargs=-1 if several else 1, required=True, type=source)

    def run(**given: Any) -> None:
        sources = given.pop("files") if several else (given.pop("url"),)
        common = {key: given.pop(key) for key in SHARED}
        _run(importer, tuple(map(str, sources)), given, **common)

    return click.Command(name, callback=run, params=[argument, *own, *shared], help=importer.about)


def _ask(ask: Callable[[str], str]) -> click.Option:
    """An option that prints what to ask the tool for, and ends."""

    def tell(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
        from topology.interop import OptionError

        if value is None:
            return
        try:
            click.echo(ask(value))
        except OptionError as error:
            raise click.BadParameter(str(error), ctx, option) from None
        ctx.exit()

    about = "Print the commands that save what is read best, and ask nothing."
    return click.Option(["--ask"], metavar="OWNER/REPO", help=about, callback=tell, expose_value=False, is_eager=True)


def _run(
    importer: Importer, sources: tuple[str, ...], options: dict[str, str], *, model: Path | None, into: Path | None,
    service: str, dry_run: bool,
) -> None:  # fmt: skip
    """Reads, merges into the folder, and says what became of every object."""
    from topology.delivery.warehouse import WarehouseError
    from topology.interop import Asked, InputError, OptionError, Who, merge

    workspace = readable_at(model)
    folder = into or workspace.data
    if not isinstance(folder, Path) or folder.is_file():
        raise click.UsageError(
            "the settings name a warehouse or a database; say with --into which folder the tables go to."
        )
    try:
        chosen = workspace.settings
        who = Who(workspace.organisation, service, chosen.import_, chosen.delivery.production, chosen.delivery.branch)
        imported = importer.read(Asked(sources, who, workspace.timezone, options))
        reports = merge(imported, folder, write=not dry_run)
    except OptionError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from None
    except (InputError, WarehouseError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    for report in reports:
        click.echo(("would write " if dry_run else "") + report.summary)
    if not reports:
        click.echo("Nothing to import was found.", err=True)
    for reason, count in imported.left_out.items():
        if count:
            click.echo(f"left out: {count} {reason}", err=True)
    for note in imported.notes:
        click.echo(f"note: {note}", err=True)
    if not reports:
        raise SystemExit(1)
