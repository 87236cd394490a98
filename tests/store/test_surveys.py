"""What is kept of a survey and what is not: links, counts, signed levels, closing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.store.company import CLOSES, DAY, ITEMS, NOW, ORGANISATION, PACK, asked, choices, link, opened, people
from topology.maturity.voices.asking import MOST_SIGNED, OWN_DAYS, Asked, Invited
from topology.maturity.voices.tally import CHOICES, SIDES, Tally
from topology.model import Side
from topology.store.database import MIGRATIONS, Database, StoreError
from topology.store.opening import database_at, surveys_at
from topology.store.reports import report_of, report_word
from topology.store.surveys import Surveys
from topology.store.tables import LINKS, METADATA, POSITIONS, SURVEYS, TALLIES
from topology.store.values import Kind, NewLink, Sent


@pytest.fixture
def surveys(database: Database) -> Surveys:
    return Surveys(database)


def counted(surveys: Surveys, team: str) -> dict[str, Counter[tuple[str, int]]]:
    """{question: how often each level by side} of a team, straight from the table."""
    with surveys._database.reading() as connection:
        packed = connection.scalar(sa.select(TALLIES.c.counts).where(TALLIES.c.team == team))
    found: dict[str, Counter[tuple[str, int]]] = {}
    for one in Tally.unpacked(ITEMS, packed).answers(team):
        found.setdefault(one.item, Counter())[one.side, one.value] += 1
    return found


# -- who is asked -------------------------------------------------------------------------------------------------------


def test_everybody_is_asked_once_for_the_team_that_has_most_of_them() -> None:
    asked = Counter((one.team, one.person is not None, one.side) for one in people())
    assert asked == {
        ("cart", True, "product"): 2, ("cart", True, "tech"): 4, ("search", True, "tech"): 3, ("search", True, "product"): 1, ("search", True, "other"): 2,
        ("tools", False, None): 6,
    }  # fmt: skip


def test_a_card_knows_the_team_alone() -> None:
    assert {(one.person, one.side) for one in people(cards=True)} == {(None, None)}


# -- links and counts ---------------------------------------------------------------------------------------------------


def test_a_link_counts_once(surveys: Surveys) -> None:
    mine = link(opened(surveys), "cart")
    assert surveys.send(mine.token, "cart", "tech", choices(4), NOW) == Sent.COUNTED
    assert surveys.send(mine.token, "cart", "tech", choices(4), NOW) == Sent.USED
    assert counted(surveys, "cart")["debt.1"] == {("tech", 4): 1}
    found = surveys.link(mine.token)
    assert found is not None
    assert found.used


def test_who_cannot_tell_has_answered_and_chose_no_level(surveys: Surveys) -> None:
    mine = link(opened(surveys), "cart")
    surveys.send(mine.token, "cart", "tech", {**choices(2), "debt.1": 0}, NOW)
    assert "debt.1" not in counted(surveys, "cart")
    assert surveys.standing("2026-11", NOW + dt.timedelta(hours=1)).answered["cart"] == 1


def test_an_answer_for_another_team_counts_there(surveys: Surveys) -> None:
    mine = link(opened(surveys), "cart")
    assert surveys.send(mine.token, "search", "other", choices(), NOW) == Sent.COUNTED
    assert counted(surveys, "cart") == {}
    assert counted(surveys, "search")["duo.1"] == {("other", 3): 1}


def test_nothing_is_counted_with_a_link_that_is_not_ours_void_late_or_for_signing(surveys: Surveys) -> None:
    links = opened(surveys)
    mine, lost = (
        one
        for one in links
        if one.team == "tools" and one.number in sorted(o.number for o in links if o.team == "tools")[:2]
    )
    surveys.replace("2026-11", lost.number, NOW)
    assert surveys.send("nonsense", "cart", "tech", choices(), NOW) == Sent.UNKNOWN
    assert surveys.send(lost.token, "tools", "tech", choices(), NOW) == Sent.UNKNOWN
    assert surveys.send(mine.token, "tools", "tech", choices(), CLOSES) == Sent.CLOSED
    assert surveys.send(link(links, "cart", Kind.PM).token, "cart", "tech", choices(), NOW) == Sent.UNKNOWN
    assert counted(surveys, "cart") == counted(surveys, "tools") == {}


@pytest.mark.parametrize(
    "wrong", [{}, {"duo.1": 3}, {**choices(), "more": 3}, {**choices(), "duo.1": 6}, {**choices(), "duo.1": -1}]
)
def test_choices_that_are_not_those_of_the_survey_count_nothing(surveys: Surveys, wrong: dict[str, int]) -> None:
    mine = link(opened(surveys), "cart")
    with pytest.raises(ValueError, match="a choice for each question"):
        surveys.send(mine.token, "cart", "tech", wrong, NOW)
    with pytest.raises(StoreError, match="not asked"):
        surveys.send(mine.token, "nowhere", "tech", choices(), NOW)
    assert surveys.send(mine.token, "cart", "tech", choices(), NOW) == Sent.COUNTED


def test_many_at_once_are_each_counted_once(surveys: Surveys) -> None:
    links = [one for one in opened(surveys) if one.kind == Kind.ANSWER]

    def send(index: int) -> Sent:
        one = links[index % len(links)]
        to = ("cart", "search", "tools")[index % 3]  # (many answer for another team than their link's)
        return surveys.send(one.token, to, SIDES[index % 2], choices(1 + index % 5), NOW)

    with ThreadPoolExecutor(8) as pool:
        sent = Counter(pool.map(send, range(3 * len(links))))
    assert sent == {Sent.COUNTED: len(links), Sent.USED: 2 * len(links)}
    total = sum(
        sum(counted(surveys, team)["duo.1"].values()) for team in ("cart", "search", "tools") if counted(surveys, team)
    )
    assert total == len(links)


def test_a_lost_link_gets_a_new_one_and_nobody_learns_whether_it_was_used(surveys: Surveys) -> None:
    links = [one for one in opened(surveys) if one.team == "tools"]
    used, unused = links[:2]
    surveys.send(used.token, "tools", "tech", choices(), NOW)
    first, second = (surveys.replace("2026-11", one.number, NOW) for one in (used, unused))
    assert {one.token for one in (used, unused)}.isdisjoint({first.token, second.token})
    assert (first.team, first.side, first.kind) == (second.team, second.side, second.kind)
    assert surveys.link(used.token) is surveys.link(unused.token) is None
    assert surveys.standing("2026-11", NOW).void == 2
    with pytest.raises(StoreError, match="was replaced before"):
        surveys.replace("2026-11", used.number, NOW)
    with pytest.raises(StoreError, match="no link number 999"):
        surveys.replace("2026-11", 999, NOW)


def test_counts_are_those_of_the_last_full_hour_whenever_somebody_looks(surveys: Surveys) -> None:
    """A look before an hour strikes and one after it must not tell who sent between the two."""
    links = [one for one in opened(surveys) if one.team == "tools"]
    at = [
        NOW + dt.timedelta(minutes=minutes) for minutes in (0, 29, 31, 32, 89, 91)
    ]  # (9:30, 9:59, 10:01, 10:02, 10:59, 11:01)
    surveys.send(links[0].token, "tools", "tech", choices(), at[0])
    assert surveys.standing("2026-11", at[1]).answered["tools"] == 0
    surveys.send(links[1].token, "tools", "tech", choices(), at[2])
    later = surveys.standing("2026-11", at[3])
    assert (later.answered["tools"], later.hour) == (1, dt.datetime(2026, 11, 9, 10, tzinfo=dt.UTC))
    surveys.send(links[2].token, "tools", "tech", choices(), at[4])
    assert surveys.standing("2026-11", at[4]).answered["tools"] == 1
    assert surveys.standing("2026-11", at[5]).answered["tools"] == 3
    assert surveys.standing("2026-11", at[3]).answered["tools"] == 3  # (a clock that goes back shows nothing new)


def test_one_survey_at_a_time_and_a_name_once(surveys: Surveys) -> None:
    opened(surveys)
    with pytest.raises(StoreError, match="2026-11 is open"):
        opened(surveys, "2026-12")
    surveys.close("2026-11", ORGANISATION, PACK, DAY)
    with pytest.raises(StoreError, match="not yet written"):
        opened(surveys)
    opened(surveys, "2026-12")


def test_the_facilitator_is_known_by_a_word(surveys: Surveys) -> None:
    word = surveys.open("2026-11", *_asked_and_people(), CLOSES, NOW)[1]
    found = surveys.facilitated(word)
    assert found is not None
    assert found.name == "2026-11"
    assert surveys.facilitated("another") is None


def _asked_and_people() -> tuple[Asked, list[Invited]]:
    return asked(), people()


# -- signing ------------------------------------------------------------------------------------------------------------


def test_a_duo_signs_on_the_record(surveys: Surveys) -> None:
    links = opened(surveys)
    pm, em = (link(links, "cart", kind) for kind in (Kind.PM, Kind.EM))
    surveys.choose("2026-11", "cart", ["duo", "debt"], MOST_SIGNED)
    assert surveys.sign(pm.token, "duo", 4, "we ship", DAY, NOW) == Sent.COUNTED
    assert surveys.sign(em.token, "duo", 2, "we do not", DAY, NOW) == Sent.COUNTED
    assert surveys.sign(em.token, "load", 2, "", DAY, NOW) == Sent.UNKNOWN
    assert surveys.sign(em.token, "duo", 2, "", DAY, CLOSES) == Sent.CLOSED
    assert surveys.sign(link(links, "cart").token, "duo", 2, "", DAY, NOW) == Sent.UNKNOWN
    duo, debt = surveys.signed("2026-11", "cart")
    assert (duo.dimension, duo.levels, duo.notes, duo.assessed) == (
        "duo",
        {"pm": 4, "em": 2},
        {"pm": "we ship", "em": "we do not"},
        DAY,
    )
    assert debt.levels == {"pm": None, "em": None}
    assert surveys.standing("2026-11", NOW).signed == {"cart": {Kind.PM, Kind.EM}}


def test_a_choice_of_topics_keeps_what_was_signed(surveys: Surveys) -> None:
    links = opened(surveys)
    surveys.choose("2026-11", "cart", ["duo", "debt"], MOST_SIGNED)
    surveys.sign(link(links, "cart", Kind.PM).token, "duo", 4, "", DAY, NOW)
    surveys.choose("2026-11", "cart", ["load"], MOST_SIGNED)
    assert [one.dimension for one in surveys.signed("2026-11", "cart")] == ["duo", "load"]
    with pytest.raises(StoreError, match="5 dimensions at most"):
        surveys.choose("2026-11", "cart", ["debt", "safety", "load", "roadmap", "rituals"], MOST_SIGNED)


# -- closing ------------------------------------------------------------------------------------------------------------


def answer_all(surveys: Surveys, level: int = 3) -> int:
    links = [one for one in opened(surveys) if one.kind == Kind.ANSWER]
    for one in links:
        surveys.send(one.token, one.team, one.side or "tech", choices(level), NOW)
    return len(links)


def test_closing_keeps_totals_and_destroys_the_rest(surveys: Surveys) -> None:
    count = answer_all(surveys)
    done = surveys.close("2026-11", ORGANISATION, PACK, DAY)
    assert (done.people, done.answers) == (count, count * len(ITEMS))
    assert done.snapshot.teams["tools"]["debt.1"] == [0, 0, 6, 0, 0]
    assert surveys.snapshot("2026-11") == done.snapshot
    with surveys._database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(TALLIES)) == 0
        assert connection.scalar(sa.select(sa.func.count()).select_from(LINKS)) == 0
        assert connection.scalar(sa.select(SURVEYS.c.drafts_key)) == b""
    with pytest.raises(StoreError, match="is closed already"):
        surveys.close("2026-11", ORGANISATION, PACK, DAY)


def five_answer_and_two_sign(surveys: Surveys) -> None:
    """Five of cart answer, and both of its leads sign a level on duo: so that three at most of the five are unsigned."""
    links = opened(surveys)
    for one in [one for one in links if one.team == "cart" and one.kind == Kind.ANSWER][:5]:
        surveys.send(one.token, "cart", "tech", choices(), NOW)
    surveys.choose("2026-11", "cart", ["duo"], MOST_SIGNED)
    for kind in (Kind.PM, Kind.EM):
        surveys.sign(link(links, "cart", kind).token, "duo", 4, "", DAY, NOW)


def test_a_level_that_was_signed_and_is_not_in_the_file_yet_hides_a_squad_too(surveys: Surveys) -> None:
    five_answer_and_two_sign(surveys)
    told = surveys.close("2026-11", ORGANISATION, PACK, DAY).snapshot
    assert "duo.1" not in told.teams["cart"]
    assert told.teams["cart"]["debt.1"] == [0, 0, 5, 0, 0]


def test_a_link_that_was_replaced_or_came_from_another_team_is_no_proof_of_another_person(surveys: Surveys) -> None:
    """Five answers of which four may be the same person's show nothing: the fifth could be told by taking them away."""
    links = opened(surveys)
    lost = next(one for one in links if one.team == "tools")
    for _ in range(4):
        surveys.send(lost.token, "tools", "tech", choices(5), NOW)
        lost = surveys.replace("2026-11", lost.number, NOW)
    surveys.send(lost.token, "tools", "tech", choices(1), NOW)
    for one in [one for one in links if one.team == "search" and one.kind == Kind.ANSWER][:4]:
        surveys.send(one.token, "cart", "tech", choices(5), NOW)
    surveys.send(link(links, "cart").token, "cart", "tech", choices(1), NOW)
    told = surveys.close("2026-11", ORGANISATION, PACK, DAY).snapshot
    assert told.teams == told.groups == told.organisation == {}


def test_a_team_that_is_renamed_meanwhile_is_judged_and_reported_under_its_new_name(surveys: Surveys) -> None:
    five_answer_and_two_sign(surveys)
    teams = {("basket" if id_ == "cart" else id_): team for id_, team in ORGANISATION.teams.items()}
    teams["basket"] = teams["basket"].model_copy(update={"was": ["cart"]})
    renamed = ORGANISATION.model_copy(update={"teams": teams})
    renamed.__dict__.pop("_former_ids", None)
    told = surveys.close("2026-11", renamed, PACK, DAY).snapshot
    assert "duo.1" not in told.teams["basket"]
    assert told.teams["basket"]["debt.1"] == [0, 0, 5, 0, 0]
    survey = surveys.survey("2026-11")
    assert report_of(surveys, report_word(survey, "basket")) == (survey, "basket")
    assert [surveys.signed("2026-11", team)[0].levels["pm"] for team in surveys.teams_signed("2026-11")] == [
        4
    ]  # (not lost)


def test_a_pack_that_lost_a_question_closes_nothing(surveys: Surveys) -> None:
    answer_all(surveys)
    less = PACK.model_copy(update={"dimensions": {id_: one for id_, one in PACK.dimensions.items() if id_ != "debt"}})
    with pytest.raises(StoreError, match=r"no question debt\.1"):
        surveys.close("2026-11", ORGANISATION, less, DAY)
    assert surveys.survey("2026-11").is_open


def test_a_report_is_of_one_team_and_goes_with_the_survey(surveys: Surveys) -> None:
    answer_all(surveys)
    surveys.close("2026-11", ORGANISATION, PACK, DAY)
    survey = surveys.survey("2026-11")
    assert survey.others_from == DAY + dt.timedelta(days=OWN_DAYS)
    word = report_word(survey, "tools")
    assert report_of(surveys, word) == (survey, "tools")
    forged = word[:-6] + "AAAAAA"
    for wrong in (forged, "", "x", "2026-11", "2026-12" + word[7:], word.partition(".")[2]):
        assert report_of(surveys, wrong) is None
    surveys.forget("2026-11")
    assert report_of(surveys, word) is None
    assert surveys.names() == []


# -- attacks on what is kept --------------------------------------------------------------------------------------------


def test_a_link_stands_nowhere_nor_who_has_it(surveys: Surveys) -> None:
    links, word = surveys.open("2026-11", *_asked_and_people(), CLOSES, NOW)
    with surveys._database.reading() as connection:
        rows = [str(tuple(row)) for table in METADATA.sorted_tables for row in connection.execute(sa.select(table))]
    text = "\n".join(rows)
    assert not any(one.token in text for one in links)
    assert word not in text
    for person in ("tom", "tess", "omar"):  # (the leads' names stand there, who sign)
        assert f"'{person}'" not in text


def test_no_column_could_tell_the_order_the_time_or_the_person() -> None:
    assert set(TALLIES.c.keys()) == {"survey", "team", "answered", "moved", "shown", "counts"}
    assert set(LINKS.c.keys()) == {"hash", "survey", "number", "team", "side", "kind", "used", "void"}
    assert set(POSITIONS.c.keys()) >= {"pm", "em"}
    assert all(not table.dialect_options["sqlite"]["with_rowid"] for table in METADATA.sorted_tables)


def test_two_orders_of_sending_leave_the_same_file(tmp_path: Path) -> None:
    """Byte for byte, but for the links' hashes and keys, which chance gives: so these are set."""

    def file(name: str, order: list[int]) -> bytes:
        place = tmp_path / name
        database = Database(place)
        surveys = Surveys(database)
        links = [one for one in opened(surveys) if one.team == "tools"]
        with database.writing() as connection:
            connection.execute(sa.delete(LINKS).where(LINKS.c.team != "tools"))
            for index, one in enumerate(links):
                mine = LINKS.c.number == one.number
                connection.execute(
                    sa.update(LINKS).where(mine).values(number=900 + index, hash=b"\0" * 31 + bytes([index]))
                )
            connection.execute(
                sa.update(SURVEYS).values(drafts_key=b"k" * 32, reports_key=b"r" * 32, facilitator=b"f" * 32)
            )
        before = _hashes(links)
        for index in order:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("topology.store.surveys.hash_of", before.__getitem__)
                sent = surveys.send(links[index].token, "tools", SIDES[index % 3], choices(1 + index % 5), NOW)
            assert sent == Sent.COUNTED
        database.compact()  # (how full a page is hangs on the order of the rows above, which chance gave)
        database.close()
        return place.read_bytes()[100:]  # (the head counts the writings)

    assert file("a", [0, 1, 2, 3, 4, 5]) == file("b", [5, 3, 1, 0, 4, 2])


def _hashes(links: list[NewLink]) -> dict[str, bytes]:
    return {one.token: b"\0" * 31 + bytes([index]) for index, one in enumerate(links)}


def test_nothing_is_left_in_the_file_or_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "state.db"
    database = Database(place)
    surveys = Surveys(database)
    links = opened(surveys)
    hashes = [row[0] for row in sqlite3.connect(place).execute("SELECT hash FROM links")]
    for one in [one for one in links if one.kind == Kind.ANSWER]:
        surveys.send(one.token, one.team, one.side or "tech", choices(), NOW)
    packed = [row[0] for row in sqlite3.connect(place).execute("SELECT counts FROM tallies")]
    assert [file.name for file in tmp_path.iterdir()] == ["state.db"]  # (no journal, no write-ahead log)
    surveys.close("2026-11", ORGANISATION, PACK, DAY)
    database.close()
    left = place.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["state.db"]
    assert not any(one in left for one in [*hashes, *packed])
    assert place.stat().st_mode & 0o077 == 0


def test_what_a_transaction_wrote_tells_no_link_of_a_team(server: str) -> None:
    """PostgreSQL shows which transaction wrote a row (xmin): links and counts of a team are all of the last one."""
    from tests.store.conftest import emptied

    emptied(server)
    database = Database(server)
    surveys = Surveys(database)
    links = [one for one in opened(surveys) if one.team == "tools"]
    for one in links[:3]:
        surveys.send(one.token, "tools", "tech", choices(), NOW)
    with database.reading() as connection:
        seen = connection.exec_driver_sql("SELECT xmin::text FROM links WHERE team = 'tools'").scalars().all()
        counts = connection.exec_driver_sql("SELECT xmin::text FROM tallies WHERE team = 'tools'").scalars().all()
    database.close()
    assert len(set(seen) | set(counts)) == 1


@given(
    st.lists(st.tuples(st.sampled_from(SIDES), st.lists(st.sampled_from(CHOICES), min_size=3, max_size=3)), max_size=12)
)
def test_a_tally_is_as_long_whatever_it_counts_and_gives_back_the_levels(sent: list[tuple[Side, list[int]]]) -> None:
    tally = Tally.empty(("a.1", "b.1", "c.1"))
    for side, chosen in sent:
        tally = tally.plus(side, dict(zip(tally.items, chosen, strict=True)))
    assert Tally.unpacked(tally.items, tally.packed) == tally
    assert len(tally.packed) == len(Tally.empty(tally.items).packed)
    found = Counter((one.item, one.side, one.value) for one in tally.answers("t"))
    wanted = Counter(
        (item, side, level) for side, chosen in sent for item, level in zip(tally.items, chosen, strict=True) if level
    )
    assert found == wanted


# -- the database -------------------------------------------------------------------------------------------------------


def test_a_new_folder_is_left_out_by_git_and_closed_to_others(tmp_path: Path) -> None:
    Database(tmp_path / ".topology" / "state.db").close()
    assert (tmp_path / ".topology" / ".gitignore").read_text() == "*\n"
    assert (tmp_path / ".topology").stat().st_mode & 0o077 == 0


def test_every_version_becomes_the_present_one(tmp_path: Path) -> None:
    """Each migration from nothing on; a later version than ours is refused."""
    place = tmp_path / "state.db"
    Database(place).close()
    Database(place).close()  # (opened again, it is the same)
    connection = sqlite3.connect(place)
    assert connection.execute("SELECT version FROM topology_version").fetchall() == [(len(MIGRATIONS),)]
    connection.execute("UPDATE topology_version SET version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="later than this tool's"):
        Database(place)


@pytest.mark.parametrize(
    "address", ["mysql://u:secret@h/d", "postgresql://u:secret@127.0.0.1:1/none", "postgresql://u:secret@h:port/d"]
)
def test_an_address_that_cannot_be_used_is_told_without_its_secret(address: str) -> None:
    with pytest.raises(StoreError) as error:
        Database(address)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "own",
    [
        "CREATE TRIGGER t AFTER UPDATE ON tallies BEGIN DELETE FROM links; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE mine (x)",
    ],
)
def test_a_file_with_things_of_its_own_is_refused(tmp_path: Path, own: str) -> None:
    """A stranger's repository may bring one."""
    place = tmp_path / "state.db"
    Database(place).close()
    connection = sqlite3.connect(place)
    connection.execute(own)
    connection.close()
    with pytest.raises(StoreError, match="not ours"):
        Database(place)


def test_a_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    place = tmp_path / "state.db"
    first = database_at(place, make=True)
    assert first is database_at(place)
    place.rename(tmp_path / "old.db")
    assert surveys_at(place) is None
    second = surveys_at(place, make=True)
    assert second is not None
    assert database_at(place) is not first
    opened(second)


def test_lookers_and_senders_do_not_wait_for_one_another_in_a_circle(surveys: Surveys) -> None:
    links = [one for one in opened(surveys) if one.kind == Kind.ANSWER]

    def act(index: int) -> object:
        now = NOW + dt.timedelta(minutes=20 * index)
        return (
            surveys.standing("2026-11", now)
            if index % 2
            else surveys.send(links[index // 2].token, "tools", "tech", choices(), now)
        )

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(act, range(2 * len(links))))) == 2 * len(links)
        surveys_of_duo = pool.map(
            lambda topics: _or_refused(surveys, topics), [list(PACK.items.values())[k : k + 3] for k in range(8)]
        )
        assert len(list(surveys_of_duo)) == 8
    assert len(surveys.signed("2026-11", "cart")) <= MOST_SIGNED


def _or_refused(surveys: Surveys, topics: list[str]) -> None:
    surveys.choose("2026-11", "cart", topics, MOST_SIGNED)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    place = tmp_path / "state.db"
    place.write_bytes(b"this is no database, and long enough to be looked at" * 40)
    with pytest.raises(StoreError, match="cannot be used"):
        Database(place)
