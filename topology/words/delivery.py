"""What a delivery metric says: its number with what it was counted from, why there is none, what it leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from topology.delivery import Missing, Reading
from topology.delivery.left_out import DETAIL, Left
from topology.delivery.links import PARTS
from topology.delivery.reading import Reason
from topology.language import Terms, sentence
from topology.words.numbers import short_text, value_text
from topology.words.thresholds import FEW

MOST_NAMED = 5
_NO_DATA = Terms("delivery.NO_DATA", {"no-data": "no data"})


@sentence
def missing_words(missing: Missing) -> str:
    """`no data: there is no table incidents`."""
    match missing.why:
        case "undefined":
            return f"no data: {missing.definition} does not define this metric"
        case "tables":
            return f"no data: there is no table {' and '.join(missing.tables)}"
        case "one-table":
            return f"no data: there is no table {' or '.join(missing.tables)}"
        case "of-teams":
            return "no data: it cannot be read of each service: its events name a team, or are taken for their author's"
        case "elsewhere":
            named = ", ".join(missing.names[:MOST_NAMED])
            return f"no data: no deployment is production; its environments: {named} (`[delivery] production` in the settings)"
        case "left-out":
            assert missing.reason is not None
            return f"no data: {_left_out(missing.reason)}"
        case "silent":
            last = f"; the last event was on {missing.last}" if missing.side else ""
            open_week = ", in a week that is not over" if missing.side == "after" else ""
            return f"no data: no event that counts for a team lies in these weeks{last}{open_week}"


@sentence
def withheld_words() -> str:
    """Why a number is not told."""
    return f"withheld: fewer than {FEW}"


@sentence
def rows_withheld_words() -> str:
    """Why no event behind a number of what people did is told."""
    return "withheld: each event is what one person did"


def absent_words(reading: Reading, whose: str) -> str:
    """Why there is no number of somebody: `no data`, or that it is withheld."""
    return withheld_words() if whose in reading.withheld else _NO_DATA["no-data"]


@sentence
def absent_sentence(reading: Reading, whose: str) -> str:
    """The same with the true reason, where events are there and do not count: `no data: 12 events left out: no first_commit_at`."""
    reason = None if whose in reading.withheld or reading.missing else reading.why().get(whose)
    if reason is None:
        return absent_words(reading, whose)
    return f"{absent_words(reading, whose)}: {_left_out(reason)}"


@sentence
def _left_out(reason: Reason) -> str:
    """`12 events left out: no first_commit_at`."""
    count = "one event" if reason.events == 1 else f"{reason.events} events"
    return f"{count} left out: {left_words(reason.left, reason.detail)}"


def why_nothing(reading: Reading) -> str:
    """Why nobody has a number; "" where somebody has one."""
    return missing_words(reading.missing) if reading.missing else ""


@sentence
def reading_sentence(reading: Reading, whose: str) -> str:
    """`Change fail rate: **18%** (4 of 22 deployments, 95 % interval 7% to 39%).`"""
    return f"{reading.metric.name}: {value_and_count(reading, whose)}"


@sentence
def value_and_count(reading: Reading, whose: str) -> str:
    """`**18%** (4 of 22 deployments, 95 % interval 7% to 39%).`"""
    row, metric = reading.headline.get(whose), reading.metric
    still_open = f"; {row['still_open']} still open" if row and row.get("still_open") else ""
    if row is None or row["value"] is None:
        return f"{absent_sentence(reading, whose)}{still_open}."
    counted = f"{row[metric.rate_of]} of {row['n']}" if metric.rate_of and row["low"] is not None else f"{row['n']}"
    noun = metric.counted[0 if row["n"] == 1 else 1]
    interval = f", 95 % interval {row['low']:.0%} to {row['high']:.0%}" if row["low"] is not None else ""
    return f"**{value_text(reading.unit, row['value'])}** ({counted} {noun}{interval}{still_open})."


@sentence
def compact(reading: Reading, whose: str) -> str:
    """`**18%** · 4 of 22 (7% to 39%)`, `**1.5** · n 20`, `no data`: what stands above a small chart."""
    row = reading.headline.get(whose)
    if row is None or row["value"] is None:
        return absent_words(reading, whose)
    rate = reading.metric.rate_of
    counted = (
        f"{row[rate]} of {row['n']} ({row['low']:.0%} to {row['high']:.0%})"
        if rate and row["low"] is not None
        else f"n {row['n']}"
    )
    return f"**{short_text(reading.unit, row['value'])}** · {counted}"


@sentence
def before_text(earlier: Reading, whose: str) -> str:
    """`the weeks before: 1.2`: the number of the window before."""
    row = earlier.headline.get(whose)
    value = (
        absent_words(earlier, whose) if row is None or row["value"] is None else short_text(earlier.unit, row["value"])
    )
    return f"the {len(earlier.weeks)} weeks before: {value}"


@sentence
def practice_text(reading: Reading, whose: str) -> str:
    """`83% (5 of 6)`, `9 d (n 3)`, `no data`."""
    row = reading.headline.get(whose)
    if row is None or row["value"] is None:
        return absent_words(reading, whose)
    short, rate = short_text(reading.unit, row["value"]), reading.metric.rate_of
    if rate:
        return f"{short} ({row[rate]} of {row['n']})"
    counts_itself = reading.unit.kind == "count"
    return short if counts_itself else f"{short} (n {row['n']})"


@sentence
def weeks_sentence(weeks: Sequence[dt.date], last_day: dt.date | None) -> str:
    """The weeks that were read, and where they go past the data."""
    end = weeks[-1] + dt.timedelta(days=6)
    late = f" The data ends on {last_day}." if last_day and last_day < end else ""
    return f"Weeks from {weeks[0]} to {end}.{late}"


# -- what is left out -------------------------------------------------------------------------------------------------

_LEFT = Terms(
    "delivery.LEFT",
    {
        Left.FAILED: "it failed",
        Left.NO_SERVICE: "it names no service",
        Left.NO_OWNER: "no team owns the service on that day",
        Left.NO_TEAM_OF_AUTHOR: "its author is in no team on that day",
        Left.NOT_DEPLOYED: "no successful production deployment after its merge is known",
        Left.TOLD_NONE: "its source says that no deployment carried it",
        Left.BEFORE_FIRST: "it was merged before the first deployment of its service that is known",
        Left.UNKNOWN_RESULT: "it is not known how it ended",
        Left.NO_EVIDENCE: "nothing could say that it failed: there is no table incidents, and the team's deployments name no failure",
        Left.NEVER_PLANNED: "none of the team's deployments says whether it was planned",
        Left.NO_FIRST_COMMIT: "no first_commit_at",
        Left.NO_SIZE: "no additions and deletions",
        Left.BEGINS_AFTER: "it begins after the deployment",
        Left.NAMES_NOTHING: "it names no service that a team owns, and no deployment",
        Left.REVERSED: "resolved before it opened",
        Left.LEADERS_OWN: "the leaders' own: counts for the organisation",
        Left.LEADERS_WITHHELD: "the leaders' own: withheld, since they are two",
        Left.NO_SUCH_TEAM: "no team of that id is in the file",
        Left.NO_START: "no started_at",
        Left.DONE_BEFORE_START: "done_at is before started_at",
    },
)
_ABOUT = Terms(
    "delivery.LEFT_ABOUT",
    {
        Left.ELSEWHERE: "environment is …, which is not production",
        Left.NAMED_FAILED: "the deployment that it names, …, did not succeed in production, nor did another of its commit",
        Left.OTHER_BRANCH: "it was merged into …, which is not the branch that is deployed",
        Left.SEVERAL_SERVICES: "several services share the repository …, and it does not say which it is of",
        Left.ANOTHER_REGION: "it is a further region of the release …",
        Left.NEVER_TOLD: "the team's rows never say …",
        Left.ANOTHER_KIND: "it is of the kind …, and no incident",
        Left.ANOTHER_LEVEL: "it is counted with its story: it is a …",
        Left.DROPPED: "it was closed as …",
    },
)
"""… stands for the detail."""


@sentence
def left_words(left: str, detail: str | None) -> str:
    """Why an event does not count."""
    match Left(left):
        case Left.NEGATIVE_PART:
            begin, end = PARTS[detail or ""]
            return f"its {(detail or '').removesuffix('_hours')} time is left out: {end} is before {begin}"
        case Left.UNLINKED:
            days = f" within {detail} days" if detail else ""
            return f"no deployment of its service before it{days}, and it names none"
        case known if known in _ABOUT:
            return _ABOUT[known].replace("…", detail or "blank")
        case known:
            return _LEFT[known]


def told_reasons(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows that are left out, each reason in words."""
    return [
        {
            name: left_words(value, row.get(DETAIL)) if name == "reason" else value
            for name, value in row.items()
            if name != DETAIL
        }
        for row in rows
    ]
