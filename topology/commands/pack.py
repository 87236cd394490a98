"""`topology pack`: the dimensions of maturity, their criteria and questions; and whether a pack of one's own can be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from topology.commands.options import format_option, path_argument, workspace_at

if TYPE_CHECKING:
    from topology.maturity.pack import Pack


@click.group("pack")
def command() -> None:
    """The dimensions of maturity: what their levels ask, and the question that people answer.

    \b
    Examples:
      topology pack show
      topology pack check maturity/
    """


@command.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Check the pack in a FOLDER: one YAML file a dimension, and pack.yaml. Exits with 1 where it cannot be used.

    \b
    Example:
      topology pack check maturity/
    """
    from topology.maturity.packs import load_pack
    from topology.report import text
    from topology.source.files import files_of, read

    loaded = load_pack(folder)
    texts = {str(file): text_ for file in files_of(folder)[0] if (text_ := read(file)[0]) is not None}
    for problem in loaded.problems:
        click.echo(text.full(problem, texts) + "\n")
    if loaded.pack is None:
        count = len(loaded.problems)
        click.echo(f"{count} {'error' if count == 1 else 'errors'}; the pack cannot be used.")
        raise SystemExit(1)
    dimensions = loaded.pack.dimensions
    criteria = sum(len(listed) for one in dimensions.values() for listed in one.levels.values())
    click.echo(
        f"{len(dimensions)} dimensions, {criteria} criteria, {len(loaded.pack.items)} questions: the pack can be used."
    )


@command.command("show")
@path_argument
@click.option("--dimension", "name", help="One dimension, with its criteria and its question.")
@click.option("--measures", is_flag=True, help="Every measure that a criterion may name.")
@click.option(
    "--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Of names and questions."
)
@format_option
def show(path: Path | None, name: str | None, measures: bool, language: str, format_: str) -> None:
    """Print the pack of the organisation at PATH, or the package's own where there is no organisation.

    \b
    Examples:
      topology pack show
      topology pack show --dimension debt --language fr
      topology pack show --measures
    """
    from topology.language import Language, speaking
    from topology.report.table import render

    if measures:
        from topology.maturity.measures import MEASURES

        rows = [{"measure": one.id, "what": one.name, "counted in": one.unit} for one in MEASURES.values()]
        click.echo(render(format_, rows, ["measure", "what", "counted in"]), nl=False)
        return
    pack = _pack(path)
    if name is not None and name not in pack.dimensions:
        from topology.source.suggest import did_you_mean

        raise click.BadParameter(
            f"there is no dimension {name}. {did_you_mean(name, pack.dimensions)}", param_hint="--dimension"
        )
    with speaking(Language(language)):
        if name is not None:
            _one(pack, name, format_)
            return
        listed = [
            {"dimension": id_, "name": str(one.name), "for": ", ".join(one.applies_to), "item": one.question.item if one.question else "",
             "criteria": sum(map(len, one.levels.values())), "about": str(one.about)}
            for id_, one in pack.dimensions.items()
        ]  # fmt: skip
        click.echo(render(format_, listed, ["dimension", "name", "for", "item", "criteria", "about"]), nl=False)
        if format_ == "table" and pack.short is not None:
            click.echo(f"\nThe second short form, in every other survey ({' / '.join(pack.short.scale.spoken())}):")
            for kind, one in pack.short.statements:
                click.echo(f"    {kind}  {one.item}  {one}")


def _pack(path: Path | None) -> Pack:
    from topology.commands.options import model_path
    from topology.maturity.packs import PackError, pack_of

    try:
        return workspace_at(path).pack if path is not None or model_path(path).exists() else pack_of()
    except PackError as error:
        raise click.UsageError(f"the pack cannot be used:\n{error}") from None


def _one(pack: Pack, name: str, format_: str) -> None:
    from topology.maturity.measures import MEASURES
    from topology.report.table import render
    from topology.words.maturity import need_words

    dimension = pack.dimensions[name]
    rows = [
        {"level": level, "criterion": MEASURES[one.measure].name, "asks": need_words(one) or "yes", "measure": one.measure}
        for level, criteria in dimension.criteria.items() for one in criteria
    ]  # fmt: skip
    if format_ == "table":
        click.echo(f"{dimension.name} ({name}), for: {', '.join(dimension.applies_to)}\n{dimension.about}\n")
    click.echo(render(format_, rows, ["level", "criterion", "asks", "measure"]), nl=False)
    if format_ == "table" and dimension.question is not None:
        click.echo(f"\n{dimension.question.item}   {dimension.question}")
        for anchor in dimension.question.anchors.spoken():
            click.echo(f"    – {anchor}")
