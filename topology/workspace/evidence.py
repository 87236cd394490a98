"""The evidence of a workspace on a day: the one place where maturity meets the organisation file, the events and the networks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topology.maturity.evidence import ORGANISATION, WEEKS, Number, Rows
from topology.model import Organisation

if TYPE_CHECKING:
    from topology.workspace.workspace import Workspace


@dataclass(frozen=True)
class WorkspaceEvidence:
    """What a workspace knows of its teams on a day (the protocol is `topology.maturity.evidence.Evidence`)."""

    workspace: Workspace
    day: dt.date

    @property
    def organisation(self) -> Organisation:
        """The organisation."""
        return self.workspace.organisation

    def rows(self, table: str, weeks: int = WEEKS) -> Rows | None:
        """The rows of an event table in the last whole weeks; None where there is no such table."""
        found = self.workspace.team_rows(table, self.day, weeks)
        return None if found is None else Rows(*found)

    def metric(self, metric: str, team: str, weeks: int, before: int = 0) -> Number | None:
        """A delivery metric over so many whole weeks, `before` weeks ago; None where it is not known."""
        end = self.day - dt.timedelta(weeks=before)
        whole = team == ORGANISATION
        scope = self.workspace.scope(end, "organisation" if whole else "team", length=weeks)
        row = self.workspace.reading(metric, scope, weekly=False).headline.get("organisation" if whole else team)
        return Number(row["value"], int(row["n"])) if row and row["value"] is not None else None

    def weekly(self, metric: str, team: str, weeks: int) -> Mapping[dt.date, Number]:
        """The same of each of the last whole weeks, by its Monday; a week without anything to count is not there."""
        found = self.workspace.reading(metric, self.workspace.scope(self.day, length=weeks))
        rows = found.weekly.get(team, ())
        return {row["week"]: Number(row["value"], int(row["n"])) for row in rows if row["value"] is not None}

    def silent_pairs(self, team: str) -> tuple[int, int] | None:
        """(silent, all) needed pairs of a team; None where no contact is known or told."""
        from topology.clans.codes import Kind
        from topology.clans.pairs import pair_table

        window = self.workspace.window(self.day)
        own = [row for row in pair_table(window) if row.needed and team in row.teams]
        if window.exchange is None or any(row.kind == Kind.NOT_TOLD or row.events is None for row in own):
            return None
        return sum(row.missing for row in own), len(own)
