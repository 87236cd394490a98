"""A new team, a team that is split, two that become one."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import streamlit as st

from topology.app.drafting.dialogs.fields import Fields, finish, groups, judging_day, organisation, people, teams
from topology.app.drafting.dialogs.opening import Dialog
from topology.app.drafting.dialogs.teams import STATUS, TYPES
from topology.model import Team


def id_of(name: str) -> str:
    """An id from a name: lower-case letters, digits and `-`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60]


def _new(_: str) -> None:
    fields = Fields("new-team", "")
    name = fields.text("It is called", "name", max_chars=100)
    kind = fields.one("Its type", "type", TYPES, "stream-aligned")
    group = fields.one("In the grouping", "group", groups(), "")
    since = fields.day("From", "since", judging_day())
    seats = _seats(fields, [])
    args: dict[str, Any] = {"id": id_of(name), "name": name, "type": kind, "group": group, "since": since, **seats}
    finish(fields, "Add to the draft", "new-team", args if id_of(name) else "Write a name.")


def _split(team: str) -> None:
    fields = Fields("split", team)
    there = organisation()
    model = there.teams[team]
    name = fields.text("The new team is called", "name", max_chars=100)
    goes: dict[str, list[str]] = {}
    for part, (label, options) in _parts(model).items():
        goes[part] = fields.several(label, part, options) if options else []
    day = fields.day("From", "day", judging_day())
    seats = _seats(fields, goes["members"])
    people_ = len(goes["members"])
    if model.members:
        st.caption(
            f"{people_} of {len(model.members)} members go; the id and the history stay with {there.team_name(team)}."
        )
    args = {"team": team, "id": id_of(name), "name": name, "day": day, **goes, **seats}
    finish(fields, "Split in the draft", "split", args if id_of(name) and day else "Write a name.")


def _parts(model: Team) -> dict[str, tuple[str, dict[str, str]]]:
    """{argument: what the field is called, what there is to choose}."""
    there = organisation()
    present = [one.person for one in model.members if one.until is None]
    return {
        "members": ("Who goes", {one: there.person_name(one) for one in present}),
        "services": ("Which services", {id_: id_ for id_, one in model.services.items() if one.until is None}),
        "domains": ("Which domains", {one.name: f"{one.name} ({one.complexity})" for one in model.domains}),
        "dependencies": ("Which dependencies", {one.team: there.team_name(one.team) for one in model.depends_on}),
    }


def _seats(fields: Fields, first: list[str]) -> dict[str, Any]:
    """The two seats of a new team."""
    found: dict[str, Any] = {}
    for column, (seat, label) in zip(st.columns(2), (("pm", "PM"), ("em", "EM")), strict=True):
        with column:
            status = fields.one(label, f"{seat}-status", {"": "not said", **STATUS}, "")
            if status == "vacant":
                found[seat] = {"status": "vacant"}
            elif status:
                person = fields.one("Who", f"{seat}-person", people(first), None, index=None)
                found |= {seat: {"status": status, "person": person}} if person else {}
    return found


def _merge(team: str) -> None:
    fields = Fields("merge", team)
    names = teams()
    other = fields.one("With", "other", teams(team), None, index=None, placeholder="A team")
    if other is None:
        finish(fields, "Merge in the draft", "merge", "Choose a team.")
        return
    kept = fields.one(
        "The merged team keeps",
        "kept",
        {one: f"the id and history of {names.get(one, one)}" for one in (team, other)},
        team,
    )
    gone = other if kept == team else team
    day = fields.day("From", "day", judging_day())
    name = fields.text("It is called", "name", names.get(kept, kept), max_chars=100)
    st.caption(
        f"{names.get(gone, gone)} ends; its people, services, domains, dependencies and interactions go over. Nothing is deleted."
    )
    args = {"team": kept, "other": gone, "day": day, "name": name if name != names.get(kept) else ""}
    finish(fields, "Merge in the draft", "merge", args if day else "Say when.")


NEW_TEAM = Dialog(lambda _: "A new team", _new)
SPLIT = Dialog(lambda team: f"Split {organisation().team_name(team)}", _split)
MERGE = Dialog(lambda team: f"Merge {organisation().team_name(team)} with another team", _merge)
