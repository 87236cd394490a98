"""`topology survey`: what people answered, as counts that show nobody."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import click

from topology.commands.options import as_of, day_option, readable_at


@click.group("survey")
def command() -> None:
    """What people say of how they work: answers that were asked elsewhere, as counts that show nobody.

    \b
    Example:
      topology survey import answers.csv --snapshot 2026-11
    """


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--organisation", "path", type=click.Path(path_type=Path), help="The organisation's file or folder "
              "[default: squads.yaml here].")  # fmt: skip
@click.option("--snapshot", "name", required=True, help="The name of the survey, such as 2026-11.")
@click.option(
    "--keep", "kept", multiple=True, metavar="TEAM", help="A squad that keeps its answers to itself; may be repeated."
)
@day_option("The day on which the survey was closed (today by default).")
def import_(file: Path, path: Path | None, name: str, kept: tuple[str, ...], day: dt.date | None) -> None:
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
    from topology.maturity.voices.closing import closed
    from topology.maturity.voices.forms import FormError, read_answers
    from topology.maturity.voices.snapshot import FOLDER, snapshot_text
    from topology.source.settings import folder_of
    from topology.words.maturity import closed_words
    from topology.writing import write_files

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise click.BadParameter(f"{name!r} is no name such as 2026-11", param_hint="--snapshot")
    workspace = readable_at(path)
    organisation = workspace.organisation
    if unknown := [one for one in kept if one not in organisation.teams]:
        raise click.BadParameter(f"there is no team {unknown[0]}", param_hint="--keep")
    target = folder_of(workspace.path) / FOLDER / f"{name}.yaml"
    if target.exists():
        raise click.UsageError(f"{target} is there already: a closed survey is not written again")
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
    snapshot = closed(read.answers, organisation, pack, name, as_of(day), kept)
    target.parent.mkdir(exist_ok=True)
    write_files({target: snapshot_text(snapshot)}, within=folder_of(workspace.path))
    click.echo(f"Wrote {target}. {closed_words(len(read.answers), snapshot)}")
