"""Where interactions are drawn: joints over touching teams, pairs of chips for teams apart (docs/map.md, section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from topology.graph.teammap import constants as c
from topology.graph.teammap.geometry import Box, Chip, Joint, Line, TeamShape, Tie
from topology.graph.teammap.text import text_width

Days = tuple[dt.date, dt.date]
Interval = tuple[float, float, Days]
"""x from, x to, and the days on which something may be seen there."""
PITCH, NARROW_PITCH = 72, 52
BRIDGE_W, NARROW_BRIDGE_W = 58, 44
TRIANGLE = 20
MORE = 28  # the room of "+n" before the ports
LABEL = c.LABEL_GAP


@dataclass
class Drawn:
    """What is drawn, with the teams after "+n" was noted on them."""

    teams: list[TeamShape]
    joints: list[Joint]
    chips: list[Chip]


def draw_ties(
    teams: list[TeamShape],
    ties: Sequence[Tie],
    slot_from: dict[str, float],
    m: c.Measures,
    *,
    labels: dict[str, str] | None = None,
) -> Drawn:
    """The shapes of all ties that are not only counted at ports. Ties that have no slot left join their teams' "+n".

    `labels` replaces the names of partners that are not on the map (an open card of a folded map): such a half pair
    has no number.
    """
    crowded: frozenset[str] = frozenset()
    while True:  # a lane that turns out to be too full gives up the room of its "+n", once: this ends
        drawing = _Drawing(teams, slot_from, m, labels, crowded)
        drawn = drawing.draw(ties)
        if drawing.full <= crowded:
            return drawn
        crowded |= drawing.full


class _Drawing:
    def __init__(
        self,
        teams: list[TeamShape],
        slot_from: dict[str, float],
        m: c.Measures,
        labels: dict[str, str] | None,
        crowded: frozenset[str],
    ) -> None:
        self.m = m
        self.order = [team.id for team in teams]
        self.shapes = {team.id: team for team in teams}
        self.slot_from = slot_from
        self.labels = labels or {}
        self.opened = labels is not None
        self.crowded = crowded
        self.full: set[str] = set()
        self.taken: dict[str, list[Interval]] = {team.id: [] for team in teams}
        self.pillars = sorted((t for t in teams if t.form == "pillar" and t.band == ".pillars"), key=lambda t: t.box.x)
        self.joints: list[Joint] = []
        self.chips: list[Chip] = []

    def draw(self, ties: Sequence[Tie]) -> Drawn:
        apart = []
        for tie in ties:
            if tie.mode == "x-as-a-service":
                self._service(tie)
            elif not (self._both_here(tie) and (self._between_lanes(tie) or self._at_pillar(tie))):
                apart.append(tie)
        numbered = len(apart) <= c.MOST_NUMBERED and not self.opened
        for number, tie in enumerate(apart, start=1):
            self._pair(tie, number if numbered else None)
        self._name_partners()
        chips = [chip for chip in self.chips if chip.tie.state is not None]
        joints = [joint for joint in self.joints if joint.tie.state is not None]
        return Drawn([self.shapes[id_] for id_ in self.order], joints, chips)

    def _both_here(self, tie: Tie) -> bool:
        return tie.first in self.shapes and tie.second in self.shapes

    # -- touching teams ---------------------------------------------------------------------------------------

    def _between_lanes(self, tie: Tie) -> bool:
        """A parallelogram or a circle in the gap of two lanes that follow one another."""
        upper, lower = sorted((self.shapes[tie.first], self.shapes[tie.second]), key=lambda shape: shape.box.y)
        if not (upper.form == lower.form == "lane" and upper.band == lower.band and lower.row == upper.row + 1):
            return False
        narrow = upper.narrow
        if tie.mode == "collaboration":
            width: float = NARROW_BRIDGE_W if narrow else BRIDGE_W
            overlap: float = 8 if narrow else 9 if self.m.compact else 12
        else:
            width = 2 * self.m.circle
            overlap = self.m.circle - self.m.gap / 2
        start = upper.box.cx - 8 if narrow else max(self.slot_from[upper.id], self.slot_from[lower.id])
        x = self._free_slot((upper.id, lower.id), start, width, tie.shown)
        if x is None and width == BRIDGE_W:  # a short lane beside a subsystem may still have room for a narrow one
            width = NARROW_BRIDGE_W
            x = self._free_slot((upper.id, lower.id), start, width, tie.shown)
        if x is None:
            return False
        self.joints.append(Joint(tie, Box(x, upper.box.bottom - overlap, width, self.m.gap + 2 * overlap)))
        return True

    def _at_pillar(self, tie: Tie) -> bool:
        """A circle over the edges of an enabling pillar and a lane at its right."""
        pillar, lane = self.shapes[tie.first], self.shapes[tie.second]
        if tie.mode != "facilitating" or pillar.form != "pillar" or lane.form != "lane":
            return False
        outer = pillar.band == ".pillars"
        if not pillar.box.y <= lane.box.cy <= pillar.box.bottom:
            return False
        beside = [
            p
            for p in self.shapes.values()
            if p.form == "pillar" and p.band == lane.band and p.box.y <= lane.box.cy <= p.box.bottom
        ]
        inner_x = min(
            shape.box.x for shape in self.shapes.values() if shape.band == lane.band and shape.form != "pillar"
        )
        at_edge = lane.box.x == inner_x and (not beside if outer else pillar.band == lane.band)
        if not at_edge or (outer and lane.column != 0):
            return False
        here = [
            one
            for one in self.joints
            if one.tie.second == lane.id and one.tie.mode == "facilitating" and one.box.right < lane.box.x + 40
        ]
        if len(here) > 1:
            return False
        radius = self.m.circle
        nearest = max((p for p in (self.pillars if outer else beside)), key=lambda p: p.box.x)
        cx = (nearest.box.right + lane.box.x) / 2
        cy = lane.box.cy + (10 if here else 0)
        box = Box(cx - radius, cy - radius, 2 * radius, 2 * radius)
        if pillar.id == nearest.id:
            self.joints.append(Joint(tie, box))
        else:
            small = Box(pillar.box.right - 9, cy - 9, 18, 18)
            self.joints.append(Joint(tie, box, small, (pillar.box.right, cx, cy)))
        return True

    def _service(self, tie: Tie) -> None:
        """A triangle from a subsystem to the lane beside it; every other service is counted at ports."""
        if not self._both_here(tie):
            return
        provider, consumer = self.shapes[tie.first], self.shapes[tie.second]
        beside = (
            provider.form == "octagon" and consumer.form == "lane" and provider.band == consumer.band
            and consumer.box.x - provider.box.right == c.OCTAGON_GAP
            and provider.box.y <= consumer.box.cy <= provider.box.bottom
        )  # fmt: skip
        if beside:
            middle = (provider.box.right + consumer.box.x) / 2
            box = Box(middle - TRIANGLE / 2, consumer.box.cy - TRIANGLE / 2, TRIANGLE, TRIANGLE)
            self.joints.append(Joint(tie, box))

    # -- teams apart ------------------------------------------------------------------------------------------

    def _pair(self, tie: Tie, number: int | None) -> None:
        for id_ in (tie.first, tie.second):
            if id_ not in self.shapes:
                continue
            shape = self.shapes[id_]
            box = self._chip_box(shape, tie)
            if box is None:
                self.full.add(id_)
            if box is None and tie.state is not None:
                self.shapes[id_] = replace(shape, hidden=(*shape.hidden, tie))
            elif box is not None:
                self.chips.append(Chip(tie, id_, box, number))

    def _chip_box(self, shape: TeamShape, tie: Tie) -> Box | None:
        w, h = (c.CHIP_W, c.CHIP_H) if tie.mode == "collaboration" else (2 * c.CHIP_R, 2 * c.CHIP_R)
        if shape.form == "pillar":
            return self._chip_in_pillar(shape, w, h, tie.shown)
        if shape.form == "octagon" and shape.id not in self.slot_from:
            return self._chip_in_octagon(shape, w, h, tie.shown)
        label = self._label_of(tie, shape.id) if self.opened else ""
        room = w + (LABEL + text_width(label, 13) + 12 if label else 0)
        x = self._free_slot((shape.id,), self.slot_from[shape.id], room, tie.shown)
        if x is None:
            return None
        middle = shape.box.y + 46 if shape.narrow else shape.box.cy
        return Box(x, middle - h / 2, w, h)

    def _chip_in_pillar(self, shape: TeamShape, w: float, h: float, days: Days) -> Box | None:
        """Chips stack from the foot, as long as the name above keeps its place."""
        longest = max((text_width(line.text, line.size, bold=True) for line in shape.lines), default=0)
        meeting = [begin for begin, _, seen in self.taken[shape.id] if _meet(days, seen)]
        middle = shape.box.bottom - 20
        while middle in meeting:
            middle -= 28
        if middle - h / 2 < shape.box.y + c.PILLAR_TAB + 18 + longest:
            return None
        self.taken[shape.id].append((middle, middle, days))
        return Box(shape.box.cx - w / 2, middle - h / 2, w, h)

    def _chip_in_octagon(self, shape: TeamShape, w: float, h: float, days: Days) -> Box | None:
        """One chip at the left of an octagon's foot; a second one would reach its count of consumers."""
        if shape.box.h < 2 * self.m.lane or any(_meet(days, seen) for _, _, seen in self.taken[shape.id]):
            return None
        self.taken[shape.id].append((0, 0, days))
        return Box(shape.box.x + 22, shape.box.bottom - 15 - h / 2, w, h)

    def _free_slot(self, ids: tuple[str, ...], start: float, width: float, days: Days) -> float | None:
        """The first slot whose interval is free in every lane and ends before the port zones."""
        shapes = [self.shapes[id_] for id_ in ids]
        pitch = NARROW_PITCH if shapes[0].narrow else PITCH
        limit = min(shape.more_at[0] + (-MORE if shape.id in self.crowded else 3) for shape in shapes)
        x = start
        while x + width <= limit:
            span = (x - 4, x + width + 4)
            if all(
                end <= span[0] or begin >= span[1] or not _meet(days, seen)
                for id_ in ids
                for begin, end, seen in self.taken[id_]
            ):
                for id_ in ids:
                    self.taken[id_].append((x, x + width, days))
                return x
            x += pitch
        return None

    # -- names of partners ------------------------------------------------------------------------------------

    def _name_partners(self) -> None:
        """After the last chip of a lane the partner's name, where it fits before the ports."""
        by_team: dict[str, list[int]] = {}
        for index, chip in enumerate(self.chips):
            by_team.setdefault(chip.team, []).append(index)
        for id_, indices in by_team.items():
            shape = self.shapes[id_]
            if shape.form == "pillar" or id_ not in self.slot_from:
                continue
            shown = [i for i in indices if self.chips[i].tie.state is not None]
            named = indices if self.opened else [max(shown, key=lambda i: self.chips[i].box.x)] if shown else []
            for index in named:
                self.chips[index] = self._with_partner(self.chips[index], shape)

    def _with_partner(self, chip: Chip, shape: TeamShape) -> Chip:
        label = self._label_of(chip.tie, shape.id)
        x = chip.box.right + LABEL + (9 if chip.tie.state == "overrun" else 0)
        end = x + text_width(label, 13)
        limit = shape.more_at[0] - (MORE if shape.id in self.crowded else 2)
        later = [
            begin for begin, _, seen in self.taken[shape.id] if begin > chip.box.x + 1 and _meet(chip.tie.shown, seen)
        ]
        if not label or end > min([limit, *(begin - 6 for begin in later)]):
            return chip
        return replace(chip, partner=Line(label, x, chip.box.cy + 4.5, 13))

    def _label_of(self, tie: Tie, id_: str) -> str:
        partner = tie.second if tie.first == id_ else tie.first
        return self.labels.get(partner) or (self.shapes[partner].name if partner in self.shapes else "")


def _meet(one: Days, other: Days) -> bool:
    """Whether two spans of days share a day."""
    return one[0] < other[1] and other[0] < one[1]
