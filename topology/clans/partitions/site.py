"""Sites: where more than half of a team's located people work."""

from topology.clans.partition import Partition
from topology.language import Text

PARTITION = Partition(
    id="site",
    order=2,
    name=Text("Sites"),
    labels=lambda organisation: {team: organisation.site(team) for team in organisation.teams},
    among_site=False,
    among_stream=True,
)
