"""From criteria to levels: what blocks, what is open, what is not rated; properties that no pack may break."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.maturity.evidence import DAY, Told, organisation, rated
from topology.maturity.levels import LEVELS, State, level_of

MET, NOT, NA, NO = State.MET, State.NOT_MET, State.NOT_APPLICABLE, State.NOT_MEASURED
STATES = st.lists(st.sampled_from(State), max_size=4)
LADDERS = st.fixed_dictionaries(dict.fromkeys(LEVELS[1:], STATES))


def ladder(*levels: list[State]) -> tuple[int | None, bool]:
    return level_of(dict(zip(LEVELS[1:], [*levels, *[[]] * (4 - len(levels))], strict=True)))


def test_a_level_is_reached_when_all_that_applies_is_met() -> None:
    assert ladder([MET], [MET, MET], [MET], [MET]) == (5, False)
    assert ladder([MET], [MET, NA], [NOT], [MET]) == (3, True)
    assert ladder([NOT], [MET], [MET], [MET]) == (1, True)


def test_half_of_a_levels_criteria_have_to_be_measured() -> None:
    assert ladder([MET, NO], [MET, NO], [MET, NO, NO]) == (3, False)  # ("3+")
    assert ladder([NO, NO, MET]) == (None, False)
    assert ladder([NO, NOT]) == (1, True)
    assert ladder([NO, NO, NOT]) == (None, True)


def test_what_does_not_apply_shows_no_level() -> None:
    assert ladder([NA], [NA]) == (None, False)
    assert ladder([MET], [NA], [NA], [NA]) == (2, False)


def test_a_level_without_criteria_cannot_be_reached() -> None:
    assert ladder([MET], [MET]) == (3, False)


@given(LADDERS, st.data())
def test_a_criterion_that_is_met_never_lowers_a_level(states: dict[int, list[State]], data: st.DataObject) -> None:
    places = [(level, index) for level, listed in states.items() for index in range(len(listed))]
    if not places:
        return
    level, index = data.draw(st.sampled_from(places))
    better = {key: list(listed) for key, listed in states.items()}
    better[level][index] = MET
    before, _ = level_of(states)
    after, _ = level_of(better)
    assert before is None or (after is not None and after >= before)


@given(LADDERS, st.randoms())
def test_the_order_of_criteria_changes_no_level(states: dict[int, list[State]], dice: object) -> None:
    mixed = {level: list(listed) for level, listed in states.items()}
    for listed in mixed.values():
        dice.shuffle(listed)  # type: ignore[attr-defined]
    assert level_of(mixed) == level_of(states)


@given(LADDERS)
def test_a_plus_and_a_block_are_never_both(states: dict[int, list[State]]) -> None:
    level, blocked = level_of(states)
    if level is not None and level < 5:
        assert blocked == (NOT in states[level + 1])


SHOP = """people: {ada: {}, pia: {}, ed: {}}
teams:
  shop:
    type: stream-aligned
    size: 7
    pm: pia
    em: {person: ed, status: acting, since: 2026-05-01}
    targets:
      maturity: {load: {level: 4, reason: enough for us}, duo: 3}
      exempt: {debt: {reason: being rewritten, until: 2026-12-01, signed: ada}}
    domains: [{name: baskets, complexity: complicated}]
    cognitive_load: {intrinsic: 6, extraneous: 4, germane: 5, assessed: 2026-10-01}
"""


def test_the_file_alone_gives_the_levels_that_it_can() -> None:
    found = rated(Told(organisation(SHOP)))
    load, duo = found["shop", "load"], found["shop", "duo"]
    assert (load.level, load.plus, load.aim, load.next_step) == (4, False, 4, None)  # (it has no fifth level)
    assert (duo.level, duo.blocked, duo.aim) == (1, True, 3)
    assert duo.next_step is not None
    assert duo.next_step.criterion.measure == "acting-days"  # (205 days in the seat, 90 at most)
    assert found["shop", "user-contact"].level is None  # (no table tells of it)


def test_an_exemption_holds_until_its_end() -> None:
    assert rated(Told(organisation(SHOP)))["shop", "debt"].exempt is not None
    later = rated(Told(organisation(SHOP), day=dt.date(2026, 12, 1)))
    assert later["shop", "debt"].exempt is None


def test_what_is_older_than_a_hundred_days_is_not_measured() -> None:
    old = rated(Told(organisation(SHOP), day=dt.date(2027, 3, 1)))["shop", "load"]
    assert [one.name for one in old.criteria if one.too_old] == ["Extraneous load, of 10", "Load, of 30"]
    assert old.level == 4  # (two of the four of level 4, the people, are measured)
    rows = {"interviews": {"shop": [{"engineers_present": 3.0, "engineers_total": 4.0}]}}
    fresh = Told(organisation(SHOP), tables=rows)
    stale = Told(organisation(SHOP), tables=rows, newest=DAY - dt.timedelta(days=101))
    assert rated(fresh)["shop", "user-contact"].level == 2
    assert rated(stale)["shop", "user-contact"].level is None


def test_dimensions_are_for_those_whom_they_ask_about() -> None:
    text = """people: {a: {}, b: {}}
teams:
  squad: {type: stream-aligned}
  core: {type: platform, pm: a, em: vacant}
  coaches: {type: enabling}
  engine: {type: complicated-subsystem}
  unknown: {}
  led: {em: b}
"""
    found = rated(Told(organisation(text)))
    of = {
        team: {dimension for one, dimension in found if one == team}
        for team in ("squad", "core", "coaches", "engine", "unknown", "led", "")
    }
    assert of["coaches"] == {"load", "transfer"}
    assert of["core"] == {"duo", "debt", "flow", "safety", "load", "platform-product"}
    assert of["unknown"] == {"load"}
    assert of["squad"] == of["engine"] == of["led"]
    assert "duo" not in of["squad"]  # (it names no seat)
    assert of[""] == {"exec-ritual"}


def test_teams_stand_in_the_order_of_the_file_whatever_their_levels() -> None:
    text = "teams: {zeta: {type: enabling, domains: [{name: a, complexity: simple}]}, alpha: {type: enabling}}"
    assert list(dict.fromkeys(team for team, _ in rated(Told(organisation(text))))) == ["zeta", "alpha", ""]
