"""What a value is counted in: a kind that logic reads, and the words for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from topology.language import Text

Kind = Literal["hours", "days", "share", "ratio", "index", "count"]
"""`share`: 0 to 1 of a whole. `ratio`: of two counts, and may pass 1. `index`: 0 to 1 of nothing. `count`: of things."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `several` as it stands behind a number and in a table, `one` behind a single one."""

    kind: Kind
    several: Text
    one: Text = Text("")

    def __str__(self) -> str:
        return self.several


HOURS, DAYS, INDEX = Unit("hours", Text("hours")), Unit("days", Text("days")), Unit("index", Text("0 to 1"))


def share_of(what: str) -> Unit:
    """A share of all of something, such as `share of deployments`."""
    return Unit("share", Text(f"share of {what}"))


def count_of(one: str, several: str, each: str = "") -> Unit:
    """A count of things, `each` week, day or window."""
    return Unit("count", Text(several + each), Text(one + each))
