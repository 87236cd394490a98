"""In which language the product speaks, and how a translation finds what it says.

Logic gives codes and numbers; a sentence is a function of `topology.words`, marked with `sentence`, that makes words of them.
A `Language` may have a function of its own for each. Rules, metrics and overlays keep their texts in their own files: there
they are of the type `Text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NewType, ParamSpec, TypeVar

Text = NewType("Text", str)
"""A text for a reader that stands in the file of a rule, a metric, an overlay: what a translation looks for there."""

P = ParamSpec("P")
Said = TypeVar("Said", bound="str | list[str] | dict[str, str] | None")


def _unchanged(said: Any) -> Any:
    return said


@dataclass(frozen=True)
class Language:
    """A language: its own function for a sentence, by the sentence's key, and what becomes of one that it has none for."""

    code: str
    sentences: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    otherwise: Callable[[Any], Any] = _unchanged


ENGLISH = Language("en")
_PRESENT: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def language_code() -> str:
    """The code of the language that is spoken: a part of the key under which finished sentences are kept."""
    return _PRESENT.get().code


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything that is said inside is said in this language (in this thread)."""
    token = _PRESENT.set(language)
    try:
        yield
    finally:
        _PRESENT.reset(token)


def sentence(function: Callable[P, Said]) -> Callable[P, Said]:
    """Marks a function of `topology.words` that says something in English; its key is `module.function`."""
    key = f"{function.__module__.removeprefix('topology.words.')}.{function.__qualname__}"

    @wraps(function)
    def say(*args: P.args, **kwargs: P.kwargs) -> Said:
        language = _PRESENT.get()
        own = language.sentences.get(key)
        said: Said = own(*args, **kwargs) if own else language.otherwise(function(*args, **kwargs))
        return said

    return say


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what it is made of, not said yet: it is made where it is shown."""

    say: Callable[..., str]
    args: tuple[Any, ...]

    def __str__(self) -> str:
        return self.say(*self.args)


def told(say: Callable[P, str], *args: P.args, **_: P.kwargs) -> Told:
    """A sentence to be made later; arguments by position."""
    return Told(say, args)


class Terms(Mapping[str, str]):
    """The words for codes: {code: English}, read in the present language."""

    def __init__(self, key: str, english: Mapping[Any, str]) -> None:
        self._key, self._english = key, dict(english)

    def __getitem__(self, code: str) -> str:
        language, english = _PRESENT.get(), self._english[code]
        own = language.sentences.get(f"{self._key}.{code}")
        said: str = own() if own else language.otherwise(english)
        return said

    def __iter__(self) -> Iterator[str]:
        return iter(self._english)

    def __len__(self) -> int:
        return len(self._english)
