"""`topology clans`: bridges between groups against chance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.commands.options import (
    as_of,
    data_option,
    day_option,
    events_at,
    format_option,
    organisation_at,
    path_argument,
    timezone_option,
)

if TYPE_CHECKING:
    from topology.clans import ClanReading

GROUPINGS = ("value-stream", "site", "side")
LAYERS = ("declared", "observed")


@click.command("clans")
@path_argument
@click.option(
    "--grouping",
    "groupings",
    multiple=True,
    type=click.Choice(GROUPINGS),
    help="One grouping; may be repeated [default: all].",
)
@click.option(
    "--layer",
    "layers",
    multiple=True,
    type=click.Choice(LAYERS),
    help="Interactions as declared, or contact as observed [default: both].",
)
@click.option("--seed", type=click.IntRange(min=0), default=20261123, show_default=True, help="Seed of the shuffles.")
@day_option("The twelve whole weeks that ended on or before this day (the last day with data by default).")
@data_option
@timezone_option
@format_option
def command(
    path: Path | None, groupings: tuple[Any, ...], layers: tuple[Any, ...], seed: int,
    day: dt.date | None, data: str | None, timezone: str | None, format_: Any,
) -> None:  # fmt: skip
    """Compare the ties that cross from one group to another with what chance would give.

    A reading is not a verdict: it says how many bridges there are, how many shuffled labels would give, and when there
    is too little to tell.

    \b
    Examples:
      topology clans
      topology clans --grouping value-stream --as-of 2026-02-15
      topology clans --format json
    """
    from topology.clans import read_clans
    from topology.delivery.contacts import read_contacts
    from topology.report.table import render

    organisation = organisation_at(path)
    events = events_at(path, data, timezone)
    last = as_of(day, events.last_day)
    readings = read_clans(
        organisation, read_contacts(events), last, groupings=groupings or GROUPINGS, layers=layers or LAYERS, seed=seed
    )
    rows = [_row(reading) for reading in readings]
    columns = [
        "grouping",
        "layer",
        "units",
        "ties",
        "crossing",
        "expected",
        "sd",
        "z",
        "shuffled_mean",
        "low",
        "high",
        "p",
        "ei",
        "expected_ei",
        "grade",
    ]
    if format_ != "table":
        click.echo(render(rows, [*columns, "without_label", "odds_ratio", "reading"], format_), nl=False)
        return
    click.echo(render(rows, columns, format_))
    for reading in readings:
        click.echo(f"{reading.grouping}, {reading.layer}: {reading.sentence}")
    click.echo(
        f"\nOn {last}. Closed form: expected, sd, z. Shuffles: mean, low and high (95 %), p (one-sided, as few bridges). Seed {seed}."
    )


def _row(reading: ClanReading) -> dict[str, Any]:
    counted, shuffled = reading.bridges, reading.shuffled
    row: dict[str, Any] = {"grouping": reading.grouping, "layer": reading.layer, "units": reading.units,
                           "without_label": reading.without_label, "odds_ratio": reading.odds,
                           "grade": reading.grade, "reading": reading.sentence}  # fmt: skip
    if counted:
        row |= {"ties": int(counted.ties), "crossing": int(counted.crossing), "expected": counted.expected, "sd": counted.sd,
                "z": counted.z, "ei": counted.ei, "expected_ei": counted.expected_ei}  # fmt: skip
    if shuffled:
        row |= {"shuffled_mean": shuffled.mean, "low": shuffled.low, "high": shuffled.high, "p": shuffled.p_fewer}
    return row
