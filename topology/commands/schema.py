"""`topology schema`: the JSON Schema of the organisation file, and of the settings."""

from __future__ import annotations

import click

from topology.commands.options import model_path, refuse_overwriting, write_text


@click.command("schema")
@click.option("--output", default="-", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE",
              help="Where to write; - is the standard output.")  # fmt: skip
@click.option("--of", "which", type=click.Choice(["organisation", "settings"]), default="organisation", show_default=True,
              help="The organisation file, or topology.toml with the names of the rules.")  # fmt: skip
def command(output: str, which: str) -> None:
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

    refuse_overwriting(model_path(None), [output])
    write_text(schema_text(), output)
