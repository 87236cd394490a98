"""What the operations of a draft say: in a few words on the map, as a title and a description in a pull request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from topology.language import Terms, sentence
from topology.model import Organisation
from topology.words.lists import counted, listed

DOING = Terms("planning.DOING", {"collaboration": "work together", "facilitating": "helps", "x-as-a-service": "serves"})
MODES = Terms("planning.MODES", {"collaboration": "collaboration", "facilitating": "help", "x-as-a-service": "service"})
INTERACTIONS = Terms("planning.INTERACTIONS", {"collaboration": "▱", "facilitating": "○", "x-as-a-service": "△"})
SEATS = Terms("planning.SEATS", {"pm": "PM", "em": "EM"})
KINDS = Terms(
    "planning.KINDS",
    {
        "collaboration": "a collaboration", "facilitating": "a help", "x-as-a-service": "a service", "end": "an end",
        "date": "other dates", "mode": "another mode", "move": "a move", "type": "another type", "seat": "a seat", "name": "a name",
        "split": "a split", "merge": "a merger", "team": "a new team", "dependency": "a dependency",
    },
)  # fmt: skip
STATES = Terms(
    "planning.STATES",
    {
        "applied": "in the draft",
        "there already": "is in the file already",
        "cannot": "cannot be made",
        "meets": "meets another change of the file",
    },
)


FATES = Terms(
    "planning.FATES",
    {
        "served": "served",
        "helped": "helped",
        "would talk": "would talk, if it is lived",
        "only relabelled": "only relabelled",
        "untouched": "untouched",
    },
)
NOBODY_TALKS = Terms(
    "planning.NOBODY_TALKS",
    {
        "short": "Nobody talks more because a line is written.",
        "long": "The contact that was seen is the same before and after; a draft moves labels and needs, and says what would be lived.",
    },
)


class Names:
    """The names of teams, people and groupings in any of several versions; an id that none has is its own name."""

    def __init__(self, *versions: Organisation | None) -> None:
        self._versions = [one for one in versions if one is not None]

    def team(self, id_: str) -> str:
        """The name of a team."""
        return next((one.team_name(id_) for one in self._versions if id_ in one.teams), id_)

    def person(self, id_: str) -> str:
        """The name of a person."""
        return next((one.person_name(id_) for one in self._versions if id_ in one.people), id_)

    def group(self, id_: str) -> str:
        """The name of a grouping."""
        return next((one.group_name(id_) for one in self._versions if id_ in one.groups), id_)


@sentence
def interaction(names: Names, mode: str, teams: Sequence[str], since: dt.date | None, until: dt.date | None) -> str:
    """`Identity checks serves Checkout and Refunds`, `Invoicing × Merchant onboarding, 8 weeks`."""
    first, *others = map(names.team, teams)
    weeks = round((until - since).days / 7) if since and until else 0
    lasts = f", {weeks} week{'s' if weeks > 1 else ''}" if weeks else f", until {until}" if until else ""
    if mode == "collaboration":
        return f"{first} × {others[0]}{lasts}"
    return f"{first} {DOING[mode]} {listed(others)}{lasts}"


@sentence
def end_interaction(names: Names, mode: str, teams: Sequence[str], day: dt.date, provider: str | None) -> str:
    """`Search × Catalogue ends on 2026-11-27, a service stays`."""
    stays = f"; {names.team(provider)} goes on as a service" if provider else ""
    return f"{_pair(names, mode, teams)} ends on {day}{stays}"


@sentence
def date_interaction(
    names: Names, mode: str, teams: Sequence[str], since: dt.date | None, until: dt.date | None
) -> str:
    """`Search × Catalogue from … until …`."""
    begins = f" from {since}" if since else ""
    return f"{_pair(names, mode, teams)}:{begins}{f' until {until}' if until else ''}"


@sentence
def change_mode(names: Names, old: str, mode: str, teams: Sequence[str], day: dt.date) -> str:
    """`Warehouse serves Catalogue from 2026-11-30; their collaboration ends`."""
    return f"{_pair(names, mode, teams)} from {day}; their {MODES[old]} ends"


@sentence
def relation(names: Names, mode: str, teams: Sequence[str]) -> str:
    """`Search × Catalogue`, `Warehouse serves Catalogue`."""
    return _pair(names, mode, teams)


def _pair(names: Names, mode: str, teams: Sequence[str]) -> str:
    first, second = map(names.team, teams)
    return f"{first} × {second}" if mode == "collaboration" else f"{first} {DOING[mode]} {second}"


@sentence
def move(names: Names, team: str, group: str | None) -> str:
    """`First order → Payments`."""
    return f"{names.team(team)} → {names.group(group) if group else 'no grouping'}"


@sentence
def type_(names: Names, team: str, to: str) -> str:
    """`Warehouse becomes a platform team`."""
    article = "an" if to[0] in "aeiou" else "a"
    return f"{names.team(team)} becomes {article} {to.replace('-', ' ') if to == 'undefined' else to} team"


@sentence
def seat(names: Names, team: str, which: str, status: str, person: str | None) -> str:
    """`Merchant onboarding: felix acts as EM`, `… is EM`, `… has no EM`."""
    if person is None:
        return f"{names.team(team)}: the seat of the {SEATS[which]} is vacant"
    return f"{names.team(team)}: {names.person(person)} {'acts as' if status == 'acting' else 'is'} {SEATS[which]}"


@sentence
def rename(names: Names, team: str, name: str | None, id_: str | None) -> str:
    """`Sign-up is called Accounts, with the id accounts`."""
    called = f" is called {name}" if name else ""
    return (
        f"{names.team(team)}{called}{f', with the id {id_}' if called and id_ else f' has the id {id_}' if id_ else ''}"
    )


@sentence
def split(names: Names, team: str, new: str) -> str:
    """`Carrier adapters goes out of Order tracking`."""
    return f"{new} comes out of {names.team(team)}"


@sentence
def merge(names: Names, team: str, other: str) -> str:
    """`Invoicing goes into Refunds`."""
    return f"{names.team(other)} goes into {names.team(team)}"


@sentence
def new_team(name: str) -> str:
    """`A new team: Payments platform`."""
    return f"A new team: {name}"


@sentence
def end_team(names: Names, team: str, day: dt.date) -> str:
    """`Invoicing ends on 2026-11-30`."""
    return f"{names.team(team)} ends on {day}"


@sentence
def depend(names: Names, team: str, on: str, kind: str) -> str:
    """`Search waits for Catalogue (slowing)`."""
    return f"{names.team(team)} depends on {names.team(on)} ({kind})"


@sentence
def no_dependency(names: Names, team: str, on: str) -> str:
    """`Search does not wait for Catalogue any more`."""
    return f"{names.team(team)} no longer depends on {names.team(on)}"


@sentence
def grade_moved(before: str, after: str, letter: str) -> str:
    """`D moves labels or needs, so that the reading goes from “finding” to “not enough data”. Nobody has met anybody by it.`"""
    return f"{letter} moves labels or needs, so that the reading goes from “{before}” to “{after}”. Nobody has met anybody by it."


@sentence
def stood_here(name: str) -> str:
    """What an empty slot says."""
    return f"{name} stood here"


# -- a pull request ---------------------------------------------------------------------------------------------------


@sentence
def title(groups: Sequence[str], kinds: Mapping[str, int]) -> str:
    """`Payments and Onboarding: a service, 2 collaborations and a seat`."""
    told = [KINDS[kind] if count == 1 else f"{KINDS[kind]} × {count}" for kind, count in kinds.items()]
    where = f"{listed(list(groups), 3)}: " if groups else ""
    return f"{where}{listed(told, 4)}" if told else "An empty draft"


@sentence
def description(
    why: str,
    changes: Sequence[tuple[str, str]],
    come: Mapping[str, int],
    go: Mapping[str, int],
    day: dt.date,
    again: dt.date,
) -> str:
    """The text of a pull request, in Markdown."""
    lines = [f"**Why.** {why or 'To be written.'}", "", "**What changes**", ""]
    lines += [f"- **{letter}** {text}" for letter, text in changes]
    lines += ["", f"**What follows,** judged on {day}. {_counted('come', come)} {_counted('go', go)}", ""]
    lines += ["Contact that was seen stays as it was: nobody talks more because a line is written.", ""]
    return "\n".join([*lines, f"**Look again** on {again}.", ""])


def _counted(verb: str, findings: Mapping[str, int]) -> str:
    count = sum(findings.values())
    if not count:
        return f"No finding {verb}s." if verb == "come" else "None goes."
    told = ", ".join(code if many == 1 else f"{code} × {many}" for code, many in sorted(findings.items()))
    return f"{counted(count, 'finding')} {verb if count > 1 else verb + ('es' if verb == 'go' else 's')} ({told})."


@sentence
def patch_words(come: int, go: int) -> str:
    """`12 lines come, 2 go; …`."""
    lines = f"{counted(come, 'line')} {'comes' if come == 1 else 'come'}, {go} {'goes' if go == 1 else 'go'}"
    return f"{lines}; read again after each change, and found to say what the draft says."


@sentence
def headline(changes: int, teams: int, come: int, go: int) -> str:
    """`5 changes touch 9 teams · 9 findings go, 4 come`."""
    if not changes:
        return "No change yet"
    findings = f"{counted(go, 'finding')} {'goes' if go == 1 else 'go'}, {come} {'comes' if come == 1 else 'come'}"
    return (
        f"{counted(changes, 'change')} {'touches' if changes == 1 else 'touch'} {counted(teams, 'team')} · {findings}"
    )
