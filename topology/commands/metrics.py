"""`topology metrics`: the delivery metrics as a table."""

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
    settings_at,
    timezone_option,
)

if TYPE_CHECKING:
    from topology.delivery import Reading
    from topology.model import Organisation

NAMES = (
    "deployment-frequency", "change-lead-time", "change-fail-rate", "failed-deployment-recovery-time", "deployment-rework-rate",
    "tech-investment-share", "flow-time",
)  # fmt: skip


@click.command("metrics")
@path_argument
@click.option(
    "--metric", "metrics", multiple=True, type=click.Choice(NAMES), help="One metric; may be repeated [default: all]."
)
@click.option("--team", "teams", multiple=True, help="One team; may be repeated [default: all].")
@click.option("--weeks", type=click.IntRange(1, 260), default=12, show_default=True, help="How many whole weeks.")
@click.option(
    "--every",
    type=click.Choice(["window", "week"]),
    default="window",
    show_default=True,
    help="One row a window or a week.",
)
@day_option("The weeks that ended on or before this day (the last day with data by default).")
@data_option
@timezone_option
@format_option
def command(
    path: Path | None, metrics: tuple[str, ...], teams: tuple[str, ...], weeks: int, every: str,
    day: dt.date | None, data: Path | None, timezone: str | None, format_: Any,
) -> None:  # fmt: skip
    """Print the delivery metrics of each team: the five of DORA, the tech-investment share and flow time.

    Teams stand in the order of the file: nothing is ranked. "no data" is not zero.

    \b
    Examples:
      topology metrics
      topology metrics --metric change-lead-time --team order-tracking --every week
      topology metrics --as-of 2026-06-30 --format csv
    """
    from topology.delivery import Scope, read_metric, whole_weeks
    from topology.report.table import render

    organisation = organisation_at(path)
    for team in teams:
        if team not in organisation.teams:
            raise click.BadParameter(f"there is no team `{team}`", param_hint="--team")
    events = events_at(path, data, timezone)
    last = as_of(day, events.last_day)
    scope = Scope(
        events, organisation, tuple(whole_weeks(last, weeks)), settings_at(path).delivery.incident_horizon_days
    )
    rows: list[dict[str, Any]] = []
    for name in metrics or NAMES:
        reading = read_metric(name, scope)
        rows += [
            row
            for team in organisation.teams
            if not teams or team in teams
            for row in _rows(reading, organisation, team, every)
        ]
    if not rows:
        click.echo("no data: no event of these teams lies in the window.", err=True)
    columns = ["metric", "team", "from", "to", "value", "unit", "n", "low", "high"]
    click.echo(render(rows, columns, format_), nl=False)


def _rows(reading: Reading, organisation: Organisation, team: str, every: str) -> list[dict[str, Any]]:
    """One row of the window, or one for each week that has a value."""
    metric = reading.metric
    end = reading.weeks[-1] + dt.timedelta(days=6)
    common = {"metric": metric.id, "team": team, "unit": metric.unit}
    if every == "week":
        return [
            {**row, **common, "from": row["week"], "to": row["week"] + dt.timedelta(days=6)}
            for row in reading.weekly.get(team, [])
        ]
    if team not in reading.headline and not organisation.teams[team].services:
        return []
    found = reading.headline.get(team, {"value": None, "n": 0})
    return [{**found, **common, "from": reading.weeks[0], "to": end}]
