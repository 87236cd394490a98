"""What the forms say, from `words/LANGUAGE.yaml`. (The product's own sentences are made in the thread of who asks for a page; here each
reader has a language.)"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from topology.maturity.pack import Question, Words

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "fr")
THIN = "\u202f"  # no line break, and little room: what stands before : ; ? ! in French


@cache
def wording(language: str) -> Wording:
    """The words of a language; English for one that is unknown."""
    return Wording(language if language in LANGUAGES else LANGUAGES[0])


def preferred(header: str) -> str:
    """The first language of an Accept-Language header that there is; English where there is none."""
    wanted = [part.strip()[:2].lower() for part in header.split(",")[:20]]
    return next((one for one in wanted if one in LANGUAGES), LANGUAGES[0])


class Wording:
    """The sentences of one language, by their place: `t("start.title", team=...)`. What is filled in is escaped."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.other = next(one for one in LANGUAGES if one != language)
        self.tree: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))

    def __call__(self, key: str, **values: object) -> Markup:
        """A sentence. Raises KeyError for one that there is not."""
        found: Any = self.tree
        for part in key.split("."):
            found = found[part]
        return Markup(self.typeset(found)).format(**values, colon=self.typeset(" :" if self.language == "fr" else ":"))

    def typeset(self, text: str) -> str:
        """A text with the marks and spaces of print."""
        text = text.replace("'", "’")
        if self.language != "fr":
            return text
        return re.sub(r" (?=[:;?!»])|(?<=«) ", THIN, text)

    def words(self, words: Words) -> str:
        """A text of the pack in this language, else in English."""
        return self.typeset((words.fr if self.language == "fr" else None) or words.en)

    def asked(self, question: Question) -> str:
        """The sentence of a question."""
        return self.words(Words(en=question.en, fr=question.fr))

    def anchors(self, question: Question) -> list[str]:
        """Its five behaviours."""
        anchors = question.anchors
        return [self.typeset(one) for one in (anchors.fr if self.language == "fr" else None) or anchors.en]

    def day(self, day: dt.date, *, short: bool = False) -> Markup:
        """`Monday 16 November`, or `16 November`."""
        return self(
            "short_day" if short else "day",
            weekday=self.tree["weekdays"][day.weekday()], number=day.day, month=self.tree["months"][day.month - 1],
        )  # fmt: skip

    def moment(self, when: dt.datetime) -> Markup:
        """`Monday 16 November, 18:00`."""
        key = "time" if when.minute or self.language == "en" else "whole_hour"
        return self("moment", day=self.day(when), time=self(key, hour=when.hour, minute=when.minute))
