"""`topology survey positions`: what duos signed, as a patch of the organisation's file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from topology.commands.options import readable_at
from topology.commands.survey.options import database_option, name_argument, organisation_option, surveys_of

if TYPE_CHECKING:
    from topology.source.edit import Edit
    from topology.store.surveys import Surveys
    from topology.store.values import Signed
    from topology.workspace import Workspace


@click.command("positions")
@name_argument
@click.option("--write", is_flag=True, help="Write the lines into the file instead of printing a patch.")
@organisation_option
@database_option
def command(name: str, write: bool, path: Path | None, database: str | None) -> None:
    """Print what the duos signed in the survey NAME as a patch of `positions:` in the file, which `git apply` takes.

    \b
    Examples:
      topology survey positions 2026-11 > positions.patch && git apply positions.patch
      topology survey positions 2026-11 --write
    """
    from topology.source.edit.splices import patch_text
    from topology.source.files import read_texts
    from topology.words.lists import counted
    from topology.writing import write_files

    workspace = readable_at(path)
    before = read_texts(workspace.path)
    after, count, unknown = signed_texts(workspace, surveys_of(workspace, database), name, before)
    if write:
        changed = {Path(file): text for file, text in after.items() if text != before[file]}
        write_files(changed, within=workspace.path if workspace.path.is_dir() else None)
    else:
        click.echo(patch_text(before, after), nl=False)
    for team in unknown:
        click.echo(f"The file has no team {team} any more: what it signed is left out.", err=True)
    done = "written" if write else "in the patch"
    click.echo(
        f"{counted(count, 'position')} {done}." if count else "Nothing was signed that the file does not have.",
        err=True,
    )


def signed_texts(
    workspace: Workspace, surveys: Surveys, name: str, before: Mapping[str, str]
) -> tuple[dict[str, str], int, list[str]]:
    """(the texts with what was signed, how many positions changed, teams that are not there); a place that cannot be edited, or a survey
    that is not there, is a wrong use."""
    from topology.source.edit import EditError
    from topology.store.database import StoreError

    texts, count, unknown = dict(before), 0, []
    try:
        surveys.survey(name)  # (that it is there)
        for team in surveys.teams_signed(name):
            current = workspace.organisation.current_id(team)
            for one in surveys.signed(name, team):
                if not any(one.levels.values()):
                    continue
                if current is None:
                    unknown.append(team)
                    break
                edit = _edit(texts, current, one)
                count += bool(edit.splices)
                texts = edit.apply(texts)
    except (EditError, StoreError) as error:
        raise click.UsageError(str(error)) from None
    return texts, count, unknown


def _edit(texts: Mapping[str, str], team: str, signed: Signed) -> Edit:
    """The lines of one dimension. What only one of the two signed replaces what both had: the day is that of the whole line."""
    from topology.source.edit import set_value
    from topology.source.edit.operations import tree_of
    from topology.store.values import Kind

    kinds = [kind for kind in (Kind.PM, Kind.EM) if signed.levels[kind] is not None]
    line: dict[str, int | str | None] = {kind.value: signed.levels[kind] for kind in kinds}
    line |= {"assessed": signed.assessed.isoformat()} if signed.assessed else {}
    line |= {f"{kind.value}_note": signed.notes[kind] for kind in kinds if signed.notes[kind]}
    place = ("teams", team, "positions")
    if "positions" in tree_of(texts)["teams"][team]:
        return set_value(texts, (*place, signed.dimension), line)
    return set_value(texts, place, {signed.dimension: line})
