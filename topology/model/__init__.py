"""What an organisation is: frozen values and the look-ups on them. No I/O.

`Organisation` is format 1 of the organisation file (docs/format.md). Every question that depends on a day
takes it as `day`; nothing in the product reads the clock by itself.
"""

from topology.model.interactions import Collaboration, Facilitating, Interaction, Mode, State, XAsAService
from topology.model.organisation import FORMAT, Group, GroupKind, Indicator, Organisation, RoadmapItem
from topology.model.people import Person, Seat, Side, side_of
from topology.model.period import Period, whole_weeks_end
from topology.model.team import Dependency, Objective, Team, TeamType
from topology.model.workshops import Action, Agreement, Workshop

__all__ = [
    "FORMAT",
    "Action",
    "Agreement",
    "Collaboration",
    "Dependency",
    "Facilitating",
    "Group",
    "GroupKind",
    "Indicator",
    "Interaction",
    "Mode",
    "Objective",
    "Organisation",
    "Period",
    "Person",
    "RoadmapItem",
    "Seat",
    "Side",
    "State",
    "Team",
    "TeamType",
    "Workshop",
    "XAsAService",
    "side_of",
    "whole_weeks_end",
]
