"""What several subcommands share: the database, the name of a survey, the file of a snapshot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from topology.maturity.voices.snapshot import Snapshot
    from topology.model import Organisation
    from topology.store.surveys import Surveys
    from topology.workspace import Workspace

organisation_option = click.option(
    "--organisation", "path", type=click.Path(path_type=Path), help="The organisation's file or folder [default: squads.yaml here]."
)  # fmt: skip
database_option = click.option(
    "--database",
    metavar="PLACE",
    help="The file, or postgresql://USER@HOST/NAME, that keeps surveys [default: TOPOLOGY_STATE, topology.toml's, else "
    ".topology/state.db beside the organisation].",
)
keep_option = click.option(
    "--keep", "kept", multiple=True, metavar="TEAM", help="A squad that keeps its answers to itself; may be repeated."
)


class SurveyName(click.ParamType[str]):
    """A name such as 2026-11: it becomes a file's."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or a message for the person who wrote it."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", str(value)):
            self.fail(f"{value!r} is no name such as 2026-11", param, ctx)
        return str(value)


class Address(click.ParamType[str]):
    """The address at which phones reach the app: the forms stand at its root."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address without a slash at its end."""
        text = str(value).removesuffix("/")
        found = re.fullmatch(r"https?://(?:\[[0-9a-fA-F:]{2,45}\]|[\w.-]{1,253})(?::(\d{1,5}))?", text)
        if not found or int(found[1] or 1) > 65535:
            self.fail(
                f"{value!r} is no address such as https://topology.example; the forms stand at its root", param, ctx
            )
        return text


name_argument = click.argument("name", type=SurveyName())


def now() -> dt.datetime:
    """The moment at which the command runs."""
    return dt.datetime.now(dt.UTC).astimezone()


def surveys_of(workspace: Workspace, database: str | None, *, make: bool = False) -> Surveys:
    """The surveys of an organisation; a database that is not there, or cannot be used, is a wrong use."""
    from topology.source.settings import SettingsError, state_database
    from topology.store.database import StoreError
    from topology.store.opening import surveys_at

    try:
        place = _named(database) if database else state_database(workspace.path, workspace.settings)
        found = surveys_at(place, make=make)
    except (SettingsError, StoreError) as error:
        raise click.UsageError(str(error)) from None
    if found is None:
        raise click.UsageError(f"{place}: no survey was opened here. `topology survey open` opens one.")
    return found


def _named(database: str) -> Path | str:
    file = database.removeprefix("sqlite:///")
    return file if "://" in file else Path(file).resolve()


def check_kept(organisation: Organisation, kept: Collection[str]) -> None:
    """A team that is not there is a wrong use."""
    if unknown := [one for one in kept if one not in organisation.teams]:
        raise click.BadParameter(f"there is no team {unknown[0]}", param_hint="--keep")


def snapshot_file(workspace: Workspace, name: str, same: Snapshot | None = None) -> Path:
    """Where a snapshot is written; one that is there already is not written again, unless it is the `same`: then it was written and the
    survey not yet deleted."""
    from topology.maturity.voices.snapshot import FOLDER, snapshot_text
    from topology.source.settings import folder_of

    target = folder_of(workspace.path) / FOLDER / f"{name}.yaml"
    if target.exists() and (same is None or target.read_text("utf-8") != snapshot_text(same)):
        raise click.UsageError(f"{target} is there already: a closed survey is not written again")
    return target


def refuse_running(workspace: Workspace, name: str) -> None:
    """A name that a survey of the database has is a wrong use: its own totals will be written there."""
    from topology.source.settings import SettingsError, state_database

    with suppress(SettingsError):
        place = state_database(workspace.path, workspace.settings)
        if (isinstance(place, str) or place.is_file()) and name in surveys_of(workspace, None).names():
            raise click.UsageError(
                f"the survey {name} is in the database: `topology survey publish {name}` writes this file"
            )


def write_snapshot(workspace: Workspace, target: Path, snapshot: Snapshot) -> None:
    """Writes a snapshot below the organisation's folder, through no link."""
    from topology.maturity.voices.snapshot import snapshot_text
    from topology.source.settings import folder_of
    from topology.writing import make_folder, write_files

    make_folder(target.parent, within=folder_of(workspace.path))
    write_files({target: snapshot_text(snapshot)}, within=folder_of(workspace.path))


def new_file(file: Path, what: str) -> Path:
    """A file of secrets that is to be written: never over another one."""
    if file.exists() or file.is_symlink():
        raise click.UsageError(f"{file} is there already; {what} are written once, into a new file")
    if not file.parent.is_dir():
        raise click.UsageError(f"{file.parent}: there is no such folder")
    return file
