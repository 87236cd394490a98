"""What the overlays of bridges share: where each team stands towards other value streams, and the weeks that were read."""

import datetime as dt

from topology.clans.pairs import pair_table
from topology.clans.standings import Standing, standings
from topology.delivery import whole_weeks
from topology.language import Text
from topology.workspace import Workspace

NO_CONTACT = Text("no data: there is no table contacts, or no contact in these weeks reaches the floor")


def standings_on(workspace: Workspace, day: dt.date) -> dict[str, Standing]:
    """{team: standing} of the teams of the day that may be told."""
    window = workspace.window(day)
    return window.once("standings", lambda: standings(window.organisation, pair_table(window), day, window.small))


def weeks_of(workspace: Workspace, day: dt.date) -> list[dt.date]:
    """The Mondays of the weeks that clans read."""
    return whole_weeks(day, workspace.window(day).weeks)
