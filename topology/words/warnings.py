"""What an early warning says."""

from __future__ import annotations

from collections.abc import Iterable

from topology.clans.warning import LATELY, LEAST_SEEN, WEEKS, FellSilent
from topology.language import sentence
from topology.model import Organisation
from topology.words.thresholds import spelled


@sentence
def warning_sentence(organisation: Organisation, one: FellSilent) -> str:
    """`Warning: between Checkout and Growth six of eight pairs of teams that were in contact …`"""
    first, second = (one.partition.label_name(organisation, group) for group in one.groups)
    return (
        f"A warning: between {first} and {second}, of {spelled(one.lively)} needed pairs of teams that were in contact in at least "
        f"{spelled(LEAST_SEEN)} of {spelled(WEEKS)} weeks, {spelled(len(one.pairs))} were seen in at most one of the last "
        f"{spelled(LATELY)}; elsewhere {spelled(one.elsewhere) if one.elsewhere else 'none'} of {spelled(one.elsewhere_lively)}."
    )


def pairs_words(organisation: Organisation, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """`Checkout and Growth`."""
    return [f"{organisation.team_name(a)} and {organisation.team_name(b)}" for a, b in pairs]
