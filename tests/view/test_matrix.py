"""The matrix: the order of the map, what a cell shows, safe and readable."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.conftest import DAY, organisation_of
from tests.view.test_svg import NASTY
from topology.clans.pairs import pair_table
from topology.clans.window import Window
from topology.delivery import load_events
from topology.delivery.contacts import read_contacts
from topology.graph.teammap import MatrixLayout, layout_matrix
from topology.model import Organisation
from topology.simulate import make_organisation
from topology.view.palette import DARK, LIGHT, Palette, contrast, ink_on
from topology.view.teammap.matrix import draw_matrix
from topology.words.map import cell_words

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def laid(example: Organisation) -> MatrixLayout:
    from tests.conftest import ROOT

    table = pair_table(Window.of(example, read_contacts(load_events(ROOT / "data", "UTC")), DAY))
    exchange = {row.teams: row.events for row in table if row.tied}
    return layout_matrix(example, DAY, exchange, 9, [row.teams for row in table if row.missing])


def cell(laid: MatrixLayout, row: str, column: str):
    place = {one.id: index for index, one in enumerate(laid.rows)}
    return next((one for one in laid.cells if (one.row, one.column) == (place[row], place[column])), None)


def test_the_blocks_are_the_groupings_in_the_order_of_the_map(laid: MatrixLayout) -> None:
    labels = ["Payments", "Onboarding", "Discovery", "Delivery and returns", "Foundation", "Enabling"]
    assert [block.label for block in laid.blocks] == labels
    assert (laid.blocks[0].begin, laid.blocks[0].end) == (0, 5)
    assert laid.blocks[-1].end == len(laid.rows) == 20
    assert [row.number for row in laid.rows] == list(range(1, 21))


def test_a_cell_shows_what_is_declared_observed_and_missing(laid: MatrixLayout) -> None:
    missing = cell(laid, "checkout", "sign-up")
    assert missing is not None and missing.missing and missing.level == 0
    assert "seen in fewer than one week of four" in cell_words(missing, folded=False)
    overrun = cell(laid, "search", "catalogue")
    assert overrun is not None and (overrun.mode, overrun.state) == ("collaboration", "overrun") and overrun.level > 0
    service = cell(laid, "developer-platform", "checkout")
    assert service is not None and service.mode == "x-as-a-service"
    assert cell(laid, "checkout", "developer-platform") is None  # a service has a direction
    undeclared = cell(laid, "checkout", "catalogue")
    assert undeclared is not None and undeclared.undeclared


def test_what_was_observed_is_the_same_both_ways(laid: MatrixLayout) -> None:
    levels = {(one.row, one.column): one.level for one in laid.cells if one.level}
    assert levels and all(levels[b, a] == level for (a, b), level in levels.items())


def test_above_sixty_teams_a_grouping_is_a_row() -> None:
    organisation = make_organisation(80)
    laid = layout_matrix(organisation, DAY, {("team-0", "team-1"): 12.0, ("team-0", "team-79"): 9.0}, 9)
    assert laid.folded and len(laid.rows) < 20
    assert sum(one.count for one in laid.cells) >= 3
    assert not layout_matrix(make_organisation(60), DAY, {}, 9).folded


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_picture_is_the_same_each_time_and_readable(laid: MatrixLayout, palette: Palette) -> None:
    picture = draw_matrix(laid, palette, "checkout")
    assert picture == draw_matrix(laid, palette, "checkout")
    root = ElementTree.fromstring(picture)
    rows = [one for one in root.iter(f"{SVG}g") if one.get("tabindex")]
    assert len(rows) == 20
    assert [one.get("data-member") for one in rows if one.get("aria-pressed") == "true"] == ["checkout"]
    assert all(one.get("aria-label") for one in rows)
    assert all(
        contrast(palette.muted, palette.page) >= 4.5 and contrast(ink_on(grey), grey) >= 4.5
        for grey in palette.exchange
    )


def test_the_groupings_names_need_room(laid: MatrixLayout) -> None:
    assert ">Delivery and returns</text>" in draw_matrix(laid)
    assert ">Delivery and returns</text>" not in draw_matrix(laid, room=700)


@pytest.mark.parametrize("name", NASTY)
def test_names_are_shown_as_they_are(name: str) -> None:
    quoted = name.replace("'", "''")
    organisation = organisation_of(
        f"version: 1\ngroups: {{g: {{name: '{quoted}'}}}}\nteams: {{a: {{name: '{quoted}', group: g}}, b: {{}}}}\n"
    )
    picture = draw_matrix(layout_matrix(organisation, DAY, {("a", "b"): 20.0}, 9))
    ElementTree.fromstring(picture)
    assert "<script>" not in picture


def test_a_matrix_of_nothing_is_a_picture() -> None:
    ElementTree.fromstring(draw_matrix(layout_matrix(organisation_of("version: 1\nteams: {}\n"), DAY, {}, 9)))
