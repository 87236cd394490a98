"""What `topology init --ci` writes at the root of a repository: the workflow, and the lines of CODEOWNERS.

Names and accounts come from files; each is looked at before it becomes a line that the host acts on.
"""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from topology.writing import LinkError, make_folder, write_file

if TYPE_CHECKING:
    from topology.model import Organisation
    from topology.workspace import Workspace

WORKFLOW = Path(".github", "workflows", "topology.yml")
OWNERS = (Path(".github", "CODEOWNERS"), Path("CODEOWNERS"), Path("docs", "CODEOWNERS"))
"""Where GitHub looks, in this order; it reads the first that is there."""
HEADING = "# Who is asked when the organisation changes (topology init --ci)"
STEP_INDENT = " " * 10  # of a script in the workflow
MAX_OWNERS_BYTES = 3 * 1024 * 1024  # GitHub's own limit
MOST_OWNERS = 10  # a line that names half the organisation asks nobody
_PATH = re.compile(r"(?!-)[\w./@ -]+")  # (`*`, `?`, `[`, `!` and `#` would mean something to the host)
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")


def write_ci(folder: Path, model: Path, package: str | None) -> None:
    """The workflow, where there is none, and the CODEOWNERS lines that are not there yet."""
    from topology.commands.options import readable_at

    root = root_of(folder)
    place = _plain_path(model, root)
    workflow = root / WORKFLOW
    if workflow.exists():
        click.echo(f"{workflow} exists already; it was kept.")
    else:
        make_folder(workflow.parent, within=root)
        write_file(workflow, workflow_text(place, package), within=root)
        click.echo(f"Wrote {workflow}.")
    _write_owners(
        next((root / one for one in OWNERS if (root / one).exists()), root / OWNERS[0]), root, readable_at(model)
    )


def root_of(folder: Path) -> Path:
    """The repository's root: the nearest folder from here upwards that has `.git`; the folder itself where none has."""
    return next((one for one in (folder, *folder.absolute().parents) if (one / ".git").exists()), folder)


def _plain_path(file: Path, root: Path) -> str:
    """A path from the root as the host writes it. Raises UsageError for one that would mean something else there."""
    path = Path(os.path.relpath(file, root)).as_posix()
    if not _PATH.fullmatch(path) or path.startswith(".."):
        raise click.UsageError(
            f"{path!r} cannot stand in a workflow or in CODEOWNERS as it is: use letters, digits, `.`, `_`, `-` and `/` in names."
        )
    return path


def workflow_text(model: str, package: str | None = None) -> str:
    """The workflow for an organisation at a path from the repository's root."""
    from topology import __version__

    text = _of_ci("workflow.yaml")
    for mark, script in (("@CHECK@", "check.sh"), ("@COMMENT@", "comment.sh")):
        text = text.replace(f"{STEP_INDENT}{mark}\n", indent(_of_ci(script), STEP_INDENT))
    is_file = Path(model).suffix != ""
    settings = (Path(model).parent if is_file else Path(model)) / "topology.toml"
    values = {
        "@PATHS@": [model if is_file else f"{model}/**", settings.as_posix()],
        "@MODEL@": model,
        "@PACKAGE@": package or f"squad-topology=={__version__}",
    }  # (all at once: a value may look like a mark)
    return re.sub("|".join(values), lambda mark: json.dumps(values[mark[0]], ensure_ascii=False), text)


def _of_ci(name: str) -> str:
    return files("topology.commands").joinpath("ci", name).read_text("utf-8")


# -- who is asked -------------------------------------------------------------------------------------------------------


def _write_owners(owners: Path, root: Path, workspace: Workspace) -> None:
    lines = _owner_lines(workspace, root)
    if not lines:
        click.echo(f"{owners}: no lead has `accounts: {{github: …}}` yet; add them and run this again.")
        return
    if owners.is_symlink() or (owners.exists() and not owners.is_file()):
        raise LinkError(owners)
    if owners.exists() and owners.stat().st_size > MAX_OWNERS_BYTES:
        raise click.UsageError(f"{owners} is larger than GitHub reads; nothing was added to it.")
    try:
        before = owners.read_bytes().decode("utf-8") if owners.exists() else ""
    except UnicodeDecodeError:
        raise click.UsageError(f"{owners} is not UTF-8 text; nothing was added to it.") from None
    end = "\r\n" if "\r\n" in before else "\n"
    new = [line for line in lines if line not in before.splitlines()]
    if new:
        start = before if not before or before.endswith("\n") else before + end
        make_folder(owners.parent, within=root)
        write_file(owners, start + "".join(line + end for line in new), within=root)
        click.echo(f"Wrote {len(new)} {'line' if len(new) == 1 else 'lines'} into {owners}.")


def _owner_lines(workspace: Workspace, root: Path) -> list[str]:
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
        name = _plain_path(Path(file), root).replace(" ", "\\ ")
        if accounts:
            lines.append(f"/{name} {' '.join(f'@{one}' for one in accounts)}")
    return [HEADING, *lines] if lines else []


def _accounts(organisation: Organisation, people: list[str]) -> list[str]:
    """The GitHub accounts of people, each once; what is no account of GitHub's is said and left out."""
    found = []
    for person in dict.fromkeys(one for one in people if one in organisation.people):
        for account in organisation.people[person].accounts.get("github", ()):
            if _ACCOUNT.fullmatch(account):
                found.append(account)
            elif account:
                click.echo(f"{account!r}, the GitHub account of {person}, is none, so nobody is asked by it.", err=True)
    return list(dict.fromkeys(found))
