"""What the dialogs share: fields that keep what was entered, checks while one types, and the button that adds the operation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from topology.app import choices
from topology.app.drafting import state
from topology.app.drafting.dialogs.opening import close_dialog
from topology.app.registry import workspace
from topology.history.consequences import difference
from topology.model import Organisation
from topology.planning import OperationError, Step
from topology.planning.operation import operation
from topology.rules import Finding
from topology.view.markdown import escaped

CHECKS = ("TT008", "TT103", "TT104", "TT107", "TT108", "TT109", "TT110", "TT111", "TT201", "TT202", "TT205", "TT207", "TT504", "TT505",
          "TT701", "TT702", "TT703", "TT704", "TT705")  # fmt: skip
MOST_CHECKS = 3


class Fields:
    """The fields of one dialog. What was entered is there again when the dialog is opened again, until the operation is made."""

    def __init__(self, dialog: str, about: str) -> None:
        self._prefix = f"draft-field:{dialog}:{about}"

    def _key(self, name: str, default: Any, options: Iterable[Any] | None = None) -> str:
        key = f"{self._prefix}:{name}"
        if key not in st.session_state:
            st.session_state[key] = st.session_state.get(f"kept:{key}", default)
        known = None if options is None else list(options)
        value = st.session_state[key]
        if known is not None and not set(value if isinstance(value, list) else [value]) <= set(known):
            st.session_state[key] = default
        return key

    def _kept(self, key: str, value: Any) -> Any:
        st.session_state[f"kept:{key}"] = value
        return value

    def text(self, label: str, name: str, default: str = "", **more: Any) -> str:
        """A line of text."""
        key = self._key(name, default)
        return str(self._kept(key, st.text_input(label, key=key, **more)) or "").strip()

    def day(self, label: str, name: str, default: dt.date | None, **more: Any) -> dt.date | None:
        """A day, or none."""
        key = self._key(name, default)
        found: dt.date | None = self._kept(key, st.date_input(label, key=key, format="YYYY-MM-DD", **more))
        return found

    def one(self, label: str, name: str, options: Mapping[Any, str], default: Any, **more: Any) -> Any:
        """One of several, by their words; also none of them where there is none."""
        key = self._key(name, default, [*options, None])
        return self._kept(key, st.selectbox(label, list(options), format_func=options.__getitem__, key=key, **more))

    def several(self, label: str, name: str, options: Mapping[Any, str], **more: Any) -> list[Any]:
        """Any of several."""
        key = self._key(name, [], options)
        return list(
            self._kept(key, st.multiselect(label, list(options), format_func=options.__getitem__, key=key, **more))
        )

    def segments(self, label: str, name: str, options: Mapping[str, str], default: str) -> str:
        """One of a few, side by side."""
        key = self._key(name, default, [*options, None])
        found = self._kept(key, st.segmented_control(label, list(options), format_func=options.__getitem__, key=key))
        return str(found or default)

    def tick(self, label: str, name: str, *, default: bool, **more: Any) -> bool:
        """A box to tick."""
        key = self._key(name, default)
        return bool(self._kept(key, st.checkbox(label, key=key, **more)))

    def clear(self) -> None:
        """Forgets what was entered."""
        for key in [one for one in st.session_state if str(one).startswith(f"kept:{self._prefix}")]:
            del st.session_state[key]


def finish(fields: Fields, label: str, verb: str, args: dict[str, Any] | str) -> None:
    """The checks of an operation, and the buttons that add it or cancel. `args` as text says what is still missing."""
    tried = None if isinstance(args, str) else _tried(verb, args)
    step = tried if tried is not None and tried.counts else None
    if isinstance(args, str):
        st.caption(args)
    with st.container(horizontal=True):
        if st.button(label, type="primary", key=f"add:{verb}", disabled=step is None) and step is not None:
            try:
                state.add(step.operation)
            except OperationError as error:
                st.error(str(error))
                return
            fields.clear()
            close_dialog()
            st.rerun()
        if st.button("Cancel", key=f"cancel:{verb}"):
            close_dialog()
            st.rerun()


def _tried(verb: str, args: dict[str, Any]) -> Step | None:
    """The operation tried on the draft, with what the rules say of it."""
    try:
        new = operation(
            verb, **{key: value for key, value in args.items() if value not in (None, "")} | _of_no_group(verb, args)
        )
    except OperationError as error:
        st.error(escaped(str(error).removeprefix("the operation: ")))
        return None
    step = state.tried(new)
    if step.state == "cannot":
        st.error(escaped(step.why))
    elif step.state == "there already":
        st.caption("This is how it is already.")
    else:
        _checks(step)
    return step


def _of_no_group(verb: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """Moving to no grouping is an answer, and nothing that was left out."""
    return {"group": None} if verb == "move" and not args["group"] else {}


def _checks(step: Step) -> None:
    """What the rules say after it and did not before, and what they no longer say: three lines at most; they warn and forbid nothing."""
    opened, day = workspace(), state.plan_of(state.current().draft).day(choices.chosen_day())
    found = opened.once(("checks", step, day), lambda: difference(step.before, step.after, day, opened.selection))
    come = [one for one in found.introduced if one.code in CHECKS]
    go = [one for one in found.resolved if one.code in CHECKS]
    lines = [f":red[▲] {_told(one)}" for one in come] + [f":green[✓] No longer: {_told(one)}" for one in go]
    if lines:
        more = [f"… and {len(lines) - MOST_CHECKS} more under What follows"] if len(lines) > MOST_CHECKS else []
        st.markdown("  \n".join([*lines[:MOST_CHECKS], *more]))


def _told(one: Finding) -> str:
    return escaped(f"{one.message} ({one.code})")


# -- what there is to choose from -------------------------------------------------------------------------------------------


def organisation() -> Organisation:
    """The organisation as the draft has it."""
    found = state.plan_of(state.current().draft).after.organisation
    assert found is not None
    return found


def judging_day() -> dt.date:
    """The first day of what begins: the day of the map, or of the draft."""
    return state.plan_of(state.current().draft).day(choices.chosen_day())


def teams(*without: str) -> dict[str, str]:
    """{id: name} of the teams of the day."""
    there = organisation()
    return {id_: there.team_name(id_) for id_ in there.teams_on(judging_day()) if id_ not in without}


def groups() -> dict[str, str]:
    """{id: name} of the groupings, and "" for none."""
    there = organisation()
    return {"": "No grouping", **{id_: there.group_name(id_) for id_ in there.groups}}


def people(first: Sequence[str] = ()) -> dict[str, str]:
    """{id: name} of the people, some of them first."""
    there = organisation()
    known = dict.fromkeys([*first, *(there.people or sorted(there.seated))])
    return {id_: there.person_name(id_) for id_ in known}
