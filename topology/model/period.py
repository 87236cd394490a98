"""A period of days: `since` (inclusive) to `until` (exclusive), both optional."""

import datetime as dt

from topology.model.values import Day, Value


def whole_weeks_end(day: dt.date) -> dt.date:
    """The Monday after the last whole ISO week that ended on or before `day`: a week that still runs does not count."""
    after = day + dt.timedelta(days=1)
    return after - dt.timedelta(days=after.weekday())


class Period(Value):
    """Something that holds from `since` until the day before `until`."""

    since: Day | None = None
    """The first day on which this holds (YYYY-MM-DD)."""
    until: Day | None = None
    """The first day on which this no longer holds (YYYY-MM-DD)."""

    def covers(self, day: dt.date) -> bool:
        """Whether the period holds on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
