"""`topology init`: a small organisation to start from, and what a pull request needs to be checked."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from topology.writing import write_file


@click.command("init")
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--ci", is_flag=True, help="Write the workflow for pull requests, and CODEOWNERS lines.")
@click.option(
    "--package",
    metavar="REQUIREMENT",
    help="With --ci: what pip installs there, such as git+https://… [default: this release].",
)
def command(folder: Path, ci: bool, package: str | None) -> None:
    """Write a small commented squads.yaml, and its schema, into FOLDER (the present one when it is not given).

    With --ci also .github/workflows/topology.yml at the root of the repository, which checks pull requests, pushes and, once a
    week, what has ended meanwhile; and the lines of CODEOWNERS that ask the leads of the teams. Nothing that exists is
    overwritten; an organisation that is there is kept.

    \b
    Examples:
      topology init
      topology init my-organisation && topology check my-organisation/squads.yaml
      topology init --ci
    """
    from topology.source.files import DEFAULT_NAMES
    from topology.source.schema import FILE_NAME, json_schema_text

    model = next((found for name in DEFAULT_NAMES if (found := folder / name).exists()), folder / DEFAULT_NAMES[0])
    if model.exists() and not ci:
        raise click.UsageError(f"{model} exists already; nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    if not model.exists():
        write_file(model, files("topology.source").joinpath("starter.yaml").read_text("utf-8"), within=folder)
        click.echo(f"Wrote {model}.")
    schema = folder / FILE_NAME
    if not schema.exists():
        write_file(schema, json_schema_text(), within=folder)
        click.echo(f"Wrote {schema}.")
    if ci:
        from topology.commands.ci.written import write_ci

        write_ci(folder, model, package)
        click.echo("Next: commit .github/ and open a pull request.")
        return
    click.echo(f"Next: edit it, then `topology check {model}`; `topology app {model}` shows it in the browser.")
