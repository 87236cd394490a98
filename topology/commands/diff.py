"""`topology diff`: what a change does to the organisation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from topology.commands.options import (
    as_of,
    day_option,
    model_path,
    refuse_overwriting,
    selection_at,
    settings_at,
    write_text,
)
from topology.manifest import formats_of

if TYPE_CHECKING:
    from topology.history.versions import Version


@click.command("diff")
@click.argument("versions", nargs=-1, metavar="[BASE...HEAD | REV | FILE FILE]")
@click.option("--model", "path", type=click.Path(path_type=Path), metavar="PATH",
              help="The organisation's file or folder [default: squads.yaml or squads/].")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(formats_of("diff")), default="text", show_default=True)
@click.option("--output", default="-", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE",
              help="Where to write; - is the standard output.")  # fmt: skip
@day_option("Judge both versions on this day (today by default).")
def command(versions: tuple[str, ...], path: Path | None, format_: str, output: str, day: dt.date | None) -> None:
    """Say what changed between two versions of the organisation, and what follows from it.

    BASE...HEAD compares HEAD with the commit where it left BASE, as a pull request does; BASE..HEAD compares the two;
    REV compares a revision with the files as they are now, and no argument compares the last commit with them. FILE FILE
    compares two files or folders. A revision that begins with a dash goes behind `--`.

    \b
    Examples:
      topology diff main...HEAD
      topology diff main...HEAD --format markdown --output comment.md
      topology diff
      topology diff old/squads.yaml squads.yaml
    """
    from topology.history.consequences import difference
    from topology.history.git import GitError
    from topology.report.diff import render
    from topology.report.text import visible

    for file in (model_path(path), *map(Path, versions)):
        refuse_overwriting(file, [output])
    try:
        before, after = _versions(versions, path)
    except GitError as error:
        raise click.UsageError(visible(str(error))) from None
    chosen = selection_at(settings_at(path))
    for one in (before, after):
        _say(one)
    if before.loaded.organisation is None and after.loaded.organisation is None:
        raise click.UsageError(f"there is no organisation in {before.name} nor in {after.name}.")
    found = difference(before.loaded, after.loaded, as_of(day), chosen, (before.name, after.name))
    write_text(render(format_, found), output)


def _say(version: Version) -> None:
    """What is wrong with a version: it is read as far as it goes, but without one of its files nothing can be compared."""
    from topology.report.text import visible

    for problem in version.loaded.problems[:1]:
        words = f"{problem.place}: {problem.message}"
        if version.loaded.organisation is None:
            raise click.UsageError(visible(f"{version.name} cannot be read: {words}"))
        click.echo(visible(f"{version.name} is read as far as it goes: {words}"), err=True)


def _versions(versions: tuple[str, ...], path: Path | None) -> tuple[Version, Version]:
    """The two versions that the arguments name. Raises GitError."""
    from topology.history.git import repository_of
    from topology.history.versions import Version, places, version_at, version_of

    if len(versions) == 2:
        for one in versions:
            if not Path(one).exists():
                raise click.UsageError(
                    f"there is no file or folder {one}; two revisions are compared as BASE..HEAD or BASE...HEAD."
                )
        return version_of(Path(versions[0])), version_of(Path(versions[1]))
    if len(versions) > 2:
        raise click.UsageError("give one range (BASE...HEAD), one revision, or two files.")
    file = model_path(path)
    repository = repository_of(file)
    where = places(repository, file)
    named = versions[0] if versions else "HEAD"
    if ".." not in named:
        return version_at(repository, named, where), Version("the work tree", version_of(file).loaded)
    dots = "..." if "..." in named else ".."
    base, _, head = named.partition(dots)
    base, head = base or "HEAD", head or "HEAD"
    start = repository.merge_base(base, head) if dots == "..." else base
    before = version_at(repository, start, where)
    return Version(base, before.loaded), version_at(repository, head, where)
