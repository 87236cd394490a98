"""A new interaction, and what becomes of one that there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from topology.app.drafting import state
from topology.app.drafting.dialogs.fields import Fields, finish, judging_day, organisation, teams
from topology.app.drafting.dialogs.opening import Dialog, close_dialog
from topology.clans.moves import WEEKS
from topology.model import Interaction
from topology.view.markdown import escaped
from topology.words.planning import Names, relation

LASTS = dt.timedelta(weeks=WEEKS) - dt.timedelta(days=3)
HOW = {"collaboration": "▱ Collaboration", "facilitating": "○ Help", "x-as-a-service": "△ Service"}
WHY = {"collaboration": "Why", "facilitating": "What the team can do alone afterwards"}


def _new(team: str) -> None:
    fields = Fields("interaction", team)
    name = organisation().team_name(team)
    mode = fields.segments("How", "mode", HOW, "collaboration")
    others = teams(team)
    asked: list[str] = []
    if mode == "x-as-a-service":
        asked = fields.several("Who uses it", "consumers", others)
        gives = True
    else:
        other = fields.one("With", "other", others, None, index=None, placeholder="A team")
        asked = [other] if other else []
        gives = (
            mode == "collaboration"
            or fields.segments("Who helps", "who", {"this": name, "other": "The other team"}, "this") == "this"
        )
    since, until = _days(fields, ends=mode != "x-as-a-service")
    why = fields.text(WHY[mode], "why") if mode in WHY else ""
    if not asked:
        finish(fields, "Add to the draft", "interaction", "Choose a team.")
        return
    args: dict[str, Any] = {
        "mode": mode,
        "teams": [team, *asked] if gives else [*asked, team],
        "since": since,
        "until": until,
        "why": why,
    }
    finish(fields, "Add to the draft", "interaction", args)


def _days(fields: Fields, *, ends: bool) -> tuple[dt.date | None, dt.date | None]:
    left, right = st.columns(2)
    with left:
        since = fields.day("From", "since", judging_day())
    with right:
        until = fields.day("Until", "until", (since or judging_day()) + LASTS) if ends else None
    return since, until


def _existing(key: str) -> None:
    mode, first, second = key.split(":")
    one, pair = _declared(mode, (first, second))
    if one is None:
        st.write("This interaction is not in the draft any more.")
        return
    ref: dict[str, Any] = {"mode": mode, "teams": list(pair)}
    if one.since:
        ref["since"] = one.since.isoformat()
    st.caption(escaped(_dates(one)))
    fields = Fields("of-interaction", ":".join((mode, *pair)))
    what = fields.segments(
        "What becomes of it", "what", {"end": "It ends", "days": "Other days", "mode": "Another mode"}, "end"
    )
    if what == "end":
        day = fields.day("It ended on", "day", judging_day())
        stays = {"": "Nothing"}
        stays |= {id_: f"A service of {name}" for id_, name in teams().items() if id_ in pair}
        provider = None if mode == "x-as-a-service" else fields.one("What stays in its place", "provider", stays, "")
        finish(
            fields,
            "End it",
            "end-interaction",
            {"interaction": ref, "day": day, "provider": provider} if day else "Say when.",
        )
    elif what == "days":
        left, right = st.columns(2)
        with left:
            since = fields.day("From", "since", one.since)
        with right:
            until = fields.day("Until", "until", one.until)
        finish(fields, "Change its days", "date-interaction", {"interaction": ref, "since": since, "until": until})
    else:
        _other_mode(fields, mode, pair, ref)
    _take_back(mode, pair)


def _other_mode(fields: Fields, mode: str, pair: tuple[str, str], ref: dict[str, Any]) -> None:
    others = {id_: name for id_, name in HOW.items() if id_ != mode}
    to = fields.segments("They go on as", "to", others, next(iter(others)))
    names = teams()
    first = pair[0]
    if to != "collaboration":
        label = "Who provides it" if to == "x-as-a-service" else "Who helps"
        first = fields.one(label, "first", {id_: names.get(id_, id_) for id_ in pair}, pair[0])
    second = pair[1] if first == pair[0] else pair[0]
    day = fields.day("From", "from", judging_day())
    until = fields.day("Until", "to-day", (day or judging_day()) + LASTS) if to != "x-as-a-service" else None
    args = {"interaction": ref, "mode": to, "teams": [first, second], "day": day, "until": until}
    finish(fields, "Change the mode", "change-mode", args if day else "Say from when.")


def _take_back(mode: str, pair: tuple[str, str]) -> None:
    """An interaction that the draft itself made is taken back by taking its change out."""
    for step in state.plan_of(state.current().draft).counting:
        args = step.operation.args
        if step.operation.verb == "interaction" and args["mode"] == mode and {*pair} <= {*args["teams"]}:
            st.divider()
            st.caption(f"It is new in this draft, by {step.letter}.")
            if st.button(f"Take {step.letter} back"):
                state.take_out(step.operation)
                close_dialog()
                st.rerun()


def _declared(mode: str, pair: tuple[str, str]) -> tuple[Interaction | None, tuple[str, str]]:
    """The interaction that has not ended, or the last one, with its pair in the order of the file."""
    found: tuple[Interaction | None, tuple[str, str]] = (None, pair)
    for one in organisation().interactions:
        for ends in one.pairs:
            same = {*ends} == {*pair} if mode == "collaboration" else ends == pair
            if one.mode == mode and same and (found[0] is None or one.ended is None):
                found = (one, ends)
    return found


def _dates(one: Interaction) -> str:
    since = f"since {one.since}" if one.since else "without a first day"
    until = f", until {one.until}" if one.until else ", without an end"
    return f"{one.mode}, {since}{until}" + (f", ended {one.ended}" if one.ended else "")


def _title(key: str) -> str:
    """The interaction by its teams, in the order of the file."""
    mode, first, second = key.split(":")
    return relation(Names(organisation()), mode, _declared(mode, (first, second))[1])


NEW_INTERACTION = Dialog(lambda team: f"New interaction of {organisation().team_name(team)}", _new)
OF_INTERACTION = Dialog(_title, _existing)
