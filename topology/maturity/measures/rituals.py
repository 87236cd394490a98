"""Rituals of Product and Tech: held of those planned, with both sides there, of which kinds."""

from __future__ import annotations

from collections.abc import Sequence

from topology.language import Text
from topology.maturity.evidence import Asked, Row, Rows
from topology.maturity.measure import Found, Measure, Seen, Unknown, share

JOINT = ("roadmap-review", "demo", "post-mortem")


def _of(asked: Asked, kinds: Sequence[str]) -> tuple[Sequence[Row], Rows | None]:
    """The planned rituals of some kinds, where the team tells of any whether it was held."""
    rows = asked.evidence.rows("rituals")
    chosen = [row for row in rows.of(asked.id) if row["kind"] in kinds] if rows is not None else []
    return (chosen if any(row["held"] is not None for row in chosen) else []), rows


def _held_share(asked: Asked, kinds: Sequence[str]) -> Found:
    chosen, rows = _of(asked, kinds)
    return share(chosen, lambda row: bool(row["held"]), rows.newest if rows else None)


def _interval(asked: Asked) -> Found:
    """Days between two planned duo rituals, on average over the weeks of the window in which the team was there."""
    chosen, rows = _of(asked, ("duo",))
    return Seen(7 * asked.weeks / len(chosen), newest=rows.newest if rows else None) if chosen else Unknown.NO_DATA


def _joint_held(asked: Asked) -> Found:
    chosen, rows = _of(asked, JOINT)
    return (
        Seen(sum(bool(row["held"]) for row in chosen), newest=rows.newest if rows else None)
        if chosen
        else Unknown.NO_DATA
    )


def _both(asked: Asked) -> Found:
    chosen, rows = _of(asked, JOINT)
    held = [row for row in chosen if row["held"]]
    if not any(row["product_present"] is not None and row["tech_present"] is not None for row in held):
        return Unknown.NO_DATA
    return share(held, lambda row: bool(row["product_present"] and row["tech_present"]), rows.newest if rows else None)


def _kinds(asked: Asked) -> Found:
    chosen, rows = _of(asked, JOINT)
    kinds = {row["kind"] for row in chosen if row["held"]}
    return Seen(len(kinds), len(kinds), len(JOINT), rows.newest if rows else None) if chosen else Unknown.NO_DATA


def _guests(asked: Asked) -> Found:
    """Demos at which another team was there; no data where the team never writes down who was."""
    rows = asked.evidence.rows("rituals")
    if rows is None or asked.id not in asked.evidence.tells("rituals", "guests"):
        return Unknown.NO_DATA
    demos = [row for row in rows.of(asked.id) if row["kind"] == "demo" and row["held"]]
    return Seen(sum(bool(asked.others_named(row["guests"])) for row in demos), newest=rows.newest)


MEASURES = (
    Measure(
        "duo-rituals-held",
        Text("Duo rituals held, of those planned"),
        "share",
        lambda asked: _held_share(asked, ("duo",)),
    ),
    Measure("duo-ritual-interval", Text("Days from one planned duo ritual to the next"), "days", _interval),
    Measure("joint-rituals-held", Text("Joint rituals held"), "count", _joint_held),
    Measure(
        "joint-rituals-share",
        Text("Joint rituals held, of those planned"),
        "share",
        lambda asked: _held_share(asked, JOINT),
    ),
    Measure("rituals-with-both", Text("Joint rituals with both sides there"), "share", _both),
    Measure("ritual-kinds", Text("Kinds of joint ritual that took place"), "count", _kinds),
    Measure("demo-guests", Text("Demos with another team there"), "count", _guests),
)
