"""`topology clans`: bridges between groups against chance, who carries them, what is missing, and what would build it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from topology.manifest import formats_of, ids_in
from topology.source.settings import WINDOW_WEEKS

if TYPE_CHECKING:
    from topology.clans.reading import ClanReading
    from topology.clans.window import Window
    from topology.report.clans import Sheet

LAYERS = ("declared", "observed", "cross-changes")
TOGETHER = "together"
FORMATS = (*formats_of("table"), *formats_of("clans"))
PARTITIONS = ids_in("clans/partitions")


@click.command("clans")
@path_argument
@click.option("--grouping", "groupings", multiple=True, metavar="GROUPING",
              help=f"{', '.join(PARTITIONS)} or an x- key of the file; may be repeated "
              "[default: topology.toml's, else all].")  # fmt: skip
@click.option("--layer", "layers", multiple=True, type=click.Choice((*LAYERS, TOGETHER)),
              help="Declared interactions, observed contact, changes in another's service, or contact and changes together; "
              "may be repeated [default: the first three].")  # fmt: skip
@click.option("--window", "length", type=click.Choice(list(WINDOW_WEEKS)),
              help="4, 12, 26 or 52 whole weeks [default: topology.toml's, else quarter].")  # fmt: skip
@click.option("--floor", type=click.FloatRange(0.25, 100), default=3, show_default=True,
              help="Events in 4 weeks from which two teams are tied.")  # fmt: skip
@click.option("--show", type=click.Choice(["readings", "pairs", "brokers", "moves"]), default="readings", show_default=True,
              help="The readings, or for them: pairs of teams, who carries the bridges, what would build missing ones.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True,
              help="How to print; markdown is for a workshop.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=20261123, show_default=True, help="Seed of the shuffles.")
@day_option("The whole weeks that ended on or before this day (the last day with data by default).")
@data_option
@timezone_option
def command(
    path: Path | None, groupings: tuple[str, ...], layers: tuple[Any, ...], length: str | None, floor: float, show: str,
    format_: str, seed: int, day: dt.date | None, data: str | None, timezone: str | None,
) -> None:  # fmt: skip
    """Compare the contact that crosses from one group to another with what chance would give.

    "Finding" is said when four tests hold: enough data, less contact across than chance, not by design, and lasting. Each is
    printed with its number. Nothing names a person.

    \b
    Examples:
      topology clans
      topology clans --grouping value-stream --layer observed --as-of 2026-02-15
      topology clans --show moves
      topology clans --format markdown > workshop.md
    """
    from topology.clans.reading import read_window
    from topology.clans.warning import warnings_of
    from topology.report import clans as report
    from topology.report.table import render

    workspace = readable_at(path, data, timezone)
    load_events(workspace)
    settings, organisation = workspace.settings.clans, workspace.organisation
    last = as_of(day, workspace.events.last_day)
    window = workspace.window(last, WINDOW_WEEKS[length] if length else None, floor)
    try:
        chosen = groupings or settings.groupings or None
        readings = read_window(window, partitions=chosen, layers=layers or LAYERS, seed=seed)
    except ValueError as error:
        hint = "--grouping" if groupings else "topology.toml, clans.groupings"
        raise click.BadParameter(str(error), param_hint=hint) from None
    if format_ in formats_of("clans"):
        warnings = warnings_of(window)
        click.echo(report.render(format_, organisation, _sheets(window, readings, seed), warnings), nl=False)
        return
    if show != "readings":
        rows = _rows(show, window, readings, seed)
        if not rows:
            click.echo(f"There are no {show} to show.", err=True)
        if not rows and format_ == "table":
            return
        click.echo(render(format_, rows, list(rows[0]) if rows else ["team"]), nl=False)
        return
    columns = [*report.COLUMNS, *(report.MORE_COLUMNS if format_ != "table" else ())]
    click.echo(render(format_, report.rows(organisation, readings), columns), nl=format_ == "table")
    if format_ == "table":
        _say(window, readings, seed)


def _say(window: Window, readings: list[ClanReading], seed: int) -> None:
    """Each reading in words; the four tests of those that give a sign."""
    from topology.clans.warning import warnings_of
    from topology.report.clans import MARKS, title_of
    from topology.words.clans import TESTS, grade_words, reading_sentence, test_words
    from topology.words.warnings import pairs_words, warning_sentence

    organisation = window.organisation
    for warned in warnings_of(window):
        click.echo(
            f"{warning_sentence(organisation, warned)} Fell silent: {'; '.join(pairs_words(organisation, warned.pairs))}.\n"
        )
    for reading in readings:
        click.echo(f"{title_of(reading)}: {grade_words(reading)}. {reading_sentence(organisation, reading)}")
        if reading.shows:
            for test in reading.tests:
                click.echo(f"    {TESTS[test.kind]} ({MARKS[test.passed]}): {test_words(organisation, reading, test)}")
    click.echo(
        f"\nWeeks up to {window.end - dt.timedelta(days=1)}. Seed {seed}. `--format json` prints all the numbers, `--show moves` what "
        "would help."
    )


def _sheets(window: Window, readings: list[ClanReading], seed: int) -> list[Sheet]:
    """Each reading, those with a sign with their brokers and with moves that together ask too much of nobody."""
    from topology.clans.brokers import brokers_of
    from topology.clans.moves import Taken, moves
    from topology.report.clans import Sheet

    taken = Taken()
    return [
        Sheet(one, brokers_of(window, one, seed=seed), moves(window, one, taken)) if one.shows else Sheet(one)
        for one in readings
    ]


def _rows(show: str, window: Window, readings: list[ClanReading], seed: int) -> list[dict[str, Any]]:
    """What is behind the readings, as rows of a table."""
    from topology.clans.brokers import brokers_of
    from topology.clans.moves import Taken, moves
    from topology.clans.pairs import pair_table
    from topology.words.clans import PAIRS
    from topology.words.moves import move_sentence

    taken = Taken()
    if show == "pairs":
        return [
            {"first": row.teams[0], "second": row.teams[1], "kind": PAIRS[row.kind], "declared": ", ".join(row.modes),
             "events": row.events, "per_head": row.weight, "needed": row.needed, "missing": row.missing}
            for row in pair_table(window)
        ]  # fmt: skip
    if show == "brokers":
        return [
            {"grouping": reading.partition.id, "layer": reading.layer, "team": one.unit, "bridges": one.bridges, "share": one.share,
             **one.roles, "betweenness": one.betweenness, "constraint": one.constraint, "effective_size": one.effective_size}
            for reading in readings
            for one in brokers_of(window, reading, seed=seed)
        ]  # fmt: skip
    return [
        {"grouping": reading.partition.id, "layer": reading.layer, "mode": move.mode, "teams": " ".join(move.teams),
         "bridged": len(move.bridges), "load": move.load, "silent": move.silent, "after_lines": move.by_lines, "if_lived": move.if_lived,
         "move": move_sentence(window.organisation, move)}
        for reading in readings
        if reading.shows
        for move in moves(window, reading, taken)
    ]  # fmt: skip
