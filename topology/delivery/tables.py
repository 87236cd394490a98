"""The event tables: their columns, what is required, and other names under which tools write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "time", "day", "number", "count", "flag", "choice"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `choices` holds the values of a choice and `words` {another word for one: it}; `aliases` are names that mean the same."""

    name: str
    kind: Kind = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Table:
    """One event table; `key` names the columns of which two equal rows are the same event (the later row counts); () where
    equal rows are two events."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    one_of: tuple[str, ...] = ()
    """Columns of which a file needs at least one."""
    when: str = ""
    """The column that says on which day a row was observed; "" for tables that also hold plans."""

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The columns that each row needs."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, header: str) -> Column | None:
        """The column that a header means: by name or by alias, whatever its case; None for another tool's column."""
        word = header.strip().lower().replace(" ", "_").replace("-", "_")
        return next((c for c in self.columns if word == c.name or word in c.aliases), None)


def table_of(name: str) -> Table:
    """The table of that name. Raises KeyError."""
    return _BY_NAME[name]


def _required(
    name: str, kind: Kind = "text", *aliases: str, choices: tuple[str, ...] = (), words: Mapping[str, str] = MappingProxyType({})
) -> Column:  # fmt: skip
    return Column(name, kind, required=True, aliases=aliases, choices=choices, words=words)


def _optional(name: str, kind: Kind = "text", *aliases: str) -> Column:
    return Column(name, kind, aliases=aliases)


RESULTS = MappingProxyType({
    "succeeded": "success", "successful": "success", "ok": "success", "passed": "success", "complete": "success", "completed": "success",
    "failed": "failure", "error": "failure", "errored": "failure", "timed_out": "failure",
})  # fmt: skip
"""What tools write for the result of a deployment."""

TABLES: tuple[Table, ...] = (
    Table("deployments", (
        _required("id", "text", "deployment_id"),
        _required("service", "text", "application", "app"),
        _required("finished_at", "time", "deployed_at", "completed_at", "finished"),
        _required("result", "choice", "status", choices=("success", "failure", "unknown"), words=RESULTS),
        _optional("environment", "text", "env"),
        _optional("production", "flag", "is_production", "production_environment"),
        _optional("started_at", "time"),
        _optional("commit_sha", "text", "sha"),
        _optional("commits"),
        _optional("version"),
        _optional("branch", "text", "ref"),
        _optional("unplanned", "flag"),
        _optional("rolled_back", "flag"),
        _optional("change_failure", "flag"),
        _optional("url"),
    ), when="finished_at"),
    Table("changes", (
        _required("id", "text", "change_id", "number"),
        _optional("service", "text", "application", "app"),
        _optional("repository", "text", "repo"),
        _required("merged_at", "time"),
        _optional("author"),
        _optional("reviewers"),
        _optional("first_commit_at", "time", "first_commit"),
        _optional("opened_at", "time", "created_at"),
        _optional("first_review_at", "time"),
        _optional("deployment_id"),
        _optional("deployed_at", "time"),
        _optional("deployment_told", "flag"),
        _optional("merge_sha", "text", "merge_commit_sha"),
        _optional("base_branch", "text", "base"),
        _optional("default_branch"),
        _optional("paths", "text", "files"),
        _optional("labels"),
        _optional("additions", "number"),
        _optional("deletions", "number"),
        _optional("item"),
    ), one_of=("service", "repository"), when="merged_at"),
    Table("incidents", (
        _required("id", "text", "incident_id"),
        _required("opened_at", "time", "created_at", "started_at"),
        _optional("service", "text", "application", "app"),
        _optional("resolved_at", "time", "closed_at"),
        _optional("severity"),
        _optional("kind"),
        _optional("environment", "text", "env"),
        _optional("resolution"),
        _optional("caused_by", "text", "deployment_id"),
        _optional("cause_told", "flag"),
        _optional("postmortem_url"),
        _optional("actions_open", "number"),
        _optional("actions_done", "number"),
    ), when="opened_at"),
    Table("work_items", (
        _required("id"),
        _required("team"),
        _required("flow_type", "choice", choices=("feature", "defect", "risk", "debt")),
        _optional("created_at", "time"),
        _optional("started_at", "time"),
        _optional("done_at", "time"),
        _optional("due_at", "time"),
        _optional("blocked_by"),
        _optional("resolution"),
        _optional("level"),
        _optional("reopened_at", "time"),
        _optional("blocked_hours", "number"),
    )),
    Table("delays", (
        _required("id", "text", "delay_id"),
        _required("team", "text", "squad"),
        _optional("item"),
        _required("planned_date", "day", "due_at", "planned", "due_date"),
        _optional("actual_date", "day", "actual", "delivered_at"),
        _optional("cause"),
        _optional("postmortem_url"),
        _optional("actions_open", "number"),
        _optional("actions_done", "number"),
    )),
    Table("outcomes", (
        _required("kpi", "text", "indicator"),
        _required("measured_at", "time", "date", "day"),
        _required("value", "number"),
        _optional("service", "text", "application", "app"),
        _optional("deployment_id"),
    ), key=("kpi", "measured_at", "service"), when="measured_at"),
    Table("rituals", (
        _required("id"),
        _optional("team"),
        _required("kind", "choice", choices=("duo", "roadmap-review", "demo", "post-mortem", "executive", "workshop")),
        _required("planned_at", "time"),
        _optional("held", "flag"),
        _optional("minutes", "count"),
        _optional("product_present", "flag"),
        _optional("tech_present", "flag"),
        _optional("product_speaking_minutes", "number"),
        _optional("tech_speaking_minutes", "number"),
        _optional("guests"),
    )),
    Table("decisions", (
        _required("id"),
        _required("decided_at", "time", "date"),
        _optional("team", "text", "squad"),
        _required("presented_by", "choice", choices=("product", "tech", "both")),
    ), when="decided_at"),
    Table("interviews", (
        _required("id"),
        _required("held_at", "time", "date"),
        _required("team", "text", "squad"),
        _optional("engineers_present", "count"),
        _optional("engineers_total", "count"),
    ), when="held_at"),
    Table("showcases", (
        _required("id"),
        _required("shown_at", "time", "date"),
        _required("team", "text", "squad"),
        _optional("effect"),
        _optional("product_present", "flag"),
    ), when="shown_at"),
    Table("experiments", (
        _required("id"),
        _required("team", "text", "squad"),
        _required("started_at", "time", "date"),
        _optional("expected"),
        _optional("with_users", "flag"),
        _optional("evidence_at", "time"),
        _optional("decided_at", "time"),
        Column("decision", "choice", choices=("kept", "changed", "stopped")),
    ), when="started_at"),
    Table("contacts", (
        _required("week", "day"),
        _required("source"),
        _required("target"),
        _required("kind", "choice", choices=("review", "meeting", "message")),
        _required("weight", "count"),
    ), key=("week", "source", "target", "kind"), when="week"),
    Table("answers", (
        _required("snapshot"),
        _optional("team", "text", "squad"),
        _required("side", "choice", choices=("product", "tech", "other")),
        _required("item"),
        _required("value", "number"),
    ), key=()),
)  # fmt: skip
PERSONAL = ("author", "reviewers", "source", "target")
"""Columns that name people: no row that is shown has them, and a row that cannot be read is not told by them."""
_BY_NAME = {table.name: table for table in TABLES}
