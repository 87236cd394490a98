"""What a verb is: its arguments, what it writes, how it is told; and how a file of `verbs/` gives one as `VERB`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from topology.model import Mode
from topology.model.values import Day, Id
from topology.planning.editor import Editor
from topology.words.planning import Names


class Args(BaseModel):
    """The arguments of a verb; one that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Some = TypeVar("Some", bound=Args)


class SeatArgs(Args):
    """Who sits in the seat of a PM or an EM: nobody, somebody for now, or somebody."""

    status: Literal["vacant", "acting", "filled"] = "filled"
    person: Id | None = None
    since: Day | None = None

    @model_validator(mode="after")
    def _somebody(self) -> SeatArgs:
        if (self.person is None) != (self.status == "vacant"):
            raise ValueError("a seat that is vacant has no person, another one has")
        if self.person == "vacant":
            raise ValueError("`vacant` is no person; say status: vacant")
        return self

    @property
    def value(self) -> Any:
        """The seat as the file has it, in its shortest form."""
        if self.status == "vacant":
            return "vacant" if self.since is None else {"status": "vacant", "since": self.since}
        if self.status == "filled" and self.since is None:
            return self.person
        found: dict[str, Any] = {"person": self.person}
        if self.status == "acting":
            found["status"] = "acting"
        return found if self.since is None else {**found, "since": self.since}


class InteractionRef(Args):
    """An interaction of the file: its mode and its two teams, the one that provides or helps first."""

    mode: Mode
    teams: tuple[Id, Id]
    since: Day | None = Field(default=None, description="Tells two of one kind apart.")


def _nothing(_: Editor, __: Any) -> Any:
    return None


@dataclass(frozen=True)
class Verb(Generic[Some]):
    """A kind of operation."""

    id: str
    args: type[Some]
    write: Callable[[Editor, Some], None]
    """Makes the edits. Raises EditError for what cannot be made."""
    said: Callable[[Names, Some], str]
    """The operation in a few words."""
    reads: Callable[[Editor, Some], Any] = _nothing
    """What of the file it replaces, as plain values: whoever changed that meanwhile meets this operation."""
    kind: str = ""
    """What a title calls several of them: `service`, `seat`; the verb's id where it has no other."""
