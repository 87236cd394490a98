"""What an overlay is: one value, one text and one of five classes a team; and how a file of this folder gives one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from topology.language import Text

if TYPE_CHECKING:
    from topology.workspace import Workspace


@dataclass(frozen=True)
class Overlay:
    """A metric on the map. A team without a value shows "–" on a hatch: no data, which is never 0."""

    id: str
    label: str
    values: Mapping[str, float | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    rests_on: Mapping[str, str] = field(default_factory=dict)
    """{team: what its value was made from}, as a sentence goes on: ` (1 of 4 teams)`."""
    bounds: tuple[str, ...] = ()
    """The words for the five classes, lowest first."""
    scale: Literal["sequential", "diverging"] = "sequential"
    about: str = ""
    """One sentence: what is shown and how it is counted."""
    empty: str = ""
    """Why no team has a value, when none has."""
    weeks: Sequence[dt.date] = ()
    """The Mondays of the weeks that were read; none where it reads the file alone."""

    @property
    def drawn(self) -> bool:
        """Whether teams get a value tab; the overlay "type" is the bare map."""
        return bool(self.bounds)


@dataclass(frozen=True)
class Kind:
    """An overlay that can be chosen: a file of this folder gives one as `OVERLAY`; its place in the list is `order`."""

    id: str
    order: int
    name: Text
    lay: Callable[..., Overlay]
    """(workspace, day) to the overlay; one with several `of` takes which of them it is."""
    of: Callable[[Workspace], Mapping[str, str]] | None = None
    """{id: name} of what it can be laid of, such as a dimension of maturity; it is then asked for as `ID:OF`."""


def classed(
    id_: str, label: str, values: Mapping[str, float | None], edges: tuple[float, float, float, float], bounds: tuple[str, ...],
    text: Callable[[float], str], *, scale: Literal["sequential", "diverging"] = "sequential", about: str = "", empty: str = "",
    rests_on: Mapping[str, str] | None = None, weeks: Sequence[dt.date] = (),
) -> Overlay:  # fmt: skip
    """An overlay whose class is the number of `edges` that a value reaches."""
    known = {team: value for team, value in values.items() if value is not None}
    return Overlay(
        id_, label, values,
        texts={team: text(value) for team, value in known.items()},
        classes={team: sum(value >= edge for edge in edges) for team, value in known.items()},
        rests_on=rests_on or {}, bounds=bounds, scale=scale, about=about, empty="" if known else empty, weeks=weeks,
    )  # fmt: skip


TYPE = Overlay("type", "Team type", about="The four team types of Team Topologies, by shape and colour.")
