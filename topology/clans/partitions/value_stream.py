"""Value streams: the innermost value stream or tribe that holds a team."""

from topology.clans.partition import Partition
from topology.language import Text

# Platform and enabling teams serve all streams: for them no stream is not a missing label.
OUTSIDE_STREAMS = ("platform", "enabling")

PARTITION = Partition(
    id="value-stream",
    order=1,
    name=Text("Value streams"),
    labels=lambda organisation: {team: organisation.value_stream(team) for team in organisation.teams},
    label_name=lambda organisation, label: organisation.group_name(label),
    asks_about=lambda node: bool(node["value_stream"]) or node["type"] not in OUTSIDE_STREAMS,
)
