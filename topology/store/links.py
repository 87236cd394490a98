"""Links: a word for each person and each lead who signs, which is known by its hash alone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from topology.maturity.voices.asking import Asked, Invited
from topology.store.values import Kind, NewLink

TOKEN_BYTES = 12  # 96 bits: nobody finds a link by trying; 16 letters in an address


def links_of(people: Iterable[Invited], asked: Asked) -> list[NewLink]:
    """A link for each person and each lead, in the order of their numbers, which chance gives."""
    links = [NewLink(new_token(), 0, one.team, one.side, Kind.ANSWER, one.person) for one in people]
    links += [
        NewLink(new_token(), 0, id_, "product" if kind == Kind.PM else "tech", kind, getattr(team, kind))
        for id_, team in asked.teams.items()
        for kind in (Kind.PM, Kind.EM)
        if getattr(team, kind)
    ]
    secrets.SystemRandom().shuffle(links)
    return [replace(one, number=number) for number, one in enumerate(links, 1)]


def new_token() -> str:
    """A word that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> bytes:
    """By what a word is known."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def row_of(survey: str, link: NewLink) -> dict[str, Any]:
    """The row of a link: neither the word nor the person is in it."""
    return {
        "hash": hash_of(link.token), "survey": survey, "number": link.number, "team": link.team, "side": link.side or "",
        "kind": link.kind.value, "used": False, "void": False,
    }  # fmt: skip
