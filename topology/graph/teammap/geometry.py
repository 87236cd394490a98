"""The values of a layout. Lengths are SVG units: 1 CSS px at scale 1; y grows downwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from topology.model import Mode, State, TeamType

Form = Literal["lane", "bar", "pillar", "octagon", "card"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.y + self.h

    @property
    def cx(self) -> float:
        """x of the centre."""
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        """y of the centre."""
        return self.y + self.h / 2

    def contains(self, other: Box) -> bool:
        """Whether the other lies within, edges included."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `x`, `y` is the start (or middle) of its baseline."""

    text: str
    x: float
    y: float
    size: float
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Port:
    """A count of services at a team: those that it uses, or the teams that use its service."""

    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class TeamShape:
    """One team on the map. `name` stands as without a value tab; with one it moves by `name_shift`."""

    id: str
    name: str
    type: TeamType
    form: Form
    box: Box
    tab: Box
    lines: tuple[Line, ...]
    name_shift: tuple[float, float]
    narrow: bool
    band: str
    column: int
    row: int
    present: bool = True
    """False for a team that keeps its slot in a frame but does not exist on this day."""
    cut: bool = False
    """Whether the name did not fit and ends in an ellipsis."""
    uses: Port | None = None
    serves: Port | None = None
    hidden: tuple[Tie, ...] = ()
    """Interactions for which no slot was left: the "+n" of the team."""
    more_at: tuple[float, float] = (0, 0)
    """Where that "+n" stands (right end of its baseline)."""

    @property
    def pill_at(self) -> tuple[float, float]:
        """The right end and the middle of the pill that names a relation while a team is selected."""
        if self.form == "octagon" and self.box.w < 200:
            return self.box.cx + 36, self.box.bottom - 15
        if self.form == "pillar":
            return self.box.right, self.box.cy
        return self.box.right - 60 - (36 if self.serves else 0), self.box.bottom - 15 if self.narrow else self.box.cy


@dataclass(frozen=True, slots=True)
class BandShape:
    """A dotted box around the teams of a grouping, or the boxless frame of teams without one."""

    id: str
    label: str
    box: Box
    kind: Literal["stream", "platform", "inner"]
    users: bool
    column: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """An interaction of two teams: `state` is None on a day on which it is not shown (it keeps its slot)."""

    mode: Mode
    first: str
    second: str
    state: State | None
    names: tuple[str, str] = ("", "")
    """Of its two teams."""
    shown: tuple[dt.date, dt.date] = (dt.date.min, dt.date.max)
    """The days on which it can be seen, the second exclusive: two ties that are never seen together may share a slot."""

    @property
    def key(self) -> str:
        """A name that is stable over days: mode and ids."""
        return f"{self.mode}:{self.first}:{self.second}"


@dataclass(frozen=True, slots=True)
class Joint:
    """A shape over the edges of two touching teams: parallelogram, circle or triangle, by the tie's mode."""

    tie: Tie
    box: Box
    small: Box | None = None
    """The small circle on an outer pillar's edge, when another pillar stands between."""
    stub: tuple[float, float, float] | None = None
    """x from, x to and y of the dashed stub behind the inner pillars."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Half of a pair of teams that stand apart; both halves carry the same number."""

    tie: Tie
    team: str
    box: Box
    number: int | None
    partner: Line | None = None


@dataclass(frozen=True, slots=True)
class MapLayout:
    """A whole team map at one width."""

    width: float
    height: float
    teams: tuple[TeamShape, ...]
    bands: tuple[BandShape, ...]
    joints: tuple[Joint, ...] = ()
    chips: tuple[Chip, ...] = ()
    columns: int = 1
    compact: bool = False
    ties: tuple[Tie, ...] = field(default=())
    """Every interaction of the day, drawn or counted."""

    def team(self, id_: str) -> TeamShape:
        """The shape of a team; KeyError when it is not on this map."""
        for shape in self.teams:
            if shape.id == id_:
                return shape
        raise KeyError(id_)
