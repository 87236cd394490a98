"""`topology survey close`: totals that show nobody are kept, everything else is destroyed."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from topology.commands.options import readable_at
from topology.commands.survey.options import (
    Address,
    database_option,
    name_argument,
    new_file,
    now,
    organisation_option,
    surveys_of,
)

if TYPE_CHECKING:
    from topology.store.values import Survey


@click.command("close")
@name_argument
@click.option(
    "--reports",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a CSV with a link for each team, to read its own totals first.",
)
@click.option("--address", type=Address(), help="Where phones reach the app, for these links.")
@click.option(
    "--yes", "sure", default="", metavar="NAME", help="The survey's name again, instead of being asked for it."
)
@organisation_option
@database_option
def command(
    name: str, reports: Path | None, address: str | None, sure: str, path: Path | None, database: str | None
) -> None:  # fmt: skip
    """Close the survey NAME: compute what needs the answers, keep totals that show nobody, destroy the rest. There is no way back.

    Each team can read its own totals at once (--reports); the others read them seven days later, when `topology survey publish` writes
    answers/NAME.yaml (--keep there, for a team that keeps its own).
    """
    from topology.maturity.packs import PackError
    from topology.report.survey.handed_out import reports_csv
    from topology.store.database import StoreError
    from topology.store.reports import report_word
    from topology.words.voices import closed_words
    from topology.writing import new_secret

    if reports and not address:
        raise click.UsageError("--reports needs --address: where phones reach the app")
    workspace = readable_at(path)
    surveys = surveys_of(workspace, database)
    with new_secret(new_file(reports, "links")) if reports else nullcontext() as write:
        try:
            _be_sure(surveys.survey(name), sure)
            closed = surveys.close(name, workspace.organisation, workspace.pack, now().date())
        except (PackError, StoreError) as error:
            raise click.UsageError(str(error)) from None
        later = surveys.survey(name)
        if write:
            words = [(team.name, report_word(later, id_)) for id_, team in later.asked.teams.items()]
            write(reports_csv(words, address or ""))
    click.echo(closed_words(closed.answers, closed.snapshot))
    click.echo(f"Destroyed: the counts by side of {closed.people} people, {closed.links} links, every draft.")
    if reports:
        click.echo(f"Wrote {reports}: a link for each team, to its own totals.")
    click.echo(f"The others read them from {later.others_from} on: topology survey publish {name}")


def _be_sure(survey: Survey, sure: str) -> None:
    """Says what closing does, and asks for the name; another one is a wrong use."""
    from topology.view.survey import closing_points

    if not sure:
        for heading, points in closing_points(survey).items():
            click.echo(f"{heading}\n" + "".join(f"  - {one}\n" for one in points))
        sure = click.prompt(f"Write {survey.name} to confirm", default="", show_default=False)
    if sure != survey.name:
        raise click.UsageError("the name is another one, so nothing was closed")
