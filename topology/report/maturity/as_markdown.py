"""Levels as Markdown: the grid, then each team's next steps; what it is for stands first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from topology.report.markdown import markdown as escaped
from topology.report.maturity import grid
from topology.words.maturity import level_meaning, level_words, purpose, step_words, whose

if TYPE_CHECKING:
    from topology.maturity.levels import Rating
    from topology.maturity.pack import Pack
    from topology.model import Organisation


def render(organisation: Organisation, pack: Pack, ratings: Sequence[Rating]) -> str:
    """One table of levels, teams in the order of the file, and a section of next steps a team."""
    columns, rows = grid(organisation, pack, ratings)
    lines = [f"# Maturity of {escaped(organisation.title)}", "", purpose(), ""]
    if rows:
        lines += [f"| {' | '.join(map(escaped, columns))} |", f"| --- |{' ---: |' * (len(columns) - 1)}"]
        lines += [f"| {' | '.join(escaped(row[name]) for name in columns)} |" for row in rows]
        lines += ["", level_meaning(), ""]
    for team in dict.fromkeys(one.team for one in ratings):
        lines += [f"## {escaped(whose(organisation, team))}", ""]
        for one in (rating for rating in ratings if rating.team == team):
            aim = f", aims at {one.aim}" if one.aim else ""
            step = step_words(one)
            name = escaped(str(pack.dimensions[one.dimension].name))
            lines.append(f"- **{name}** {level_words(one)}{aim}{f': {escaped(step)}' if step else ''}")
        lines.append("")
    return "\n".join(lines)
