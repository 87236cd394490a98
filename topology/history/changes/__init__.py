"""What changed from one version of an organisation to another, most important first."""

from topology.history.changes import agreed, sections, teams
from topology.history.changes.compared import TITLES, Change, Compared, compare

__all__ = ["TITLES", "Change", "Compared", "changes", "compare"]

PARTS = (teams.of_all, teams.of_each, sections.of_groups, sections.of_interactions, sections.of_people, sections.of_roadmap,
         sections.of_indicators, agreed.of_actions, agreed.of_agreements, agreed.of_workshops, sections.of_header)  # fmt: skip


def changes(compared: Compared) -> list[Change]:
    """Every change, by importance, then in the order of the later file."""
    order = {kind: index for index, kind in enumerate(TITLES)}
    return sorted((one for part in PARTS for one in part(compared)), key=lambda one: order[one.kind])
