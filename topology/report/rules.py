"""The documentation of the rules, derived from their modules: a page each, an index, and a text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from topology.rules.rule import EXAMPLE_DAY, HEADINGS, Rule


def rule_text(rule: Rule) -> str:
    """What `topology rule CODE` prints."""
    parts = [f"{rule.code} {rule.name} ({rule.severity}{_threshold(rule)})", rule.title]
    parts += [f"{heading}\n{textwrap.indent(rule.sections[heading], '  ')}" for heading in HEADINGS]
    return "\n\n".join(parts) + "\n"


def rule_markdown(rule: Rule) -> str:
    """The page of a rule, without its title."""
    return "\n\n".join(f"## {heading}\n\n{_body(heading, rule.sections[heading])}" for heading in HEADINGS) + "\n"


def rule_page(rule: Rule) -> str:
    """The whole page of a rule."""
    settings = f"Default severity: **{rule.severity}**{_threshold(rule)}. Family: {rule.family}."
    if rule.types:
        settings += f" Looks at teams of type {', '.join(rule.types)}."
    suppress = (
        f"To suppress one finding: `# topology: ignore[{rule.code}] the reason until 2026-12-31` at the end of its line, or on the line "
        f'above its object.\n\nTo change it for an organisation, in `topology.toml`:\n\n```toml\n[rules.severity]\n{rule.name} = "off"\n'
    )
    if rule.threshold is not None:
        suppress += f"\n[rules.thresholds]\n{rule.name} = {rule.threshold:g}\n"
    head = f"# {rule.code} {rule.name}\n\n{rule.title} {settings}\n\n"
    if rule.of_reading:
        return (
            head
            + rule_markdown(rule)
            + "\n## Settings\n\nIt cannot be switched off: without it the file cannot be read.\n"
        )
    return head + rule_markdown(rule) + f"\n## Settings\n\n{suppress}```\n"


def index_page(rules: Iterable[Rule]) -> str:
    """The table of all rules, by family."""
    parts = [
        "# The rules of `topology check`\n\nMade from the rules' modules by `topology rules --write docs/rules`.\n"
    ]
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            parts.append(f"\n## {family}\n\n| code | name | default | what is wrong |\n|---|---|---|---|\n")
        parts.append(f"| [{rule.code}]({page_name(rule)}) | {rule.name} | {rule.severity} | {rule.title} |\n")
    return "".join(parts)


def page_name(rule: Rule) -> str:
    """The file of a rule's page."""
    return f"{rule.code}-{rule.name}.md"


def _threshold(rule: Rule) -> str:
    return "" if rule.threshold is None else f", threshold {rule.threshold:g} {rule.unit}"


def _body(heading: str, text: str) -> str:
    if heading in ("Bad", "Good"):
        day = f"Judged on {EXAMPLE_DAY}.\n\n" if heading == "Bad" else ""
        return f"{day}```yaml\n{text}\n```"
    return text
