"""Surveys that are open, or closed and not yet written for all: links, counts, signed levels.

A link is known by its hash. Whoever sends adds to the counts of a team, and the link is marked used in the same transaction; nothing says
when, nor which of a team's links it was. (PostgreSQL shows which rows a transaction wrote, so that all links of the team are written.)
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from topology.maturity.pack import Pack
from topology.maturity.voices.asking import OWN_DAYS, Asked, Invited
from topology.maturity.voices.closing import closed
from topology.maturity.voices.snapshot import Snapshot, read_snapshot, snapshot_text
from topology.maturity.voices.tally import Tally
from topology.model import Organisation, Side
from topology.store.database import Database, StoreError
from topology.store.ending import beside_of, now_called, renamed
from topology.store.links import hash_of, links_of, new_token, row_of
from topology.store.rows import signed_of, survey_of
from topology.store.tables import LINKS, POSITIONS, SURVEYS, TALLIES
from topology.store.values import Closed, Kind, Link, NewLink, Sent, Signed, Standing, Survey

KEY_BYTES = 32


class Surveys:
    """The surveys of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- opening ------------------------------------------------------------------------------------------------------

    def open(
        self, name: str, asked: Asked, people: Iterable[Invited], closes: dt.datetime, now: dt.datetime
    ) -> tuple[list[NewLink], str]:
        """Opens a survey: (a link for each person and each lead who signs, the facilitator's word). Neither is kept, only their hashes.
        Raises StoreError where another survey is open, or this name was taken."""
        links, word = links_of(people, asked), new_token()
        with self._database.writing() as connection:
            if (other := connection.scalar(sa.select(SURVEYS.c.survey).where(SURVEYS.c.state == "open"))) is not None:
                raise StoreError(f"the survey {other} is open: close it first")
            if connection.scalar(sa.select(SURVEYS.c.survey).where(SURVEYS.c.survey == name)) is not None:
                raise StoreError(f"the survey {name} is closed and not yet written: publish it first")
            connection.execute(
                sa.insert(SURVEYS).values(
                    survey=name, asked=asked.model_dump_json(), closes=closes.isoformat(), state="open",
                    drafts_key=secrets.token_bytes(KEY_BYTES), reports_key=secrets.token_bytes(KEY_BYTES),
                    facilitator=hash_of(word), counted=_hour(now).isoformat(), snapshot="", others_from="",
                )
            )  # fmt: skip
            empty = Tally.empty(asked.items).packed
            connection.execute(
                sa.insert(TALLIES),
                [
                    {"survey": name, "team": team, "answered": 0, "moved": 0, "shown": 0, "counts": empty}
                    for team in asked.teams
                ],
            )
            connection.execute(sa.insert(LINKS), [row_of(name, one) for one in links])
        return links, word

    def replace(self, survey: str, number: int, now: dt.datetime) -> NewLink:
        """A new link in the place of a lost one, which opens nothing from then on. It says the same whether or not the lost one was
        used, so that nobody learns it. Raises StoreError where there is no link of that number, or it was replaced before."""
        with self._database.writing() as connection:
            found = self._locked(connection, survey)
            mine = (LINKS.c.survey == survey) & (LINKS.c.number == number)
            row = connection.execute(sa.select(LINKS).where(mine)).mappings().first()
            if row is None or not found.takes_answers(now):
                raise StoreError(f"there is no link number {number} in an open survey {survey}")
            if row["void"]:
                raise StoreError(f"the link number {number} was replaced before: say the number of the new one")
            highest = connection.scalar(sa.select(sa.func.max(LINKS.c.number)).where(LINKS.c.survey == survey)) or 0
            new = NewLink(new_token(), highest + 1, row["team"], row["side"] or None, Kind(row["kind"]))
            connection.execute(sa.update(LINKS).where(mine).values(void=True))
            connection.execute(sa.insert(LINKS).values(row_of(survey, new)))
        return new

    # -- looking ------------------------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """The surveys that are here."""
        with self._database.reading() as connection:
            return list(connection.scalars(sa.select(SURVEYS.c.survey).order_by(SURVEYS.c.survey)))

    def survey(self, name: str) -> Survey:
        """A survey by its name. Raises StoreError."""
        with self._database.reading() as connection:
            return self._survey(connection, name)

    def facilitated(self, word: str) -> Survey | None:
        """The survey whose facilitator has this word."""
        with self._database.reading() as connection:
            name = connection.scalar(sa.select(SURVEYS.c.survey).where(SURVEYS.c.facilitator == hash_of(word)))
            return None if name is None else self._survey(connection, name)

    def link(self, token: str) -> Link | None:
        """What a link is for; None for one that is unknown or void."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(LINKS).where(LINKS.c.hash == hash_of(token))).mappings().first()
            if row is None or row["void"]:
                return None
            survey = self._survey(connection, row["survey"])
        return Link(survey, row["team"], row["side"] or None, Kind(row["kind"]), row["used"])

    def standing(self, name: str, now: dt.datetime) -> Standing:
        """How many had answered at the last full hour. Raises StoreError."""
        with self._database.writing() as connection:
            survey = self._locked(connection, name)
            mine = TALLIES.c.survey == name
            hour = _struck(connection, name, now)
            rows = connection.execute(sa.select(TALLIES.c.team, TALLIES.c.shown).where(mine)).all()
            known = {row[0]: row[1] for row in rows}
            void = sa.select(sa.func.count()).select_from(LINKS).where((LINKS.c.survey == name) & LINKS.c.void)
            signed: dict[str, set[Kind]] = {}
            for row in connection.execute(sa.select(POSITIONS).where(POSITIONS.c.survey == name)).mappings():
                signed.setdefault(row["team"], set()).update(
                    kind for kind in (Kind.PM, Kind.EM) if row[kind] is not None
                )
            return Standing(
                survey, hour, {team: known.get(team, 0) for team in survey.asked.teams},
                connection.scalar(void) or 0, {team: frozenset(kinds) for team, kinds in signed.items()},
            )  # fmt: skip

    def _survey(self, connection: Connection, name: str) -> Survey:
        row = connection.execute(sa.select(SURVEYS).where(SURVEYS.c.survey == name)).mappings().first()
        if row is None:
            raise StoreError(f"there is no survey {name} in this database")
        return survey_of(row)

    # -- answering ----------------------------------------------------------------------------------------------------

    def send(self, token: str, team: str, side: Side, choices: Mapping[str, int], now: dt.datetime) -> Sent:
        """Counts the choices of a person for a team and side, once for each link. Raises ValueError for choices that are not those of the
        survey, StoreError for a team that is not asked."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(LINKS).where(LINKS.c.hash == hash_of(token))).mappings().first()
            if row is None or row["void"] or row["kind"] != Kind.ANSWER:
                return Sent.UNKNOWN
            survey = self._locked(connection, row["survey"])
            if not survey.takes_answers(now):
                return Sent.CLOSED
            mine = LINKS.c.hash == hash_of(token)  # (read again, now that nobody else writes)
            if connection.scalar(sa.select(LINKS.c.used | LINKS.c.void).where(mine)):
                return Sent.USED
            of_team = (TALLIES.c.survey == survey.name) & (TALLIES.c.team == team)
            packed = connection.scalar(sa.select(TALLIES.c.counts).where(of_team))
            if packed is None:
                raise StoreError(f"the team {team} is not asked")
            _struck(connection, survey.name, now)
            after = Tally.unpacked(survey.asked.items, packed).plus(side, choices)
            more = {"answered": TALLIES.c.answered + 1, "moved": TALLIES.c.moved + int(team != row["team"])}
            connection.execute(sa.update(TALLIES).where(of_team).values(counts=after.packed, **more))
            links = (LINKS.c.survey == survey.name) & (LINKS.c.team == row["team"])
            connection.execute(sa.update(LINKS).where(links).values(used=LINKS.c.used | mine))
        return Sent.COUNTED

    def _locked(self, connection: Connection, name: str) -> Survey:
        """A survey of which nobody else writes until the transaction ends: writers wait here and nowhere else. Raises StoreError."""
        wanted = sa.select(SURVEYS).where(SURVEYS.c.survey == name).with_for_update()
        row = connection.execute(wanted).mappings().first()
        if row is None:
            raise StoreError(f"there is no survey {name} in this database")
        return survey_of(row)

    # -- signing ------------------------------------------------------------------------------------------------------

    def teams_signed(self, name: str) -> list[str]:
        """The teams whose duo has chosen topics, by the ids that they had when the survey was opened."""
        with self._database.reading() as connection:
            mine = sa.select(POSITIONS.c.team).where(POSITIONS.c.survey == name).distinct().order_by(POSITIONS.c.team)
            return list(connection.scalars(mine))

    def signed(self, name: str, team: str) -> list[Signed]:
        """The dimensions on which a duo signs, in the order of the questions."""
        with self._database.reading() as connection:
            survey = self._survey(connection, name)
            rows = connection.execute(_positions(name, team)).mappings().all()
        order = [one.dimension for one in survey.asked.signable]
        return sorted(map(signed_of, rows), key=lambda one: order.index(one.dimension))

    def choose(self, name: str, team: str, dimensions: Sequence[str], most: int) -> None:
        """The duo's choice of dimensions; those that somebody signed stay. Raises StoreError for more than `most`."""
        with self._database.writing() as connection:
            self._locked(connection, name)
            rows = [signed_of(row) for row in connection.execute(_positions(name, team)).mappings()]
            kept = {one.dimension for one in rows if any(level is not None for level in one.levels.values())}
            wanted = {*dimensions, *kept}
            if len(wanted) > most:
                raise StoreError(f"a duo signs {most} dimensions at most")
            mine = (POSITIONS.c.survey == name) & (POSITIONS.c.team == team)
            connection.execute(sa.delete(POSITIONS).where(mine & POSITIONS.c.dimension.not_in(wanted)))
            new = wanted - {one.dimension for one in rows}
            blank = {"survey": name, "team": team, "pm_note": "", "em_note": "", "assessed": ""}
            if new:
                connection.execute(sa.insert(POSITIONS), [{**blank, "dimension": one} for one in sorted(new)])

    def sign(
        self, token: str, dimension: str, level: int | None, note: str, day: dt.date, now: dt.datetime
    ) -> Sent:  # fmt: skip
        """Writes the level of a lead, on the record; None takes it back. It may be written again until the survey closes."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(LINKS).where(LINKS.c.hash == hash_of(token))).mappings().first()
            if row is None or row["void"] or row["kind"] == Kind.ANSWER:
                return Sent.UNKNOWN
            survey = self._locked(connection, row["survey"])
            if not survey.takes_answers(now):
                return Sent.CLOSED
            mine = _position(survey.name, row["team"], dimension)
            values: dict[str, Any] = {row["kind"]: level, f"{row['kind']}_note": note, "assessed": day.isoformat()}
            done = connection.execute(sa.update(POSITIONS).where(mine).values(**values))
            return Sent.COUNTED if done.rowcount else Sent.UNKNOWN

    # -- closing ------------------------------------------------------------------------------------------------------

    def close(
        self, name: str, organisation: Organisation, pack: Pack, day: dt.date, kept: Collection[str] = ()
    ) -> Closed:
        """Computes what needs the answers, then destroys counts, links and the key of the drafts, in one transaction. Raises StoreError
        for a survey that is not open, and for a pack without a question that was asked."""
        with self._database.writing() as connection:
            survey = self._locked(connection, name)
            if not survey.is_open:
                raise StoreError(f"the survey {name} is closed already")
            asked = renamed(survey.asked, organisation)
            if gone := [item for item in asked.items if item not in pack.questions]:
                raise StoreError(
                    f"the pack has no question {gone[0]} any more, which was asked: close with the pack of that day"
                )
            tallies = list(connection.execute(sa.select(TALLIES).where(TALLIES.c.survey == name)).mappings())
            answers = [
                answer for one in tallies
                for answer in Tally.unpacked(asked.items, one["counts"]).answers(now_called(one["team"], organisation))
            ]  # fmt: skip
            beside = beside_of(connection, name, asked, tallies, organisation)
            snapshot = closed(answers, organisation, pack, name, day, kept, beside=beside)
            connection.execute(sa.delete(TALLIES).where(TALLIES.c.survey == name))
            links = connection.execute(sa.delete(LINKS).where(LINKS.c.survey == name)).rowcount
            connection.execute(
                sa.update(SURVEYS).where(SURVEYS.c.survey == name).values(
                    state="closed", drafts_key=b"", asked=asked.model_dump_json(), snapshot=snapshot_text(snapshot),
                    others_from=(day + dt.timedelta(days=OWN_DAYS)).isoformat(),
                )
            )  # fmt: skip
        with suppress(StoreError):  # (what was deleted is overwritten already; somebody may just be reading)
            self._database.compact()
        return Closed(snapshot, len(answers), sum(one["answered"] for one in tallies), links)

    def snapshot(self, name: str) -> Snapshot | None:
        """What closing computed; None while the survey is open. Raises StoreError."""
        with self._database.reading() as connection:
            self._survey(connection, name)
            text = connection.scalar(sa.select(SURVEYS.c.snapshot).where(SURVEYS.c.survey == name))
        return read_snapshot(text) if text else None

    def forget(self, name: str) -> None:
        """Deletes a closed survey, once its snapshot stands among the files."""
        self._delete(name, POSITIONS, SURVEYS)

    def discard(self, name: str) -> None:
        """Deletes a survey whose links nobody has, since they could not be written."""
        self._delete(name, POSITIONS, SURVEYS, TALLIES, LINKS)

    def _delete(self, name: str, *of: sa.Table) -> None:
        with self._database.writing() as connection:
            for table in of:
                connection.execute(sa.delete(table).where(table.c.survey == name))
        with suppress(StoreError):
            self._database.compact()


# -- parts of queries -----------------------------------------------------------------------------------------------------


def _hour(now: dt.datetime) -> dt.datetime:
    return now.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def _struck(connection: Connection, name: str, now: dt.datetime) -> dt.datetime:
    """The hour whose counts are shown: when another one has struck, what was there before anything of it is what it shows."""
    counted = dt.datetime.fromisoformat(
        connection.scalar(sa.select(SURVEYS.c.counted).where(SURVEYS.c.survey == name)) or ""
    )
    hour = max(_hour(now), counted)
    if hour > counted:
        connection.execute(sa.update(TALLIES).where(TALLIES.c.survey == name).values(shown=TALLIES.c.answered))
        connection.execute(sa.update(SURVEYS).where(SURVEYS.c.survey == name).values(counted=hour.isoformat()))
    return hour


def _position(name: str, team: str, dimension: str) -> sa.ColumnElement[bool]:
    return (
        (POSITIONS.c.survey == name) & (POSITIONS.c.team == team) & (POSITIONS.c.dimension == dimension)
    )  # fmt: skip


def _positions(name: str, team: str) -> sa.Select[Any]:
    return sa.select(POSITIONS).where((POSITIONS.c.survey == name) & (POSITIONS.c.team == team))
