"""`topology survey open`: a link for each person, or cards a team."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.commands.options import Day, readable_at, today
from topology.commands.survey.options import (
    Address,
    SurveyName,
    database_option,
    new_file,
    now,
    organisation_option,
    snapshot_file,
    surveys_of,
)

if TYPE_CHECKING:
    from topology.workspace import Workspace

LONGEST_DAYS = 92


class Moment(click.ParamType[dt.datetime]):
    """A day and a time of the organisation's zone."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The moment, without a zone yet; the end of the day where no time is given."""
        try:
            found = dt.datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no moment such as '2026-12-11 18:00'", param, ctx)
        if found.tzinfo is not None:
            self.fail("leave the zone out: it is the organisation's", param, ctx)
        return found.replace(hour=23, minute=59) if len(str(value).strip()) <= len("YYYY-MM-DD") else found


@click.command("open")
@click.argument("name", type=SurveyName())
@click.option(
    "--closes", required=True, type=Moment(), metavar="'YYYY-MM-DD HH:MM'", help="Until when answers are taken."
)
@click.option(
    "--address", required=True, type=Address(), help="Where phones reach the app, such as https://topology.example."
)
@click.option(
    "--links",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a CSV for a mail merge: a link for each person.",
)
@click.option(
    "--cards",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page of cards to print and cut: nobody knows who holds which.",
)
@click.option("--contact", default="", help="Whom to ask, such as 'Ludivine, #alignment'.")
@click.option("--workshop", type=Day(), metavar="YYYY-MM-DD", help="The day of the workshop that the survey prepares.")
@click.option(
    "--short/--no-short",
    default=None,
    help="With the second short form, on safety and mutual regard, or without [default: in every other survey].",
)
@organisation_option
@database_option
def command(
    name: str, closes: dt.datetime, address: str, links: Path | None, cards: Path | None, contact: str,
    workshop: dt.date | None, short: bool | None, path: Path | None, database: str | None,
) -> None:  # fmt: skip
    """Open the survey NAME: everybody is asked twelve questions, and the two leads of a team sign where they stand.

    The links are written once and never kept. With --links each person has their own: whoever holds the file can open a link and see
    that it was used, though not what was answered. With --cards nobody knows who holds which: shuffle them and lay them out, a stack
    a team. Whoever can read the database while the survey is open can compare it before and after somebody sends.

    \b
    Examples:
      topology survey open 2026-11 --closes "2026-12-11 18:00" --address https://topology.example --cards cards.html
      topology survey open 2026-11 --closes 2026-12-11 --address https://topology.example --links links.csv --contact "Ludivine, #alignment"
    """
    from topology.maturity.packs import PackError
    from topology.maturity.voices.asking import asked_of, invited
    from topology.report.survey.handed_out import cards_page, links_csv
    from topology.store.database import StoreError
    from topology.words.lists import counted
    from topology.writing import new_secret

    if (links is None) == (cards is None):
        raise click.UsageError("name one of --links FILE and --cards FILE: where the links are to be written")
    file = new_file(links or cards or Path(), "links")
    workspace = readable_at(path)
    until, start, day = _until(workspace, closes), now(), today()
    snapshot_file(workspace, name)
    try:
        with_short = _is_its_turn(workspace, database) if short is None else short
        asked = asked_of(
            workspace.organisation,
            workspace.pack,
            day,
            contact,
            workshop.isoformat() if workshop else "",
            short=with_short,
        )
    except (PackError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    asked = asked.model_copy(update={"least": workspace.settings.surveys.minimum_answers, "address": address})
    people = [one if links else one.anonymous for one in invited(workspace.organisation, day)]
    surveys = surveys_of(workspace, database, make=True)
    make = links_csv if links else cards_page
    with new_secret(file) as write:
        try:
            handed, word = surveys.open(name, asked, people, until, start)
        except StoreError as error:
            raise click.UsageError(str(error)) from None
        try:
            write(make(handed, asked, address, until, workspace.organisation))
        except BaseException:  # (nobody has the links: so nobody is asked)
            surveys.discard(name)
            raise
    click.echo(f"The survey {name} is open until {until:%Y-%m-%d %H:%M}, for {counted(asked.people, 'person', 'people')} in "
               f"{counted(len(asked.teams), 'team')}.")  # fmt: skip
    click.echo(f"Wrote {file}: hand the links out, then delete it. They stand nowhere else.")
    click.echo(f"For you alone, how many have answered: {address}/survey?word={word}")
    click.echo(
        "The forms are served by `topology app` on this organisation; phones reach it through a proxy (--host NAME), or with "
        "--listen 0.0.0.0 --host NAME."
    )


def _is_its_turn(workspace: Workspace, database: str | None) -> bool:
    """Whether the last survey, written for all or only closed, was without the second short form. The first survey of all is without it."""
    statements = {one.item for _, one in workspace.pack.short.statements} if workspace.pack.short else set()
    surveys = surveys_of(workspace, database, make=True)
    closed = [surveys.survey(name).asked.items for name in surveys.names()]
    last = workspace.voices(today())
    asked = closed[-1] if closed else last.items if last else None
    return asked is not None and not statements & set(asked)


def _until(workspace: Workspace, closes: dt.datetime) -> dt.datetime:
    """The end in the organisation's zone; one that is past, or very far, is a wrong use."""
    from zoneinfo import ZoneInfo

    until = closes.replace(tzinfo=ZoneInfo(workspace.timezone))
    if until <= now():
        raise click.BadParameter(f"{closes:%Y-%m-%d %H:%M} is past", param_hint="--closes")
    if until > now() + dt.timedelta(days=LONGEST_DAYS):
        raise click.BadParameter(f"a survey is open for {LONGEST_DAYS} days at most", param_hint="--closes")
    return dt.datetime.fromisoformat(until.isoformat())  # (with the offset of that day, as it will be read again)
