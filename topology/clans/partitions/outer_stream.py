"""Wider groupings: the outermost value stream that holds a team, where streams or tribes lie in one another."""

from topology.clans.partition import Partition
from topology.clans.partitions.value_stream import asked, nested, outermost
from topology.language import Text

PARTITION = Partition(
    id="outer-stream",
    order=0,
    name=Text("Wider value streams"),
    labels=outermost,
    label_name=lambda organisation, label: organisation.group_name(label),
    asks_about=asked,
    applies=nested,
)
