"""What a reading says in English, whatever language the logic is tested in."""

from __future__ import annotations

from topology.clans.reading import ClanReading
from topology.clans.verdict import Test
from topology.language import ENGLISH, speaking
from topology.model import Organisation
from topology.words.clans import reading_sentence, test_words


def said(organisation: Organisation, reading: ClanReading) -> str:
    """The sentence of a reading."""
    with speaking(ENGLISH):
        return reading_sentence(organisation, reading)


def test_said(organisation: Organisation, reading: ClanReading, test: Test) -> str:
    """The words of a test."""
    with speaking(ENGLISH):
        return test_words(organisation, reading, test)


test_said.__test__ = False  # type: ignore[attr-defined]
