"""The folded map of a large organisation: one card a grouping, one card open in place (docs/map.md, section 8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from topology.graph.teammap import constants as c
from topology.graph.teammap.bands import ENABLING_TEAMS, UNGROUPED, Band, Section, place
from topology.graph.teammap.boxes import band_boxes
from topology.graph.teammap.geometry import BandShape, Box, Chip, Joint, TeamShape, Tie
from topology.graph.teammap.layout import facts_of
from topology.graph.teammap.shapes import draw_ties
from topology.graph.teammap.text import clean
from topology.graph.teammap.ties import ties_on
from topology.model import Mode, Organisation, TeamType

CARD_W, CARD_H, CARD_GAP, SHEETS = 280, 112, 20, 8
ROW_GAP = 18 + SHEETS
CARET = 12
FEWEST_GROUPINGS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A folded grouping: its teams, and its interactions (inside, to the outside) by mode."""

    id: str
    label: str
    platform: bool
    box: Box
    teams: tuple[str, ...]
    types: tuple[tuple[TeamType, int], ...]
    counts: tuple[tuple[Mode, int, int], ...]
    overruns: int


@dataclass(frozen=True, slots=True)
class FoldedLayout:
    """Cards in reading order, and the band of the open one with its teams."""

    width: float
    height: float
    cards: tuple[Card, ...]
    open_card: str | None
    bands: tuple[BandShape, ...]
    teams: tuple[TeamShape, ...]
    joints: tuple[Joint, ...]
    chips: tuple[Chip, ...]
    ties: tuple[Tie, ...]

    def card_of(self, team: str) -> Card | None:
        """The card that holds a team."""
        return next((card for card in self.cards if team in card.teams), None)


def folds(organisation: Organisation, day: dt.date, width: float) -> bool:
    """Whether the map folds by itself: from 60 teams (20 on a phone), with at least 4 groupings."""
    teams = set(organisation.teams_on(day))
    bands = _bands(organisation, teams, [])
    enough = len(teams) >= (20 if width < c.PHONE else c.FOLD_FROM)
    return enough and sum(band.id in organisation.groups for band in bands) >= FEWEST_GROUPINGS


def fold_map(
    organisation: Organisation, day: dt.date, width: float = 1280, open_card: str | None = None
) -> FoldedLayout:
    """The cards of every grouping on `day`; the card named `open_card` shows its teams below its row."""
    present = set(organisation.teams_on(day))
    ties = ties_on(organisation, day, present, None)
    bands = _bands(organisation, present, ties)
    m = c.measures(width, c.COMPACT_FROM)
    inner = width - 2 * m.margin
    columns = max(1, int((inner + CARD_GAP) // (CARD_W + CARD_GAP)))
    card_width = (inner - CARD_GAP * (columns - 1)) / columns

    cards: list[Card] = []
    opened = _Opened()
    y, place_in_row, was_platform = m.margin, 0, False
    row_has_open: Band | None = None
    for band in bands:
        new_row = place_in_row == columns or (band.platform and not was_platform and place_in_row > 0)
        if new_row:
            y += CARD_H + ROW_GAP
            place_in_row = 0
            if row_has_open is not None:
                y = opened.insert(organisation, row_has_open, ties, present, m, inner, y)
                row_has_open = None
        box = Box(m.margin + place_in_row * (card_width + CARD_GAP), y, card_width, CARD_H)
        cards.append(_card(organisation, band, ties, box))
        if band.id == open_card:
            row_has_open = band
        place_in_row, was_platform = place_in_row + 1, band.platform
    y += CARD_H + ROW_GAP
    if row_has_open is not None:
        y = opened.insert(organisation, row_has_open, ties, present, m, inner, y)
    height = y - ROW_GAP + SHEETS + m.margin
    return FoldedLayout(width, height, tuple(cards), open_card if opened.bands else None, tuple(opened.bands),
                        tuple(opened.teams), tuple(opened.joints), tuple(opened.chips), tuple(ties))  # fmt: skip


def _bands(organisation: Organisation, teams: set[str], ties: list[Tie]) -> list[Band]:
    """Streams, then platforms; the enabling teams without a grouping get a card of their own."""
    placement = place(organisation, teams, ties)
    streams = [band for band in placement.streams if band.id != ".enabling"]
    loose = [team for band in placement.streams if band.id == ".enabling" for team in band.teams] + placement.pillars
    if loose:
        own = next((band for band in streams if band.id == ".ungrouped"), None)
        if own is None:
            own = Band(".ungrouped", UNGROUPED, platform=False, users=False, sections=[Section(None)])
            streams.append(own)
        own.sections[0].enabling += loose
        if own.teams == loose:
            own.label = ENABLING_TEAMS
    return streams + placement.platforms


def _card(organisation: Organisation, band: Band, ties: list[Tie], box: Box) -> Card:
    teams = set(band.teams)
    types = Counter(organisation.teams[team].type for team in band.teams)
    counts: list[tuple[Mode, int, int]] = []
    modes: tuple[Mode, ...] = ("collaboration", "facilitating", "x-as-a-service")
    for mode in modes:
        touching = [tie for tie in ties if tie.mode == mode and (tie.first in teams or tie.second in teams)]
        inside = sum(tie.first in teams and tie.second in teams for tie in touching)
        if touching:
            counts.append((mode, inside, len(touching) - inside))
    overruns = sum(tie.state == "overrun" and (tie.first in teams or tie.second in teams) for tie in ties)
    order: tuple[TeamType, ...] = ("stream-aligned", "enabling", "complicated-subsystem", "platform", "undefined")
    shown = tuple((type_, types[type_]) for type_ in order if types[type_])
    return Card(band.id, band.label, band.platform, box, tuple(band.teams), shown, tuple(counts), overruns)


class _Opened:
    """The band of the open card."""

    def __init__(self) -> None:
        self.bands: list[BandShape] = []
        self.teams: list[TeamShape] = []
        self.joints: list[Joint] = []
        self.chips: list[Chip] = []

    def insert(
        self,
        organisation: Organisation,
        band: Band,
        ties: list[Tie],
        present: set[str],
        m: c.Measures,
        width: float,
        y: float,
    ) -> float:
        """Places the band at `y`, full width; gives y for the next row of cards."""
        facts = facts_of(organisation, present, ties)
        placed = band_boxes(band, m.margin, y - ROW_GAP + SHEETS + CARET, width, m, facts)
        inside = set(band.teams)
        touching = [tie for tie in ties if tie.first in inside or tie.second in inside]
        outside = {one for tie in touching for one in (tie.first, tie.second)} - inside
        labels = {team: _outside_label(organisation, team) for team in outside}
        drawn = draw_ties(placed.teams, touching, placed.slot_from, m, labels=labels)
        self.bands, self.teams, self.joints, self.chips = placed.bands, drawn.teams, drawn.joints, drawn.chips
        return y - ROW_GAP + SHEETS + CARET + placed.height + ROW_GAP


def _outside_label(organisation: Organisation, team: str) -> str:
    """`partner · grouping`."""
    lineage = organisation.lineage(organisation.teams[team].group)
    name = clean(organisation.team_name(team))
    return f"{name} · {clean(organisation.group_name(lineage[-1]))}" if lineage else name
