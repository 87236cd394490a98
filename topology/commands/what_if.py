"""`topology what-if`: what would follow from a draft; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from topology.commands.options import (
    Day,
    as_of,
    path_argument,
    readable_at,
    refuse_overwriting,
    selection_at,
    write_text,
)
from topology.manifest import formats_of

if TYPE_CHECKING:
    import datetime as dt

    from topology.planning import Operation


@click.command("what-if")
@path_argument
@click.option("--ops", "operations", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="The draft: a YAML or JSON file with a list of operations, each with `verb` and `args`.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(formats_of("whatif")), default="text", show_default=True)
@click.option("--output", default="-", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE",
              help="Where to write; - is the standard output.")  # fmt: skip
@click.option("--as-of", "day", type=Day(), metavar="YYYY-MM-DD",
              help="Judge both versions on this day, or later, once all of the draft has begun [default: today].")  # fmt: skip
def command(path: Path | None, operations: Path, format_: str, output: str, day: dt.date | None) -> None:
    """Say what would follow from a draft: findings that come and go, what touched teams take on, and the patch.

    PATH is the organisation's file or folder. Nothing is written into it. Exit 1 where an operation cannot be made: it counts for
    nothing, and the others are made. docs/what-if.md names the verbs.

    \b
    Examples:
      topology what-if --ops draft.yaml
      topology what-if squads.yaml --ops draft.json --format patch > draft.patch && git apply draft.patch
    """
    from topology.planning import plan
    from topology.planning.base import base_of
    from topology.planning.consequences import outcome
    from topology.report.whatif import render

    workspace = readable_at(path)
    refuse_overwriting(workspace.path, [output])
    if output != "-" and Path(output).resolve() == operations.resolve():
        raise click.BadParameter(f"{output} is the draft itself; it would be lost.", param_hint="--output")
    found = plan(base_of(workspace.loaded, workspace.path), _operations(operations))
    write_text(render(format_, outcome(found, as_of(day), selection_at(workspace.settings)), workspace.path), output)
    failed = [step for step in found.steps if step.state == "cannot"]
    if failed and format_ != "text":
        from topology.report.text import visible

        for step in failed:
            click.echo(visible(f"{step.letter} {step.text}: it cannot be made: {step.why}"), err=True)
    if failed:
        raise SystemExit(1)


def _operations(file: Path) -> tuple[Operation, ...]:
    """The operations of a file; what is none is a wrong use."""
    from topology.planning import OperationError, draft_of
    from topology.report.text import visible

    try:
        return draft_of(file.read_text("utf-8-sig"), str(file)).made
    except UnicodeDecodeError:
        raise click.UsageError(visible(f"{file} is not UTF-8 text.")) from None
    except OperationError as error:
        raise click.UsageError(visible(str(error))) from None
