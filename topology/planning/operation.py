"""An operation of a draft: a verb with its arguments, as a person, a proposal or a file gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from topology.planning.verb import Args, Verb
from topology.planning.verbs import verbs
from topology.source.suggest import did_you_mean

KEYS = ("verb", "args", "source", "was")


class OperationError(ValueError):
    """Something that is no operation; the message says where and why."""


@dataclass(frozen=True)
class Operation:
    """One change of a draft: ids and ISO dates, so that it can be kept as text and made again on another version of the file."""

    verb: str
    args: Mapping[str, Any]
    source: str = ""
    """Where it came from, such as `clans`; "" for a person."""
    was: Any = None
    """What it replaced when it was made: tells whether the file has changed there meanwhile."""

    @property
    def of(self) -> Verb[Any]:
        """Its verb."""
        return verbs()[self.verb]

    @property
    def typed(self) -> Args:
        """Its arguments, read."""
        found: Args = self.of.args.model_validate(self.args)
        return found

    def data(self) -> dict[str, Any]:
        """As it is kept: `verb`, `args`, and what else is known."""
        more = {key: value for key, value in (("source", self.source), ("was", self.was)) if value}
        return {"verb": self.verb, "args": dict(self.args), **more}

    @classmethod
    def of_data(cls, data: Any, where: str = "the operation") -> Operation:
        """An operation from what was kept or written. Raises OperationError with its place."""
        if not isinstance(data, dict) or "verb" not in data:
            raise OperationError(f"{where}: expected a mapping with `verb` and `args`")
        if unknown := [key for key in data if key not in KEYS]:
            raise OperationError(f"{where}: there is no key `{unknown[0]}`; there are {', '.join(KEYS)}")
        name, args = data["verb"], data.get("args") or {}
        if not isinstance(name, str) or name not in verbs():
            help_ = did_you_mean(str(name), verbs()) or f"There are {', '.join(verbs())}."
            raise OperationError(f"{where}: there is no verb `{name}`. {help_}")
        return cls(name, _written(verbs()[name].args, args, where), str(data.get("source") or ""), data.get("was"))

    def made_again(self, was: Any) -> Operation:
        """The same, made on a file that says this now."""
        return replace(self, was=was)


def operation(verb: str, *, source: str = "", **args: Any) -> Operation:
    """An operation from arguments in Python. Raises OperationError."""
    return Operation.of_data({"verb": verb, "args": args, "source": source})


def _written(kind: type[Args], args: Any, where: str) -> dict[str, Any]:
    """The arguments as plain values, once they were read: what is not given is left out."""
    try:
        found = kind.model_validate(args)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        if first["type"] == "missing":
            raise OperationError(f"{where}: `{place}` is missing") from None
        if first["type"] == "extra_forbidden":
            raise OperationError(
                f"{where}: there is no argument `{place}`. {did_you_mean(place, kind.model_fields)}".rstrip()
            ) from None
        said = first["msg"].removeprefix("Value error, ")
        raise OperationError(f"{where}: {place or 'args'}: {said}") from None
    written: dict[str, Any] = found.model_dump(mode="json", exclude_unset=True)
    return written
