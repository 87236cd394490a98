"""`topology check`: what is wrong with the organisation file, and what the rules find in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from topology.commands.options import (
    as_of,
    day_option,
    existing_model,
    observed_on,
    path_argument,
    refuse_overwriting,
    selection_at,
    selection_options,
    settings_at,
    with_data_options,
    workspace_at,
    write_text,
)
from topology.manifest import formats_of

if TYPE_CHECKING:
    from topology.model import Organisation
    from topology.report.findings import Report
    from topology.rules import Selection
    from topology.rules.facts import Observed
    from topology.rules.known import Known
    from topology.source import Loaded


FORMATS = formats_of("findings")


@click.command("check")
@path_argument
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), metavar="FORMAT",
              help=f"How to print: {', '.join(FORMATS)}; may be repeated [default: full].")  # fmt: skip
@click.option("--output", "outputs", multiple=True, type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE",
              help="Where each --format goes, in the same order; - is the standard output.")  # fmt: skip
@selection_options
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]),
              help="Exit with 1 from this severity on [default: topology.toml's, else error].")  # fmt: skip
@day_option("Judge the organisation as it is on this day (today by default).")
@click.option("--baseline", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Leave out the findings of this file, which `topology baseline` writes.")  # fmt: skip
@click.option("--against", metavar="REV", help="Leave out the findings that this git revision has too.")
@with_data_options
@click.option("--fix", is_flag=True, help="Mend what can be mended safely: spellings, dates, old keys.")
@click.option("--diff", "show_diff", is_flag=True, help="With --fix: print the change and write nothing.")
def command(
    path: Path | None, formats: tuple[str, ...], outputs: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...],
    severity: tuple[str, ...], fail_on: Any, day: dt.date | None, baseline: Path | None, against: str | None,
    with_data: bool, data: str | None, timezone: str | None, fix: bool, show_diff: bool,
) -> None:  # fmt: skip
    """Say what is wrong with the organisation at PATH, with line, column and what to do.

    PATH is a YAML file or a folder of them; squads.yaml or squads/ when it is not given. Everything that is wrong with the
    file is reported in one run; the rules look at a file that can be read. Exit 0: nothing at or above --fail-on; 1: findings;
    2: wrong use. `topology rules` lists the rules.

    \b
    Examples:
      topology check
      topology check squads/ --select TT1 --ignore TT107 --fail-on warning
      topology check --against main --format github
      topology check --with-data --select TT9
      topology check --format full --output - --format sarif --output topology.sarif
      topology check --fix --diff
    """
    from topology.report.findings import Report, render
    from topology.rules import check

    targets = _targets(formats, outputs)
    file = existing_model(path)
    refuse_overwriting(file, outputs)
    settings = settings_at(path)
    chosen = selection_at(settings, select, ignore, severity)
    if fix and show_diff and (formats or outputs):
        raise click.UsageError("--fix --diff prints a patch: it goes with no --format or --output.")
    if fix:
        _fix(file, show_diff)
        if show_diff:
            return
    elif show_diff:
        raise click.UsageError("--diff shows what --fix would change: give both.")
    workspace = workspace_at(path, data, timezone)
    loaded, on = workspace.loaded, as_of(day)
    observe = observed_on(workspace, on) if with_data else None
    known = _known(_baseline(baseline), _against(against, file, loaded, on, chosen, observe))
    observed = observe(loaded.organisation) if observe and loaded.organisation else None
    checked = check(loaded, on, chosen, known, observed)
    report = Report(
        checked.findings,
        checked.suppressed,
        checked.known,
        loaded.texts,
        fail_on or settings.rules.fail_on,
        _counts(file, loaded),
    )
    for format_, target in targets:
        write_text(render(format_, report), target)
    if any(target == "-" and format_ in ("full", "text") for format_, target in targets):
        _say(report, file)
    unreadable = loaded.organisation is None and report.fail_on != "never"
    if report.failing or unreadable:
        raise SystemExit(1)


def _fix(file: Path, show_diff: bool) -> None:
    """Mends the files, or prints how it would."""
    from topology.source.edit.fixes import fixed
    from topology.source.edit.splices import patch_text
    from topology.source.files import read_texts
    from topology.writing import write_files

    before = read_texts(file)
    after, count = fixed(before)
    if show_diff:
        click.echo(patch_text(before, after), nl=False)
    else:
        mended = {Path(name): text for name, text in after.items() if text != before[name]}
        write_files(mended, within=file if file.is_dir() else None)
    done = "can be" if show_diff else "was" if count == 1 else "were"
    places = f"{count} {'place' if count == 1 else 'places'}"
    click.echo(f"{places} {done} mended." if count else "nothing to mend safely.", err=True)


def _targets(formats: tuple[str, ...], outputs: tuple[str, ...]) -> list[tuple[str, str]]:
    """(format, file) pairs; one format may stand without a file."""
    named = formats or ("full",)
    if len(named) == 1 and not outputs:
        outputs = ("-",)
    if len(named) != len(outputs):
        raise click.UsageError(
            f"{len(named)} --format and {len(outputs)} --output: give each format its file (- is the standard output)."
        )
    return list(zip(named, outputs, strict=True))


def _baseline(file: Path | None) -> Known:
    """What a baseline knows."""
    from topology.rules.baseline import BaselineError, read_baseline

    try:
        return read_baseline(file) if file is not None else {}
    except BaselineError as error:
        raise click.BadParameter(str(error), param_hint="--baseline") from None


def _against(
    revision: str | None, file: Path, loaded: Loaded, day: dt.date, chosen: Selection,
    observe: Callable[[Organisation], Observed] | None,
) -> Known:  # fmt: skip
    """The findings where the present branch left a revision, with renames followed."""
    if revision is None:
        return {}
    from topology.history.against import findings_against
    from topology.history.git import GitError

    try:
        known, unread = findings_against(revision, file, loaded, day, chosen, observe)
    except GitError as error:
        raise click.BadParameter(str(error), param_hint="--against") from None
    if unread:
        click.echo(f"{revision} cannot be read, so everything counts as new: {unread}", err=True)
    return known


def _known(first: Known, second: Known) -> Known:
    """What either knows; of a finding that both have as many as the one that has more."""
    keys = dict.fromkeys([*first, *second])
    return {key: max(first.get(key, ()), second.get(key, ()), key=len) for key in keys}


def _counts(file: Path, loaded: Loaded) -> str:
    organisation = loaded.organisation
    if organisation is None:
        return ""
    return f"{file}: {len(organisation.teams)} teams, {len(organisation.interactions)} interactions, {len(organisation.people)} people"


def _say(report: Report, file: Path) -> None:
    """The last lines for a person: the counts on the error stream, or that all is well."""
    if report.findings:
        click.echo(report.summary, err=True)
        if not report.checked:
            click.echo(
                "The rules did not run: they look at a file that can be read. Mend these errors first.", err=True
            )
        return
    aside = f" ({report.summary.partition(' (')[2]}" if "(" in report.summary else ""
    click.echo(f"{report.checked or file}: no finding{aside}.")
