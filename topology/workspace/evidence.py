"""The evidence of a workspace on a day: the one place where maturity meets the organisation file, the events and the networks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from topology.maturity.evidence import ORGANISATION, WEEKS, Number, Rows
from topology.model import Organisation
from topology.once import Once

if TYPE_CHECKING:
    from topology.clans.pairs import PairRow
    from topology.workspace.workspace import Workspace


@dataclass(frozen=True)
class WorkspaceEvidence:
    """What a workspace knows of its teams on a day (the protocol is `topology.maturity.evidence.Evidence`)."""

    workspace: Workspace
    day: dt.date
    _kept: Once = field(default_factory=Once, repr=False, compare=False)

    @property
    def organisation(self) -> Organisation:
        """The organisation."""
        return self.workspace.organisation

    def rows(self, table: str, weeks: int = WEEKS) -> Rows | None:
        """The rows of an event table in the last whole weeks; None where there is no such table."""
        found = self._kept(("rows", table, weeks), lambda: self.workspace.team_rows(table, self.day, weeks))
        return None if found is None else Rows(*found)

    def tells(self, table: str, column: str = "") -> frozenset[str]:
        """The teams of which a table ever has a row (that fills a column)."""
        return self.workspace.teams_telling(table, self.day, column)

    def metric(self, metric: str, team: str, weeks: int, before: int = 0) -> Number | None:
        """A delivery metric over so many whole weeks, `before` weeks ago; None where it is not known."""
        whole = team == ORGANISATION
        headline, newest = self._kept((metric, whole, weeks, before), lambda: self._read(metric, whole, weeks, before))
        row = headline.get("organisation" if whole else team)
        return Number(row["value"], int(row["n"]), newest) if row and row["value"] is not None else None

    def _read(self, metric: str, whole: bool, weeks: int, before: int) -> tuple[dict[str, Any], dt.date | None]:
        """The numbers of everybody, and the last day of which the tables behind them tell."""
        end = self.day - dt.timedelta(weeks=before)
        scope = self.workspace.scope(end, "organisation" if whole else "team", length=weeks)
        found = self.workspace.reading(metric, scope, weekly=False)
        last = {one.table: one.last_day for one in self.workspace.events.report.files if one.last_day}
        needed = [last[table] for table in (*found.metric.needs, *found.metric.needs_one) if table in last]
        return found.headline, min(needed, default=None) if not before else None

    def weekly(self, metric: str, team: str, weeks: int) -> Mapping[dt.date, Number]:
        """The same of each of the last whole weeks, by its Monday; a week without anything to count is not there."""
        scope = self.workspace.scope(self.day, length=weeks)
        found = self._kept(("weekly", metric, weeks), lambda: self.workspace.reading(metric, scope).weekly)
        rows = found.get(team, ())
        return {row["week"]: Number(row["value"], int(row["n"])) for row in rows if row["value"] is not None}

    def silent_pairs(self, team: str) -> tuple[int, int] | None:
        """(silent, all) needed pairs of a team of which contact is asked; None where none is known of the window, or told."""
        from topology.clans.pairs import pair_table
        from topology.graph.observed import CONTACT_KINDS

        window = self.workspace.window(self.day)
        if not window.has_within(CONTACT_KINDS) or team in window.small:
            return None
        silent: dict[str, list[bool]] = self._kept(
            "pairs", lambda: _by_team(pair_table(window), set(window.asked_needs))
        )
        own = silent.get(team, [])
        needs_any = team in window.needed and window.needed.degree(team) > 0
        return None if needs_any and not own else (sum(own), len(own))


def _by_team(rows: Iterable[PairRow], asked: Collection[tuple[str, str]]) -> dict[str, list[bool]]:
    """{team: of each needed pair of it whose contact is asked, whether it is silent}."""
    found: dict[str, list[bool]] = {}
    for row in rows:
        if row.events is not None and (min(row.teams), max(row.teams)) in asked:
            for team in row.teams:
                found.setdefault(team, []).append(row.missing)
    return found
