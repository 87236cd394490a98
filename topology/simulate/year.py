"""What is simulated: an organisation, whole weeks from a Monday, a seed, and the planted stories."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from topology.model import Organisation
from topology.simulate.stories import Stories

Row = dict[str, Any]
"""One event, by column."""

# The example's year: 52 whole weeks up to the day on which the example was written.
EXAMPLE_FIRST = dt.date(2025, 11, 24)
EXAMPLE_WEEKS = 52
EXAMPLE_SEED = 10


@dataclass(frozen=True)
class Simulation:
    """What is simulated: whole weeks from a Monday, a seed, and the planted stories."""

    organisation: Organisation
    first: dt.date = EXAMPLE_FIRST
    weeks: int = EXAMPLE_WEEKS
    seed: int = EXAMPLE_SEED
    stories: Stories = field(default_factory=Stories)

    def monday(self, week: int) -> dt.date:
        """The first day of a week, from 0."""
        return self.first + dt.timedelta(weeks=week)

    def time(self, week: int, day: float, hour: float) -> dt.datetime:
        """A moment of a week: `day` 0 is Monday; UTC."""
        return dt.datetime.combine(self.monday(week), dt.time(), dt.UTC) + dt.timedelta(
            days=int(day), seconds=round(hour * 3600)
        )

    @property
    def end(self) -> dt.datetime:
        """The end of the last week; nothing is observed after it."""
        return self.time(self.weeks, 0, 0)
