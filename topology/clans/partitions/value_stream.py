"""Value streams: the innermost value stream or tribe that holds a team."""

from topology.clans.partition import Labels, Node, Partition
from topology.language import Text
from topology.model import Organisation

# Platform and enabling teams serve all streams: for them no stream is not a missing label.
OUTSIDE_STREAMS = ("platform", "enabling")


def nested(organisation: Organisation) -> bool:
    """Whether any value stream or tribe that holds a team lies in another one."""
    return outermost(organisation) != {team: organisation.value_stream(team) for team in organisation.teams}


def outermost(organisation: Organisation) -> Labels:
    """{team: the outermost value stream or tribe that holds it}."""

    def outer(team: str) -> str | None:
        lineage = organisation.lineage(organisation.teams[team].group)
        streams = [one for one in lineage if organisation.groups[one].kind != "platform"]
        return streams[-1] if streams else None

    return {team: outer(team) for team in organisation.teams}


def asked(node: Node) -> bool:
    """Whether a team belongs into a question about streams."""
    return bool(node["value_stream"]) or node["type"] not in OUTSIDE_STREAMS


PARTITION = Partition(
    id="value-stream",
    order=1,
    name=Text("Value streams"),
    labels=lambda organisation: {team: organisation.value_stream(team) for team in organisation.teams},
    label_name=lambda organisation, label: organisation.group_name(label),
    asks_about=asked,
    inside=lambda organisation: outermost(organisation) if nested(organisation) else {},
)
