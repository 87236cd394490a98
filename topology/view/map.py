"""The map of a day as a picture, and what stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from topology.delivery import Reading
from topology.graph.teammap import FoldedLayout, MapLayout, fold_map, folds, frame_between, layout_map
from topology.model import Organisation
from topology.view.markdown import escaped
from topology.view.overlays import Overlay
from topology.view.teammap.svg import Look, draw_map
from topology.words.delivery import reading_sentence
from topology.words.teams import seat_text
from topology.workspace import Workspace

YEAR = dt.timedelta(days=364)

# Each term of art where it stands, in a line (Team Topologies, 2nd edition; DORA).
GLOSSARY = {
    "Stream-aligned team (squad)": "works along one flow of value, from idea to running product; its users stand at the right",
    "Platform team": "provides services that others use by themselves",
    "Enabling team": "helps others to learn something, then leaves",
    "Complicated-subsystem team": "takes care of a part that needs specialists",
    "Collaboration (parallelogram)": "two teams work closely together for a time; the shape lies over both where they touch, "
    "else each carries half of it with the same number",
    "Facilitating (circle)": "one team helps another for a time",
    "X-as-a-Service (triangle)": "one team uses what another provides; a dashed triangle counts the services that a team uses, "
    "a solid one the teams that use its service",
    "Past its end date": "both teams expected it to end by now, and nobody has ended it",
    "Cognitive load": "how much a team has to hold in its head, by its own assessment from 1 to 10 each: the task itself (intrinsic), "
    "what the environment costs (extraneous), the business domain (germane)",
    "Duo gap": "the difference of the levels, 1 to 5, that the product manager and the engineering manager signed for their squad",
    "Bridge": "contact between teams of different value streams",
}


def day_range(organisation: Organisation, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days that the slider offers: a year back and as far ahead as the file plans, where it has dates at all."""
    dated = [day for one in organisation.interactions for day in (one.since, one.until, one.ended) if day]
    dated += [day for team in organisation.teams.values() for day in (team.since, team.until) if day]
    if not dated:
        return last, last
    return max(min([*dated, last]), last - YEAR), max([last, *(day for day in dated if day <= last + YEAR)])


def team_facts(organisation: Organisation, team: str, day: dt.date) -> dict[str, str]:
    """The few words that identify a team."""
    model = organisation.teams[team]
    groups = [organisation.group_name(one) for one in reversed(organisation.lineage(model.group))]
    count = model.head_count(day)
    return {
        "Type": model.type.replace("-", " "),
        "Grouping": " › ".join(groups) or "none",
        "Product manager": seat_text(organisation, model.pm, day),
        "Engineering manager": seat_text(organisation, model.em, day),
        "People": str(count) if count else "not declared",
    }


def lit_teams(organisation: Organisation, groups: str) -> frozenset[str]:
    """The teams of the groupings named in a link (`payments,onboarding`), which stand out on the map."""
    wanted = set(groups.split(","))
    return frozenset(id_ for id_, team in organisation.teams.items() if wanted & set(organisation.lineage(team.group)))


def value_sentence(overlay: Overlay, readings: Mapping[str, Reading], team: str) -> str:
    """The overlay's value for a team with what it rests on; every delivery metric when no overlay is on."""
    if overlay.id in readings:
        return reading_sentence(readings[overlay.id], team)
    if overlay.drawn:
        return f"{overlay.label}: **{overlay.texts.get(team, 'no data')}**{escaped(overlay.rests_on.get(team, ''))}."
    return "  \n".join(reading_sentence(reading, team) for reading in readings.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a map lies on its sheet: the width in units, the days whose slots are kept, and which card of a folded map is open."""

    width: float
    days: tuple[dt.date, dt.date] | None = None
    unfolded: bool = False
    open_card: str = ""


def lay_out(workspace: Workspace, day: dt.date, sheet: Sheet, team: str | None = None) -> MapLayout | FoldedLayout:
    """The layout of a day, kept: no overlay, theme or selection moves it. Of a folded map the card of `team` is open."""
    organisation = workspace.organisation
    if sheet.unfolded or not folds(organisation, day, sheet.width):

        def whole() -> MapLayout:
            frame = frame_between(organisation, *sheet.days) if sheet.days else None
            return layout_map(organisation, day, sheet.width, frame)

        return workspace.once(("map", day, sheet.width, sheet.days), whole)
    home = _folded(workspace, day, sheet.width, "").card_of(team) if team else None
    return _folded(workspace, day, sheet.width, home.id if home else sheet.open_card)


def _folded(workspace: Workspace, day: dt.date, width: float, card: str) -> FoldedLayout:
    return workspace.once(("folded", day, width, card), lambda: fold_map(workspace.organisation, day, width, card))


def map_of(workspace: Workspace, day: dt.date, sheet: Sheet, look: Look) -> str:
    """The SVG of the map of a day."""
    return draw_map(lay_out(workspace, day, sheet, look.selected), look)


def table_rows(organisation: Organisation, day: dt.date, overlay: Overlay) -> list[dict[str, str]]:
    """The map as a table, in the order of the file."""
    return [
        {
            "Team": organisation.team_name(id_),
            "Type": team.type,
            "Grouping": " › ".join(organisation.group_name(one) for one in reversed(organisation.lineage(team.group))),
            **({overlay.label: overlay.texts.get(id_, "no data")} if overlay.drawn else {}),
        }
        for id_, team in organisation.teams_on(day).items()
    ]
