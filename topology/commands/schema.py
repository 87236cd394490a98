"""`topology schema`: the JSON Schema of the organisation file, and of the settings."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("schema")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of printing."
)
@click.option("--of", "which", type=click.Choice(["organisation", "settings"]), default="organisation", show_default=True,
              help="The organisation file, or topology.toml with the names of the rules.")  # fmt: skip
def command(output: Path | None, which: str) -> None:
    """Print the JSON Schema of the organisation file, for completion and hover help in an editor.

    With this first line in squads.yaml, an editor with the YAML language server finds the schema beside the file:

    \b
      # yaml-language-server: $schema=squads.schema.json

    \b
    Examples:
      topology schema --output squads.schema.json
      topology schema --of settings --output topology.schema.json
    """
    if which == "settings":
        from topology.rules.settings_schema import settings_schema_text as schema_text
    else:
        from topology.source.schema import json_schema_text as schema_text

    if output is None:
        click.echo(schema_text(), nl=False)
    else:
        output.write_text(schema_text(), encoding="utf-8")
        click.echo(f"Wrote {output}.")
