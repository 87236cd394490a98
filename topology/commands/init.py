"""`topology init`: a small organisation to start from, and what a pull request needs to be checked."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from topology.model import Organisation
    from topology.workspace import Workspace

WORKFLOW = Path(".github/workflows/topology.yml")
OWNERS = Path(".github/CODEOWNERS")
STEP_INDENT = " " * 10  # of a script in the workflow
MOST_OWNERS = 10  # a line that names half the organisation asks nobody


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

    With --ci also .github/workflows/topology.yml, which checks pull requests, and the lines of .github/CODEOWNERS that ask
    the leads of the teams. Nothing that exists is overwritten; an organisation that is there is kept.

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
        model.write_text(files("topology.source").joinpath("starter.yaml").read_text("utf-8"), encoding="utf-8")
        click.echo(f"Wrote {model}.")
    schema = folder / FILE_NAME
    if not schema.exists():
        schema.write_text(json_schema_text(), encoding="utf-8")
        click.echo(f"Wrote {schema}.")
    if ci:
        _write_ci(folder, model, package)
        click.echo("Next: commit .github/ and open a pull request.")
        return
    click.echo(f"Next: edit it, then `topology check {model}`; `topology app {model}` shows it in the browser.")


def _write_ci(folder: Path, model: Path, package: str | None) -> None:
    """The workflow and the CODEOWNERS lines."""
    from topology.commands.options import readable_at

    workflow, owners = folder / WORKFLOW, folder / OWNERS
    workflow.parent.mkdir(parents=True, exist_ok=True)
    if workflow.exists():
        click.echo(f"{workflow} exists already; it was kept.")
    else:
        workflow.write_text(workflow_text(model.relative_to(folder), package), encoding="utf-8")
        click.echo(f"Wrote {workflow}.")
    lines = _owner_lines(readable_at(model), folder)
    if not lines:
        click.echo(f"{owners}: no lead has `accounts: {{github: …}}` yet; add them and run this again.")
        return
    before = owners.read_text("utf-8") if owners.exists() else ""
    new = [line for line in lines if line not in before.splitlines()]
    if new:
        start = before if not before or before.endswith("\n") else before + "\n"
        owners.write_text(start + "".join(line + "\n" for line in new), encoding="utf-8")
        click.echo(f"Wrote {len(new)} {'line' if len(new) == 1 else 'lines'} into {owners}.")


def workflow_text(model: Path, package: str | None = None) -> str:
    """The workflow for an organisation at a path below the repository's folder."""
    from topology import __version__

    text = _of_ci("workflow.yaml")
    for mark, script in (("@CHECK@", "check.sh"), ("@COMMENT@", "comment.sh")):
        text = text.replace(f"{STEP_INDENT}{mark}\n", indent(_of_ci(script), STEP_INDENT))
    paths = f'"{model.as_posix()}/**"' if model.suffix == "" else f'"{model.as_posix()}"'
    for mark, value in (
        ("@PATHS@", f"{paths}, topology.toml"),
        ("@MODEL@", model.as_posix()),
        ("@PACKAGE@", package or f"squad-topology=={__version__}"),
    ):
        text = text.replace(mark, value)
    return text


def _of_ci(name: str) -> str:
    return files("topology.commands").joinpath("ci", name).read_text("utf-8")


def _owner_lines(workspace: Workspace, folder: Path) -> list[str]:
    """A line a file: the leads of the teams that it declares, else the two leaders, by their GitHub accounts."""
    from topology.source.tree import Mapping

    loaded, organisation = workspace.loaded, workspace.organisation
    leaders = organisation.organisation.leaders
    lines = []
    for file in loaded.texts:
        teams = loaded.tree["teams"] if loaded.tree is not None and "teams" in loaded.tree else Mapping()
        declared = [organisation.teams[id_] for id_ in teams if teams.key_mark(id_)[0] == file]
        leads = [seat.person for team in declared for seat in (team.pm, team.em) if seat is not None and seat.person]
        accounts = _accounts(organisation, leads)
        if not accounts or len(accounts) > MOST_OWNERS:
            accounts = (
                _accounts(organisation, [one for one in (leaders.product, leaders.technology) if one])
                or accounts[:MOST_OWNERS]
            )
        name = Path(file).relative_to(folder).as_posix().replace(" ", "\\ ")
        if accounts:
            lines.append(f"/{name} {' '.join(f'@{one}' for one in accounts)}")
    return ["# Who is asked when the organisation changes (topology init --ci)", *lines] if lines else []


def _accounts(organisation: Organisation, people: list[str]) -> list[str]:
    found = (organisation.people[one].accounts.get("github") for one in people if one in organisation.people)
    return list(dict.fromkeys(one for one in found if one))
