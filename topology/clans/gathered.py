"""Everything that is read for clans on a day, together: what the rules on clans and the pages look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from topology.clans.pairs import PairRow, pair_table
from topology.clans.reading import ClanReading, read_window
from topology.clans.shuffles import SEED
from topology.clans.ties import LAYERS, Layer
from topology.clans.warning import FellSilent, warnings_of
from topology.clans.window import Window


@dataclass(frozen=True)
class Clans:
    """The readings of a window and its pairs of teams."""

    readings: tuple[ClanReading, ...]
    pairs: tuple[PairRow, ...]
    warnings: tuple[FellSilent, ...] = ()
    """Pairs that fell silent across one border of late."""


def gather(
    window: Window, partitions: Iterable[str] = (), layers: Iterable[Layer] = LAYERS, *, seed: int = SEED
) -> Clans:
    """Reads a window for clans; all partitions where none is named. Raises ValueError for an unknown one."""
    readings = read_window(window, partitions=tuple(partitions) or None, layers=layers, seed=seed)
    return Clans(tuple(readings), tuple(pair_table(window)), tuple(warnings_of(window)))
