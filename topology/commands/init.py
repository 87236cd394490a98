"""`topology init`: a small organisation to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click


@click.command("init")
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Write a small commented squads.yaml, and its schema, into FOLDER (the present one when it is not given).

    Nothing that exists is overwritten.

    \b
    Examples:
      topology init
      topology init my-organisation && topology check my-organisation/squads.yaml
    """
    from topology.source.schema import FILE_NAME, json_schema_text

    model = folder / "squads.yaml"
    if model.exists():
        raise click.UsageError(f"{model} exists already; nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    model.write_text(files("topology.source").joinpath("starter.yaml").read_text("utf-8"), encoding="utf-8")
    schema = folder / FILE_NAME
    if not schema.exists():
        schema.write_text(json_schema_text(), encoding="utf-8")
    click.echo(f"Wrote {model} and {schema}.\nNext: edit it, then `topology check {model}`.")
