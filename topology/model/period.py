"""A period of days: `since` (inclusive) to `until` (exclusive), both optional."""

import datetime as dt

from topology.model.values import Day, Value


class Period(Value):
    """Something that holds from `since` until the day before `until`."""

    since: Day | None = None
    """The first day on which this holds (YYYY-MM-DD)."""
    until: Day | None = None
    """The first day on which this no longer holds (YYYY-MM-DD)."""

    def covers(self, day: dt.date) -> bool:
        """Whether the period holds on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
