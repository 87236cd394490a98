"""What somebody has begun to answer: it stays on the phone, in a signed cookie, until it is sent. The server keeps nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self, cast

from itsdangerous import BadData, URLSafeSerializer

from topology.maturity.voices.tally import CHOICES, SIDES
from topology.model import Side

COOKIE = "draft"
BLANK = "-"


@dataclass(frozen=True)
class Draft:
    """For whom somebody answers, and the choice of each question so far; None where there is none."""

    team: str
    side: Side | None
    choices: tuple[int | None, ...]

    @property
    def begun(self) -> bool:
        """Whether any question has a choice."""
        return any(one is not None for one in self.choices)

    @property
    def missing(self) -> int | None:
        """The number of the first question without a choice, from 1."""
        return next((number for number, one in enumerate(self.choices, 1) if one is None), None)

    def with_choice(self, number: int, choice: int) -> Self:
        """With the choice of a question, from 1."""
        chosen = list(self.choices)
        chosen[number - 1] = choice
        return replace(self, choices=tuple(chosen))

    def sealed(self, key: bytes, token: str) -> str:
        """As a cookie that nobody else can make, and that belongs to one link."""
        digits = "".join(BLANK if one is None else str(one) for one in self.choices)
        return _serializer(key, token).dumps([self.team, self.side or "", digits])


def draft_of(cookie: str, key: bytes, token: str, teams: Sequence[str], count: int) -> Draft | None:
    """The draft of a cookie; None for one that is not ours, or of another survey."""
    try:
        team, side, digits = _serializer(key, token).loads(cookie)
        choices = tuple(None if one == BLANK else int(one) for one in digits)
    except (BadData, ValueError, TypeError):
        return None
    if len(choices) != count or team not in teams or not set(choices) <= {None, *CHOICES} or side not in ("", *SIDES):
        return None
    return Draft(team, cast(Side, side) if side else None, choices)


def _serializer(key: bytes, token: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"draft:{token}")
