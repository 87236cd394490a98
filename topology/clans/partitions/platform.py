"""Platform teams and all the others."""

from topology.clans.partition import Labels, Partition
from topology.language import Text
from topology.model import Organisation


def _labels(organisation: Organisation) -> Labels:
    return {id_: "platform" if team.type == "platform" else "other teams" for id_, team in organisation.teams.items()}


PARTITION = Partition(id="platform", order=3, name=Text("Platform and the others"), labels=_labels, among_type=False)
