"""The draft that this session works on: kept in the state database, or in the session where nothing can be written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from topology.app import choices
from topology.app.registry import model_path, today, workspace
from topology.planning import Draft, Operation, OperationError, Plan, Step, draft_of, plan
from topology.planning.base import base_of
from topology.planning.consequences import Outcome, outcome
from topology.planning.draft import mark_of
from topology.source import Loaded
from topology.source.settings import SettingsError, load_settings, state_database
from topology.store.database import StoreError
from topology.store.drafts import Drafts
from topology.store.opening import drafts_at
from topology.words.lists import counted

NEW = "new"
"""What the address says of a draft without any operation: it is kept from its first one on."""
HERE = "here"
"""What it says of one that lives in the session alone."""


@dataclass(frozen=True)
class Open:
    """The draft that is open."""

    id: str
    draft: Draft
    version: int = 0
    """How often it was changed; of one that is not kept, 0."""
    why: str = ""
    """Why it is another one than the address names."""

    @property
    def is_kept(self) -> bool:
        """Whether it survives the session, and its address is a link for others."""
        return self.id not in (NEW, HERE)


def is_on() -> bool:
    """Whether the map shows a draft."""
    return bool(choices.chosen("draft", ""))


def begin() -> None:
    """Begins a draft."""
    choices.choose("draft", NEW)


def leave() -> None:
    """Back to the map as it is; what is kept stays."""
    choices.choose("draft", "")
    choices.choose("tie", "")


def current() -> Open:
    """The draft that the address names; an empty one where there is none, or where it is gone."""
    id_ = choices.chosen("draft", "") or NEW
    if id_ == HERE and "draft:here" in st.session_state:
        return Open(HERE, st.session_state["draft:here"])
    if id_ in (NEW, HERE):
        return Open(NEW, Draft())
    try:
        store = _store()
        found = store.get(id_) if store else None
        if found is not None:
            return Open(id_, draft_of(found.body, "the draft"), found.version)
    except (StoreError, OperationError) as error:
        return Open(NEW, Draft(), why=f"The draft cannot be read. {error}")
    return Open(NEW, Draft(), why="There is no such draft any more: one that nobody changes is kept for 90 days.")


def change(edit: Callable[[Draft], Draft]) -> None:
    """Changes the draft that is open, as it is by now: somebody else may have changed it."""
    opened = current()
    if opened.id == HERE:
        _keep_here(edit(opened.draft))
        return
    try:
        if opened.id == NEW:
            store = _store(make=True)
            assert store is not None
            made_ = store.new(edit(opened.draft).text, today())
            choices.choose("draft", made_.id)
            st.session_state["draft:version"] = made_.version
        elif store := _store():
            changed = store.change(opened.id, lambda body: edit(draft_of(body, "the draft")).text, today())
            if changed and changed.version > opened.version + 1:
                st.toast("Somebody else changed this draft a moment ago; both changes are in it.")
            st.session_state["draft:version"] = changed.version if changed else 0
    except StoreError as error:
        st.session_state["draft:why here"] = str(error)
        _keep_here(edit(opened.draft))


def _keep_here(draft: Draft) -> None:
    st.session_state["draft:here"] = draft
    choices.choose("draft", HERE)


def add(new: Operation) -> None:
    """Adds an operation with what it replaces."""
    stamped, mark = tried(new).stamped, mark_of(base().texts)

    def adding(draft: Draft) -> Draft:
        return draft.adding(stamped).based_on(draft.base or mark)

    change(adding)


def take_out(one: Operation) -> None:
    """Takes an operation out; those that are left remember what they replace without it."""

    def taking(draft: Draft) -> Draft:
        left = draft.without(one)
        if file_moved(draft):
            return left
        steps = plan(base(), left.made, workspace().once).steps
        return left.remembering([step.stamped if step.counts else step.operation for step in steps])

    change(taking)


def drop() -> None:
    """Throws the draft away."""
    opened = current()
    if opened.is_kept and (store := _store()):
        store.drop(opened.id)
    st.session_state.pop("draft:here", None)
    leave()


def every() -> dict[str, str]:
    """{id: name, how many changes, day} of the drafts that are kept, the last changed first; none where they cannot be read."""
    found = {}
    with suppress(StoreError):
        store = _store()
        for one in store.every() if store else ():
            with suppress(OperationError):
                draft = draft_of(one.body, "the draft")
                found[one.id] = f"{draft.name or 'Without a name'} · {counted(draft.cursor, 'change')} · {one.changed}"
    return found


def changed_meanwhile(shown: Open) -> bool:
    """Whether somebody else has changed the draft since this page showed it."""
    try:
        store = _store() if shown.is_kept else None
        found = store.get(shown.id) if store else None
    except StoreError:
        return False
    return found is not None and found.version > max(shown.version, st.session_state.get("draft:version", 0))


def _store(*, make: bool = False) -> Drafts | None:
    """The drafts beside the organisation; None where none was ever kept. Raises StoreError."""
    try:
        return drafts_at(state_database(model_path(), load_settings(model_path())), make=make)
    except SettingsError as error:
        raise StoreError(str(error)) from None
    except OSError as error:
        raise StoreError(f"{error.filename}: {error.strerror}") from None


# -- what follows from it -------------------------------------------------------------------------------------------------


def base() -> Loaded:
    """The organisation that drafts are made on."""
    opened = workspace()
    return opened.once(("draft base",), lambda: base_of(opened.loaded, opened.path))


def file_moved(draft: Draft) -> bool:
    """Whether the file is another version than the one on which the draft was made."""
    return bool(draft.base) and draft.base != mark_of(base().texts)


def plan_of(draft: Draft) -> Plan:
    """The draft made on the file as it is; the steps are kept."""
    return plan(base(), draft.made, workspace().once, moved=file_moved(draft))


def tried(new: Operation) -> Step:
    """What would become of an operation at the end of the draft."""
    return plan(base(), (*current().draft.made, new), workspace().once).steps[-1]


def outcome_of(found: Plan) -> Outcome:
    """What follows from it, kept; judged from the day of the map on."""
    opened, day = workspace(), choices.chosen_day()
    last = found.steps[-1] if found.steps else None
    return opened.once(("outcome", last, day), lambda: outcome(found, day, opened.selection, opened.once))
