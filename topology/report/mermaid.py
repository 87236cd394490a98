"""A picture of a change as a Mermaid flowchart: the touched teams, their neighbours, and the interactions between them.

Ids are made up (`t1`, `t2`, …) and labels quoted and escaped, so that no name of a file can end a label or add markup.
Changes are marked by a sign and by the line: thick for new, dotted for gone, plain for changed; what stays has no label.
"""

from __future__ import annotations

from collections.abc import Iterable

from topology.history.consequences import Difference
from topology.model import Mode

MOST_TEAMS, MOST_TIES = 60, 150  # beyond, a Mermaid picture in a comment is neither drawn nor read
LINES = {"+": ("==>", "==="), "−": ("-.->", "-.-"), "~": ("-->", "---"), "": ("-->", "---")}
SHAPES = {"stream-aligned": ("([", "])"), "platform": ("[", "]"), "enabling": ("(", ")"), "complicated-subsystem": ("{{", "}}"),
          "undefined": ("[", "]")}  # fmt: skip
VERBS: dict[str, str] = {"collaboration": "collaboration", "x-as-a-service": "service", "facilitating": "help"}

STYLES = {"+": ("new", "stroke-width:4px"), "−": ("gone", "stroke-dasharray:4 4"),
          "": ("neighbour", "stroke:#9b99af,color:#4a5060,fill:#f7f8fa")}  # fmt: skip

Tie = tuple[str, str, str]
"""(mode, first team, second team)."""


def mermaid(found: Difference) -> str:
    """The flowchart; "" when no team is touched."""
    ties = _ties(found)
    touched = found.touched[:MOST_TEAMS]
    neighbours = [team for _, *pair in ties if set(pair) & set(touched) for team in pair]
    teams = list(dict.fromkeys([*touched, *neighbours]))[:MOST_TEAMS]
    if not teams:
        return ""
    ids = {team: f"t{index}" for index, team in enumerate(teams, start=1)}
    shown = [
        (tie, sign) for tie, sign in ties.items() if tie[1] in ids and tie[2] in ids and set(tie[1:]) & set(touched)
    ]
    lines = ["flowchart LR"]
    lines += [f"  {ids[team]}{_box(found, team)}" for team in teams]
    lines += [f"  {ids[first]} {_line(mode, sign)} {ids[second]}" for (mode, first, second), sign in shown[:MOST_TIES]]
    lines += _classes(found, ids)
    return "\n".join(lines) + "\n"


def _ties(found: Difference) -> dict[Tie, str]:
    """{tie: sign}; "" for one that stays. Changed ones first, so that they are drawn when there are too many."""
    present: dict[Tie, str] = {}
    for interaction in found.compared.new.interactions_on(found.day):
        for first, second in interaction.pairs:
            pair = (min(first, second), max(first, second)) if interaction.mode == "collaboration" else (first, second)
            present[interaction.mode, *pair] = ""
    ties: dict[Tie, str] = {}
    for one in found.changes:
        if one.pair is not None:
            tie = (one.mode, *one.pair)
            ties.setdefault(tie, "~" if one.sign == "−" and tie in present else one.sign)
    return ties | {tie: "" for tie in present if tie not in ties}


def _line(mode: Mode | str, sign: str) -> str:
    line = LINES[sign][1 if mode == "collaboration" else 0]
    return f'{line}|"{sign} {VERBS[mode]}"|' if sign else line


def _box(found: Difference, team: str) -> str:
    both = found.compared
    organisation = both.new if team in both.new.teams else both.old
    left, right = SHAPES[organisation.teams[team].type] if team in organisation.teams else ("[", "]")
    return f'{left}"{label(f"{_sign(found, team)} {both.name(team)}".strip())}"{right}'


def _sign(found: Difference, team: str) -> str:
    both = found.compared
    if team not in both.new.teams:
        return "−"
    if team not in both.kept:
        return "+"
    return "~" if team in found.touched else ""


def _classes(found: Difference, ids: dict[str, str]) -> Iterable[str]:
    """New teams have a thick outline, gone ones a dashed one, neighbours a thin grey one."""
    for sign, (name, style) in STYLES.items():
        members = [ids[team] for team in ids if _sign(found, team) == sign]
        if members:
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(members)} {name}"


def label(text: str) -> str:
    """A text inside a quoted Mermaid label: what has a meaning there becomes an entity of Mermaid's own (`#35;`)."""
    line = "".join(one if one.isprintable() else " " for one in text)
    cut = line if len(line) <= 60 else line[:59] + "…"
    return "".join(f"#{ord(one)};" if one in "@#\"'`<>&;\\{}[]()|*_~$%" else one for one in cut)
