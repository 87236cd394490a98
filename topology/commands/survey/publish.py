"""`topology survey publish`: the totals of a closed survey, as a file for all."""

from __future__ import annotations

from pathlib import Path

import click

from topology.commands.options import readable_at
from topology.commands.survey.options import (
    check_kept,
    database_option,
    keep_option,
    name_argument,
    now,
    organisation_option,
    snapshot_file,
    surveys_of,
    write_snapshot,
)


@click.command("publish")
@name_argument
@click.option("--early", is_flag=True, help="Before the teams' own seven days are over, since all of them have agreed.")
@click.option("--without-positions", is_flag=True, help="Drop what duos signed and the file does not have.")
@keep_option
@organisation_option
@database_option
def command(
    name: str, early: bool, without_positions: bool, kept: tuple[str, ...], path: Path | None, database: str | None
) -> None:  # fmt: skip
    """Write answers/NAME.yaml, fit for git, and delete the survey from the database.

    With --keep a team keeps its answers to itself; where its count could then be worked out from others, more is hidden.
    """
    from topology.commands.survey.positions import signed_texts
    from topology.maturity.voices.keeping import kept_back
    from topology.source.files import read_texts
    from topology.store.database import StoreError
    from topology.words.voices import voices_words

    workspace = readable_at(path)
    check_kept(workspace.organisation, kept)
    surveys = surveys_of(workspace, database)
    try:
        survey, snapshot = surveys.survey(name), surveys.snapshot(name)
        if snapshot is None:
            raise click.UsageError(f"the survey {name} is open: topology survey close {name}")
        if survey.others_from is not None and now().date() < survey.others_from and not early:
            raise click.UsageError(
                f"until {survey.others_from} each team reads its own totals alone; --early where all have agreed"
            )
        _, unwritten, _ = signed_texts(workspace, surveys, name, read_texts(workspace.path))
        if unwritten and not without_positions:
            raise click.UsageError(
                f"{unwritten} signed positions are not in the file: topology survey positions {name} --write, or --without-positions"
            )
        snapshot = snapshot.renamed(workspace.organisation.current_id)
        if stranger := [one for one in kept if one not in snapshot.asked]:
            raise click.BadParameter(f"{stranger[0]} was not asked in this survey", param_hint="--keep")
        shown = kept_back(snapshot, kept)
        target = snapshot_file(workspace, name, same=shown)
        write_snapshot(workspace, target, shown)
        surveys.forget(name)
    except StoreError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Wrote {target}. {voices_words(shown)}")
