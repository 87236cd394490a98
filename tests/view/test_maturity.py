"""The pictures of maturity: rows in the order of the file whatever the levels, every state drawn, no text small or outside, nobody hidden."""

from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree

import pytest

from tests.maturity.evidence import DAY, Told, organisation
from topology.graph.teammap.text import text_width
from topology.maturity.levels import Rating, ratings
from topology.maturity.packs import pack_of
from topology.maturity.positions import DuoPosition
from topology.maturity.statistics.squads import lasting_gap
from topology.maturity.voices.answers import Answer
from topology.maturity.voices.closing import closed
from topology.maturity.voices.snapshot import GapOfSides, OfItem, Snapshot
from topology.model import Organisation
from topology.view.maturity.cells import Then, View
from topology.view.maturity.dimension import draw_dimension
from topology.view.maturity.grid import draw_grid
from topology.view.maturity.marks import accent
from topology.view.maturity.mirror import Side, draw_mirror, mirrored
from topology.view.maturity.profile import draw_profile
from topology.view.maturity.steps import draw_steps
from topology.view.palette import DARK, LIGHT, Palette, contrast, ink_on, mix
from topology.words.voices import beliefs_words, gap_prompt, lasting_words

SVG = "{http://www.w3.org/2000/svg}"
PACK = pack_of()
VIEWS = get_args(View)
STATES = """people: {a: {}, b: {}}
groups: {shop: {name: Shop}}
teams:
  zeta:
    name: Zeta & <Sons>
    type: stream-aligned
    group: shop
    pm: a
    em: b
    size: 7
    domains: [{name: x, complexity: simple}]
    cognitive_load: {intrinsic: 5, extraneous: 4, germane: 5, assessed: 2026-10-01}
    targets: {maturity: {load: 5, flow: 3}, exempt: {debt: {reason: a rewrite, until: 2027-01-01}}}
  engine: {type: complicated-subsystem, group: shop}
  alpha: {type: stream-aligned, group: shop, pm: a, em: vacant}
  core: {type: platform}
  coaches: {type: enabling}
"""


@pytest.fixture(scope="module")
def drawn() -> tuple[Organisation, list[Rating]]:
    """An organisation in which every state of a cell occurs."""
    found = organisation(STATES)
    return found, ratings(PACK, Told(found))


def rows_of(svg: str) -> list[str]:
    return re.findall(r'data-member="([^"]+)"', svg)


def test_rows_stand_by_grouping_in_the_order_of_the_file(drawn: tuple[Organisation, list[Rating]]) -> None:
    assert rows_of(draw_grid(drawn[0], PACK, drawn[1])) == ["zeta", "alpha", "engine", "coaches", "core"]


def test_levels_do_not_move_a_row(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    turned = [one for one in told if one.level != 1]
    assert [one for one in rows_of(draw_grid(found, PACK, turned)) if one in ("zeta", "alpha", "engine")] == [
        "zeta",
        "alpha",
        "engine",
    ]


def test_every_state_of_a_cell_is_drawn_and_spoken(drawn: tuple[Organisation, list[Rating]]) -> None:
    svg = draw_grid(drawn[0], PACK, drawn[1])
    titles = [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}title")]
    for said in (
        "Zeta & <Sons>, Load: evidence level 4, aims at 5",
        "Zeta & <Sons>, Duo: evidence level 2+. not measured: Duo rituals held, of those planned, Days from one planned duo ritual to the next, "
        "Shared objectives",
        "Zeta & <Sons>, Debt: exempt until 2027-01-01: a rewrite",
        "alpha, Duo: evidence level 1. Next: Both seats filled: no, needed for level 2",
        "alpha, Safety: too little measured to rate. not measured: Incidents and delays with a post-mortem",
    ):
        assert said in titles, titles
    assert "url(#not-measured)" in svg
    assert "stroke-dasharray" in svg
    assert ">exempt</text>" in svg


@pytest.mark.parametrize("width", [360, 1232, 1872])
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_no_text_is_small_overlaps_or_stands_outside(
    drawn: tuple[Organisation, list[Rating]], palette: object, width: float
) -> None:
    found, told = drawn
    of_load = [one for one in told if one.dimension == "load"]
    own = [one for one in told if one.team == "zeta"]
    pictures = [draw_dimension(found, PACK.dimensions["load"], of_load, palette, width)]  # type: ignore[arg-type]
    if width > 700:
        pictures += [draw_grid(found, PACK, told, palette, width), draw_profile(PACK, own, palette, width)]  # type: ignore[arg-type]
    for svg in pictures:
        root = ElementTree.fromstring(svg)
        room = float(root.get("width", "0"))
        boxes = []
        for one in root.iter(f"{SVG}text"):
            size, words = float(one.get("font-size", "0")), one.text or ""
            assert size >= 12
            wide = 0.9 * text_width(words, size)  # (Source Sans is narrower than the Arial that is measured)
            x = float(one.get("x", "0")) - {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0)
            assert x >= -1
            assert x + wide <= room + 1, words
            boxes.append((x, float(one.get("y", "0")), wide, size, words))
        for index, (x, y, wide, size, words) in enumerate(boxes):
            for ox, oy, other, osize, said in boxes[index + 1 :]:
                apart = x + wide <= ox or ox + other <= x or abs(y - oy) >= 0.8 * min(size, osize)
                assert apart or {"+"} & {words, said}, (words, said)


def test_the_profile_marks_one_next_step_and_every_criterion(drawn: tuple[Organisation, list[Rating]]) -> None:
    own = [one for one in drawn[1] if one.team == "zeta"]
    words = " ".join(
        one.text or "" for one in ElementTree.fromstring(draw_profile(PACK, own, LIGHT, 1232)).iter(f"{SVG}text")
    )
    assert words.count("next step") == sum(one.next_step is not None for one in own)
    assert "exempt until 2027-01-01: a rewrite" in words


def test_from_sixty_teams_a_row_is_a_grouping_without_a_level() -> None:
    groups = "".join(f"  g{k}: {{name: Group {k}}}\n" for k in range(6))
    teams = "".join(f"  t{k}: {{type: stream-aligned, group: g{k % 6}, size: 7}}\n" for k in range(60))
    found = organisation(f"groups:\n{groups}teams:\n{teams}")
    svg = draw_grid(found, PACK, ratings(PACK, Told(found)))
    assert rows_of(svg) == []
    titles = [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}title")]
    assert any(one.startswith("Group 0, Load: 10 on level 1") for one in titles)


def test_a_grid_has_no_total_and_no_mean(drawn: tuple[Organisation, list[Rating]]) -> None:
    svg = draw_grid(drawn[0], PACK, drawn[1])
    assert not re.search(r"total|mean|average|score|rank", svg, re.IGNORECASE)


def test_an_organisation_without_teams_gives_an_empty_grid() -> None:
    found = organisation("teams: {}")
    assert draw_grid(found, PACK, ratings(PACK, Told(found))).startswith("<svg")


# -- what people said ---------------------------------------------------------------------------------------------------


def said(found: Organisation, **counts: int) -> Snapshot:
    answers = [Answer(team, "tech", "load.1", 1 + k % 5) for team, count in counts.items() for k in range(count)]
    return closed(answers, found, PACK, "2026-11", DAY)


def test_answers_stand_as_bars_and_are_spoken(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    svg = draw_grid(found, PACK, told, voices=said(found, zeta=7, alpha=6))
    titles = [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}title")]
    assert any(one.startswith("Zeta & <Sons>, Load: evidence level 4, aims at 5; answers 2 2 1 1 1") for one in titles)
    assert LIGHT.voice in svg


def test_nothing_of_a_hidden_cell_is_in_a_picture(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    of_load = [one for one in told if one.dimension == "load"]
    few = said(found, zeta=4, alpha=3)
    assert few.teams == {}
    assert few.hides("zeta", "load.1")
    assert few.hides("alpha", "load.1")
    for svg, bare in (
        (draw_grid(found, PACK, told, voices=few), draw_grid(found, PACK, told)),
        (
            draw_dimension(found, PACK.dimensions["load"], of_load, voices=few),
            draw_dimension(found, PACK.dimensions["load"], of_load),
        ),
    ):
        assert "answers" not in svg
        dots = re.sub(r'<path d="(M[\d.]+ [\d.]+h0)+" [^>]*/>', "", svg)
        assert dots == bare  # (dots alone, the same however many there are)


def test_dots_do_not_tell_how_many_are_hidden(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    assert draw_grid(found, PACK, told, voices=said(found, zeta=1, alpha=1)) == draw_grid(
        found, PACK, told, voices=said(found, zeta=4, alpha=4)
    )


# -- the mirror, the next steps, the views, the feet ------------------------------------------------------------------------


def texts_of(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


DUO = [
    DuoPosition("load", 4, 4, DAY, "one & <b>", None),
    DuoPosition(
        "duo",
        5,
        2,
        DAY,
        "We ship what we promised every month, and everybody in the company says that we always did so.",
        "No.",
    ),
    DuoPosition("flow", None, 2, None),
    DuoPosition("made-up", 1, 5, DAY),
    *(DuoPosition(one, 3, 3, DAY) for one in ("debt", "safety", "roadmap")),
]


@pytest.mark.parametrize("width", [340.0, 800.0, 1232.0, 1872.0])
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_mirror_has_the_widest_gap_first_and_five_rows_at_most(
    drawn: tuple[Organisation, list[Rating]], width: float, palette: Palette
) -> None:
    found, told = drawn
    own = [one for one in told if one.team == "zeta"]
    rows = mirrored(PACK, DUO, own, "zeta", said(found, zeta=7, alpha=6))
    assert [(one.name, one.position.gap) for one in rows][:2] == [("made-up", -4), ("Duo", 3)]
    assert len(rows) == 5
    svg = draw_mirror(rows, Side("Jade", "product manager"), Side("", "engineering manager"), palette, width)
    inside(svg, width)
    assert texts_of(svg).count("PM") >= 4
    assert "answers" not in svg


def test_a_mirror_shows_answers_as_bars_and_what_is_not_shown_as_dots(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    own, who = [one for one in told if one.team == "zeta"], (Side("A", "x"), Side("B", "y"))
    shown = draw_mirror(mirrored(PACK, DUO[:1], own, "zeta", said(found, zeta=7, alpha=6)), *who)
    few, none = (draw_mirror(mirrored(PACK, DUO[:1], own, "zeta", said(found, zeta=count)), *who) for count in (4, 1))
    assert "7 answered" in texts_of(shown)
    assert few == none
    assert "not shown" in texts_of(few)


@pytest.mark.parametrize("width", [340.0, 640.0, 1232.0])
def test_next_steps_are_in_the_pack_s_order(drawn: tuple[Organisation, list[Rating]], width: float) -> None:
    found, told = drawn
    own = [one for one in told if one.team == "zeta"]
    svg = draw_steps(PACK, own, LIGHT, width, said(found, zeta=7, alpha=6))
    inside(svg, width)
    names = [one for one in texts_of(svg) if one in {str(dimension.name) for dimension in PACK.dimensions.values()}]
    assert names == [str(PACK.dimensions[one.dimension].name) for one in own]
    assert "aims at 5" in texts_of(svg)


def inside(svg: str, width: float) -> None:
    """No text is under 12, or begins left of the picture or ends right of it."""
    for one in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        size, at = float(one.get("font-size", "0")), float(one.get("x", "0"))
        long = text_width(one.text or "", size, bold=one.get("font-weight") == "600")
        left = {"end": at - long, "middle": at - long / 2}.get(one.get("text-anchor", ""), at)
        assert size >= 12
        assert left >= -1, one.text
        assert left + long <= width + 8, one.text


def titles_of(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def test_answers_minus_evidence_says_who_sees_it_higher(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    svg = draw_grid(found, PACK, told, voices=said(found, zeta=7, alpha=6), view="belief")
    assert "Zeta & <Sons>, Load: people see it 1.4 lower than the evidence shows" in titles_of(svg)
    assert "−1.4" in texts_of(svg)
    assert "alpha, Duo: no level, or no answers that are shown" in titles_of(svg)
    assert rows_of(svg) == rows_of(draw_grid(found, PACK, told))


def test_since_shows_arrows_past_the_detectable_change_alone_and_no_two_distributions(
    drawn: tuple[Organisation, list[Rating]],
) -> None:
    found, told = drawn
    now = said(found, zeta=7, alpha=6)
    before = now.model_copy(
        update={"teams": {"zeta": {"load.1": [0, 0, 0, 0, 7]}, "alpha": {"load.1": now.teams["alpha"]["load.1"]}}}
    )
    then = Then(before, {("zeta", "load"): 2, ("zeta", "duo"): 2})
    svg = draw_grid(found, PACK, told, voices=now, view="since", then=then)
    said_of = next(one for one in titles_of(svg) if one.startswith("Zeta & <Sons>, Load"))
    assert said_of.startswith("Zeta & <Sons>, Load: level +2. Answers are lower: 5.0 then, 2.6 now")
    assert "↓" in texts_of(svg)
    assert texts_of(svg).count("·") == 1  # (alpha, whose answers stayed)
    assert LIGHT.voice not in svg


def test_the_boxes_of_every_view_are_the_same(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    now = said(found, zeta=7, alpha=6)
    heights = {
        ElementTree.fromstring(draw_grid(found, PACK, told, voices=now, view=view, then=Then(now))).get("height")
        for view in VIEWS
    }
    assert len(heights) == 1


def test_the_foot_tells_the_gap_of_all_squads_with_its_interval(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    now = said(found, zeta=7, alpha=6)
    gap = GapOfSides(
        value=1.0,
        p=0.001,
        corrected=0.012,
        low=0.6,
        high=1.4,
        squads=9,
        product=20,
        tech=40,
        exact=False,
        draws=9_999,
        seed=1,
    )
    holds = now.model_copy(update={"statistics": {"load.1": OfItem(gap=gap)}})
    svg = draw_grid(found, PACK, told, voices=holds)
    assert "+1.0" in texts_of(svg)
    assert any(one.startswith("Load: Product answers 1.0 levels higher") for one in titles_of(svg))
    assert "Product − Tech" not in texts_of(draw_grid(found, PACK, told, voices=now))
    assert (
        gap_prompt("load", holds.statistics["load.1"])
        == "Product sees load 1.0 levels higher than Tech does, all squads together"
    )
    weak = OfItem(gap=gap.model_copy(update={"corrected": 0.06}))
    assert gap_prompt("load", weak) == ""


def test_what_is_said_of_disparity_names_no_squad(drawn: tuple[Organisation, list[Rating]]) -> None:
    levels = {f"s{k}": level for k, level in enumerate([1, 1, 1, 4, 4, 4, 4, 3, 3, 3])}
    for lasting in (lasting_gap(levels, levels, {}), lasting_gap(levels, dict.fromkeys(levels, 3), {}), None):
        words = lasting_words(lasting, "17 August")
        assert not re.search(r"\bs\d", words)
    assert "a lasting gap. 3 squads of 10" in lasting_words(lasting_gap(levels, levels, {}), "17 August")
    assert (
        beliefs_words([1.0, 0.5, -0.6])
        == "Answers against evidence: of 3 squads with both, 1 see it higher, 1 lower, 1 within half a level."
    )


def test_a_folded_grouping_shows_what_all_of_it_answered_where_that_may_be_shown() -> None:
    teams = "".join(f"  t{k}: {{type: stream-aligned, group: g{k % 2}}}\n" for k in range(60))
    found = organisation(f"groups: {{g0: {{name: Even}}, g1: {{name: Odd}}}}\nteams:\n{teams}")
    told = ratings(PACK, Told(found))
    answers = [Answer(f"t{k}", "tech", "load.1", 1 + k % 5) for k in range(0, 60, 2) for _ in range(5)]
    voices = closed(answers, found, PACK, "2026-11", DAY)
    assert set(voices.groups) == {"g0"}
    svg = draw_grid(found, PACK, told, voices=voices)
    assert svg.count(f'fill="{LIGHT.voice}"') == 1
    assert "data-member" not in svg


def test_where_the_evidence_stood_before_is_a_circle_on_one_dimension(drawn: tuple[Organisation, list[Rating]]) -> None:
    found, told = drawn
    of_load = [one for one in told if one.dimension == "load"]
    now = said(found, zeta=7, alpha=6)
    bare, same, moved = (
        draw_dimension(found, PACK.dimensions["load"], of_load, voices=now, then=then)
        for then in (None, Then(now, {("zeta", "load"): 4}), Then(now, {("zeta", "load"): 2}))
    )
    assert bare == same
    assert moved.count("<circle") == bare.count("<circle") + 1


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_what_stands_on_what_can_be_read(palette: Palette) -> None:
    """The table of contrasts (WCAG 2.2): texts 4.5 and more, marks 3 and more."""
    assert contrast(palette.voice, palette.page) >= 3
    assert contrast(accent(palette), palette.page) >= 4.5
    assert contrast(palette.muted, palette.page) >= 7
    assert contrast(palette.band_line, palette.page) >= 3
    for colour in (*palette.sequential, *palette.diverging):
        assert contrast(ink_on(colour), colour) >= 4.5
    assert contrast(palette.ink, mix(accent(palette), palette.page, 0.1)) >= 7
