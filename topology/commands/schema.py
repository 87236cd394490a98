"""`topology schema`: the JSON Schema of the organisation file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("schema")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of printing."
)
def command(output: Path | None) -> None:
    """Print the JSON Schema of the organisation file, for completion and hover help in an editor.

    With this first line in squads.yaml, an editor with the YAML language server finds the schema beside the file:

    \b
      # yaml-language-server: $schema=squads.schema.json

    \b
    Example:
      topology schema --output squads.schema.json
    """
    from topology.source.schema import json_schema_text

    if output is None:
        click.echo(json_schema_text(), nl=False)
    else:
        output.write_text(json_schema_text(), encoding="utf-8")
        click.echo(f"Wrote {output}.")
