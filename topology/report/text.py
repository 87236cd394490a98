"""Problems and findings as text: one line each, or with the piece of the file that they speak of (a code frame)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from topology.rules.finding import SEVERITIES, Finding
from topology.source import Problem
from topology.source.lines import lines_of

FRAME_WIDTH = 110  # a long line is cut around the place, so that the marks stay below it


def line(problem: Problem | Finding) -> str:
    """`file:line:col: CODE severity message`."""
    return f"{visible(str(problem.place))}: {problem.code} {problem.severity} {visible(problem.message)}"


def full(problem: Problem | Finding, texts: Mapping[str, str]) -> str:
    """The line, the code frame and what to do next."""
    parts = [
        f"{visible(str(problem.place))}: {problem.code} [{problem.name}] {problem.severity}: {visible(problem.message)}"
    ]
    frame = code_frame(problem, texts)
    if frame:
        parts.append(frame)
    if problem.help:
        parts.append(f"   = {visible(problem.help)}")
    return "\n".join(parts)


def code_frame(problem: Problem | Finding, texts: Mapping[str, str]) -> str:
    """The line before, the line itself and marks below it; "" when the text is not at hand."""
    place = problem.place
    lines = _lines(texts[place.file]) if place.file in texts else []
    if not 1 <= place.line <= len(lines):
        return ""
    start = max(0, place.column - 1 - FRAME_WIDTH // 2) if place.column > FRAME_WIDTH - 20 else 0
    gutter = len(str(place.line))
    rows = []
    if place.line > 1:
        rows.append(f" {place.line - 1:>{gutter}} | {_window(lines[place.line - 2], start)}".rstrip())
    rows.append(f" {place.line:>{gutter}} | {_window(lines[place.line - 1], start)}".rstrip())
    width = max(1, min(place.end_column - place.column if place.end_line == place.line else 1, FRAME_WIDTH))
    rows.append(f" {'':>{gutter}} | {' ' * (place.column - 1 - start)}{'^' * width}")
    return "\n".join(rows)


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    """A file's lines, split once for all its frames."""
    return lines_of(text)


def _window(text: str, start: int) -> str:
    """The part of a line that is shown."""
    cut = text[start : start + FRAME_WIDTH]
    shown = visible(cut)
    return ("…" + shown[1:] if start else shown) + ("…" if len(text) > start + FRAME_WIDTH else "")


def visible(text: str) -> str:
    """A text on one line that cannot move, clear or colour the terminal."""
    return "".join(character if character.isprintable() else "·" for character in text)


def summary(problems: Iterable[Problem | Finding]) -> str:
    """`3 errors, 1 warning, 2 info`, or "" when there is nothing."""
    counts: dict[str, int] = {}
    for problem in problems:
        counts[problem.severity] = counts.get(problem.severity, 0) + 1
    words = [
        f"{n} {kind}{'s' if n > 1 and kind != 'info' else ''}" for kind in SEVERITIES if (n := counts.get(kind, 0))
    ]
    return ", ".join(words)
