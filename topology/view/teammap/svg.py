"""A layout, an overlay and a selection → the SVG of the team map. Text in, text out: the same input, the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from topology.graph.teammap import FoldedLayout, MapLayout
from topology.graph.teammap import constants as c
from topology.graph.teammap.geometry import BandShape, Box, Chip, Joint, TeamShape, Tie
from topology.graph.teammap.text import text_width
from topology.view.overlays.overlay import TYPE, Overlay
from topology.view.palette import FONT, LIGHT, Palette, ink_on
from topology.view.teammap import draft, marks
from topology.view.teammap.cards import draw_cards
from topology.view.teammap.legend import draw_legend
from topology.view.teammap.marks import esc, num
from topology.view.teammap.relations import relations_to
from topology.view.teammap.tabs import NO_DATA, draw_tab, scale_of
from topology.words.map import tie_words


@dataclass(frozen=True)
class Look:
    """How a map is drawn; none of it moves a shape."""

    palette: Palette = LIGHT
    overlay: Overlay = TYPE
    selected: str | None = None
    scale: float = 1.0
    """1.5 on a projector: everything is larger, no font changes."""
    legend: bool = True
    title: str = "Team map"
    lit: frozenset[str] = frozenset()
    """Teams that stand out while none is selected; the others are dimmed."""
    draft: draft.DraftMarks | None = None
    """What a draft changes; then nothing is dimmed, since every team is where something may go."""


def draw_map(layout: MapLayout | FoldedLayout, look: Look) -> str:
    """The SVG of a whole or a folded map."""
    return _Picture(look, layout).draw()


class _Picture:
    def __init__(self, look: Look, layout: MapLayout | FoldedLayout) -> None:
        self.look, self.layout, self.palette = look, layout, look.palette
        known = {team.id for team in layout.teams if team.present}
        cards = {card.id for card in layout.cards} if isinstance(layout, FoldedLayout) else set()
        self.selected = look.selected if look.selected in known | cards else None
        self.relations = relations_to(self.selected, layout.ties) if self.selected in known and not look.draft else {}
        lit = frozenset({self.selected, *self.relations}) if self.selected in known else look.lit & known
        self.lit = frozenset() if look.draft else lit
        self.tabbed = look.overlay.drawn or look.draft is not None
        self.dims = bool(self.lit)

    def draw(self) -> str:
        layout, palette = self.layout, self.palette
        body = [*(self._band(band) for band in layout.bands), *(self._stub(joint) for joint in layout.joints)]
        if isinstance(layout, FoldedLayout):
            body.insert(0, draw_cards(layout, self.look.overlay, palette, self.selected, self.look.draft))
        body += [self._team(team) for team in layout.teams]
        body += [self._joint(joint) for joint in layout.joints]
        body += [self._chip(chip) for chip in layout.chips]
        body += [self._pill(team) for team in layout.teams]
        legend, legend_height = ("", 0.0)
        if self.look.legend and layout.width >= c.PHONE:
            legend, legend_height = draw_legend(layout, self.look.overlay, palette)
        height = layout.height + legend_height
        ground = marks.rect(Box(0, 0, layout.width, height), f'fill="{palette.page}"')
        size = f'width="{num(layout.width * self.look.scale)}" height="{num(height * self.look.scale)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {num(layout.width)} {num(height)}" '
            f'font-family="{esc(FONT)}" role="group" aria-label="{esc(self.look.title)}">'
            f"{self._definitions()}{ground}{''.join(body)}{legend}</svg>"
        )

    def _definitions(self) -> str:
        return (
            f'<defs><pattern id="{NO_DATA}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="6" height="6" fill="{self.palette.page}"/>'
            f'<rect width="2" height="6" fill="{self.palette.rule}"/></pattern></defs>'
        )

    # -- bands ------------------------------------------------------------------------------------------------

    def _band(self, band: BandShape) -> str:
        palette, box = self.palette, band.box
        style = f'fill="{palette.band}" stroke="{palette.band_line}" stroke-width="1.25" stroke-dasharray="2 4"'
        parts = [marks.rect(box, style, 0 if band.kind == "platform" else 10)]
        inset = 16 if self.layout.width >= c.PHONE else 10
        parts.append(
            marks.text(
                box.x + inset, box.y + (18 if band.kind == "inner" else 21), band.label, 13, palette.muted, bold=True
            )
        )
        if band.users:
            parts.append(marks.arrow_and_user(box.right - inset + 3, box.y + 16, palette))
        return "".join(parts)

    # -- teams ------------------------------------------------------------------------------------------------

    def _team(self, team: TeamShape) -> str:
        if not team.present:
            return self._empty_slot(team) + self._left(team)
        palette, paint = self.palette, self.palette.types[team.type]
        related = team.id in self.lit
        dimmed = self.dims and not related
        opacity = ' fill-opacity="0.35" stroke-opacity="0.45"' if dimmed else ""
        outline = f'stroke="{palette.ink}"' if related and self.dims else f'stroke="{paint.line}"'
        width = "2"
        if self.look.draft and team.id in self.look.draft.outlined:
            outline, width = f'stroke="{palette.ink}"', "2.5"
        dots = ' stroke-dasharray="2 3"' if team.type == "undefined" else ""
        parts = [self._ring(team)] if team.id == self.selected else []
        parts.append(
            self._outline(team, f'class="shape" fill="{paint.fill}" {outline} stroke-width="{width}"{dots}{opacity}')
        )
        if self.look.overlay.drawn:
            parts.append(draw_tab(team, self.look.overlay, palette, dimmed=dimmed))
        if letters := self._letters(team):
            parts.append(draft.discs(team, letters, palette))
        parts.append(self._name(team, palette.muted if dimmed else palette.ink))
        parts.append(self._ports(team, dimmed=dimmed))
        pressed = ' aria-pressed="true"' if team.id == self.selected else ""
        spoken = esc(self._spoken(team))
        return (
            f'<g class="team" data-team="{esc(draft.team_of(team))}" tabindex="0" role="button"{pressed} aria-label="{spoken}">'
            f"<title>{spoken}</title>{''.join(parts)}</g>"
        )

    def _spoken(self, team: TeamShape) -> str:
        """What a screen reader says and a mouse shows: name, type, value, relation, what found no place."""
        words = [team.name, team.type.replace("-", " ")]
        overlay = self.look.overlay
        if overlay.drawn:
            words.append(f"{overlay.label}: {overlay.texts.get(team.id, 'no data')}")
        words += self._letters(team)
        words += self.relations.get(team.id, [])
        words += map(tie_words, team.hidden)
        return ", ".join(words)

    def _empty_slot(self, team: TeamShape) -> str:
        style = f'fill="none" stroke="{self.palette.band_line}" stroke-width="1.25" stroke-dasharray="1 4" stroke-linecap="round"'
        return self._outline(team, style)

    def _letters(self, team: TeamShape) -> Sequence[str]:
        return self.look.draft.letters.get(team.id, ()) if self.look.draft else ()

    def _left(self, team: TeamShape) -> str:
        """What a draft says of an empty slot: who stood there, or who ends."""
        if self.look.draft is None:
            return ""
        if letter := self.look.draft.gone.get(team.id):
            return draft.ended(team, letter, self.palette)
        letter = self.look.draft.stood.get(draft.team_of(team), "")
        return draft.stood(team, letter, self.palette) if letter and team.id != draft.team_of(team) else ""

    def _outline(self, team: TeamShape, style: str, grow: float = 0) -> str:
        box = Box(team.box.x - grow, team.box.y - grow, team.box.w + 2 * grow, team.box.h + 2 * grow)
        if team.form == "octagon":
            return marks.path(marks.octagon_points(box), style)
        if team.form == "card":
            return marks.rect(Box(box.x, box.y, 24 + 2 * grow, box.h), style, 10)
        if team.form == "pillar":
            return marks.rect(box, style, 14 + grow)
        square = team.form == "bar" and team.type == "platform"
        return marks.rect(box, style, 0 if square else min(14, 0.35 * team.box.h) + grow)

    def _ring(self, team: TeamShape) -> str:
        return self._outline(team, f'fill="none" stroke="{self.palette.ink}" stroke-width="3"', grow=4)

    def _name(self, team: TeamShape, fill: str) -> str:
        dx, dy = team.name_shift if self.tabbed else (0, 0)
        parts = []
        for line in team.lines:
            x, y = line.x + dx, line.y + dy
            turn = f' transform="rotate(-90 {num(x)} {num(y)})"' if team.form == "pillar" else ""
            parts.append(marks.text(x, y, line.text, line.size, fill, bold=True, anchor=line.anchor, extra=turn))
        return "".join(parts)

    def _ports(self, team: TeamShape, *, dimmed: bool) -> str:
        palette, paint = self.palette, self.palette.modes["x-as-a-service"]
        if self._has_pill(team) and self._pill_needs_ports(team):
            return ""
        parts = []
        if team.uses:
            x, y = team.uses.x, team.uses.y
            style = f'fill="{paint.fill}" fill-opacity="0.6" stroke="{paint.line}" stroke-width="1.5" stroke-dasharray="3 2"'
            parts.append(marks.path(marks.triangle_up(x + 6, y - 11, 13, 11), style))
            parts.append(marks.text(x + 16, y, str(team.uses.count), 13, palette.ink))
        covered = team.form == "octagon" and self._has_pill(team) and not self.tabbed
        if team.serves and not covered:
            parts.append(self._serves(team, f'fill="{paint.fill}" stroke="{paint.line}" stroke-width="1"'))
        if team.hidden:
            x, y = team.more_at
            parts.append(marks.text(x, y, f"+{len(team.hidden)}", 13, palette.muted, anchor="end"))
        return f'<g opacity="0.3">{"".join(parts)}</g>' if dimmed and parts else "".join(parts)

    def _serves(self, team: TeamShape, style: str) -> str:
        assert team.serves is not None
        x, y, count = team.serves.x, team.serves.y, str(team.serves.count)
        if team.form != "octagon":
            triangle = marks.path(marks.triangle_up(x, y - 7, 16, 12), style)
            return triangle + marks.text(x, y + 19, count, 13, self.palette.ink, bold=True, anchor="middle")
        ink = self.palette.ink
        if self.look.overlay.drawn and team.box.w <= c.OCTAGON:
            x, y = team.tab.cx + 22, team.tab.cy + 5
            index = self.look.overlay.classes.get(team.id)
            if index is not None:
                ink = ink_on(scale_of(self.look.overlay, self.palette)[index])
        triangle = marks.path(marks.triangle_right(Box(x, y - 11, 11, 12)), style)
        return triangle + marks.text(x + 16, y, count, 13, ink, bold=True)

    # -- interactions -----------------------------------------------------------------------------------------

    def _fades(self, tie: Tie) -> bool:
        if self.selected in self.lit:
            return self.selected not in (tie.first, tie.second)
        return self.dims and not {tie.first, tie.second} <= self.lit

    def _stub(self, joint: Joint) -> str:
        if joint.stub is None:
            return ""
        start, end, y = joint.stub
        line = self.palette.modes["facilitating"].line
        fade = ' opacity="0.28"' if self._fades(joint.tie) else ""
        return f'<path d="M{num(start)} {num(y)}H{num(end)}" stroke="{line}" stroke-width="2" stroke-dasharray="6 3" fill="none"{fade}/>'

    def _joint(self, joint: Joint) -> str:
        tie = joint.tie
        parts = [f"<title>{esc(self._tie_words(tie))}</title>", self._mode(tie, joint.box)]
        if joint.small:
            parts.append(self._mode(tie, joint.small))
        if tie.state == "overrun" and not self._crossed(tie):
            parts.append(marks.warning(joint.box.cx, joint.box.cy, self.palette))
        return self._interaction(tie, [*parts, self._tie_letter(tie, joint.box)])

    def _crossed(self, tie: Tie) -> bool:
        return self.look.draft is not None and tie.key in self.look.draft.crossed

    def _mode(self, tie: Tie, box: Box, *, ground: str | None = None) -> str:
        """The shape of a tie; of one that a draft ends its dotted outline with a cross."""
        if not self._crossed(tie):
            return marks.mode_shape(tie.mode, tie.state, box, self.palette, ground=ground)
        shape = marks.mode_shape(tie.mode, "planned", box, self.palette, ground=self.palette.page)
        return shape + draft.cross(box, self.palette)

    def _tie_letter(self, tie: Tie, box: Box) -> str:
        """The letter of the operation at the corner of the shape; a ring where it is picked."""
        if self.look.draft is None:
            return ""
        ring = Box(box.x - 3, box.y - 3, box.w + 6, box.h + 6)
        picked = f'fill="none" stroke="{self.palette.ink}" stroke-width="2.5"'
        parts = marks.rect(ring, picked, 8) if draft.tie_of(tie) == self.look.draft.picked else ""
        letter = self.look.draft.ties.get(draft.tie_of(tie))
        at = (box.right - 2, box.y) if self._crossed(tie) else (box.x, box.y)
        return parts + (draft.disc(*at, letter, self.palette, draft.TIE_RADIUS) if letter else "")

    def _tie_words(self, tie: Tie) -> str:
        letter = self.look.draft.ties.get(draft.tie_of(tie), "") if self.look.draft else ""
        return ", ".join(filter(None, [tie_words(tie), letter]))

    def _interaction(self, tie: Tie, parts: list[str]) -> str:
        fade = ' opacity="0.28"' if self._fades(tie) else ""
        target = ""
        if self.look.draft is not None and not self._crossed(tie):
            pressed = ' aria-pressed="true"' if draft.tie_of(tie) == self.look.draft.picked else ""
            target = f' data-tie="{esc(draft.tie_of(tie))}" tabindex="0" role="button"{pressed} aria-label="{esc(self._tie_words(tie))}"'
        return f'<g class="tie"{target}{fade}>{"".join(parts)}</g>'

    def _chip(self, chip: Chip) -> str:
        tie, box, palette = chip.tie, chip.box, self.palette
        parts = [f"<title>{esc(self._tie_words(tie))}</title>", self._mode(tie, box, ground=palette.page)]
        if not self._fades(tie):
            if chip.number is not None:
                parts.append(
                    marks.text(box.cx, box.cy + 4.5, str(chip.number), 13, palette.ink, bold=True, anchor="middle")
                )
            if chip.partner and not self.dims:
                line = chip.partner
                passes = ' pointer-events="none"'  # (a click on the name is one on the team below it)
                parts.append(marks.text(line.x, line.y, line.text, line.size, palette.muted, extra=passes))
        if tie.state == "overrun" and not self._crossed(tie):
            parts.append(marks.warning(box.right + 2, box.y, palette))
        return self._interaction(tie, [*parts, self._tie_letter(tie, box)])

    def _pill(self, team: TeamShape) -> str:
        """The relation to the selected team, in words."""
        if not self._has_pill(team):
            return ""
        label = self._relation(team)
        width = self._pill_width(team)
        right, middle = team.pill_at
        turn = ""
        if team.form == "pillar":
            x, y = team.box.cx, team.box.bottom - 10
            turn, right, middle = f' transform="rotate(-90 {num(x)} {num(y)})"', x + width, y
        elif team.form == "octagon" and team.box.w <= c.OCTAGON:
            right = team.box.x + 14 + width
        elif self._pill_needs_ports(team):
            right = min(self._name_end(team) + 6 + width, team.box.right - 4)
        ground = marks.rect(Box(right - width, middle - 10, width, 20), f'fill="{self.palette.ink}"', 10)
        text = marks.text(right - width / 2, middle + 4, label, 12, self.palette.page, bold=True, anchor="middle")
        return f'<g class="pill" pointer-events="none"{turn}>{ground}{text}</g>'

    def _has_pill(self, team: TeamShape) -> bool:
        return team.present and team.id in self.relations and team.id != self.selected

    def _relation(self, team: TeamShape) -> str:
        return " · ".join(self.relations[team.id])

    def _pill_width(self, team: TeamShape) -> float:
        return text_width(self._relation(team), 12, bold=True) + 14

    def _pill_needs_ports(self, team: TeamShape) -> bool:
        """Whether a long name leaves the pill no room but that of the ports, which then give way."""
        lying = team.form != "pillar" and not (team.form == "octagon" and team.box.w <= c.OCTAGON)
        return lying and team.pill_at[0] - self._pill_width(team) < self._name_end(team) + 4

    def _name_end(self, team: TeamShape) -> float:
        shift = team.name_shift[0] if self.tabbed else 0
        return max(
            (line.x + shift + text_width(line.text, line.size, bold=True) for line in team.lines), default=team.box.x
        )
