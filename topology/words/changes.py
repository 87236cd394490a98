"""What changed between two versions of an organisation, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from topology.language import sentence
from topology.words.lists import listed

LONGEST = 120  # characters of a value in a sentence
_NOTHING: tuple[Any, ...] = (None, [], {})


def different(first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    """`until 2026-12-18, before: 2026-10-02; purpose …`: the fields of two mappings that differ."""
    keys = [key for key in dict.fromkeys([*second, *first]) if first.get(key) != second.get(key)]
    return "; ".join(turned(key, first.get(key), second.get(key)) for key in keys) or "written otherwise"


def turned(key: str, old: Any, new: Any) -> str:
    """`until 2026-12-18, before: 2026-10-02`; of two long texts the part from where they differ."""
    before, after = said(old), said(new)
    if before == after:
        return f"{key}: {_from_difference(old, new)}"
    return f"{key} {after}" + ("" if old in _NOTHING else f", before: {before}")


def _from_difference(old: Any, new: Any) -> str:
    first, second = _words(old), _words(new)
    if said(old) == said(new) == "nothing" or first == second:
        return "written, empty" if new is not None else "removed"
    start = next(
        index for index, pair in enumerate(zip(first + "\0", second + "\0", strict=False)) if pair[0] != pair[1]
    )
    begin = max(0, start - 20)
    return f"…{_cut(second[begin:])}, before: …{_cut(first[begin:])}"


def said(value: Any) -> str:
    """A value in a sentence, cut where it is long."""
    return (_cut(_words(value)) if value not in _NOTHING else "") or "nothing"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(one)}" for key, one in value.items() if one not in _NOTHING)
    if isinstance(value, list):
        return "; ".join(_words(one) for one in value)
    return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def on_day(day: dt.date | None) -> str:
    """`on 2026-01-01`, or that there is no date."""
    return f"on {day}" if day else "without a date"


def period(since: dt.date | None, until: dt.date | None) -> str:
    """` from … to …`, as far as it is known."""
    return (f" from {since}" if since else "") + (f" to {until}" if until else "")


# -- sentences --------------------------------------------------------------------------------------------------------


@sentence
def renamed(old: str, before: str, new: str, after: str, evidence: str, inferred: bool) -> str:
    """`Checkout (checkout) is now Basket (basket); inferred, …`"""
    why = f"; inferred, {evidence}; `was: [{before}]` would make it certain" if inferred else ""
    return f"{old} ({before}) is now {new} ({after}){why}"


@sentence
def team_is_new(
    name: str,
    id_: str,
    type_: str,
    since: dt.date | None,
    split_from: str,
    evidence: str,
    brings: list[tuple[str, str]],
) -> str:
    """A new team with what it brings: (verb, things)."""
    text = f"{name} ({id_}, {type_}) is new" + (f" from {since} on" if since else "")
    if split_from:
        text += f"; split from {split_from}: {evidence} were there (inferred)"
    return text + "".join(f"; {verb}{things}" for verb, things in brings if things)


@sentence
def team_went_into(name: str, id_: str, other: str) -> str:
    """A team that another one declares to have been."""
    return f"{name} ({id_}) went into {other}"


@sentence
def team_is_gone(name: str, id_: str, merged_into: str, evidence: str, services: list[str]) -> str:
    """A team that is not in the file any more."""
    text = f"{name} ({id_}) is gone from the file"
    if merged_into:
        text += f"; merged into {merged_into}: {evidence} are there (inferred)"
    else:
        text += f"; it owned {', '.join(services)}" if services else ""
        text += "; nothing is deleted: a team that ends gets `until`, a renamed one `was`"
    return text


@sentence
def life(name: str, key: str, old: dt.date | None, new: dt.date | None) -> str:
    """When a team begins or ends."""
    verb = {"since": "begins", "until": "ends"}[key]
    return f"{name} {verb} {on_day(new)}" + (f", before: {old}" if old else "")


@sentence
def value(name: str, verb: str, new: str, old: str) -> str:
    """`Checkout is platform, before: stream-aligned`."""
    return f"{name}{verb} {new}, before: {old}"


@sentence
def group(name: str, new: str | None, old: str | None) -> str:
    """In which grouping a team is."""
    return f"{name} is in {new or 'no grouping'}, before: {old or 'no grouping'}"


@sentence
def lead(name: str, key: str, after: str, before: str, otherwise: str) -> str:
    """Who sits in a seat of the duo; `otherwise` where both read the same."""
    role = {"pm": "product manager", "em": "engineering manager"}[key]
    return f"{name}, {role}: {otherwise or f'{after}, before: {before}'}"


@sentence
def seat(person: str | None, declared: bool, acting: bool, since: dt.date | None, until: dt.date | None) -> str:
    """Who sits there and from when; vacant without a person."""
    if not declared:
        return "nobody declared"
    dates = "".join(f" {word} {day}" for word, day in (("from", since), ("until", until)) if day)
    return f"{person}{' (acting)' if acting else ''}{dates}" if person else f"vacant{dates}"


@sentence
def ownership(name: str, service: str, how: str, fields: str) -> str:
    """`how`: new, gone or changed."""
    words = {"new": "owns", "gone": "no longer lists", "changed": "owns"}[how]
    return f"{name} {words} {service}" + (f": {fields}" if how == "changed" else "")


@sentence
def dependency(name: str, on: str, how: str, kind: str, fields: str) -> str:
    """`how`: new, gone or changed."""
    verb = "no longer depends on" if how == "gone" else "depends on"
    return f"{name} {verb} {on}" + (f": {fields}" if how == "changed" else f" ({kind})")


@sentence
def members(name: str, how: str, people: list[str]) -> str:
    """Who joined or left."""
    return f"{name}: {', '.join(people)} {how}"


@sentence
def of_whom(name: str, what: str, fields: str) -> str:
    """`Checkout, Ada Byron: allocation 0.5, before: 1`."""
    return f"{name}, {what}: {fields}"


@sentence
def turned_field(name: str, key: str, old: Any, new: Any) -> str:
    """Any other field of something."""
    return f"{name}, {turned(key, old, new)}" if name else turned(key, old, new)


@sentence
def entry(section: str, name: str, id_: str, how: str, fields: str) -> str:
    """A grouping, a person or an indicator that is new, gone or changed."""
    noun = {"groups": "the grouping ", "people": "", "kpis": "the indicator "}[section]
    return f"{noun}{name}: {fields}" if how == "changed" else f"{noun}{name} ({id_}) is {how}"


@sentence
def action(title: str, how: str, closed: str, outcome: str, due: dt.date | None, fields: str) -> str:
    """An action that is new, gone, closed (`closed` is its status) or changed."""
    if closed:
        ended = {"done": "is done", "dropped": "is dropped", "carried": "is carried over"}[closed]
        return f"“{title}” {ended}{f': {_cut(outcome)}' if outcome else ''}"
    if how == "changed":
        return f"“{title}”: {fields}"
    return f"“{title}” is agreed{f', due {due}' if due else ''}" if how == "new" else f"“{title}” is gone from the file"


@sentence
def agreement(kind: str, text: str, how: str, until: dt.date | None, fields: str) -> str:
    """An agreement that is new, gone or changed."""
    noun = {
        "different-on-purpose": "different on purpose",
        "description": "described",
        "working-agreement": "working agreement",
    }[kind]
    if how == "changed":
        return f"{noun}, “{_cut(text)}”: {fields}"
    return f"{noun}: “{_cut(text)}”" + (
        f", until {until}" if how == "new" and until else "" if how == "new" else " is gone"
    )


@sentence
def workshop(name: str, how: str, held: dt.date, fields: str) -> str:
    """A workshop that is new, gone or changed."""
    return f"{name}: {fields}" if how == "changed" else f"{name}, held on {held}, is {how}"


@sentence
def interaction(
    mode: str,
    names: tuple[str, str],
    how: str,
    since: dt.date | None,
    until: dt.date | None,
    goes_on: bool,
    fields: str,
) -> str:
    """An interaction that is new, gone (`goes_on`: nothing says that it has ended) or changed."""
    words = {
        "collaboration": "{0} and {1} collaborate",
        "x-as-a-service": "{0} serves {1}",
        "facilitating": "{0} helps {1}",
    }[mode].format(*names)
    if how == "changed":
        return f"{words}: {fields}"
    if how == "new":
        return words + period(since, until)
    return f"{words}{period(since, until)}: gone from the file{'; what ends gets `ended`' if goes_on else ''}"


@sentence
def roadmap_item(title: str, how: str, category: str, due: dt.date | None, fields: str) -> str:
    """An item of the roadmap that is new, gone or changed."""
    if how == "gone":
        return f"“{title}” is gone"
    if how == "changed":
        return f"“{title}”: {fields}"
    return f"“{title}” ({category}{f', due {due}' if due else ''}) is new"


@sentence
def header(fields: str) -> str:
    """The organisation itself."""
    return f"the organisation: {fields}"


@sentence
def in_common(parts: list[tuple[str, int, int]]) -> str:
    """`in common: 2 of 3 services, 4 of 5 members`; parts are (what, shared, of all)."""
    return "in common: " + ", ".join(f"{shared} of {whole} {what}" for what, shared, whole in parts if shared)


@sentence
def came_along(parts: list[tuple[str, int, int]]) -> str:
    """`all its people and 2 of its 3 services`; parts are (what, shared, of all)."""
    told = [
        f"all its {what}" if shared == whole else f"{shared} of its {whole} {what}"
        for what, shared, whole in parts
        if shared
    ]
    return listed(told)
