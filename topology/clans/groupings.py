"""The groupings that are looked at, and among which units their labels may be shuffled."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from topology.model import Organisation

WITHIN = "side-within"
SIDES = ("side", WITHIN)
"""A person's groupings: ties between squads, and ties inside each squad."""
GROUPINGS = ("value-stream", "site", "platform", *SIDES)
"""Those that every organisation has; each `x-` key of a team or a grouping is a further one."""
NAMES = {
    "value-stream": "Value streams",
    "site": "Sites",
    "platform": "Platform and the others",
    "side": "Product and Tech",
    WITHIN: "Product and Tech within squads",
}
OVERLAP = 0.3  # Cramér's V from which two groupings tell partly the same (Cohen's "medium" effect, 1988)

# Platform and enabling teams serve all streams: for them no stream is not a missing label.
OUTSIDE_STREAMS = ("platform", "enabling")

Labels = dict[str, str | None]


def groupings_of(organisation: Organisation) -> tuple[str, ...]:
    """Every grouping of an organisation: the five, then each `x-` key that stands on a team or a grouping, by name."""
    parts = (*organisation.teams.values(), *organisation.groups.values())
    return (*GROUPINGS, *sorted({f"x-{name}" for part in parts for name in part.labels}))


def grouping_name(grouping: str) -> str:
    """The words for a grouping."""
    return NAMES.get(grouping) or grouping.removeprefix("x-").replace("-", " ").capitalize()


def labels_of(organisation: Organisation, grouping: str) -> Labels:
    """{team: label}; {person: side} for the sides. None is a missing label, never a group."""
    if grouping == "value-stream":
        return {team: organisation.value_stream(team) for team in organisation.teams}
    if grouping == "site":
        return {team: organisation.site(team) for team in organisation.teams}
    if grouping == "platform":
        return {
            id_: "platform" if team.type == "platform" else "other teams" for id_, team in organisation.teams.items()
        }
    if grouping in SIDES:
        return {
            person: side if (side := organisation.side(person)) in ("product", "tech") else None
            for person in organisation.people.keys() | organisation.seated
        }
    return {team: _label(organisation, team, grouping.removeprefix("x-")) for team in organisation.teams}


def _label(organisation: Organisation, team: str, name: str) -> str | None:
    """A team's `x-` key, else that of the innermost grouping that has it; only a word or a number is a label."""
    model = organisation.teams[team]
    for labels in (model.labels, *(organisation.groups[one].labels for one in organisation.lineage(model.group))):
        if isinstance(found := labels.get(name), str | int) and str(found).strip():
            return str(found).strip()
    return None


def label_name(organisation: Organisation, grouping: str, label: str) -> str:
    """The words for a group of a grouping."""
    if grouping == "value-stream":
        return organisation.group_name(label)
    return label[:1].upper() + label[1:]


def strata_of(
    grouping: str, units: Sequence[str], nodes: Mapping[str, Mapping[str, object]], labels: Mapping[str, str | None]
) -> tuple[list[Hashable], str]:
    """The stratum of each unit, and how the shuffle is told: "among teams of the same type and site".

    Sides are shuffled within each squad; teams among those of the same type (not where the type is the label), and of
    the same site where site and grouping overlap: else a border between sites would pass for one between groups.
    """
    if grouping in SIDES:
        return [str(nodes[unit]["team"]) for unit in units], "among the people of each squad"
    sites = [nodes[unit]["site"] for unit in units]
    by_site = grouping != "site" and cramers_v([labels[unit] for unit in units], sites) >= OVERLAP
    by_type = grouping != "platform"
    words = " and ".join(word for word, used in (("type", by_type), ("site", by_site)) if used)
    strata: list[Hashable] = [
        (nodes[unit]["type"] if by_type else "", site if by_site else "")
        for unit, site in zip(units, sites, strict=True)
    ]
    return strata, f"among teams of the same {words}" if words else "among all teams"


def cramers_v(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """How far two labels of the same units tell the same, 0 to 1, corrected for chance; 0 where one of them is constant.

    Units without a label (None) are left out. Source: Bergsma, Journal of the Korean Statistical Society 42 (2013) 323.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    n, cells = len(pairs), Counter(pairs)
    rows, columns = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    if n < 2 or len(rows) < 2 or len(columns) < 2:
        return 0.0
    phi = sum(count**2 / (rows[a] * columns[b]) for (a, b), count in cells.items()) - 1
    phi = max(0.0, phi - (len(rows) - 1) * (len(columns) - 1) / (n - 1))
    least = min(size - (size - 1) ** 2 / (n - 1) for size in (len(rows), len(columns)))
    return math.sqrt(phi / (least - 1)) if least > 1 else 0.0
