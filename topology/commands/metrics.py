"""`topology metrics`: the delivery metrics as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.commands.options import (
    Day,
    as_of,
    data_option,
    day_option,
    format_option,
    load_events,
    path_argument,
    readable_at,
    timezone_option,
)
from topology.manifest import ids_in

if TYPE_CHECKING:
    from topology.delivery import Reading, Scope
    from topology.model import Organisation
    from topology.workspace import Workspace

NAMES = ids_in("delivery/metrics")
DEFINITION_NAMES = ("default", "devlake", "fourkeys", "gitlab", "middleware", "pelorus")


@click.command("metrics")
@path_argument
@click.option(
    "--metric", "metrics", multiple=True, type=click.Choice(NAMES), help="One metric; may be repeated [default: all]."
)
@click.option("--team", "teams", multiple=True, help="One team; may be repeated [default: all].")
@click.option("--group", "groups", multiple=True, help="One grouping, its teams together; may be repeated.")
@click.option("--by", type=click.Choice(["team", "group", "organisation", "service"]), default="team", show_default=True,
              help="Whose numbers; an event that two teams of a grouping share counts once. Services: DORA metrics alone.")  # fmt: skip
@click.option("--from", "first", type=Day(), metavar="YYYY-MM-DD", help="The whole weeks from this day ...")
@click.option("--to", "until", type=Day(), metavar="YYYY-MM-DD", help="... to this one, instead of --weeks.")
@click.option("--weeks", type=click.IntRange(1, 260), default=12, show_default=True, help="How many whole weeks.")
@click.option(
    "--every",
    type=click.Choice(["window", "week"]),
    default="window",
    show_default=True,
    help="One row a window or a week.",
)
@click.option("--against-before", "before", is_flag=True, help="Beside each number that of as many weeks right before.")
@click.option("--definition", type=click.Choice(DEFINITION_NAMES),
              help="Whose definition of the DORA metrics [default: topology.toml's, else our own].")  # fmt: skip
@click.option("--attribution", type=click.Choice(["owner", "author"]), default="owner", show_default=True,
              help="Whose a change is in the lead time: the team's that owns the service, or its author's.")  # fmt: skip
@click.option("--show", type=click.Choice(["numbers", "rows", "left-out", "formula", "query", "indicators"]), default="numbers",
              show_default=True,
              help="The numbers, or what is behind them; or the shared indicators around each deployment.")  # fmt: skip
@day_option("The weeks that ended on or before this day (the last day with data by default).")
@data_option
@timezone_option
@format_option
def command(
    path: Path | None, metrics: tuple[str, ...], teams: tuple[str, ...], groups: tuple[str, ...], by: Any, first: dt.date | None,
    until: dt.date | None, weeks: int, every: str, before: bool, definition: str | None, attribution: Any, show: str,
    day: dt.date | None, data: str | None, timezone: str | None, format_: str,
) -> None:  # fmt: skip
    """Print the metrics of each team, grouping, or of the organisation: delivery (DORA), flow, and how Product and Tech work together.

    Teams stand in the order of the file: nothing is ranked. "no data" is not zero.

    \b
    Examples:
      topology metrics
      topology metrics --metric change-lead-time --team order-tracking --every week
      topology metrics --by group --from 2026-07-06 --to 2026-09-27
      topology metrics --as-of 2026-06-30 --format csv
      topology metrics --by service --weeks 26 --against-before
      topology metrics --metric change-fail-rate --definition devlake
      topology metrics --metric change-fail-rate --team order-tracking --show rows
    """
    from topology.delivery import METRICS, ORGANISATION, earlier_than
    from topology.report.table import render
    from topology.words.delivery import missing_words

    workspace = readable_at(path, data, timezone)
    organisation = workspace.organisation
    by = "group" if groups else by
    known = {
        "team": list(organisation.teams), "group": list(organisation.groups), "organisation": [ORGANISATION],
        "service": list(dict.fromkeys(service for team in organisation.teams.values() for service in team.services)),
    }  # fmt: skip
    _known(teams, known["team"], "--team", "team")
    _known(groups, known["group"], "--group", "grouping")
    if teams and by != "team":
        raise click.UsageError("--team goes with --by team, and not with --group.")
    load_events(workspace)
    last = as_of(day, workspace.events.last_day)
    if before and every == "week":
        raise click.UsageError("--against-before goes with --every window.")
    window = _window(first, until, last, weeks)
    scope = workspace.scope(last, by, definition or "", weeks=window, attribution=attribution)
    chosen = [whose for whose in known[by] if whose in (teams or groups or known[by])]
    if show == "indicators":
        _indicators(workspace, scope, format_)
        return
    if show in ("rows", "left-out") and not metrics:
        raise click.UsageError(
            f"--show {show} goes with --metric: the events of different metrics have different columns."
        )
    if show != "numbers":
        _behind(show, metrics or tuple(METRICS), chosen, workspace, scope, format_)
        return
    rows: list[dict[str, Any]] = []
    for name in metrics or METRICS:
        reading = workspace.reading(name, scope)
        if reading.missing:
            click.echo(f"{name}: {missing_words(reading.missing)}.", err=True)
        earlier = workspace.reading(name, earlier_than(scope), weekly=False) if before else None
        for whose in chosen:
            rows += _rows(reading, whose, by, every, _counts(organisation, whose, by) and reading.computed, earlier)
    if not rows:
        click.echo("no data: no event of these teams lies in the window.", err=True)
        return
    columns = ["metric", by, "from", "to", "value", "unit", "n", "low", "high"]
    columns += ["before", "n_before"] if before else []
    columns += ["note"] if any("note" in row for row in rows) else []
    click.echo(render(format_, rows, columns), nl=False)


def _indicators(workspace: Workspace, scope: Scope, format_: str) -> None:
    """Prints how each shared indicator moved around the deployments of its service."""
    from topology.delivery.indicators import AROUND_DAYS
    from topology.report.table import render

    rows = workspace.indicators(scope)[1]
    if not rows:
        missing = (
            "there is no table outcomes or deployments"
            if rows is None
            else "no deployment has measurements on both sides"
        )
        click.echo(f"no data: {missing}.", err=True)
        return
    click.echo(f"Medians of the {AROUND_DAYS} days before and after; they say when something moved, not why.", err=True)
    columns = ["kpi", "service", "deployment", "day", "before", "n_before", "after", "n_after", "change"]
    click.echo(render(format_, rows, columns), nl=False)


def _behind(
    show: str, metrics: tuple[str, ...], chosen: list[str], workspace: Workspace, scope: Scope, format_: str
) -> None:
    """Prints what is behind the numbers: of each metric the formula or the query, of each team the events."""
    from topology.delivery import METRICS
    from topology.report.table import render
    from topology.words.delivery import rows_withheld_words, told_reasons, why_nothing, withheld_words

    if show in ("formula", "query"):
        readings = [workspace.reading(name, scope) for name in metrics]
        if show == "query":
            texts = {one.metric.id: workspace.query(one) or f"-- {why_nothing(one)}" for one in readings}
            click.echo("\n\n".join(f"-- {id_}\n{text}" for id_, text in texts.items()))
            return
        told = [
            {
                "metric": one.metric.id,
                "definition": scope.definition.id,
                "unit": str(one.unit),
                "formula": why_nothing(one) or one.formula,
            }
            for one in readings
        ]
        click.echo(render(format_, told, ["metric", "definition", "unit", "formula"]), nl=False)
        return

    def behind(name: str, whose: str) -> Iterable[Mapping[str, Any]]:
        reading = workspace.reading(name, scope)
        if reading.of_people or whose in reading.withheld:
            return [{"note": withheld_words() if whose in reading.withheld else rows_withheld_words()}]
        if show == "rows":
            return workspace.rows_behind(name, scope, whose)
        return told_reasons(workspace.rows_left_out(name, scope, whose))

    rows = [
        {"metric": name, scope.by: whose, **row} for name in metrics for whose in chosen for row in behind(name, whose)
    ]
    if not rows:
        what = "no event counts" if show == "rows" else "nothing is left out"
        click.echo(f"{what} for {', '.join(METRICS[name].name for name in metrics)} in these weeks.", err=True)
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    click.echo(render(format_, rows, columns), nl=False)


def _known(names: tuple[str, ...], known: list[str], option: str, noun: str) -> None:
    from topology.source.suggest import did_you_mean

    for name in names:
        if name not in known:
            raise click.BadParameter(
                f"there is no {noun} `{name}`. {did_you_mean(name, known)}".strip(), param_hint=option
            )


def _window(first: dt.date | None, until: dt.date | None, last: dt.date, weeks: int) -> tuple[dt.date, ...]:
    """The Mondays of the whole weeks that were asked for."""
    from topology.delivery import weeks_between, whole_weeks

    if first is None and until is None:
        return tuple(whole_weeks(last, weeks))
    if first is None:
        return tuple(whole_weeks(until or last, weeks))
    found = weeks_between(first, until or last)
    if not found:
        raise click.UsageError(
            f"there is no whole week from {first} to {until or last}: a week runs from Monday to Sunday."
        )
    return tuple(found)


def _counts(organisation: Organisation, whose: str, by: str) -> bool:
    """Whether events could be counted for it: then "no data" is worth a row."""
    return by != "team" or bool(organisation.teams[whose].services)


def _rows(
    reading: Reading, whose: str, by: str, every: str, counts: bool, earlier: Reading | None
) -> list[dict[str, Any]]:
    """One row of the window (with the number of the weeks before it), or one for each week that has a value."""
    from topology.words.delivery import withheld_words

    metric = reading.metric
    end = reading.weeks[-1] + dt.timedelta(days=6)
    common = {"metric": metric.id, by: whose, "unit": str(reading.unit)}
    untold = {**common, "value": None, "note": withheld_words()}
    if every == "week":
        told = [{**row, **common} for row in reading.weekly.get(whose, [])]
        hidden = [{**untold, "week": week} for one, week in reading.withheld_weeks if one == whose]
        rows = sorted([*told, *(hidden if counts else ())], key=lambda row: row["week"])
        return [{**row, "from": row["week"], "to": row["week"] + dt.timedelta(days=6)} for row in rows]
    if whose not in reading.headline and not counts:
        return []
    if whose in reading.withheld:
        return [{**untold, "from": reading.weeks[0], "to": end}]
    found = reading.headline.get(whose, {"value": None, "n": 0})
    before = earlier.headline.get(whose, {}) if earlier else {}
    beside = {"before": before.get("value"), "n_before": before.get("n", 0)} if earlier else {}
    return [{**found, **common, "from": reading.weeks[0], "to": end, **beside}]
