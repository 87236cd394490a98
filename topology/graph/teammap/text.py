"""How wide a text is, and how a name is broken into lines. No font is read: see widths.py."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from topology.graph.teammap.widths import BOLD, FIRST, REGULAR

SMALL = 13


@dataclass(frozen=True, slots=True)
class Fitted:
    """A name in the lines that fit; `cut` when its end is an ellipsis."""

    lines: tuple[str, ...]
    size: float
    cut: bool
    width: float


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in SVG units, in Arial at `size`."""
    table = BOLD if bold else REGULAR
    total = 0
    for character in text:
        index = ord(character) - FIRST
        total += table[index] if 0 <= index < len(table) else _other(character)
    return total * size / 1000


def _other(character: str) -> int:
    """Thousandths of an em for what the table does not hold: CJK 1 em, emoji 1.3 em, marks none, else 0.66 em."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1300 if unicodedata.category(character) == "So" else 1000
    return 660


def clean(name: str) -> str:
    """A name on one line: white space of any kind becomes one blank, control characters go."""
    return re.sub(r"\s+", " ", "".join(c for c in name if c.isspace() or unicodedata.category(c) != "Cc")).strip()


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
        while kept and (unicodedata.combining(kept[-1]) or kept[-1] in "\u200d\ufe0f"):
            kept = kept[:-1]
    return kept.rstrip() + "…"


def fit(name: str, width: float, size: float, *, most_lines: int = 2) -> Fitted:
    """A bold name: one line at `size`, else up to `most_lines` at 13, else the last line ends in an ellipsis."""
    if text_width(name, size, bold=True) <= width:
        return _fitted((name,), size, cut=False)
    lines = _fill(name, width, SMALL, most_lines)
    cut = " ".join(lines).replace(" ", "") != name.replace(" ", "")
    return _fitted(lines, SMALL, cut=cut)


def fit_block(name: str, width: float, size: float) -> Fitted:
    """A bold name in an octagon: up to two lines at `size`, else up to three at 13."""
    for tried, most in ((size, 2), (SMALL, 3)):
        lines = _fill(name, width, tried, most)
        if " ".join(lines).replace(" ", "") == name.replace(" ", ""):
            return _fitted(lines, tried, cut=False)
    return _fitted(lines, SMALL, cut=True)


def _fitted(lines: tuple[str, ...], size: float, *, cut: bool) -> Fitted:
    return Fitted(lines, size, cut, max(text_width(line, size, bold=True) for line in lines))


def _fill(name: str, width: float, size: float, most_lines: int) -> tuple[str, ...]:
    """Fills lines greedily at blanks and after ":"; the last line takes the rest, shortened."""
    words = [word for word in re.split(r"(?<=:)(?=\S)| ", name) if word]
    lines: list[str] = []
    while words and len(lines) < most_lines - 1:
        line = words.pop(0)
        while words and text_width(_joined(line, words[0]), size, bold=True) <= width:
            line = _joined(line, words.pop(0))
        if text_width(line, size, bold=True) > width:
            words.insert(0, line)
            break
        lines.append(line)
    if words:
        rest = words[0]
        for word in words[1:]:
            rest = _joined(rest, word)
        lines.append(shorten(rest, width, size, bold=True))
    return tuple(lines) or ("",)


def _joined(line: str, word: str) -> str:
    return line + word if line.endswith(":") else f"{line} {word}"


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines of that width, broken between words; a word that is wider stands on a line of its own, shortened."""
    lines: list[str] = []
    for word in clean(text).split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(shorten(word, width, size))
    return lines
