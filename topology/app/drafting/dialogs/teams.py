"""What becomes of a team: its grouping, type, seats, name, end, and whom it waits for."""

from __future__ import annotations

from typing import Any

import streamlit as st

from topology.app.drafting.dialogs.fields import Fields, finish, groups, judging_day, organisation, people, teams
from topology.app.drafting.dialogs.opening import Dialog
from topology.model import Team, TeamType
from topology.view.map import GLOSSARY
from topology.view.markdown import escaped
from topology.words.lists import listed

TYPES: dict[TeamType, str] = {
    "stream-aligned": "Stream-aligned", "platform": "Platform", "enabling": "Enabling",
    "complicated-subsystem": "Complicated subsystem", "undefined": "Not yet decided",
}  # fmt: skip
EXPECTED = {
    "stream-aligned": GLOSSARY["Stream-aligned team (squad)"], "platform": GLOSSARY["Platform team"],
    "enabling": GLOSSARY["Enabling team"], "complicated-subsystem": GLOSSARY["Complicated-subsystem team"],
}  # fmt: skip
STATUS = {"vacant": "vacant", "acting": "acting", "filled": "filled"}
SEATS = {"pm": "Product manager", "em": "Engineering manager"}
KINDS = {"ok": "it does not hurt", "slowing": "it slows", "blocking": "it blocks"}


def _move(team: str) -> None:
    fields = Fields("move", team)
    group = fields.one("To the grouping", "group", groups(), organisation().teams[team].group or "")
    st.caption("Labels change, contact does not: nobody talks more because a team has moved on the map.")
    finish(fields, "Move", "move", {"team": team, "group": group})


def _type(team: str) -> None:
    fields = Fields("type", team)
    kind = fields.one("It becomes", "type", TYPES, organisation().teams[team].type)
    if kind in EXPECTED:
        st.caption(f"Such a team {EXPECTED[kind]}.")
    finish(fields, "Change in the draft", "type", {"team": team, "type": kind})


def _seats(team: str) -> None:
    fields = Fields("seat", team)
    model = organisation().teams[team]
    vacant = next((key for key in SEATS if not _filled(model, key)), "pm")
    which = fields.segments("Which seat", "seat", SEATS, vacant)
    status = fields.segments("It is", f"{which}-status", STATUS, "vacant" if _filled(model, which) else "filled")
    args: dict[str, Any] = {"team": team, "seat": which, "status": status}
    if status != "vacant":
        left, right = st.columns(2)
        with left:
            who = people([one.person for one in model.members])
            person = fields.one(
                "Who", f"{which}-person", who, None, index=None, accept_new_options=False, placeholder="Somebody"
            )
        with right:
            args |= {"person": person, "since": fields.day("From", f"{which}-since", judging_day())}
        if person is None:
            finish(fields, "Change in the draft", "seat", "Choose somebody.")
            return
        out = fields.tick("A remark that silences the empty seat is taken out too", "remark", default=True)
        args["remark"] = "out" if out else "stays"
    finish(fields, "Change in the draft", "seat", args)


def _filled(team: Team, seat: str) -> bool:
    """Whether somebody sits in a seat of the team, acting or not."""
    lead = team.pm if seat == "pm" else team.em
    return lead is not None and lead.filled


def _rename(team: str) -> None:
    fields = Fields("rename", team)
    name = fields.text("Its name", "name", organisation().team_name(team), max_chars=100)
    new = ""
    if fields.tick(
        "Change its id too",
        "with-id",
        default=False,
        help="The old one is kept under `was`, so that events still find it.",
    ):
        new = fields.text("Its id", "id", team, help="Lower-case letters, digits and `-`.")
    changed = {"name": name if name != organisation().team_name(team) else "", "id": new if new != team else ""}
    finish(
        fields,
        "Rename in the draft",
        "rename",
        {"team": team, **changed} if any(changed.values()) else "Write another name.",
    )


def _end(team: str) -> None:
    fields = Fields("end", team)
    day = fields.day("The first day without it", "day", judging_day())
    st.caption("Nothing is deleted: the team gets an end, and so does what it does with others.")
    waiting = [organisation().team_name(id_) for id_, one in organisation().teams_on(judging_day()).items()
               if team in [needed.team for needed in one.depends_on]]  # fmt: skip
    if waiting:
        st.warning(
            escaped(f"{listed(waiting)} depend on it in the file, and go on to: who takes that over?"), icon=None
        )
    finish(fields, "End it in the draft", "end-team", {"team": team, "day": day} if day else "Say when.")


def _dependencies(team: str) -> None:
    fields = Fields("depend", team)
    waits = {one.team: one for one in organisation().teams[team].depends_on}
    what = fields.segments("What changes", "what", {"on": "It depends", "off": "No longer"}, "on")
    if what == "off":
        on = fields.one("On", "off", {id_: name for id_, name in teams(team).items() if id_ in waits}, None, index=None)
        finish(fields, "Change in the draft", "no-dependency", {"team": team, "on": on} if on else "Choose a team.")
        return
    on = fields.one("On", "on", teams(team), None, index=None, placeholder="A team")
    kind = fields.segments("How much it hurts", "kind", KINDS, "slowing")
    reason = fields.text("Why", "reason", max_chars=500)
    finish(
        fields,
        "Change in the draft",
        "depend",
        {"team": team, "on": on, "kind": kind, "reason": reason} if on else "Choose a team.",
    )


MOVE = Dialog(lambda team: f"Move {organisation().team_name(team)}", _move)
TYPE = Dialog(lambda team: f"The type of {organisation().team_name(team)}", _type)
LEADS = Dialog(lambda team: f"PM and EM of {organisation().team_name(team)}", _seats)
RENAME = Dialog(lambda team: f"The name of {organisation().team_name(team)}", _rename)
END = Dialog(lambda team: f"{organisation().team_name(team)} ends", _end)
DEPENDENCIES = Dialog(lambda team: f"Whom {organisation().team_name(team)} depends on", _dependencies)
