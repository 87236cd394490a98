"""The reading of the example: the planted story is found with its month, the united organisation is not accused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clans.saying import said, test_said
from tests.conftest import DAY, organisation_of
from tests.naming import people_named
from topology.clans.codes import Grade
from topology.clans.pairs import pair_table
from topology.clans.partitions import partition_of, partitions_of
from topology.clans.reading import ClanReading, read_clans
from topology.clans.ties import Silence
from topology.clans.window import Window
from topology.delivery.contacts import Contact
from topology.model import Organisation
from topology.model.team import Dependency
from topology.simulate import EXAMPLE_STORIES, Simulation, contacts

EARLIER = DAY - dt.timedelta(weeks=40)


def contacts_of(organisation: Organisation, *, planted: bool) -> list[Contact]:
    simulation = Simulation(organisation, stories=EXAMPLE_STORIES) if planted else Simulation(organisation)
    return [Contact(**row) for row in contacts(simulation)]


@pytest.fixture(scope="module")
def planted(example: Organisation) -> list[Contact]:
    return contacts_of(example, planted=True)


@pytest.fixture(scope="module")
def readings(example: Organisation, planted: list[Contact]) -> list[ClanReading]:
    return read_clans(example, planted, DAY)


def one(found: list[ClanReading], grouping: str, layer: str = "observed") -> ClanReading:
    return next(r for r in found if (r.partition.id, r.layer) == (grouping, layer))


def weekly(*pairs: tuple[str, str], weeks: int = 24, rate: float = 2, kind: str = "meeting") -> list[Contact]:
    """Contacts of each pair in every week up to DAY."""
    monday = DAY - dt.timedelta(days=DAY.weekday())
    return [Contact(monday - dt.timedelta(weeks=w), a, b, kind, rate) for w in range(weeks) for a, b in pairs]


def test_the_planted_story_is_a_finding_with_its_border_and_its_month(
    example: Organisation, readings: list[ClanReading]
) -> None:
    found = one(readings, "value-stream")
    assert (found.grade, [test.passed for test in found.tests]) == ("finding", [True] * 4)
    assert [border.groups for border in found.narrow] == [("onboarding", "payments")]
    assert found.began is not None
    assert found.began_between is not None
    assert found.began_between[0] <= dt.date(2026, 5, 4) and found.began_between[1] >= dt.date(
        2026, 4, 13
    )  # weeks 20 to 23
    words = said(example, found)
    assert "around May 2026" in words
    assert (
        "Of 9 pairs across this border whose work needs the other, 7 were seen in contact in two weeks of 12 or fewer, against 0 of 10"
        in words
    )
    assert found.needs is not None and len(found.needs.missing) == 7
    assert all(window_weeks <= 2 for window_weeks in (found.needs.weeks.get(pair, 0) for pair in found.needs.missing))
    assert found.q is not None and found.p is not None and found.p < found.q <= 0.1


def test_the_site_is_no_finding(example: Organisation, readings: list[ClanReading]) -> None:
    assert one(readings, "site").grade != Grade.FINDING


def test_before_the_story_there_is_no_sign(example: Organisation, planted: list[Contact]) -> None:
    found = one(read_clans(example, planted, EARLIER), "value-stream")
    assert found.grade == Grade.NO_SIGN
    assert found.smallest is not None and found.smallest > 1  # the year has only begun: there is no window before
    assert "could have shown no lack of contact" in said(example, found)


def test_no_sign_says_which_lack_would_have_shown(example: Organisation) -> None:
    found = one(read_clans(example, contacts_of(example, planted=False), DAY), "value-stream")
    assert found.grade == Grade.NO_SIGN
    assert found.smallest is not None and 0.12 <= found.smallest < 0.8
    assert "this data would have shown it four times in five" in said(example, found)


def test_the_united_organisation_gives_no_finding_on_any_quarter(example: Organisation) -> None:
    united = contacts_of(example, planted=False)
    for weeks in (0, 12, 24, 36):
        found = read_clans(example, united, DAY - dt.timedelta(weeks=weeks))
        assert [r.partition.id for r in found if r.grade == Grade.FINDING] == []


def test_no_contacts_is_no_data_and_not_zero(example: Organisation) -> None:
    for reading in read_clans(example, None, DAY):
        assert said(example, reading)
        if reading.layer != "declared":
            assert (reading.grade, reading.bridges) == (Grade.TOO_LITTLE, None)
    assert "No data" in said(example, one(read_clans(example, None, DAY), "value-stream"))


def test_few_squads_are_too_few_to_tell() -> None:
    organisation = organisation_of("version: 1\ngroups: {g: {}, h: {}}\nteams: {a: {group: g}, b: {group: h}}\n")
    reading = one(read_clans(organisation, weekly(("a", "b")), DAY), "value-stream")
    assert said(organisation, reading) == "Too few to tell: 2 teams with a label (needs 8)."


def test_an_empty_organisation_gives_sentences() -> None:
    organisation = organisation_of("version: 1\nteams: {}\n")
    readings = read_clans(organisation, [], DAY)
    assert len(readings) == 15
    assert all(said(organisation, reading) and reading.grade == Grade.TOO_LITTLE for reading in readings)


def test_an_unknown_grouping_is_refused(example: Organisation) -> None:
    with pytest.raises(ValueError, match="no grouping `tribe`; there are value-stream, site"):
        read_clans(example, [], DAY, partitions=["tribe"])


def test_the_q_of_one_grouping_counts_those_that_were_not_asked_for(
    example: Organisation, planted: list[Contact], readings: list[ClanReading]
) -> None:
    alone = read_clans(example, planted, DAY, partitions=["value-stream"], layers=["observed"])
    assert [r.q for r in alone] == [one(readings, "value-stream").q]


def squads(count: int, *, labels: str = "", extra: str = "") -> Organisation:
    """Squads a0, a1 … in two value streams by turns; `labels` goes into each."""
    teams = "".join(f"  a{i}: {{group: {'east' if i % 2 else 'west'}{labels.format(i=i)}}}\n" for i in range(count))
    return organisation_of(f"version: 1\ngroups: {{east: {{}}, west: {{}}}}\nteams:\n{teams}{extra}")


def inside(count: int) -> list[tuple[str, str]]:
    return [(f"a{i}", f"a{j}") for i in range(count) for j in range(i) if (i - j) % 2 == 0]


@given(count=st.integers(1, 7), density=st.integers(1, 3))
@settings(max_examples=12)
def test_fewer_than_eight_units_never_give_a_finding(count: int, density: int) -> None:
    """Even when every tie stays inside, for as long as there is data."""
    found = read_clans(squads(count), weekly(*inside(count), rate=3 * density), DAY)
    assert {r.grade for r in found} == {Grade.TOO_LITTLE}


def test_a_label_of_the_project_s_own_is_a_grouping_and_a_missing_one_is_no_group() -> None:
    organisation = squads(12, labels=", x-tribe: t{i}", extra="  b0: {}\n  b1: {x-tribe: [odd]}\n")
    assert list(partitions_of(organisation))[-1] == "x-tribe"
    met = [("b1", "a0"), *((f"a{i}", "b0") for i in range(12))]
    found = one(read_clans(organisation, weekly(*met), DAY), "x-tribe")
    assert (found.units, found.without_label) == (12, 2)
    assert set(found.groups) == {f"t{i}" for i in range(12)}


def test_a_group_of_one_and_ties_that_all_cross_are_told_in_words() -> None:
    organisation = squads(12, extra="  lonely: {group: south}\n".replace("south", "east"))
    crossing = [(f"a{i}", f"a{j}") for i in range(12) for j in range(i) if (i - j) % 2]
    found = one(read_clans(organisation, weekly(*crossing), DAY), "value-stream")
    assert (found.grade, found.unseen) == (Grade.NO_SIGN, ("lonely",))
    assert "more contact across than chance would give" in said(organisation, found)
    assert "No source tells of lonely in these weeks" in said(organisation, found)


def test_sides_are_shuffled_within_squads_and_name_nobody(example: Organisation, readings: list[ClanReading]) -> None:
    for grouping in ("side", "side-within"):
        found = one(readings, grouping)
        assert (found.unit, found.grade) == ("people", Grade.NO_SIGN)
        assert not people_named(example, said(example, found))


def test_a_lasting_sign_needs_the_window_before() -> None:
    organisation = squads(12)
    short = one(read_clans(organisation, weekly(*inside(12), weeks=12), DAY), "value-stream")
    assert [test.passed for test in short.tests] == [True, True, None, False]
    assert "too few to tell" in test_said(organisation, short, short.tests[3])
    long = one(read_clans(organisation, weekly(*inside(12), weeks=40), DAY), "value-stream")
    assert "of needed pairs it cannot be told" in test_said(organisation, long, long.tests[3])
    assert long.grade == "sign"  # no need is declared, so nothing says whether it is on purpose
    assert "nothing says whether it is quiet on purpose" in said(organisation, long)


def test_a_platform_whose_services_are_quiet_is_no_finding() -> None:
    """What a service serves should be quiet: such a pair is no missing bridge, however much the squads need it."""
    platforms = "".join(f"  p{i}: {{type: platform}}\n" for i in range(4))
    teams = "".join(
        f"  a{i}: {{type: stream-aligned, depends_on: [{', '.join(f'{{team: {one}}}' for one in ('p0', 'p1', 'p2', 'p3', f'a{(i + 1) % 12}'))}]}}\n"
        for i in range(12)
    )
    consumers = ", ".join(f"a{i}" for i in range(12))
    ties = "".join(f"  - {{mode: x-as-a-service, provider: p{i}, consumer: [{consumers}]}}\n" for i in range(4))
    organisation = organisation_of(f"version: 1\nteams:\n{teams}{platforms}interactions:\n{ties}")
    pairs = [(f"a{i}", f"a{(i + step) % 12}") for i in range(12) for step in (1, 2)]
    pairs += [("p0", "p1"), ("p2", "p3"), ("p0", "p3"), ("p1", "p2")]
    found = one(read_clans(organisation, weekly(*pairs, weeks=40), DAY), "platform")
    assert found.tests[1].passed is True
    assert (found.grade, found.quiet) == ("sign", True)
    assert found.needs is not None and (found.needs.across, found.needs.served) == ((), 48)
    assert "48 needed pairs of teams across this border have a service for it" in said(organisation, found)


def test_declared_ties_alone_are_never_a_finding() -> None:
    """They run on from window to window by themselves, and they are no talk."""
    ties = "".join(
        f"  - {{mode: collaboration, between: [{a}, {b}], since: 2026-01-05, until: 2026-12-18}}\n"
        for a, b in inside(12)
    )
    organisation = squads(12, extra=f"interactions:\n{ties}")
    found = one(read_clans(organisation, None, DAY), "value-stream", "declared")
    assert (found.grade, found.tests[1].passed, found.tests[2].passed, found.tests[3].passed) == (
        "sign",
        True,
        None,
        False,
    )
    assert "talk" not in said(organisation, found)


def test_logins_are_people_and_nobody_known_is_said() -> None:
    organisation = organisation_of(
        "version: 1\npeople: {ada: {accounts: {github: Ada-L}}, bob: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {}, j: {}}\n"
        "teams: {a: {members: [ada, c, d, e, f]}, b: {members: [bob, g, h, i, j]}}\n"
    )
    assert said(organisation, one(read_clans(organisation, weekly(("ada-l", "bob")), DAY), "site")).startswith(
        "Too few"
    )
    strangers = said(organisation, one(read_clans(organisation, weekly(("x", "y")), DAY), "site"))
    assert "24 of 24 contacts name nobody in the file" in strangers


@pytest.mark.parametrize("weight", [0.0, -5.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_count_is_no_contact(weight: float) -> None:
    rows = [
        *weekly(*inside(12)),
        Contact(DAY - dt.timedelta(weeks=60, days=DAY.weekday()), "a1", "a3", "meeting", weight),
    ]
    assert one(read_clans(squads(12), rows, DAY), "value-stream").grade == "sign"


def test_weeks_without_data_are_no_weeks_of_the_change() -> None:
    """Bridges stop while nothing is written down: the month is not told."""
    crossing = [(f"a{i}", f"a{j}") for i in range(12) for j in range(i) if (i - j) % 2]
    before = [row for row in weekly(*crossing, *inside(12), weeks=50) if row.week < DAY - dt.timedelta(weeks=34)]
    found = one(read_clans(squads(12), [*before, *weekly(*inside(12), weeks=24)], DAY), "value-stream")
    assert found.turning is not None and found.began is None
    assert "It began" not in said(squads(12), found)


def one_group(count: int) -> Organisation:
    teams = "".join(f"  a{i}: {{group: east}}\n" for i in range(count))
    return organisation_of(f"version: 1\ngroups: {{east: {{}}}}\nteams:\n{teams}")


CROSSING = [(f"a{i}", f"a{j}") for i in range(12) for j in range(i) if (i - j) % 2]
UNDEFINED = {
    "few pairs": (squads(12), weekly(*[(f"a{i}", f"a{(i + 2) % 12}") for i in range(12)]), "12 pairs of teams that met (needs 20)"),
    "one group": (one_group(12), weekly(*inside(12)), "needs two groups of at least 4 teams"),
    "a group of one": (organisation_of("version: 1\ngroups: {east: {}, west: {}}\nteams:\n  a0: {group: west}\n"
                                       + "".join(f"  a{i}: {{group: east}}\n" for i in range(1, 12))), weekly(*inside(12)),
                       "needs two groups of at least 4 teams"),
    "all ties cross": (squads(12), weekly(*CROSSING), "more contact across than chance would give"),
    "isolates": (squads(16), weekly(*inside(12)), "100% less contact across than chance would give: of 360 weeks of contact between 12 teams 0 cross"),
    "ties of a team with itself": (squads(12), weekly(*[(f"a{i}", f"a{i}") for i in range(12)]), "no contact between teams was observed"),
    "a complete network": (squads(8), weekly(*inside(8), *[p for p in CROSSING if p[0] < "a8" and len(p[0]) < 3]),
                           "even the least contact across would come by chance in 3% of cases"),
    "contacts of the future": (squads(12), [Contact(DAY + dt.timedelta(days=15 - DAY.weekday()), "a0", "a2", "meeting", 9)], "no contact between teams was observed"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNDEFINED)
def test_every_undefined_case_is_a_sentence(case: str) -> None:
    organisation, rows, words = UNDEFINED[case]
    found = read_clans(organisation, rows, DAY)
    assert words in said(organisation, one(found, "value-stream"))
    assert all(said(organisation, reading) for reading in found)


def test_reviews_alone_say_nothing_of_product_and_tech(example: Organisation, planted: list[Contact]) -> None:
    tech = [row for row in planted if all(example.side(who) == "tech" for who in (row.source, row.target))]
    reviews = [Contact(row.week, row.source, row.target, "review", row.weight) for row in tech]
    for grouping in ("side", "side-within"):
        found = one(read_clans(example, reviews, DAY), grouping)
        assert found.grade == Grade.TOO_LITTLE
        assert "no channel in which both sides take part" in said(example, found)


def test_the_units_keep_the_order_of_the_file_whatever_the_hashes() -> None:
    """A part of a graph walked in the order of a set would draw other labels in each process."""
    organisation = squads(9, extra="".join(f"  p{i}: {{type: platform}}\n" for i in range(30)))
    graph = Window.of(organisation, weekly(*inside(9)), DAY).ties(partition_of("value-stream"), "observed")
    assert not isinstance(graph, Silence)
    assert list(graph) == [f"a{i}" for i in range(9)]


def test_a_missing_bridge_is_the_same_in_the_reading_and_in_the_table_of_pairs(
    example: Organisation, planted: list[Contact]
) -> None:
    window = Window.of(example, planted, DAY)
    missing = {row.teams for row in pair_table(window) if row.missing}
    needs = one(read_clans(example, planted, DAY), "value-stream").needs
    assert needs is not None
    assert set(needs.missing) <= missing
    assert missing == {
        (min(a, b), max(a, b)) for a, b in window.needs.edges if window.weeks_seen.get((min(a, b), max(a, b)), 0) <= 2
    }


def test_a_window_that_reaches_back_beyond_the_data_tells_nothing_of_its_first_weeks() -> None:
    """Of six weeks of data a pair that met in two would be silent in twelve."""
    organisation = squads(12)
    found = one(read_clans(organisation, weekly(*inside(12), weeks=6), DAY), "value-stream")
    assert found.grade == Grade.TOO_LITTLE
    assert "contact is known for 6 weeks of the 12" in said(organisation, found)
    before = one(read_clans(organisation, weekly(*inside(12), weeks=14), DAY), "value-stream")
    assert "too few to tell" in test_said(organisation, before, before.tests[3])
    assert "For the weeks before there is too little data" in said(organisation, before)


def test_more_weeks_are_only_offered_where_they_would_help() -> None:
    organisation = squads(8)
    found = one(
        read_clans(
            organisation, weekly(*inside(8), *[p for p in CROSSING if p[0] < "a8" and len(p[0]) < 3], weeks=60), DAY
        ),
        "value-stream",
    )
    assert "would be enough" not in said(organisation, found)
    few = squads(12)
    pairs = [(f"a{i}", f"a{(i + 2) % 12}") for i in range(12)]
    older = [row for row in weekly(*inside(12), weeks=60) if row.week < DAY - dt.timedelta(weeks=14)]
    assert "26 weeks would be enough: 30 pairs" in said(
        few, one(read_clans(few, [*weekly(*pairs), *older], DAY), "value-stream")
    )


def test_one_need_that_is_served_makes_no_quiet_boundary() -> None:
    organisation = squads(20).model_copy()
    teams = {
        **organisation.teams,
        "a0": organisation.teams["a0"].model_copy(update={"depends_on": [Dependency(team="a1")]}),
    }
    organisation = organisation.model_copy(update={"teams": teams})
    found = one(read_clans(organisation, weekly(*inside(20), ("a0", "a1"), weeks=40), DAY), "value-stream")
    assert found.grade == Grade.SIGN and not found.quiet
    assert "quiet boundary" not in said(organisation, found)


def test_small_groups_that_are_recorded_alike_are_not_called_uneven() -> None:
    labels = {f"a{i}": "east" if i < 4 else "west" for i in range(20)}
    teams = "".join(f"  {team}: {{group: {group}}}\n" for team, group in labels.items())
    organisation = organisation_of(f"version: 1\ngroups: {{east: {{}}, west: {{}}}}\nteams:\n{teams}")
    own = [(a, b) for a in labels for b in labels if a < b and labels[a] == labels[b]]
    found = one(read_clans(organisation, weekly(*own, weeks=40), DAY), "value-stream")
    assert found.coverage is not None and found.coverage.caps == []
