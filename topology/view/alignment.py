"""What the Alignment page says: the roadmap's balance, objectives, rituals, indicators."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from topology.delivery import Reading
from topology.model import Organisation
from topology.privacy import tellable
from topology.words.delivery import practice_text, withheld_words
from topology.words.numbers import percent

CATEGORIES = ("feature", "defect", "risk", "debt")
TECH = ("risk", "debt")
RITUALS = {
    "executive": "CTO–CPO slot",
    "duo": "Duo ritual",
    "roadmap-review": "Joint roadmap review",
    "demo": "Shared demo",
    "post-mortem": "Joint post-mortem",
}


def planned(organisation: Organisation, team: str | None = None) -> Counter[str]:
    """{category: items on the roadmap}, of a team or of everyone."""
    return Counter(one.category for one in organisation.roadmap if team is None or one.team == team)


def split_rows(organisation: Organisation, actual: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """(which, category, count, share) of the roadmap and of the work items done; a side without items has no rows."""
    sides = {"On the roadmap": planned(organisation)}
    if actual:
        sides["Done in the window"] = Counter({category: int(actual[category]) for category in CATEGORIES})
    return [
        {"which": which, "category": category, "count": counts[category], "share": counts[category] / counts.total()}
        for which, counts in sides.items()
        if counts.total()
        for category in CATEGORIES
    ]


def balance_rows(organisation: Organisation, done: Reading, teams: Sequence[str]) -> list[dict[str, Any]]:
    """Per squad: the tech share that its roadmap plans, the one that it did, and its own target."""
    rows = []
    for id_ in teams:
        items, row, targets = planned(organisation, id_), done.headline.get(id_), organisation.teams[id_].targets
        tech = sum(items[category] for category in TECH)
        target = targets.tech_investment if targets else None
        if not items and row is None and target is None:
            continue
        rows.append({
            "Squad": organisation.team_name(id_),
            "Planned (roadmap)": f"{percent(tech / items.total())} ({tech} of {items.total()})" if items else "no item",
            "Done": f"{percent(row['value'])} ({row['tech']} of {row['n']})" if row else "no data",
            "Own target": percent(target) if target is not None else "none",
        })  # fmt: skip
    return rows


def objective_rows(organisation: Organisation, teams: Sequence[str]) -> list[dict[str, Any]]:
    """Per squad with technical objectives: how many name an indicator, and how many a baseline and a target too."""
    rows = []
    for id_ in teams:
        tech = [one for one in organisation.teams[id_].objectives if one.side == "tech"]
        if tech:
            rows.append({
                "Squad": organisation.team_name(id_), "Technical objectives": len(tech),
                "With an indicator": sum(bool(one.kpi) for one in tech),
                "With baseline and target too": sum(bool(one.kpi and one.baseline and one.target) for one in tech),
            })  # fmt: skip
    return rows


def one_sided(organisation: Organisation) -> list[str]:
    """The roadmap's items that tell only what they change for the business, or only what they mean for running the product."""
    return [
        f"{one.title}{f' ({organisation.team_name(one.team)})' if one.team else ''}: no {'impact' if one.stability else 'stability'}"
        for one in organisation.roadmap
        if bool(one.impact) != bool(one.stability)
    ]


def ritual_rows(rituals: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Per kind of ritual: planned, held, held with both sides, median minutes and Product's share of the speaking time."""
    rows, told = [], _tellable_kinds(rituals)
    for kind, name in RITUALS.items():
        of_kind = [one for one in rituals if one["kind"] == kind]
        held = [one for one in of_kind if one["held"]]
        if not of_kind:
            continue
        both = sum(bool(one["product_present"] and one["tech_present"]) for one in held)
        minutes = [one["minutes"] for one in held if one["minutes"]]
        rows.append({
            "Ritual": name, "Held": f"{len(held)} of {len(of_kind)}", "With both sides": f"{both} of {len(held)}",
            "Median minutes": f"{median(minutes):.0f}" if minutes else "no data",
            "Product's share of speaking": _share_of_speaking(held, told=kind in told),
        })  # fmt: skip
    return rows


def _share_of_speaking(held: Sequence[Mapping[str, Any]], *, told: bool) -> str:
    """Product's share of the speaking minutes of squads; of the leaders' own each side is one person."""
    spoken = [one for one in held if (one["product_speaking_minutes"] or 0) + (one["tech_speaking_minutes"] or 0)]
    of_squads = [one for one in spoken if one["team"]]
    if not told or not of_squads:
        return withheld_words() if spoken else "no data"
    product = sum(one["product_speaking_minutes"] or 0 for one in of_squads)
    tech = sum(one["tech_speaking_minutes"] or 0 for one in of_squads)
    return percent(product / (product + tech))


def _tellable_kinds(rituals: Sequence[Mapping[str, Any]]) -> set[str]:
    """The kinds whose speaking minutes are those of five squads or more, beside one another and beside the total of all squads."""
    spoken = {
        (str(one["kind"]), str(one["team"]))
        for one in rituals
        if one["held"] and one["team"] and one["product_speaking_minutes"] is not None
    }
    units = {f"{kind}/{team}": (team,) for kind, team in spoken}
    parts = {kind: [unit for unit in units if unit.startswith(f"{kind}/")] for kind in RITUALS}
    return tellable({"": list(units), **parts}, units)


def leaders_sentence(slots: Sequence[Mapping[str, Any]], weeks: int) -> str:
    """How the weekly slot of the two leaders went."""
    held = [one for one in slots if one["held"]]
    both = sum(bool(one["product_present"] and one["tech_present"]) for one in held)
    minutes = [one["minutes"] for one in held if one["minutes"]]
    length = f", {median(minutes):.0f} minutes at the median" if minutes else ""
    planned = f"{len(held)} of {len(slots)} planned weeks of the last {weeks}"
    return f"The weekly slot of the two leaders was held in {planned}, {both} times with both{length}."


def practice_rows(
    organisation: Organisation, readings: Mapping[str, Reading], teams: Sequence[str]
) -> list[dict[str, Any]]:
    """Per squad a column for each practice, with what it was counted from; teams without any of them are left out."""
    rows = []
    for id_ in teams:
        if any(id_ in reading.headline or id_ in reading.withheld for reading in readings.values()):
            cells: dict[str, str] = {one.metric.name: practice_text(one, id_) for one in readings.values()}
            rows.append({"Squad": organisation.team_name(id_), **cells})
    return rows


def moves_around(around: Sequence[Mapping[str, Any]], kpi: str) -> str:
    """How often an indicator was higher after a deployment than before it."""
    changes = [one["change"] for one in around if one["kpi"] == kpi]
    if not changes:
        return "No deployment of its service in the window has measurements on both sides."
    up = sum(change > 0 for change in changes)
    down = sum(change < 0 for change in changes)
    many = len(changes)
    return (
        f"{many} deployment{'' if many == 1 else 's'} of its service in the window: higher after {up}, lower after {down}; "
        f"median change {median(changes):+.2f}.".replace("-", "−")
    )


def quarter_before(day: dt.date, weeks: int) -> tuple[dt.date, dt.date]:
    """The first day, and the day after the last, of so many weeks up to a day."""
    return day - dt.timedelta(weeks=weeks) + dt.timedelta(days=1), day + dt.timedelta(days=1)
