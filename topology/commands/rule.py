"""`topology rule CODE`: the documentation of one rule."""

from __future__ import annotations

import click


@click.command("rule")
@click.argument("rule")
def command(rule: str) -> None:
    """Say what a RULE finds, why it matters and what to do, with a bad and a good example.

    \b
    Examples:
      topology rule TT102
      topology rule collaboration-overrun
    """
    from topology.report.rules import rule_text
    from topology.rules.selection import SelectionError, one_rule

    try:
        click.echo(rule_text(one_rule(rule)), nl=False)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None
