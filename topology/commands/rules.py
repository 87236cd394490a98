"""`topology rules`: every rule of the check."""

from __future__ import annotations

from pathlib import Path

import click

from topology.commands.options import format_option


@click.command("rules")
@format_option
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a Markdown page a rule into a folder.",
)
def command(format_: str, folder: Path | None) -> None:
    """List the rules of `topology check`: code, name, default severity, threshold, what is wrong.

    \b
    Examples:
      topology rules
      topology rules --format json
      topology rules --write docs/rules
    """
    from topology.report.rules import index_page, page_name, rule_page
    from topology.report.table import render
    from topology.rules import rules
    from topology.writing import write_files

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        pages = {folder / page_name(rule): rule_page(rule) for rule in rules().values()}
        write_files({**pages, folder / "README.md": index_page(rules().values())}, within=folder)
        click.echo(f"Wrote {len(rules()) + 1} pages into {folder}.")
        return
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "default": rule.severity,
            "threshold": rule.threshold,
            "what is wrong": rule.title,
        }
        for rule in rules().values()
    ]
    click.echo(render(format_, rows, ["code", "name", "default", "threshold", "what is wrong"]), nl=False)
