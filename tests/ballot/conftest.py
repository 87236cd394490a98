"""A survey that is open, and the forms that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ballot.phone import Clock, Phone, application
from tests.store.company import NOW, opened
from tests.store.conftest import server as server
from topology.store.database import Database
from topology.store.surveys import Surveys
from topology.store.values import NewLink


@dataclass
class Open:
    """An open survey with its links, its forms, and the clock."""

    surveys: Surveys
    links: list[NewLink]
    clock: Clock

    def phone(self, language: str = "en-GB,en;q=0.8") -> Phone:
        return Phone(application(self.surveys, self.clock), language)


def survey_in(folder: Path, *, cards: bool = False, short: bool = False, **more: str) -> Iterator[Open]:
    database = Database(folder / "state.db")
    surveys = Surveys(database)
    yield Open(surveys, opened(surveys, cards=cards, short=short, **more), Clock(NOW))
    database.close()


@pytest.fixture
def survey(tmp_path: Path) -> Iterator[Open]:
    yield from survey_in(tmp_path, contact="Ludivine & <Lou>", workshop="2026-11-26")


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[Open]:
    yield from survey_in(tmp_path, cards=True)
