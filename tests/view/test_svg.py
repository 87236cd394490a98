"""The picture of the map: safe, the same each time, readable."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import DAY, in_memory, organisation_of
from topology.graph.teammap import fold_map, layout_map
from topology.model import Organisation
from topology.simulate import make_organisation
from topology.view.overlays import TYPE, Overlay, classed, overlay, overlays
from topology.view.palette import DARK, LIGHT, Palette, contrast, ink_on, mix
from topology.view.teammap.svg import Look, draw_map
from topology.view.teammap.tabs import DIMMED
from topology.words.numbers import duration, signed

NASTY = [
    "<script>alert(1)</script>",
    "\"quotes\" & 'apostrophes'",
    "🙂 emoji 👩‍👩‍👧 team",
    "فريق الدفع",
    "צוות תשלומים",
    "x" * 200,
    "]]>",
    "&lt;b&gt;",
    "**bold** [x](y) $z$",
]


def laid(organisation: Organisation) -> Overlay:
    return overlay("cognitive-load", in_memory(organisation), DAY)


def test_the_same_input_gives_the_same_bytes(example: Organisation) -> None:
    look = Look(overlay=laid(example), selected="checkout")
    assert draw_map(layout_map(example, DAY), look) == draw_map(layout_map(example, DAY), look)


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_look_is_well_formed(example: Organisation, palette: Palette, width: int) -> None:
    for selected in (None, *example.teams):
        svg = draw_map(layout_map(example, DAY, width), Look(palette, laid(example), selected))
        assert len(ElementTree.fromstring(svg).findall(".//*[@data-team]")) == len(example.teams)


def test_no_shape_moves_with_overlay_selection_or_theme(example: Organisation) -> None:
    """The outlines of the teams are the same text in every look."""
    layout = layout_map(example, DAY)
    looks = [
        Look(),
        Look(DARK),
        Look(overlay=laid(example)),
        Look(selected="search"),
        Look(DARK, laid(example), "search", 1.5),
    ]
    outlines = set()
    for look in looks:
        root = ElementTree.fromstring(draw_map(layout, look))
        shapes = root.findall(".//*[@class='shape']")
        outlines.add(tuple(tuple(one.get(key) for key in ("x", "y", "width", "height", "d")) for one in shapes))
    assert len(outlines) == 1


@pytest.mark.parametrize("name", NASTY)
def test_names_show_as_they_are(name: str) -> None:
    quoted = name.replace("'", "''")
    organisation = organisation_of(
        f"version: 1\ngroups: {{g: {{name: '{quoted}'}}}}\nteams: {{a: {{name: '{quoted}', type: stream-aligned, group: g}}, b: {{type: enabling, name: '{quoted}'}}}}\n"
    )
    svg = draw_map(layout_map(organisation, DAY), Look(overlay=laid(organisation)))
    root = ElementTree.fromstring(svg)
    titles = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert sum(title.startswith(name) for title in titles) == 2
    assert "<script" not in svg
    folded = draw_map(fold_map(organisation, DAY, 1280, "g"), Look())
    ElementTree.fromstring(folded)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_name_gives_well_formed_svg(name: str) -> None:
    organisation = Organisation.model_validate({"version": 1, "teams": {"a": {"name": name, "type": "stream-aligned"}}})
    ElementTree.fromstring(draw_map(layout_map(organisation, DAY), Look(title=name)))


def test_a_team_without_a_value_is_hatched_and_says_no_data(example: Organisation) -> None:
    root = ElementTree.fromstring(draw_map(layout_map(example, DAY), Look(overlay=laid(example))))
    team = root.find(".//*[@data-team='quality-coaching']")
    assert team is not None
    assert "no data" in (team.get("aria-label") or "")
    assert any(one.get("fill") == "url(#no-data)" for one in team.iter())


def test_a_selected_team_and_its_relations_are_named_for_screen_readers(example: Organisation) -> None:
    root = ElementTree.fromstring(draw_map(layout_map(example, DAY), Look(selected="risk-engine")))
    labels = {one.get("data-team"): one.get("aria-label") for one in root.findall(".//*[@data-team]")}
    assert labels["checkout"] == "Checkout, stream aligned, uses it"
    assert "Checkout" in "".join(root.itertext())
    assert root.find(".//*[@data-team='risk-engine']").get("aria-pressed") == "true"  # type: ignore[union-attr]


def test_an_unknown_selection_changes_nothing(example: Organisation) -> None:
    layout = layout_map(example, DAY)
    assert draw_map(layout, Look(selected="nobody")) == draw_map(layout, Look())


def test_a_projector_enlarges_and_moves_nothing(example: Organisation) -> None:
    layout = layout_map(example, DAY)
    plain, large = draw_map(layout, Look()), draw_map(layout, Look(scale=1.5))
    assert re.sub(r'width="\d+" height="[\d.]+"', "", plain, count=1) == re.sub(
        r'width="\d+" height="[\d.]+"', "", large, count=1
    )


def test_the_map_is_small(example: Organisation) -> None:
    assert len(draw_map(layout_map(example, DAY), Look(overlay=laid(example)))) < 60_000
    assert len(draw_map(layout_map(make_organisation(300), DAY), Look())) < 600_000


def test_the_legend_shows_only_what_occurs() -> None:
    svg = draw_map(layout_map(organisation_of("version: 1\nteams: {a: {type: platform}}\n"), DAY), Look())
    legend = svg[svg.index('class="legend"') :]
    assert "Platform" in legend
    assert all(word not in legend for word in ("Enabling", "Collaboration", "Planned", "Past its end date"))


def test_nothing_on_the_map_is_smaller_than_12(example: Organisation) -> None:
    for width in (390, 1280):
        svg = draw_map(layout_map(example, DAY, width), Look(overlay=laid(example), selected="checkout"))
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 12


# -- colour: contrasts, computed (WCAG 2.2) -------------------------------------


@pytest.mark.parametrize(
    ("palette", "names", "muted", "diverging"), [(LIGHT, 9.7, 4.7, 6.4), (DARK, 7.7, 4.5, 4.7)], ids=["light", "dark"]
)
def test_text_can_be_read_on_every_ground(palette: Palette, names: float, muted: float, diverging: float) -> None:
    for paint in palette.types.values():
        assert contrast(palette.ink, paint.fill) >= names - 0.05
        dimmed = mix(paint.fill, palette.band, 0.35)
        assert contrast(palette.muted, dimmed) >= 6.4
    assert contrast(palette.muted, palette.types["stream-aligned"].fill) >= muted - 0.05
    for colour in (*palette.sequential, *palette.diverging):
        least = 4.9 if colour in palette.sequential else diverging
        assert contrast(ink_on(colour), colour) >= least - 0.05
        assert contrast(palette.muted, mix(colour, palette.band, DIMMED)) >= 4.5
    for mode in palette.modes.values():
        assert contrast(palette.ink, mix(mode.fill, palette.page, 0.6)) >= 4.5
    assert contrast(palette.warning.line, palette.warning.fill) >= 6.5


# -- overlays -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", list(overlays()))
def test_every_overlay_without_data_says_why(id_: str) -> None:
    shown = overlay(id_, in_memory(organisation_of("version: 1\nteams: {a: {}}\n")), DAY)
    assert (shown is TYPE) == (id_ == "type")
    assert id_ in ("type", "findings") or shown.empty.startswith("no data")


def test_values_fall_into_the_class_whose_lower_bound_they_reach() -> None:
    shown = classed(
        "x", "X", {"a": 0.0, "b": 1.0, "c": 9.9, "d": 10.0, "e": None}, (1, 5, 10, 20), ("", "", "", "", ""), str
    )
    assert shown.classes == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert "e" not in shown.texts


def test_values_are_short_enough_for_a_tab() -> None:
    assert [duration(hours) for hours in (0.5, 7.9, 47, 106, 2000)] == ["30 min", "8 h", "47 h", "4.4 d", "83 d"]
    assert [signed(value) for value in (3, 0, -2)] == ["+3", "0", "−2"]
