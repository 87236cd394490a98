"""`topology baseline`: today's findings as a file, so that a check shows only new ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from click.core import ParameterSource

from topology.commands.options import (
    as_of,
    day_option,
    existing_model,
    observed_on,
    path_argument,
    readable_at,
    refuse_overwriting,
    selection_at,
    selection_options,
    with_data_options,
    write_text,
)


@click.command("baseline")
@path_argument
@click.option("--output", default="topology-baseline.json", show_default=True, metavar="FILE",
              type=click.Path(dir_okay=False, allow_dash=True), help="The file to write; - is the standard output.")  # fmt: skip
@selection_options
@with_data_options
@day_option("The findings of this day (today by default).")
def command(
    path: Path | None,
    output: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    with_data: bool,
    data: str | None,
    timezone: str | None,
    day: dt.date | None,
) -> None:
    """Write the present findings of the organisation at PATH into a file. While the file has errors of its own, none is written.

    An organisation that begins to check has many findings at once. `topology check --baseline FILE` leaves them out and
    shows only what is new. Findings are known by code and ids, so lines may move.

    \b
    Examples:
      topology baseline
      topology baseline squads/ --output baseline.json
      topology check --baseline topology-baseline.json
    """
    from topology.rules import check
    from topology.rules.baseline import baseline_text

    file = existing_model(path)
    refuse_overwriting(file, [output])
    workspace = readable_at(path, data, timezone, otherwise="No baseline was written: mend these errors first.")
    chosen = selection_at(workspace.settings, select, ignore, severity)
    observed = observed_on(workspace, as_of(day))(workspace.organisation) if with_data else None
    checked = check(workspace.loaded, as_of(day), chosen, observed=observed)
    named = click.get_current_context().get_parameter_source("output") is not ParameterSource.DEFAULT
    write_text(baseline_text(checked.each), output, named=named)
    click.echo(f"{len(checked.each)} findings.", err=True)
