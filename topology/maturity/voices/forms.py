"""Answers from other tools' CSV: a row an answer; or, as forms export it, a row a person and a column a question."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from topology.maturity.pack import LEVELS, Pack
from topology.maturity.voices.answers import Answer
from topology.model import Organisation, Side

TEAM, SIDE, ITEM, VALUE = ("team", "squad"), ("side",), ("item", "question"), ("value", "level", "answer")
SIDES: dict[str, Side] = {
    "product": "product", "produit": "product", "tech": "tech", "technology": "tech", "engineering": "tech", "technique": "tech",
    "other": "other", "autre": "other",
}  # fmt: skip
MOST_CHARACTERS = 10_000_000


class FormError(ValueError):
    """A file of answers that cannot be used; the message says why."""


@dataclass(frozen=True)
class Read:
    """The answers that were read, and why others were left out; it names nobody."""

    answers: tuple[Answer, ...]
    left_out: Counter[str] = field(default_factory=Counter)


def read_answers(text: str, organisation: Organisation, pack: Pack) -> Read:
    """The answers of a CSV. Raises FormError where there is no column of teams, or none of questions."""
    if len(text) > MOST_CHARACTERS:
        raise FormError("the file is longer than any survey")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        head, *rows = [row for row in reader if any(cell.strip() for cell in row)] or [[]]
    except csv.Error as error:
        raise FormError(f"it is no CSV: {error}") from None
    names = [cell.strip().casefold() for cell in head]
    team = _place(names, TEAM)
    if team is None:
        raise FormError(f"there is no column `team` among: {', '.join(head) or 'none'}")
    form = _Form(organisation, pack)
    columns = _columns(names, form)
    left_out: Counter[str] = Counter()
    found: list[Answer] = []
    side = _place(names, SIDE)
    for row in rows:
        cells = [*row, *[""] * (len(names) - len(row))]
        whose = form.team(cells[team])
        if whose is None:
            left_out["rows of no team of the file"] += 1
            continue
        from_ = SIDES.get(cells[side].strip().casefold(), "other") if side is not None else "other"
        for item, value in _pairs(cells, names, columns, form, left_out):
            found.append(Answer(whose, from_, item, value))
    return Read(tuple(found), left_out)


def _place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _columns(names: Sequence[str], form: _Form) -> Mapping[int, str]:
    """{place: question} of a file with a column a question; empty where a row is an answer. Raises FormError for neither."""
    if _place(names, ITEM) is not None and _place(names, VALUE) is not None:
        return {}
    found = {index: item for index, name in enumerate(names) if (item := form.item(name)) is not None}
    if not found:
        raise FormError(
            "there is neither a column `item` with a column `value`, nor a column that is called like a question of the pack"
        )
    return found


def _pairs(
    cells: Sequence[str], names: Sequence[str], columns: Mapping[int, str], form: _Form, left_out: Counter[str]
) -> Iterator[tuple[str, int]]:
    """(question, level) of each answer of a row."""
    if columns:
        asked = [(item, cells[index]) for index, item in columns.items()]
    else:
        words, value = cells[_place(names, ITEM) or 0], cells[_place(names, VALUE) or 0]
        item = form.item(words.strip().casefold())
        if item is None:
            left_out["answers to no question of the pack"] += 1
            return
        asked = [(item, value)]
    for item, cell in asked:
        level = form.level(item, cell)
        if level is not None:
            yield item, level
        elif cell.strip():
            left_out["answers that are no level (such as “I cannot tell”)"] += 1


class _Form:
    """What the words of a file mean."""

    def __init__(self, organisation: Organisation, pack: Pack) -> None:
        self.organisation = organisation
        self.items: dict[str, str] = {}
        self.levels: dict[tuple[str, str], int] = {}
        for name, dimension in pack.dimensions.items():
            question = dimension.question
            if question is None:
                continue
            words = (question.item, name, question.en, question.fr, dimension.name.en, dimension.name.fr)
            self.items |= {one.strip().casefold(): question.item for one in words if one}
            for anchors in (question.anchors.en, question.anchors.fr or []):
                self.levels |= {
                    (question.item, one.strip().casefold()): level for level, one in zip(LEVELS, anchors, strict=False)
                }
        names = Counter(organisation.team_name(id_).casefold() for id_ in organisation.teams)
        self.names = {
            name: id_ for id_ in organisation.teams if names[name := organisation.team_name(id_).casefold()] == 1
        }

    def team(self, words: str) -> str | None:
        return self.organisation.current_id(words.strip()) or self.names.get(words.strip().casefold())

    def item(self, words: str) -> str | None:
        return self.items.get(words)

    def level(self, item: str, cell: str) -> int | None:
        text = cell.strip()
        if text in {str(level) for level in LEVELS}:
            return int(text)
        return self.levels.get((item, text.casefold()))
