"""`topology survey import`: answers that were asked elsewhere, as counts that show nobody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from topology.commands.options import as_of, day_option, readable_at
from topology.commands.survey.options import (
    SurveyName,
    check_kept,
    keep_option,
    organisation_option,
    refuse_running,
    snapshot_file,
    write_snapshot,
)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@organisation_option
@click.option("--snapshot", "name", required=True, type=SurveyName(), help="The name of the survey, such as 2026-11.")
@keep_option
@day_option("The day on which the survey was closed (today by default).")
def command(file: Path, path: Path | None, name: str, kept: tuple[str, ...], day: dt.date | None) -> None:
    """Write answers/SNAPSHOT.yaml from a CSV: a row an answer (team, side, item, value), or a row a person and a column a question.

    What is written are counts a squad, grouping and organisation, where they show nobody: from 5 answers, of which 4 are of people who
    signed no level; and what can be computed only while the answers are there: the gap between Product and Tech, the differences between
    squads, agreement. The answers are not kept: delete FILE yourself.

    \b
    Examples:
      topology survey import answers.csv --snapshot 2026-11
      topology survey import forms.csv --snapshot 2026-11 --keep identity-checks
    """
    from topology.maturity.packs import PackError
    from topology.maturity.voices.closing import Beside, closed
    from topology.maturity.voices.forms import FormError, read_answers
    from topology.words.voices import closed_words

    workspace = readable_at(path)
    organisation = workspace.organisation
    check_kept(organisation, kept)
    target = snapshot_file(workspace, name)
    refuse_running(workspace, name)
    try:
        pack = workspace.pack
        read = read_answers(file.read_bytes().decode("utf-8-sig"), organisation, pack)
    except (PackError, FormError) as error:
        raise click.UsageError(f"{file}: {error}") from None
    except UnicodeDecodeError:
        raise click.UsageError(f"{file}: it is not UTF-8 text; save it with the encoding UTF-8") from None
    for reason, count in read.left_out.items():
        click.echo(f"{count} {reason}: left out", err=True)
    if not read.answers:
        raise click.UsageError(f"{file}: there is no answer that can be read, so nothing is written")
    least = workspace.settings.surveys.minimum_answers
    snapshot = closed(read.answers, organisation, pack, name, as_of(day), kept, beside=Beside(least=least))
    write_snapshot(workspace, target, snapshot)
    click.echo(f"Wrote {target}. {closed_words(len(read.answers), snapshot)} Delete {file}.")
