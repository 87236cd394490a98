"""Product and Tech within squads: the side of each person, over how often people of one squad meet."""

from topology.clans.partition import Partition
from topology.clans.partitions.side import sides
from topology.language import Text

PARTITION = Partition(
    id="side-within",
    order=5,
    name=Text("Product and Tech within squads"),
    labels=sides,
    of_people=True,
    within=True,
)
