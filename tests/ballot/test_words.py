"""What the forms say, in each language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.store.company import PACK
from topology.ballot.visit import _environment
from topology.ballot.wording import LANGUAGES, THIN, preferred, wording

MOST_ANCHOR, MOST_QUESTION = {"en": 14, "fr": 18}, {"en": 65, "fr": 75}
MINUTE = 240  # words


def leaves(tree: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{place}.{key}" if place else key)
    else:
        yield place, tree


def test_both_languages_say_the_same_with_the_same_to_fill_in() -> None:
    said = {language: dict(leaves(wording(language).tree)) for language in LANGUAGES}
    assert said["en"].keys() == said["fr"].keys()
    for place, text in said["en"].items():
        if isinstance(text, str) and place not in ("time", "whole_hour"):
            assert set(re.findall(r"\{(\w+)", text)) - {"colon"} == set(re.findall(r"\{(\w+)", said["fr"][place])) - {
                "colon"
            }, place


def test_every_sentence_that_a_page_asks_for_is_there_and_none_beside() -> None:
    asked: set[str] = set()
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        source = environment.loader.get_source(environment, name)[0] if environment.loader else ""
        asked |= set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)?)"', source))
    from pathlib import Path

    import topology.ballot

    for file in Path(topology.ballot.__file__).parent.glob("*.py"):
        asked |= set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)?)"', file.read_text("utf-8")))
    known = {place for place, _ in leaves(wording("en").tree)}
    unused = {
        place
        for place in known
        if place not in asked and not place.startswith(("sides.", "roles.", "weekdays", "months"))
    }
    assert unused == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_anchors_and_questions_are_short_and_all_can_be_read_in_four_minutes(language: str) -> None:
    t, total = wording(language), 0
    for dimension in PACK.dimensions.values():
        if dimension.question is None:
            continue
        anchors = t.anchors(dimension.question)
        assert all(len(one.split()) <= MOST_ANCHOR[language] for one in anchors)
        words = sum(len(one.split()) for one in (*anchors, t.asked(dimension.question)))
        assert words <= MOST_QUESTION[language], dimension.name.en
        total += words
    assert total + 140 <= 4 * MINUTE


def test_print_has_its_own_marks() -> None:
    french, english = wording("fr"), wording("en")
    assert french.typeset("l'enquête : « oui » ?") == f"l’enquête{THIN}: «{THIN}oui{THIN}»{THIN}?"
    assert english.typeset("Nobody's") == "Nobody’s"
    when = dt.datetime(2026, 11, 16, 18, 0)  # noqa: DTZ001
    assert str(french.moment(when)) == "lundi 16 novembre, 18 h"
    assert str(french.moment(when.replace(minute=5))) == "lundi 16 novembre, 18 h 05"
    assert str(english.moment(when)) == "Monday 16 November, 18:00"


def test_what_is_filled_in_is_escaped_and_our_own_marks_stay() -> None:
    said = wording("en")("start.you_answer", team="<script>", side="Tech")
    assert str(said) == "You answer for <b>&lt;script&gt;</b>, side: <b>Tech</b>."


@pytest.mark.parametrize(
    ("header", "language"), [("fr", "fr"), ("de, fr;q=0.8, en;q=0.7", "fr"), ("", "en"), ("xx", "en"), ("FR-ca", "fr")]
)
def test_the_first_language_that_there_is(header: str, language: str) -> None:
    assert preferred(header) == language
