"""`topology baseline`: today's findings as a file, so that a check shows only new ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from topology.commands.options import (
    as_of,
    day_option,
    model_path,
    path_argument,
    refuse_overwriting,
    selection_at,
    selection_options,
    write_text,
)


@click.command("baseline")
@path_argument
@click.option("--output", default="topology-baseline.json", show_default=True, metavar="FILE",
              type=click.Path(dir_okay=False, allow_dash=True), help="The file to write; - is the standard output.")  # fmt: skip
@selection_options
@day_option("The findings of this day (today by default).")
def command(
    path: Path | None,
    output: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: tuple[str, ...],
    day: dt.date | None,
) -> None:
    """Write the present findings of the organisation at PATH into a file.

    An organisation that begins to check has many findings at once. `topology check --baseline FILE` leaves them out and
    shows only what is new. Findings are known by code and ids, so lines may move.

    \b
    Examples:
      topology baseline
      topology baseline squads/ --output baseline.json
      topology check --baseline topology-baseline.json
    """
    from topology.report.text import full
    from topology.rules import check
    from topology.rules.baseline import baseline_text
    from topology.source import load

    refuse_overwriting(model_path(path), [output])
    _, chosen = selection_at(path, select, ignore, severity)
    loaded = load(model_path(path))
    checked = check(loaded, as_of(day), chosen)
    if loaded.organisation is None:
        for one in checked.findings:
            click.echo(full(one, loaded.texts), err=True)
        raise SystemExit(1 if loaded.texts else 2)
    write_text(baseline_text(checked.each), output)
    if output != "-":
        click.echo(f"Wrote {output}: {len(checked.each)} findings.")
