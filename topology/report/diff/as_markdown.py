"""A difference as one comment of a pull request: at most 60 000 characters, with a mark by which it is found again and edited."""

from __future__ import annotations

from collections.abc import Iterator

from topology.history.changes import TITLES, Change
from topology.history.consequences import Difference
from topology.report.diff import FACTS, facts, headline, structure_rows
from topology.report.findings.as_markdown import table
from topology.report.markdown import folded, markdown
from topology.report.mermaid import mermaid
from topology.rules import Finding
from topology.words.lists import counted

MARK = "<!-- topology: this comment is edited in place -->"
MOST_CHARACTERS = 60_000  # GitHub refuses comments of more than 65 536
SHORTER = (400, 100, 40, 15, 5)  # how many lines of a part are shown, until the comment fits
LONGEST = 600  # characters of one change
SHOWN = 12  # changes that stand open; the rest is folded


def render(found: Difference) -> str:
    """The comment. Parts are cut, and what is cut is counted, until it fits."""
    text = ""
    for most in SHORTER:
        text = "\n".join(_parts(found, most)) + "\n"
        if len(text) <= MOST_CHARACTERS:
            return text
    text = text[: MOST_CHARACTERS - 80].rpartition("\n")[0]
    open_parts = text.count("<details>") - text.count("</details>")
    return text + "\n\n… (cut; `topology diff` prints it all)\n" + "</details>\n" * open_parts


def _parts(found: Difference, most: int) -> Iterator[str]:
    title = found.compared.new.organisation.name
    yield f"{MARK}\n## Team topology{f' of {markdown(title)}' if title else ''}\n"
    yield f"{headline(found)[0].upper()}{headline(found)[1:]}. Judged as of {found.day}.\n"
    yield from _changes(found.changes[:most][:SHOWN])
    if len(found.changes) > SHOWN:
        rest = found.changes[SHOWN:most]
        body = "\n".join(_changes(rest)) + _more(len(found.changes) - SHOWN - len(rest))
        yield folded(f"{counted(len(found.changes) - SHOWN, 'more change')}", body)
    yield from _findings("Findings introduced", found.introduced, most)
    picture = mermaid(found)
    if picture:
        yield f"### The touched teams and their neighbours\n\n```mermaid\n{picture}```\n"
        yield "<sub>+ new, thick · − gone, dotted · ~ changed · grey: not touched</sub>\n"
    follows = _follows(found, most)
    if follows:
        yield folded("What follows for the touched teams", follows)
    if found.resolved:
        yield folded(f"{counted(len(found.resolved), 'finding')} resolved", table(found.resolved, most, "diff"))


def _changes(found: tuple[Change, ...]) -> Iterator[str]:
    kind = ""
    for one in found:
        if one.kind != kind:
            yield f"{'' if not kind else chr(10)}**{TITLES[one.kind]}**\n"
            kind = one.kind
        place = f" <sub>{markdown(one.place.file)}:{one.place.line}</sub>" if one.place else ""
        yield f"- **{one.sign}** {markdown(one.text[:LONGEST])}{place}"
    if found:
        yield ""


def _findings(title: str, findings: tuple[Finding, ...], most: int) -> Iterator[str]:
    if findings:
        yield f"### {title}\n\n{table(findings, most, 'diff')}"


def _more(count: int) -> str:
    return f"\n\n{count} more; `topology diff` prints them." if count > 0 else ""


def _follows(found: Difference, most: int) -> str:
    """The touched teams, a row each, and what moved in the organisation as a network."""
    lines = [f"| team | {' | '.join(FACTS)} |", "|---|---|---|---|"]
    lines += [
        f"| {markdown(found.compared.name(one.team))} | {' | '.join(map(markdown, facts(one).values()))} |"
        for one in found.consequences[:most]
    ]
    moved = structure_rows(found.before, found.after)
    network = [f"- {markdown(what)}: {old} → {new}" for what, (old, new) in moved.items()]
    note = (
        "<sub>Interactions: running or planned on the day. May have to wait for: teams reached over slowing and blocking dependencies. "
        "Modularity: Newman's Q of collaborations and facilitations by value stream; 0 is what chance would give. "
        "Bridges: such pairs of two groupings.</sub>"
    )
    parts = ["\n".join(lines) + _more(len(found.consequences) - most)] if found.consequences else []
    parts += ["**The organisation as a network**\n\n" + "\n".join(network)] if network else []
    return "\n\n".join([*parts, note]) if parts else ""
