"""The group-ordered matrix beside the map: who declares, who meets, who should (docs/map.md, section 9).

Rows and columns stand in the order of the map, so that the blocks on the diagonal are the groupings.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from topology.graph.teammap.bands import ENABLING, place
from topology.graph.teammap.geometry import Tie
from topology.graph.teammap.text import clean, shorten
from topology.graph.teammap.ties import ties_on
from topology.model import Mode, Organisation, State, TeamType

FROM, WHOLE = 20, 60
"""Teams from which a matrix is shown, and up to which each has a row of its own."""
LARGE, SMALL, FOLDED = 24, 16, 28
LARGE_UP_TO = 30
NAME_WIDTH = 190
HEAVY, HEAVIER = 2.0, 4.0  # floors of contact: the second and the third of the three greys

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A team, or a grouping of a folded matrix; `number` stands at the row's end and over the column."""

    id: str
    name: str
    label: str
    """The name, cut to the width that there is."""
    type: TeamType | None
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """The rows from `begin` until before `end` that one grouping holds."""

    label: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a row meets a column. `level` is the grey of what was observed, 0 (none) to 3."""

    row: int
    column: int
    level: int = 0
    mode: Mode | None = None
    state: State | None = None
    missing: bool = False
    """Their work needs the other across groupings, and no contact was seen."""
    undeclared: bool = False
    """Much contact across groupings, and nothing declared."""
    count: int = 0
    """Pairs of teams in contact, in a folded matrix."""
    names: tuple[str, ...] = ()
    """Of the two teams, or of the groupings; one name on the diagonal."""
    events: float = 0
    """Events of contact, of two teams."""
    unmet: int = 0
    """Pairs of teams that need each other and were not seen, in a folded matrix."""


@dataclass(frozen=True, slots=True)
class MatrixLayout:
    """A matrix with cells `size` wide; only cells that show something are there."""

    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    cells: tuple[Cell, ...]
    size: int
    folded: bool


def layout_matrix(
    organisation: Organisation,
    day: dt.date,
    exchange: Mapping[Pair, float],
    floor: float,
    missing: Collection[Pair] = (),
) -> MatrixLayout:
    """The matrix of the teams of a day; over 60 of them each grouping is one row.

    `exchange`: {pair in order of ids: observed events} above `floor` events; `missing`: needed pairs that were not seen.
    """
    teams = set(organisation.teams_on(day))
    ties = ties_on(organisation, day, teams, None)
    placement = place(organisation, teams, ties)
    groups = [(band.label, band.teams) for band in (*placement.streams, *placement.platforms)]
    if placement.pillars:
        groups.append((ENABLING, placement.pillars))
    glyphs = _glyphs(ties)
    if len(teams) > WHOLE and len(groups) > 1:
        return _folded(organisation, groups, exchange, missing)
    ids = [team for _, members in groups for team in members]
    place_of = {team: index for index, team in enumerate(ids)}
    home = {team: label for label, members in groups for team in members}
    cells = {}
    for pair in {*glyphs, *_both(exchange), *_both(missing)}:
        if pair[0] in place_of and pair[1] in place_of:
            cells[pair] = _cell(organisation, pair, place_of, home, glyphs, exchange, floor, missing)
    rows = tuple(
        Row(id_, name, shorten(name, NAME_WIDTH, 13), organisation.teams[id_].type, index + 1)
        for index, id_ in enumerate(ids)
        for name in (clean(organisation.team_name(id_)),)
    )
    size = LARGE if len(ids) <= LARGE_UP_TO else SMALL
    return MatrixLayout(rows, _blocks(groups), tuple(cells[pair] for pair in sorted(cells, key=lambda p: (place_of[p[0]], place_of[p[1]]))),
                        size, False)  # fmt: skip


def _both(pairs: Collection[Pair] | Mapping[Pair, float]) -> list[Pair]:
    return [ends for a, b in pairs for ends in ((a, b), (b, a))]


def _glyphs(ties: Sequence[Tie]) -> dict[Pair, tuple[Mode, State]]:
    """{(row, column): mode and state}: a collaboration both ways, else from facilitator or provider to the other.

    What asks for more attention is shown: a collaboration before a facilitating, before a service.
    """
    found: dict[Pair, tuple[Mode, State]] = {}
    for tie in ties:
        if tie.state is None:
            continue
        ends = (
            [(tie.first, tie.second), (tie.second, tie.first)]
            if tie.mode == "collaboration"
            else [(tie.first, tie.second)]
        )
        for pair in ends:
            found.setdefault(pair, (tie.mode, tie.state))
    return found


def _cell(
    organisation: Organisation, pair: Pair, place_of: Mapping[str, int], home: Mapping[str, str],
    glyphs: Mapping[Pair, tuple[Mode, State]], exchange: Mapping[Pair, float], floor: float, missing: Collection[Pair],
) -> Cell:  # fmt: skip
    key = (min(pair), max(pair))
    events = exchange.get(key, 0.0)
    level = (1 + (events >= HEAVY * floor) + (events >= HEAVIER * floor)) if events else 0
    mode, state = glyphs.get(pair, (None, None))
    declared = mode is not None or (pair[1], pair[0]) in glyphs
    across = home[pair[0]] != home[pair[1]]
    unmet = across and key in missing and not events
    undeclared = across and level >= 2 and not declared
    names = (organisation.team_name(pair[0]), organisation.team_name(pair[1]))
    return Cell(place_of[pair[0]], place_of[pair[1]], level, mode, state, unmet, undeclared, names=names, events=events)


def _blocks(groups: list[tuple[str, list[str]]]) -> tuple[Block, ...]:
    found, begin = [], 0
    for label, members in groups:
        found.append(Block(label, begin, begin + len(members)))
        begin += len(members)
    return tuple(found)


def _folded(
    organisation: Organisation,
    groups: list[tuple[str, list[str]]],
    exchange: Mapping[Pair, float],
    missing: Collection[Pair],
) -> MatrixLayout:
    """One row a grouping: pairs of teams in contact, and those that should be."""
    home = {team: index for index, (_, members) in enumerate(groups) for team in members}
    met: Counter[tuple[int, int]] = Counter()
    unmet: Counter[tuple[int, int]] = Counter()
    for counter, pairs in ((met, exchange), (unmet, missing)):
        for first, second in pairs:
            if first in home and second in home:
                for ends in {(home[first], home[second]), (home[second], home[first])}:
                    counter[ends] += 1
    most = max(met.values(), default=1)
    cells = []
    for ends in sorted({*met, *unmet}):
        names = tuple(dict.fromkeys(groups[end][0] for end in ends))
        level = 0 if not met[ends] else 1 + (3 * met[ends] > most) + (3 * met[ends] > 2 * most)
        missing_more = ends[0] != ends[1] and unmet[ends] > met[ends]
        cells.append(Cell(*ends, level, missing=missing_more, count=met[ends], names=names, unmet=unmet[ends]))
    rows = tuple(
        Row(f".{index}", label, shorten(f"{label} ({len(members)})", NAME_WIDTH, 13), None, index + 1)
        for index, (label, members) in enumerate(groups)
    )
    blocks = tuple(Block(label, index, index + 1) for index, (label, _) in enumerate(groups))
    return MatrixLayout(rows, blocks, tuple(cells), FOLDED, True)
