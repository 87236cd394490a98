"""The tables of the database."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
VERSION = sa.Table("topology_version", sa.MetaData(), sa.Column("version", sa.Integer, nullable=False))
"""One row: which of the migrations were made. It is older than all others, so it stands apart."""


def _table(name: str, *columns: sa.Column[object]) -> sa.Table:
    return sa.Table(name, METADATA, *columns, sqlite_with_rowid=False)  # (a row number would tell the order of writing)


SURVEYS = _table(
    "surveys",
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("closes", sa.Text, nullable=False),  # with its zone
    sa.Column("state", sa.Text, nullable=False),  # open, closed
    sa.Column(
        "drafts_key", sa.LargeBinary, nullable=False
    ),  # emptied when the survey closes: then nothing that was begun can be sent
    sa.Column("reports_key", sa.LargeBinary, nullable=False),
    sa.Column("facilitator", sa.LargeBinary, nullable=False),  # the hash of the facilitator's word
    sa.Column("counted", sa.Text, nullable=False),  # the hour of the counts that the facilitator sees
    sa.Column("snapshot", sa.Text, nullable=False),  # what closing computed, until it is written for all
    sa.Column("others_from", sa.Text, nullable=False),  # the day from which on others read a squad's totals
)
TALLIES = _table(
    "tallies",
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("answered", sa.Integer, nullable=False),
    sa.Column("moved", sa.Integer, nullable=False),  # of them with a link that was another team's
    sa.Column("shown", sa.Integer, nullable=False),  # the same, as it was at the last full hour
    sa.Column("counts", sa.LargeBinary, nullable=False),
)
LINKS = _table(
    "links",
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    sa.Column("survey", sa.Text, nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("team", sa.Text, nullable=False),
    sa.Column("side", sa.Text, nullable=False),  # "" where nobody knows who holds the link
    sa.Column("kind", sa.Text, nullable=False),  # answer, pm, em
    sa.Column("used", sa.Boolean, nullable=False),
    sa.Column("void", sa.Boolean, nullable=False),
)
DRAFTS = _table(
    "drafts",
    sa.Column("draft", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # counts its changes
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),  # the day of the last change
)
POSITIONS = _table(
    "positions",
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("team", sa.Text, primary_key=True),
    sa.Column("dimension", sa.Text, primary_key=True),
    sa.Column("pm", sa.Integer),
    sa.Column("pm_note", sa.Text, nullable=False),
    sa.Column("em", sa.Integer),
    sa.Column("em_note", sa.Text, nullable=False),
    sa.Column("assessed", sa.Text, nullable=False),
)
