"""Early: pairs that were in contact and fell silent across one border."""

from __future__ import annotations

import datetime as dt

from tests.conftest import DAY, organisation_of
from topology.clans.silence import Needs, fisher, is_silent, needs_across
from topology.clans.warning import warnings_of
from topology.clans.window import Window
from topology.delivery.contacts import Contact
from topology.language import ENGLISH, speaking
from topology.report.clans import render
from topology.words.warnings import warning_sentence

MONDAY = DAY - dt.timedelta(days=DAY.weekday() + 7)
ACROSS = [(f"e{i}", f"w{i}") for i in range(6)]
INSIDE = [(f"{side}{i}", f"{side}{i + 1}") for side in "ew" for i in range(5)]
ORGANISATION = organisation_of(
    "version: 1\ngroups: {east: {name: East}, west: {name: West}}\nteams:\n"
    + "".join(
        f"  {a}: {{group: {'east' if a[0] == 'e' else 'west'}, depends_on: [{', '.join(f'{{team: {b}}}' for c, b in ACROSS + INSIDE if c == a)}]}}\n"
        for a in [f"{side}{i}" for side in "ew" for i in range(6)]
    )
)


def rows(pairs: list[tuple[str, str]], weeks: range) -> list[Contact]:
    """A contact of each pair in each of the weeks, 0 the last."""
    return [Contact(MONDAY - dt.timedelta(weeks=week), a, b, "meeting", 1.0) for week in weeks for a, b in pairs]


def test_pairs_that_fell_silent_across_one_border_are_named_and_no_others() -> None:
    window = Window.of(ORGANISATION, [*rows(INSIDE, range(16)), *rows(ACROSS, range(4, 16))], DAY)
    (found,) = warnings_of(window)
    assert (found.partition.id, found.groups, set(found.pairs)) == ("value-stream", ("east", "west"), set(ACROSS))
    assert (found.lively, found.elsewhere, found.elsewhere_lively) == (6, 0, 10)
    with speaking(ENGLISH):
        words = warning_sentence(ORGANISATION, found)
    assert words == (
        "A warning: between East and West, of six needed pairs of teams that were in contact in at least six of 12 weeks, six were seen in at "
        "most one of the last five; elsewhere none of ten."
    )  # fmt: skip


def test_the_sheet_for_the_workshop_begins_with_it() -> None:
    window = Window.of(ORGANISATION, [*rows(INSIDE, range(16)), *rows(ACROSS, range(4, 16))], DAY)
    with speaking(ENGLISH):
        sheet = render("markdown", ORGANISATION, [], warnings_of(window))
    assert "\n> A warning: between East and West, of six needed pairs" in sheet
    assert "> A warning" not in render("markdown", ORGANISATION, [])


def test_it_goes_when_the_pairs_meet_again_and_does_not_come_where_all_fall_silent() -> None:
    again = Window.of(
        ORGANISATION, [*rows(INSIDE, range(16)), *rows(ACROSS, range(2)), *rows(ACROSS, range(6, 16))], DAY
    )
    holidays = Window.of(ORGANISATION, rows(INSIDE + ACROSS, range(5, 16)), DAY)
    never = Window.of(ORGANISATION, rows(INSIDE, range(16)), DAY)
    for window in (again, holidays, never, Window.of(ORGANISATION, None, DAY)):
        assert warnings_of(window) == []


def test_a_burst_in_one_week_is_no_contact_in_six() -> None:
    burst = [Contact(MONDAY - dt.timedelta(weeks=8), a, b, "meeting", 50.0) for a, b in ACROSS]
    assert warnings_of(Window.of(ORGANISATION, [*rows(INSIDE, range(16)), *burst], DAY)) == []


def test_a_pair_is_silent_below_one_week_of_four() -> None:
    assert [is_silent(seen, 12) for seen in range(4)] == [True, True, True, False]
    assert [is_silent(0, 4), is_silent(1, 4), is_silent(6, 26), is_silent(7, 26)] == [True, False, True, False]
    assert Needs((), (), {}, 12).most_weeks == 2 and Needs((), (), {}, 26).most_weeks == 6


def test_fisher_is_the_textbook_s() -> None:
    assert fisher(3, 4, 1, 4) == (4 * 4 + 1) / 70  # the lady tasting tea
    assert fisher(0, 4, 0, 4) == 1


def test_needs_that_are_hardly_written_down_across_or_nearly_only_there_are_told_apart() -> None:
    labels: dict[str, str | None] = {f"{side}{i}": side for side in "ew" for i in range(6)}
    few = needs_across([*INSIDE, ("e0", "w0")], {}, 12, labels)
    assert few.hardly_across and not few.nearly_only_across
    more = [(f"e{i}", f"w{(i + 1) % 6}") for i in range(6)]
    only = needs_across([*ACROSS, *more, ("e0", "e1")], {}, 12, labels)
    assert only.nearly_only_across and not only.hardly_across
    both = needs_across([*INSIDE, *ACROSS], {}, 12, labels)
    assert not (both.hardly_across or both.nearly_only_across)
    assert both.declaring == 1.0


def test_teams_that_no_source_sees_any_more_are_no_silence() -> None:
    gone = [(a, b) for a, b in INSIDE if "w" in a]
    rest = [(a, b) for a, b in INSIDE if "e" in a]
    window = Window.of(ORGANISATION, [*rows(rest, range(16)), *rows(gone + ACROSS, range(5, 16))], DAY)
    assert warnings_of(window) == []
