"""Signing: the leads of a team write, on the record, where each of them sees it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from topology.ballot.answering import closed
from topology.ballot.visit import Visit
from topology.maturity.pack import LEVELS
from topology.maturity.voices.asking import MOST_SIGNED, AskedQuestion
from topology.store.values import Kind, Sent, Signed

LONGEST_NOTE = 120


def start(visit: Visit) -> Response:
    """Which topics the duo signs; once that is chosen, what both have signed."""
    signed = _signed(visit)
    if visit.form is not None:
        return _chosen(visit)
    if not signed or visit.query.get("topics"):
        return _choose(visit, [one.dimension for one in signed])
    mine = any(one.levels[visit.link.kind] is not None for one in signed)
    return _overview(visit, signed) if mine or visit.query.get("done") else visit.to(1)


def _chosen(visit: Visit) -> Response:
    known = {one.dimension for one in visit.asked.signable}
    topics = [
        one for one in (visit.form.getlist("topic") if visit.form else []) if isinstance(one, str) and one in known
    ]
    of_both = {one.dimension for one in _signed(visit) if any(level is not None for level in one.levels.values())}
    if not topics and not of_both:
        return _choose(visit, topics, error=visit.t("sign.none_chosen"))
    if len({*topics, *of_both}) > MOST_SIGNED:
        return _choose(visit, topics, error=visit.t("sign.too_many", most=MOST_SIGNED))
    visit.surveys.choose(visit.survey.name, visit.link.team, topics, MOST_SIGNED)
    return visit.to(1)


def _choose(visit: Visit, chosen: Sequence[str], error: str = "") -> Response:
    topics = [
        {"id": one.dimension, "name": visit.t.words(one.name), "chosen": one.dimension in chosen}
        for one in visit.asked.signable
    ]
    return visit.page("choose", error=error, topics=topics, most=MOST_SIGNED, **_who(visit))


def position(visit: Visit) -> Response:
    """One topic: the level and the sentence."""
    number, signed = visit.number, _signed(visit)
    if not 1 <= number <= len(signed):
        return visit.to("")
    if visit.form is None:
        return _position(visit, number, signed)
    if signed[number - 1].dimension != visit.field("dimension"):
        return visit.to("")  # (the other lead has chosen other topics meanwhile: nothing is signed under a wrong one)
    choice, note = visit.field("choice"), _plain(visit.field("note"))
    if choice not in map(str, (0, *LEVELS)):
        return _position(visit, number, signed, error=visit.t("question.missing"), missing=True, note=note)
    if len(note) > LONGEST_NOTE:
        error = visit.t("sign.too_long", length=len(note), most=LONGEST_NOTE)
        return _position(visit, number, signed, error=error, chosen=int(choice), note=note)
    level = int(choice) or None
    dimension = signed[number - 1].dimension
    told = note if level else ""
    match visit.surveys.sign(visit.token, dimension, level, told, visit.now.date(), visit.now):
        case Sent.COUNTED:
            return visit.to(number + 1 if number < len(signed) else "?done=1")
        case Sent.CLOSED:
            return closed(visit)
    return visit.to("")


def _position(
    visit: Visit, number: int, signed: Sequence[Signed], error: str = "", *, missing: bool = False,
    chosen: int | None = None, note: str | None = None,
) -> Response:  # fmt: skip
    own = signed[number - 1]
    asked = next(one for one in visit.asked.signable if one.dimension == own.dimension)
    return visit.page(
        "sign", error=error, missing=missing, number=number, dimension=own.dimension, count=len(signed), name=visit.t.words(asked.name),
        asked=visit.t.asked(asked.question), anchors=visit.t.anchors(asked.question), longest=LONGEST_NOTE,
        chosen=own.levels[visit.link.kind] if chosen is None else chosen,
        note=own.notes[visit.link.kind] if note is None else note,
        back=f"{visit.root}/{number - 1}" if number > 1 else f"{visit.root}?topics=1", **_who(visit),
    )  # fmt: skip


def _overview(visit: Visit, signed: Sequence[Signed]) -> Response:
    """What this lead has signed; what the other has, where both have."""
    mine, others = visit.link.kind, _other(visit.link.kind)
    questions = {one.dimension: one for one in visit.asked.signable}
    rows = []
    for one in signed:
        asked = questions[one.dimension]
        both = all(level is not None for level in one.levels.values())
        said = {kind: _level(visit, asked, one.levels[kind], one.notes[kind]) for kind in (mine, others)}
        rows.append(
            {"name": visit.t.words(asked.name), "own": said[mine], "both": both, "others": said[others] if both else ""}
        )
    mine_any = any(one.levels[mine] is not None for one in signed)
    waits = any(one.levels[mine] is not None and one.levels[others] is None for one in signed)
    who = _who(visit)
    return visit.page("signed", rows=rows, any=mine_any, waits=waits and bool(who["other"]), **who)


def _level(visit: Visit, asked: AskedQuestion, level: int | None, note: str) -> str:
    if level is None:
        return str(visit.t("sign.not_signed"))
    return f"{visit.t.anchors(asked.question)[level - 1]}{f' — “{note}”' if note else ''}"


def _signed(visit: Visit) -> list[Signed]:
    return visit.surveys.signed(visit.survey.name, visit.link.team)


def _plain(text: str) -> str:
    """A sentence on one line, without characters that nobody sees: controls, marks that turn writing about."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _other(kind: Kind) -> Kind:
    return Kind.EM if kind == Kind.PM else Kind.PM


def _who(visit: Visit) -> dict[str, str]:
    """The one who signs, in which role and for which team; and the other of the two, "" where the seat is empty."""
    team = visit.asked.teams[visit.link.team]
    names = {Kind.PM: team.pm, Kind.EM: team.em}
    role = str(visit.t(f"roles.{visit.link.kind.value}"))
    return {"person": names[visit.link.kind], "role": role, "team": team.name, "other": names[_other(visit.link.kind)]}
