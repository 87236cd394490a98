"""The layout of the team map: what docs/map.md, section 11, asks to be measured."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import DAY, organisation_of
from topology.graph.teammap import MapLayout, fold_map, folds, frame_between, layout_map
from topology.graph.teammap.geometry import Box
from topology.graph.teammap.order import cut, pull
from topology.graph.teammap.text import fit, shorten, text_width
from topology.model import Organisation
from topology.simulate import make_organisation

WIDTHS = (390, 1280, 1920)
LONG = [
    "Accompagnement accessibilité",
    "Remboursements et litiges pro",
    "Identité et accès des clients",
    "Préparation des commandes EU",
]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share an area; touching edges do not."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@pytest.fixture(scope="module", params=["example", "product groups", 60, 300], ids=str)
def organisation(request) -> Organisation:
    if isinstance(request.param, int):
        return make_organisation(request.param, seed=3)
    return request.getfixturevalue(request.param.replace(" ", "_"))


@pytest.fixture(scope="module", params=WIDTHS)
def layout(request, organisation: Organisation) -> MapLayout:
    return layout_map(organisation, DAY, request.param)


def name_boxes(layout: MapLayout, *, with_tab: bool) -> list[Box]:
    """Boxes of names as drawn, with and without a value tab; pillars and octagons keep theirs to themselves."""
    boxes = []
    for team in layout.teams:
        if team.form in ("pillar",) or (team.form == "octagon" and team.box.w < 200):
            continue
        for line in team.lines:
            x = line.x + (team.name_shift[0] if with_tab else 0)
            boxes.append(
                Box(x, line.y - line.size * 0.72, text_width(line.text, line.size, bold=True), line.size * 0.9)
            )
    return boxes


def test_no_team_boxes_overlap_and_all_are_inside(layout: MapLayout) -> None:
    canvas = Box(0, 0, layout.width, layout.height)
    assert all(canvas.contains(team.box) for team in layout.teams)
    assert not [(a.id, b.id) for a, b in combinations(layout.teams, 2) if overlap(a.box, b.box)]


def test_every_team_is_there_once(organisation: Organisation, layout: MapLayout) -> None:
    assert sorted(team.id for team in layout.teams) == sorted(organisation.teams_on(DAY))


def test_no_name_of_28_characters_is_cut(layout: MapLayout) -> None:
    assert [team.name for team in layout.teams if team.cut and len(team.name) <= 28] == []


def test_interaction_shapes_overlap_no_other_and_no_name(layout: MapLayout) -> None:
    shapes = [joint.box for joint in layout.joints] + [chip.box for chip in layout.chips]
    assert not [(a, b) for a, b in combinations(shapes, 2) if overlap(a, b)]
    lanes = {team.id for team in layout.teams if team.form != "pillar"}
    beside = [chip.box for chip in layout.chips if chip.team in lanes] + [
        b.box for b in layout.joints if b.tie.mode == "collaboration"
    ]
    for with_tab in (False, True):
        names = name_boxes(layout, with_tab=with_tab)
        assert not [(shape, name) for shape in beside for name in names if overlap(shape, name)]


def test_interaction_shapes_keep_off_the_ports(layout: MapLayout) -> None:
    for team in layout.teams:
        if team.form not in ("lane", "bar"):
            continue
        ports = [Box(team.uses.x, team.uses.y - 12, 40, 14)] if team.uses else []
        ports += [Box(team.serves.x - 8, team.serves.y - 7, 16, 28)] if team.serves else []
        shapes = [b.box for b in layout.joints if team.id in (b.tie.first, b.tie.second)] + [
            c.box for c in layout.chips if c.team == team.id
        ]
        assert not [(shape, port) for shape in shapes for port in ports if overlap(shape, port)]


def test_partner_names_end_before_the_ports_and_touch_no_chip(layout: MapLayout) -> None:
    for chip in layout.chips:
        if chip.partner is None:
            continue
        line = chip.partner
        box = Box(line.x, line.y - 10, text_width(line.text, line.size), 12)
        assert box.right <= layout.team(chip.team).more_at[0]
        assert not [
            other for other in layout.chips if other is not chip and other.team == chip.team and overlap(other.box, box)
        ]


def test_every_interaction_is_drawn_counted_or_listed(layout: MapLayout) -> None:
    drawn = {b.tie.key for b in layout.joints} | {c.tie.key for c in layout.chips}
    listed = {words for team in layout.teams for words in team.hidden}
    for tie in layout.ties:
        if tie.mode != "x-as-a-service":
            assert tie.key in drawn or tie in listed


def test_pairs_carry_the_same_number_in_both_halves(layout: MapLayout) -> None:
    numbers: dict[str, set[int | None]] = {}
    for chip in layout.chips:
        numbers.setdefault(chip.tie.key, set()).add(chip.number)
    assert all(len(found) == 1 for found in numbers.values())


def test_the_same_input_gives_the_same_layout(organisation: Organisation) -> None:
    assert layout_map(organisation, DAY, 1280) == layout_map(organisation, DAY, 1280)


def test_heights_of_the_real_organisation_are_those_measured(product_groups: Organisation) -> None:
    layouts = [layout_map(product_groups, DAY, width) for width in WIDTHS]
    assert [(one.height, one.columns) for one in layouts] == [(4872, 1), (1954, 2), (1322, 3)]


def without(organisation: Organisation, team: str) -> Organisation:
    teams = {id_: one for id_, one in organisation.teams.items() if id_ != team}
    ties = []
    for one in organisation.interactions:
        if one.mode == "x-as-a-service" and team in one.consumer and len(one.consumer) > 1 and one.provider != team:
            ties.append(one.model_copy(update={"consumer": [id_ for id_ in one.consumer if id_ != team]}))
        elif not any(team in pair for pair in one.pairs):
            ties.append(one)
    return organisation.model_copy(update={"teams": teams, "interactions": ties})


@pytest.mark.parametrize(("teams", "every"), [("example", 1), (60, 3), (300, 30)])
def test_removing_a_team_moves_the_others_little(request, teams: str | int, every: int) -> None:
    organisation = make_organisation(teams, seed=3) if isinstance(teams, int) else request.getfixturevalue(teams)
    before = {team.id: team for team in layout_map(organisation, DAY, 1280).teams}
    moves, changed = [], 0
    for removed in list(before)[::every]:
        for team in layout_map(without(organisation, removed), DAY, 1280).teams:
            old = before[team.id]
            moves.append(((team.box.x - old.box.x) ** 2 + (team.box.y - old.box.y) ** 2) ** 0.5)
            changed += team.column != old.column
    assert sum(moves) / len(moves) < 40
    assert changed / len(moves) < 0.02


def test_a_frame_keeps_every_box_while_the_day_changes(example: Organisation) -> None:
    first, last = DAY - dt.timedelta(days=364), DAY + dt.timedelta(days=120)
    frame = frame_between(example, first, last)
    days = [first, DAY - dt.timedelta(days=200), DAY, last]
    boxes = [[(team.id, team.box, team.lines) for team in layout_map(example, day, 1280, frame).teams] for day in days]
    assert all(one == boxes[0] for one in boxes)


def test_an_absent_team_keeps_an_empty_slot_in_a_frame() -> None:
    organisation = organisation_of("version: 1\nteams: {a: {since: 2026-06-01}, b: {}}\n")
    frame = frame_between(organisation, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert [team.present for team in layout_map(organisation, dt.date(2026, 2, 1), 1280, frame).teams] == [False, True]


def test_a_chip_keeps_its_place_and_number_over_the_days(example: Organisation) -> None:
    frame = frame_between(example, DAY - dt.timedelta(days=364), DAY + dt.timedelta(days=120))
    seen: dict[tuple[str, str], set[tuple[Box, int | None]]] = {}
    for offset in range(-364, 120, 28):
        for chip in layout_map(example, DAY + dt.timedelta(days=offset), 1280, frame).chips:
            seen.setdefault((chip.tie.key, chip.team), set()).add((chip.box, chip.number))
    assert seen
    assert all(len(places) == 1 for places in seen.values())


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("type_", ["stream-aligned", "platform", "enabling", "complicated-subsystem", "undefined"])
def test_a_long_name_fits_every_shape(name: str, width: int, type_: str) -> None:
    squads = "".join(f"  s{i}: {{type: stream-aligned, group: g, name: {LONG[i]}}}\n" for i in range(4))
    organisation = organisation_of(
        f"version: 1\ngroups: {{g: {{}}}}\nteams:\n  t: {{type: {type_}, group: g, name: {name}}}\n{squads}"
    )
    assert not layout_map(organisation, DAY, width).team("t").cut


def test_enabling_teams_stand_left_of_everything_and_the_fourth_becomes_a_card() -> None:
    enabling = "".join(f"  e{i}: {{type: enabling}}\n" for i in range(5))
    layout = layout_map(
        organisation_of(
            f"version: 1\ngroups: {{g: {{}}}}\nteams:\n{enabling}  s: {{type: stream-aligned, group: g}}\n"
        ),
        DAY,
        1280,
    )
    assert [team.id for team in layout.teams if team.form == "pillar"] == ["e0", "e1", "e2"]
    assert [team.id for team in layout.teams if team.form == "card"] == ["e3", "e4"]
    assert max(layout.team(f"e{i}").box.right for i in range(3)) < layout.team("s").box.x
    phone = layout_map(
        organisation_of(
            f"version: 1\ngroups: {{g: {{}}}}\nteams:\n{enabling}  s: {{type: stream-aligned, group: g}}\n"
        ),
        DAY,
        390,
    )
    assert all(phone.team(f"e{i}").box.bottom < phone.team("s").box.y for i in range(3))


def test_a_subsystem_stands_beside_its_first_consumer() -> None:
    text = (
        "version: 1\ngroups: {g: {}, h: {}}\nteams:\n  a: {type: stream-aligned, group: h}\n  b: {type: stream-aligned, group: g}\n"
        "  c: {type: stream-aligned, group: g}\n  d: {type: stream-aligned, group: g}\n  x: {type: complicated-subsystem}\n"
        "interactions:\n  - {mode: x-as-a-service, provider: x, consumer: [c, d]}\n"
    )
    layout = layout_map(organisation_of(text), DAY, 1280)
    assert layout.team("x").band == "g"
    assert layout.team("x").box.y == layout.team("c").box.y
    assert [joint.tie.second for joint in layout.joints] == ["c", "d"]
    serves = layout.team("x").serves
    assert serves is not None and serves.count == 2


def test_nested_groupings_are_a_box_inside_and_deeper_ones_a_longer_label() -> None:
    organisation = organisation_of(
        "version: 1\ngroups: {top: {}, mid: {group: top}, low: {group: mid}}\n"
        "teams:\n  a: {type: stream-aligned, group: top}\n  b: {type: stream-aligned, group: mid}\n  c: {type: stream-aligned, group: low}\n"
    )
    layout = layout_map(organisation, DAY, 1280)
    outer, *inner = sorted(layout.bands, key=lambda band: band.box.y)
    assert [band.label for band in inner] == ["mid", "mid › low"]
    assert all(outer.box.contains(band.box) for band in inner)
    assert not [1 for a, b in combinations(layout.teams, 2) if overlap(a.box, b.box)]


def test_pull_brings_a_collaborating_pair_together() -> None:
    assert pull(list("abcd"), [("a", "d")]) == ["a", "d", "b", "c"]
    assert pull(list("abcd"), [("a", "b"), ("b", "c"), ("c", "d")]) == list("abcd")


def test_columns_are_cut_at_the_least_height() -> None:
    assert cut([100, 100, 200], 2, 0) == [[0, 1], [2]]
    assert cut([10], 3, 0) == [[0]]
    assert cut([], 2, 0) == []


@given(st.lists(st.floats(1, 500), min_size=1, max_size=12), st.integers(1, 4))
def test_every_cut_is_contiguous_and_complete(heights: list[float], columns: int) -> None:
    parts = cut(heights, columns, 16)
    assert [index for part in parts for index in part] == list(range(len(heights)))
    assert all(parts)


@given(st.text(max_size=200), st.floats(40, 400))
def test_a_fitted_name_never_exceeds_its_width(name: str, width: float) -> None:
    clean = " ".join(name.split())
    assert all(
        text_width(line, fit(clean, width, 15).size, bold=True) <= width
        for line in fit(clean, width, 15).lines
        if line != "…"
    )
    assert text_width(shorten(clean, width, 13), 13) <= max(width, text_width("…", 13))


def test_widths_are_those_of_arial() -> None:
    assert text_width("Checkout", 15, bold=True) == pytest.approx(
        15 * (0.722 + 0.611 + 0.556 + 0.556 + 0.556 + 0.611 + 0.611 + 0.333)
    )


def test_a_map_of_nobody_and_of_one_team_can_be_laid_out() -> None:
    empty = organisation_of("version: 1\nteams: {}\n")
    assert layout_map(empty, DAY, 1280).teams == ()
    one = organisation_of("version: 1\nteams: {a: {}}\n")
    assert layout_map(one, DAY, 1280).height > 0
    assert not folds(one, DAY, 1280)


# -- folding ------------------------------------------------------------------------------------------------------


def test_sixty_groups_fold_and_one_opens_in_place(product_groups: Organisation) -> None:
    assert folds(product_groups, DAY, 1280)
    closed = fold_map(product_groups, DAY, 1280)
    assert sum(len(card.teams) for card in closed.cards) == 60
    assert closed.teams == ()
    opened = fold_map(product_groups, DAY, 1280, "verify")
    assert {team.id for team in opened.teams} == set(closed.cards[3].teams)
    row = opened.cards[3].box.y
    for before, after in zip(closed.cards, opened.cards, strict=True):
        assert (after.box == before.box) == (before.box.y <= row)
        assert after.box.x == before.box.x
    assert not [1 for team in opened.teams for card in opened.cards if overlap(team.box, card.box)]


def test_platforms_start_a_new_row(product_groups: Organisation) -> None:
    cards = fold_map(product_groups, DAY, 1920).cards
    first = next(card for card in cards if card.platform)
    assert first.box.x == min(card.box.x for card in cards)


def test_an_open_card_names_the_partners_outside() -> None:
    organisation = make_organisation(300, seed=3)
    layout = fold_map(organisation, DAY, 1280, "stream-2")
    shapes = [joint.box for joint in layout.joints] + [chip.box for chip in layout.chips]
    assert not [(a, b) for a, b in combinations(shapes, 2) if overlap(a, b)]
    labels = [chip.partner.text for chip in layout.chips if chip.partner]
    assert any(" · " in label for label in labels)
    assert all(chip.number is None for chip in layout.chips)


def test_an_unknown_card_opens_nothing(product_groups: Organisation) -> None:
    assert fold_map(product_groups, DAY, 1280, "nothing") == replace(
        fold_map(product_groups, DAY, 1280), open_card=None
    )


def test_a_pillar_helps_only_the_lanes_at_its_own_height() -> None:
    organisation = organisation_of(
        "version: 1\ngroups: {top: {}, x: {group: top}, y: {group: top}}\nteams:\n"
        + "".join(f"  {g}{i}: {{type: stream-aligned, group: {g}}}\n" for g in "xy" for i in range(4))
        + "  ex: {type: enabling, group: x}\n  ey: {type: enabling, group: y}\n"
        "interactions:\n  - {mode: facilitating, facilitator: ex, team: y1}\n  - {mode: facilitating, facilitator: ex, team: x1}\n"
    )
    layout = layout_map(organisation, DAY, 1280)
    assert [joint.tie.second for joint in layout.joints] == ["x1"]
    assert sorted(chip.team for chip in layout.chips) == ["ex", "y1"]


def test_the_count_of_what_found_no_place_is_covered_by_nothing(layout: MapLayout) -> None:
    for team in layout.teams:
        if team.hidden and team.form in ("lane", "bar"):
            width = text_width(f"+{len(team.hidden)}", 13)
            count = Box(team.more_at[0] - width, team.more_at[1] - 10, width, 12)
            shapes = [b.box for b in layout.joints if team.id in (b.tie.first, b.tie.second)]
            shapes += [chip.box for chip in layout.chips if chip.team == team.id]
            assert not [shape for shape in shapes if overlap(shape, count)], team.id
