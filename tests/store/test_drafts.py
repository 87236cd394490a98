"""Drafts on SQLite and on a real PostgreSQL: kept, changed by two people, forgotten."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from topology.store.database import Database, StoreError
from topology.store.drafts import MOST_CHARACTERS, Drafts
from topology.store.opening import drafts_at, surveys_at

DAY = dt.date(2026, 11, 30)


@pytest.fixture
def drafts(database: Database) -> Drafts:
    return Drafts(database)


def test_a_draft_is_kept_changed_and_thrown_away(drafts: Drafts) -> None:
    made = drafts.new("one", DAY)
    assert drafts.get(made.id) == made
    changed = drafts.change(made.id, lambda body: body + " more", DAY + dt.timedelta(days=1))
    assert changed is not None
    assert (changed.body, changed.version, changed.changed) == ("one more", 2, DAY + dt.timedelta(days=1))
    assert drafts.get(made.id) == changed
    drafts.drop(made.id)
    assert drafts.get(made.id) is None
    assert drafts.change(made.id, str.upper, DAY) is None
    drafts.drop(made.id)  # (twice is no harm)


def test_a_link_cannot_be_guessed(drafts: Drafts) -> None:
    ids = {drafts.new("x", DAY).id for _ in range(50)}
    assert len(ids) == 50
    assert {len(one) for one in ids} == {10}
    assert drafts.get("") is None
    assert drafts.get("'; DROP TABLE drafts; --") is None


def test_one_that_nobody_changed_for_ninety_days_is_forgotten(drafts: Drafts) -> None:
    old, kept = drafts.new("old", DAY), drafts.new("kept", DAY)
    drafts.change(kept.id, str.upper, DAY + dt.timedelta(days=80))
    drafts.new("new", DAY + dt.timedelta(days=90))
    assert drafts.get(old.id) is not None
    drafts.new("newer", DAY + dt.timedelta(days=91))
    assert drafts.get(old.id) is None
    assert drafts.get(kept.id) is not None


def test_the_last_changed_come_first(drafts: Drafts) -> None:
    first = drafts.new("a", DAY)
    second = drafts.new("b", DAY + dt.timedelta(days=1))
    assert [one.id for one in drafts.every()] == [second.id, first.id]
    drafts.change(first.id, str.upper, DAY + dt.timedelta(days=2))
    assert [one.id for one in drafts.every()] == [first.id, second.id]


def test_what_several_people_add_at_once_is_all_there(drafts: Drafts) -> None:
    made = drafts.new("", DAY)

    def add(word: str) -> None:
        for _ in range(5):
            drafts.change(made.id, lambda body: body + word, DAY)

    people = [threading.Thread(target=add, args=(word,)) for word in "abcd"]
    for one in people:
        one.start()
    for one in people:
        one.join()
    found = drafts.get(made.id)
    assert found is not None
    assert sorted(found.body) == sorted("abcd" * 5)
    assert found.version == 21


def test_a_draft_that_is_too_long_is_not_kept_and_nothing_is_lost(drafts: Drafts) -> None:
    with pytest.raises(StoreError, match="at most"):
        drafts.new("x" * (MOST_CHARACTERS + 1), DAY)
    made = drafts.new("x", DAY)
    with pytest.raises(StoreError, match="at most"):
        drafts.change(made.id, lambda body: body * (MOST_CHARACTERS + 1), DAY)
    assert drafts.get(made.id) == made


def test_an_edit_that_fails_changes_nothing(drafts: Drafts) -> None:
    made = drafts.new("x", DAY)

    def fail(_: str) -> str:
        raise KeyError("nothing")

    with pytest.raises(KeyError):
        drafts.change(made.id, fail, DAY)
    assert drafts.get(made.id) == made


def test_drafts_and_surveys_are_kept_in_one_file_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / ".topology" / "state.db"
    assert drafts_at(place) is None
    found = drafts_at(place, make=True)
    assert found is not None
    made = found.new("x", DAY)
    assert surveys_at(place) is not None
    again = drafts_at(place)
    assert again is not None
    assert again.get(made.id) == made
    assert place.stat().st_mode & 0o077 == 0
    assert (tmp_path / ".topology" / ".gitignore").read_text() == "*\n"


def test_a_place_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises((StoreError, OSError)):
        drafts_at(tmp_path / "file" / "state.db", make=True) if (tmp_path / "file").write_text("x") else None
