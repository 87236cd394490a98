"""Where the box of each team stands inside its band, and what its name looks like there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from topology.graph.teammap import constants as c
from topology.graph.teammap.bands import Band, Section
from topology.graph.teammap.geometry import BandShape, Box, Form, Line, Port, TeamShape
from topology.graph.teammap.text import clean, fit, fit_block, shorten, text_width
from topology.model import Organisation, Team

INNER_HEADER = 26
INNER_INSET = 8
CARD_BAR = 24
ROWS_APART = 1000  # rows of different sections are never neighbours


@dataclass
class Facts:
    """What the boxes need to know of the organisation: names, types, presence and counts of services."""

    organisation: Organisation
    present: set[str]
    uses: dict[str, int]
    serves: dict[str, int]
    consumers: dict[str, list[str]]
    may_use: set[str]
    may_serve: set[str]
    """Teams that use or serve somewhere in the frame: their port zone is kept free even on days without."""

    def team(self, id_: str) -> Team:
        """The team of an id."""
        return self.organisation.teams[id_]

    def name(self, id_: str) -> str:
        """The team's name on one line."""
        return clean(self.organisation.team_name(id_))


@dataclass
class Placed:
    """The shapes of a band (or of all), and its height."""

    height: float = 0
    teams: list[TeamShape] = field(default_factory=list)
    bands: list[BandShape] = field(default_factory=list)
    slot_from: dict[str, float] = field(default_factory=dict)
    """x of the first interaction slot, by team: 12 after the longest name among lanes with the same left edge."""


def band_boxes(band: Band, x: float, y: float, width: float, m: c.Measures, facts: Facts, column: int = 0) -> Placed:
    """The boxes of a band whose upper left corner is at (x, y)."""
    placed = Placed()
    cursor = y + m.header
    for index, section in enumerate(band.sections):
        inner_x, inner_w = x + m.pad, width - 2 * m.pad
        if section.label is None:
            cursor = _section(section, band, Box(inner_x, cursor, inner_w, 0), m, facts, placed, column, index)
        else:
            top = cursor + (m.gap if index else 0)
            inset = Box(inner_x + INNER_INSET, top + INNER_HEADER, inner_w - 2 * INNER_INSET, 0)
            cursor = _section(section, band, inset, m, facts, placed, column, index) + INNER_INSET
            label = shorten(section.label, inner_w - 24, 13, bold=True)
            placed.bands.append(
                BandShape(
                    f"{band.id}/{section.label}",
                    label,
                    Box(inner_x, top, inner_w, cursor - top),
                    "inner",
                    False,
                    column,
                )
            )
    placed.height = cursor + m.pad_bottom - y
    label = shorten(band.label, width - 2 * m.pad - (90 if band.users else 0), 13, bold=True)
    kind: Literal["platform", "stream"] = "platform" if band.platform else "stream"
    placed.bands.insert(0, BandShape(band.id, label, Box(x, y, width, placed.height), kind, band.users, column))
    return placed


def _section(
    section: Section, band: Band, area: Box, m: c.Measures, facts: Facts, placed: Placed, column: int, index: int
) -> float:
    """Places the teams of a section below `area`'s top; gives y below the last one."""
    maker = _Maker(band, m, facts, placed, column, narrow=area.w < c.NARROW)
    maker.row = index * ROWS_APART
    if band.platform:
        return maker.bars(section.rows + section.enabling, area)
    return maker.lanes(section, area)


class _Maker:
    """Makes the shapes of one section."""

    def __init__(self, band: Band, m: c.Measures, facts: Facts, placed: Placed, column: int, *, narrow: bool) -> None:
        self.band, self.m, self.facts, self.placed, self.column, self.narrow = band, m, facts, placed, column, narrow
        self.lane_height = m.narrow_lane if narrow else m.lane
        self.row = 0

    # -- platform boxes ---------------------------------------------------------------------------------------

    def bars(self, teams: list[str], area: Box) -> float:
        """Bars side by side: they share the width up to one full row, then keep the column count."""
        most = max(1, int((area.w + c.BAR_GAP) // c.BAR_PITCH))
        columns = max(1, min(most, len(teams)))
        width = (area.w - c.BAR_GAP * (columns - 1)) / columns
        height = self.lane_height + 8
        shapes = []
        for index, team in enumerate(teams):
            line, place = divmod(index, columns)
            box = Box(area.x + place * (width + c.BAR_GAP), area.y + line * (height + self.m.gap), width, height)
            shapes.append(self._lane(team, box, row=self.row + 2 * line))
        self._slots(shapes)
        lines = -(-len(teams) // columns)
        return area.y + lines * height + max(0, lines - 1) * self.m.gap

    # -- bands of streams -------------------------------------------------------------------------------------

    def lanes(self, section: Section, area: Box) -> float:
        """Lanes from top to bottom, subsystems beside their consumers, enabling teams as pillars or card rows."""
        rows = section.rows
        content = len(rows) * self.lane_height + max(0, len(rows) - 1) * self.m.gap
        pillars = [one for one in section.enabling if self._pillar_fits(one, section, area, content)]
        cards = [one for one in section.enabling if one not in pillars]
        for index, team in enumerate(pillars):
            x = area.x + index * (c.PILLAR + c.PILLAR_GAP)
            self.placed.teams.append(self.pillar(team, Box(x, area.y, c.PILLAR, content)))
        shift = len(pillars) * (c.PILLAR + c.PILLAR_GAP)
        inner = Box(area.x + shift, area.y, area.w - shift, 0)
        beside = self._subsystem_slots(section.subsystems, rows, inner)
        shapes, cursor = [], area.y
        for index, team in enumerate(rows):
            indent = c.OCTAGON + c.OCTAGON_GAP if any(index in spanned for spanned in beside.values()) else 0
            box = Box(inner.x + indent, cursor, inner.w - indent, self.lane_height)
            shapes.append(self._lane(team, box, row=self.row + index))
            cursor += self.lane_height + self.m.gap
        for team, spanned in beside.items():
            top = area.y + spanned[0] * (self.lane_height + self.m.gap)
            height = len(spanned) * (self.lane_height + self.m.gap) - self.m.gap
            self.placed.teams.append(self._octagon(team, Box(inner.x, top, c.OCTAGON, height), self.row + spanned[0]))
        under = [team for team in section.subsystems if team not in beside]
        for offset, team in enumerate(under + cards):
            box = Box(inner.x, cursor, inner.w, self.lane_height)
            shapes.append(self._lane(team, box, row=self.row + len(rows) + 2 * offset + 1))
            cursor += self.lane_height + self.m.gap
        self._slots(shapes)
        return cursor - self.m.gap if shapes else cursor

    def _pillar_fits(self, team: str, section: Section, area: Box, content: float) -> bool:
        """Whether the name fits the rows' height and the lanes stay at least 304 wide."""
        left = area.w - len(section.enabling) * (c.PILLAR + c.PILLAR_GAP)
        needed = text_width(self.facts.name(team), self.m.name_size, bold=True) + c.PILLAR_TAB + 14 + 34
        return not self.narrow and left >= c.LEAST_LANE and needed <= content

    def _subsystem_slots(self, subsystems: list[str], rows: list[str], area: Box) -> dict[str, range]:
        """{subsystem: the one or two rows beside which it stands}; without those that find no place there."""
        if self.narrow or area.w - c.OCTAGON - c.OCTAGON_GAP < c.LEAST_LANE or not rows:
            return {}
        found: dict[str, range] = {}
        tall = min(2, len(rows))
        last = len(rows) - tall
        for team in subsystems:
            consumers = [index for index, row in enumerate(rows) if row in self.facts.consumers.get(team, ())]
            wanted = min(consumers[0] if consumers else 0, last)
            taken = {row for spanned in found.values() for row in spanned}
            starts = [*range(wanted, last + 1), *range(wanted - 1, -1, -1)]
            start = next((one for one in starts if not taken & set(range(one, one + tall))), None)
            if start is not None:
                found[team] = range(start, start + tall)
        return found

    # -- shapes -----------------------------------------------------------------------------------------------

    def _lane(self, team: str, box: Box, row: int) -> TeamShape:
        """A lane, a platform's bar, a subsystem in its own row or a card row: all read from left to right."""
        facts, type_ = self.facts, self.facts.team(team).type
        card = type_ == "enabling"
        zone = (c.USES_ZONE if team in facts.may_use else 0) + (c.SERVES_ZONE if team in facts.may_serve else 0)
        inset = CARD_BAR + 10 if card else 14 if self.narrow else 18
        width = min(c.LONGEST_NAME, box.w - inset - c.TAB - 10 - (0 if self.narrow else zone))
        fitted = fit(facts.name(team), width, self.m.name_size)
        baselines = self._baselines(box, len(fitted.lines), fitted.size)
        lines = tuple(
            Line(text, box.x + inset, y, fitted.size) for text, y in zip(fitted.lines, baselines, strict=True)
        )
        form: Form = (
            "card"
            if card
            else "octagon"
            if type_ == "complicated-subsystem"
            else "bar"
            if self.band.platform
            else "lane"
        )
        tab = Box(box.right - c.TAB, box.y, c.TAB, box.h) if card else Box(box.x, box.y, c.TAB, box.h)
        port_y = box.bottom - 13 if self.narrow else box.cy + 5
        return self._shape(team, box, tab, form, lines, (0 if card else c.TAB, 0), row, cut=fitted.cut,
            uses=(box.right - 42, port_y), serves=(box.right - c.SERVES_AT, port_y if form == "octagon" else box.y))  # fmt: skip

    def _baselines(self, box: Box, lines: int, size: float) -> list[float]:
        if self.narrow:
            return [box.y + 23] if lines == 1 else [box.y + 19, box.y + 33]
        return [box.cy + size * 0.36] if lines == 1 else [box.cy - 3, box.cy + 12]

    def _octagon(self, team: str, box: Box, row: int) -> TeamShape:
        fitted = fit_block(self.facts.name(team), box.w - 20, self.m.name_size)
        pitch = fitted.size + 2
        single = box.h <= self.m.narrow_lane
        middle = box.cy - (0 if single else 8)
        top = middle - pitch * (len(fitted.lines) - 1) / 2 + fitted.size * 0.36
        lines = tuple(
            Line(text, box.cx, top + index * pitch, fitted.size, "middle") for index, text in enumerate(fitted.lines)
        )
        tab = Box(box.x, box.y, box.w, c.OCTAGON_TAB)
        shift = (0, 0 if single else 18)
        return self._shape(team, box, tab, "octagon", lines, shift, row, cut=fitted.cut,
                           uses=(box.right - 42, box.bottom - 10), serves=(box.cx - 14, box.bottom - 10))  # fmt: skip

    def pillar(self, team: str, box: Box) -> TeamShape:
        """A vertical bar; its name is read from bottom to top and stands at the pillar's head."""
        room = box.h - c.PILLAR_TAB - 28 - 34
        fitted = fit(self.facts.name(team), max(room, 40), self.m.name_size)
        lines = tuple(
            Line(text, box.cx + 5 + (0 if len(fitted.lines) == 1 else -8 + 15 * index), box.y + 14, fitted.size, "end")
            for index, text in enumerate(fitted.lines)
        )
        tab = Box(box.x, box.y, box.w, c.PILLAR_TAB)
        return self._shape(
            team, box, tab, "pillar", lines, (0, c.PILLAR_TAB), 0, cut=fitted.cut, uses=None, serves=None
        )

    def _shape(self, team: str, box: Box, tab: Box, form: Form, lines: tuple[Line, ...], shift: tuple[float, float], row: int, *,
               cut: bool, uses: tuple[float, float] | None, serves: tuple[float, float] | None) -> TeamShape:  # fmt: skip
        facts = self.facts
        return TeamShape(
            id=team, name=facts.name(team), type=facts.team(team).type, form=form, box=box, tab=tab, lines=lines,
            name_shift=shift, narrow=self.narrow, band=self.band.id, column=self.column, row=row,
            present=team in facts.present, cut=cut,
            uses=_port(uses, facts.uses.get(team, 0)), serves=_port(serves, facts.serves.get(team, 0)),
            more_at=(box.right - c.USES_ZONE - (c.SERVES_ZONE if team in facts.may_serve else 0) - 4,
                     box.bottom - 13 if self.narrow else box.cy + 5),
        )  # fmt: skip

    def _slots(self, shapes: list[TeamShape]) -> None:
        """Adds the shapes and where their first slot begins."""
        self.placed.teams += shapes
        ends: dict[float, float] = {}
        for shape in shapes:
            end = max(
                (line.x + text_width(line.text, line.size, bold=True) for line in shape.lines), default=shape.box.x
            )
            ends[shape.box.x] = max(ends.get(shape.box.x, 0), end + shape.name_shift[0])
        for shape in shapes:
            self.placed.slot_from[shape.id] = shape.box.x + c.TAB + 12 if shape.narrow else ends[shape.box.x] + 12


def _port(at: tuple[float, float] | None, count: int) -> Port | None:
    return Port(at[0], at[1], count) if at and count else None


def pillar_maker(m: c.Measures, facts: Facts) -> Callable[[str, Box], TeamShape]:
    """Makes the pillars that stand outside of every band."""
    outside = Band(".pillars", "", platform=False, users=False, sections=[])
    return _Maker(outside, m, facts, Placed(), 0, narrow=False).pillar


def card_boxes(teams: list[str], area: Box, m: c.Measures, facts: Facts) -> Placed:
    """Card rows for enabling teams on top of a phone's map."""
    placed = Placed()
    band = Band(".pillars", "", platform=False, users=False, sections=[])
    maker = _Maker(band, m, facts, placed, 0, narrow=True)
    placed.height = maker.lanes(Section(None, enabling=teams), area) - area.y
    return placed
