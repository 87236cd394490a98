"""`topology survey close`: totals that show nobody are kept, everything else is destroyed."""

from __future__ import annotations

from pathlib import Path

import click

from topology.commands.options import readable_at
from topology.commands.survey.options import (
    check_kept,
    database_option,
    keep_option,
    name_argument,
    new_file,
    now,
    organisation_option,
    surveys_of,
)


@click.command("close")
@name_argument
@click.option(
    "--reports",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a CSV with a link for each team, to read its own totals first.",
)
@click.option("--address", default="", help="Where phones reach the app, for these links.")
@click.option(
    "--yes", "sure", default="", metavar="NAME", help="The survey's name again, instead of being asked for it."
)
@keep_option
@organisation_option
@database_option
def command(
    name: str, reports: Path | None, address: str, sure: str, kept: tuple[str, ...], path: Path | None, database: str | None
) -> None:  # fmt: skip
    """Close the survey NAME: compute what needs the answers, keep totals that show nobody, destroy the rest. There is no way back.

    Each team can read its own totals at once (--reports); the others read them seven days later, when `topology survey publish` writes
    answers/NAME.yaml.
    """
    from topology.maturity.packs import PackError
    from topology.store.database import StoreError
    from topology.view.survey import closing_points
    from topology.words.maturity import closed_words

    workspace = readable_at(path)
    check_kept(workspace.organisation, kept)
    target = new_file(reports, "links") if reports else None
    surveys = surveys_of(workspace, database)
    try:
        survey = surveys.survey(name)
        if not sure:
            for heading, points in closing_points(survey).items():
                click.echo(f"{heading}\n" + "".join(f"  - {one}\n" for one in points))
            sure = click.prompt(f"Write {name} to confirm", default="", show_default=False)
        if sure != name:
            raise click.UsageError("the name is another one, so nothing was closed")
        closed = surveys.close(name, workspace.organisation, workspace.pack, now().date(), kept)
    except (PackError, StoreError) as error:
        raise click.UsageError(str(error)) from None
    click.echo(closed_words(closed.answers, closed.snapshot))
    click.echo(f"Destroyed: the counts by side of {closed.people} people, {closed.links} links, every draft.")
    later = surveys.survey(name)
    if target is not None:
        from topology.report.survey.handed_out import reports_csv
        from topology.store.reports import report_word
        from topology.writing import write_secret

        words = [(team.name, report_word(later, id_)) for id_, team in later.asked.teams.items()]
        write_secret(target, reports_csv(words, address))
        click.echo(f"Wrote {target}: a link for each team, to its own totals.")
    click.echo(f"The others read them from {later.others_from} on: topology survey publish {name}")
