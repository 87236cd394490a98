"""`topology import`: what other tools know, as event tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.commands.options import model_path, organisation_at, settings_at

if TYPE_CHECKING:
    from topology.interop import Imported, Who

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


def _shared(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every format has."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing."),
        click.option("--service", default="", help="The service of every row [default: found by repository in the file]."),
        click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="The folder of tables [default: data/]."),
        click.option("--model", type=click.Path(path_type=Path), help="The organisation [default: squads.yaml]."),
    ):  # fmt: skip
        function = option(function)
    return function


@click.group("import")
def command() -> None:
    """Turn what other tools have saved into event tables. Importing the same twice changes nothing.

    \b
    Examples:
      gh api --paginate repos/lumio/checkout/deployments > deployments.json
      topology import github deployments.json statuses.json pulls.json --repository lumio/checkout
      topology import jira export.csv --team checkout
      topology import devlake 'postgres://reader@db/lake'
    """


@command.command("github")
@FILES
@click.option("--repository", default="", help="OWNER/NAME that the objects without a URL come from.")
@click.option("--deployments-from", type=click.Choice(["deployments", "runs", "releases"]), default="deployments", show_default=True,
              help="What counts as a deployment.")  # fmt: skip
@click.option("--workflow", default="", help="With `--deployments-from runs`: the workflow's name.")
@click.option("--incident-label", default="incident", show_default=True, help="Issues with this label are incidents.")
@_shared
def github(
    files: tuple[Path, ...], repository: str, deployments_from: str, workflow: str, incident_label: str, **shared: Any
) -> None:
    """GitHub: deployments with their statuses, pull requests with reviews, runs, releases, issues."""
    from topology.interop import github as format_
    from topology.interop.documents import objects

    wanted = format_.Wanted(repository, deployments_from, workflow, incident_label)
    _run(shared, lambda who: format_.read([one for file in files for one in objects(file)], who, wanted))


@command.command("gitlab")
@FILES
@click.option("--repository", default="", help="GROUP/PROJECT that the objects without one come from.")
@_shared
def gitlab(files: tuple[Path, ...], repository: str, **shared: Any) -> None:
    """GitLab: deployments, merge requests, incidents."""
    from topology.interop import gitlab as format_
    from topology.interop.documents import objects

    _run(shared, lambda who: format_.read([one for file in files for one in objects(file)], who, repository))


@command.command("datadog")
@FILES
@_shared
def datadog(files: tuple[Path, ...], **shared: Any) -> None:
    """Datadog: DORA deployment and failure events."""
    from topology.interop import datadog as format_
    from topology.interop.documents import objects

    _run(shared, lambda who: format_.read([one for file in files for one in objects(file)], who))


@command.command("webhook")
@FILES
@_shared
def webhook(files: tuple[Path, ...], **shared: Any) -> None:
    """The JSON that pipelines send to DevLake's webhook."""
    from topology.interop import webhook as format_
    from topology.interop.documents import objects

    _run(shared, lambda who: format_.read([one for file in files for one in objects(file)], who))


@command.command("jira")
@FILES
@click.option(
    "--team", default="", help="The team of every item [default: found by the columns Team, Component, Project]."
)
@click.option("--timezone", help="The zone of the person who exported [default: topology.toml's, else UTC].")
@_shared
def jira(files: tuple[Path, ...], team: str, timezone: str | None, **shared: Any) -> None:
    """Jira: a CSV export of all fields."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from topology.interop import Imported
    from topology.interop import jira as format_

    zone = timezone or settings_at(shared["model"]).data.timezone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"there is no time zone `{zone}`", param_hint="--timezone") from None

    def read(who: Who) -> Imported:
        if team and team not in who.organisation.teams:
            raise click.BadParameter(f"there is no team `{team}`", param_hint="--team")
        whole = Imported()
        for file in files:
            one = format_.read(file, who, zone, team)
            for table, rows in one.tables.items():
                whole.tables.setdefault(table, []).extend(rows)
            whole.left_out += one.left_out
            for note in one.notes:
                whole.note(note)
        return whole

    _run(shared, read)


@command.command("devlake")
@click.argument("url")
@_shared
def devlake(url: str, **shared: Any) -> None:
    """A DevLake database, by its URL (postgres://… or mysql://…)."""
    from topology.interop import devlake as format_

    _run(shared, lambda who: format_.read(url, who))


def _run(shared: dict[str, Any], read: Callable[[Who], Imported]) -> None:
    """Reads, merges into the folder, and says what became of every object."""
    from topology.delivery.warehouse import WarehouseError
    from topology.interop import InputError, Who, merge
    from topology.source.settings import data_source

    organisation = organisation_at(shared["model"])
    into = shared["into"] or data_source(model_path(shared["model"]), settings_at(shared["model"]))
    if isinstance(into, str) or into.is_file():
        raise click.UsageError(
            "the settings name a warehouse or a database; say with --into which folder the tables go to."
        )
    try:
        imported = read(Who(organisation, shared["service"]))
        reports = merge(imported, into, write=not shared["dry_run"])
    except (InputError, WarehouseError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    for report in reports:
        click.echo(("would write " if shared["dry_run"] else "") + report.summary)
    if not reports:
        click.echo("Nothing to import was found.", err=True)
    for reason, count in imported.left_out.items():
        if count:
            click.echo(f"left out: {count} {reason}", err=True)
    for note in imported.notes:
        click.echo(f"note: {note}", err=True)
    if not reports:
        raise SystemExit(1)
