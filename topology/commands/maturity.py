"""`topology maturity`: where each team stands on each dimension by what can be seen, and its next step."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from topology.commands.options import (
    as_of,
    data_option,
    day_option,
    load_events,
    path_argument,
    readable_at,
    timezone_option,
)
from topology.manifest import formats_of

if TYPE_CHECKING:
    from topology.maturity.levels import Rating
    from topology.workspace import Workspace

FORMATS = (*formats_of("table"), *formats_of("maturity"))


@click.command("maturity")
@path_argument
@click.option("--team", "teams", multiple=True, help="One team, with every criterion; may be repeated [default: all].")
@click.option(
    "--dimension", "dimensions", multiple=True, help="One dimension, such as duo; may be repeated [default: all]."
)
@click.option("--show", type=click.Choice(["levels", "criteria"]), help="Levels, or every criterion with what was seen "
              "[default: levels; of one team criteria].")  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print."
)
@day_option("The whole weeks that ended on or before this day (the last day with data by default).")
@data_option
@timezone_option
def command(
    path: Path | None, teams: tuple[str, ...], dimensions: tuple[str, ...], show: str | None, format_: str, day: dt.date | None,
    data: str | None, timezone: str | None,
) -> None:  # fmt: skip
    """Print the evidence level of each team on each dimension: what is met, and the next step.

    For conversations about how we work, not for appraisal, pay, ranking or headcount. Teams stand in the order of the file; there is
    no total. A level says what was seen in the file and the events; "?" is too little measured.

    \b
    Examples:
      topology maturity
      topology maturity --team order-tracking
      topology maturity --dimension debt
      topology maturity --format markdown > maturity.md
    """
    from topology.maturity.packs import PackError
    from topology.report import maturity as report
    from topology.report.table import render

    workspace = readable_at(path, data, timezone)
    load_events(workspace)
    try:
        pack = workspace.pack
    except PackError as error:
        raise click.UsageError(f"the pack cannot be used:\n{error}") from None
    chosen = [_team(workspace, one) for one in teams]
    if unknown := [one for one in dimensions if one not in pack.dimensions]:
        from topology.source.suggest import did_you_mean

        near = did_you_mean(unknown[0], pack.dimensions)
        raise click.BadParameter(f"there is no dimension {unknown[0]}. {near}", param_hint="--dimension")
    on = as_of(day, workspace.events.last_day)
    for one in chosen:
        if not workspace.organisation.teams[one].covers(on):
            raise click.BadParameter(f"{one} is not there on {on}", param_hint="--team")
    every = workspace.maturity(on)
    told = [
        one for one in every
        if (not chosen or one.team in chosen) and (not dimensions or one.dimension in dimensions)
    ]  # fmt: skip
    if format_ in formats_of("maturity"):
        click.echo(report.render(format_, workspace.organisation, pack, told), nl=False)
        return
    criteria = (show or ("criteria" if chosen and len(chosen) == 1 else "levels")) == "criteria"
    if criteria:
        more = report.MORE_CRITERIA if format_ != "table" else ()
        click.echo(render(format_, report.criteria_rows(told), [*report.CRITERIA, *more]), nl=format_ == "table")
    elif format_ != "table":
        click.echo(render(format_, report.rows(told), [*report.COLUMNS, *report.MORE_COLUMNS]), nl=False)
    elif chosen or dimensions:
        click.echo(render(format_, report.rows(told), list(report.COLUMNS)))
    else:
        columns, rows = report.grid(workspace.organisation, pack, told)
        click.echo(render(format_, rows, columns))
    if format_ == "table":
        _say(workspace, told, dimensions)


def _team(workspace: Workspace, words: str) -> str:
    found = workspace.organisation.find_team(words)
    if found is None:
        from topology.source.suggest import did_you_mean

        raise click.BadParameter(
            f"there is no team {words}. {did_you_mean(words, workspace.organisation.teams)}", param_hint="--team"
        )
    return found


def _say(workspace: Workspace, ratings: list[Rating], dimensions: tuple[str, ...]) -> None:
    """What is the organisation's own, the commonest next step of a dimension, and what the levels are for."""
    from topology.report.maturity import commonest_step
    from topology.words.maturity import level_meaning, level_words, purpose, step_words

    pack = workspace.pack
    for one in ratings:
        if not one.team:
            step = step_words(one)
            click.echo(f"{pack.dimensions[one.dimension].name}: {level_words(one)}{f'. Next: {step}' if step else ''}")
    for name in dimensions:
        of_it = [one for one in ratings if one.dimension == name]
        if found := commonest_step(of_it):
            words, count, of = found
            click.echo(f"{pack.dimensions[name].name}, the next step of {count} of {of} teams: {words}.")
    click.echo(f"{level_meaning()}\n{purpose()}")
