"""Datadog: DORA deployment and failure events, as they are sent or as its lists give them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from topology.delivery.profile import is_usual
from topology.interop.imported import ERASED, Imported, Who, identity, needed, when
from topology.interop.importer import Importer
from topology.language import Text

SYSTEM = "datadog"
FAILURES = frozenset(("severity", "services", "name"))
"""Fields that only an event of a failure has; one that is not over has no end."""


def read(objects: Iterable[dict[str, Any]], who: Who) -> Imported:
    """Deployments and incidents."""
    imported = Imported()

    def one_object(one: dict[str, Any]) -> None:
        if isinstance(one.get("errors"), list):
            imported.left_out[f"answers that are errors of Datadog: {'; '.join(map(str, one['errors']))}"] += 1
            return
        found = one.get("attributes") if isinstance(one.get("attributes"), dict) else one
        assert found is not None
        values = {**found, "id": found.get("id") or one.get("id")}
        if _is_failure(str(one.get("type") or ""), values):
            _failure(values, who, imported)
        else:
            _deployment(values, who, imported)

    imported.each(objects, one_object)
    return imported


def _is_failure(kind: str, values: dict[str, Any]) -> bool:
    if "failure" in kind or "deployment" in kind:
        return "failure" in kind
    return not FAILURES.isdisjoint(values) or "finished_at" not in values


def _deployment(one: dict[str, Any], who: Who, imported: Imported) -> None:
    """A deployment that Datadog lists was carried out; `change_failure` says that it then failed its users, who had it mended."""
    git = one.get("git") or {}
    own = one.get("id") or _own_id(one, str(one.get("service")))
    if not needed(one, ("service", "finished_at"), "deployments", imported):
        return
    failed = one.get("change_failure")
    imported.add(
        "deployments", id=identity(SYSTEM, str(own)), service=who.service or one["service"], environment=one.get("env"),
        started_at=when(one.get("started_at")), finished_at=when(one["finished_at"]), result="success", version=one.get("version"),
        commit_sha=git.get("commit_sha"), change_failure=failed, former=str(own),
    )  # fmt: skip
    if failed is None:
        imported.note("Datadog does not say which deployments failed: the incidents tell it")


def _own_id(one: dict[str, Any], whose: str) -> str:
    """Of an event that was sent without an id: whose it is, where, and since when."""
    env = str(one.get("env") or "")
    return "-".join([whose, *([env] if env and not is_usual(env) else []), str(one.get("started_at"))])


def _failure(one: dict[str, Any], who: Who, imported: Imported) -> None:
    if not needed(one, ("started_at",), "failures", imported):
        return
    given = one.get("services") or one.get("service") or ""
    services = given if isinstance(given, list) else [str(given)]
    own = str(one.get("id") or _own_id(one, ";".join(map(str, services)) or str(one.get("team") or "")))
    imported.add(
        "incidents", id=identity(SYSTEM, own), service=who.service or ";".join(map(str, services)), opened_at=when(one["started_at"]),
        resolved_at=when(one.get("finished_at")) or ERASED, severity=one.get("severity"), environment=one.get("env"), kind="incident",
        former=own,
    )  # fmt: skip


IMPORTER = Importer(
    Text("Datadog: DORA deployment and failure events."), lambda asked: read(asked.objects(), asked.who)
)
