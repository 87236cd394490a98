"""The pictures of maturity: rows in the order of the file whatever the levels, every state drawn, no text small or outside, nobody hidden."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.maturity.evidence import DAY, Told, organisation
from topology.graph.teammap.text import text_width
from topology.maturity.levels import Rating, ratings
from topology.maturity.packs import pack_of
from topology.maturity.voices.answers import Answer
from topology.maturity.voices.closing import closed
from topology.maturity.voices.snapshot import Snapshot
from topology.model import Organisation
from topology.view.maturity.dimension import draw_dimension
from topology.view.maturity.grid import draw_grid
from topology.view.maturity.profile import draw_profile
from topology.view.palette import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
PACK = pack_of()
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
