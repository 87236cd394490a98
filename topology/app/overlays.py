"""What the map can lay over the teams: one value, one text and one of five classes a team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Overlay:
    """A metric on the map. A team without a value shows "–" on a hatch: no data, which is never 0."""

    id: str
    label: str
    values: Mapping[str, float | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    """What a value was counted from, such as "1 of 4 teams"."""
    bounds: tuple[str, ...] = ()
    """The words for the five classes, lowest first."""
    scale: Literal["sequential", "diverging"] = "sequential"
    about: str = ""
    """One sentence: what is shown and how it is counted."""
    empty: str = ""
    """Why no team has a value, when none has."""

    @property
    def drawn(self) -> bool:
        """Whether teams get a value tab; the overlay "type" is the bare map."""
        return bool(self.bounds)


def classed(
    id_: str, label: str, values: Mapping[str, float | None], edges: tuple[float, float, float, float], bounds: tuple[str, ...],
    text: Callable[[float], str], *, scale: Literal["sequential", "diverging"] = "sequential", about: str = "", empty: str = "",
) -> Overlay:  # fmt: skip
    """An overlay whose class is the number of `edges` that a value reaches."""
    known = {team: value for team, value in values.items() if value is not None}
    return Overlay(
        id_, label, values,
        texts={team: text(value) for team, value in known.items()},
        classes={team: sum(value >= edge for edge in edges) for team, value in known.items()},
        bounds=bounds, scale=scale, about=about, empty="" if known else empty,
    )  # fmt: skip


TYPE = Overlay("type", "Team type", about="The four team types of Team Topologies, by shape and colour.")
