"""What events call a service, a person and a team, and whom these words mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import organisation_of
from topology.source import load
from topology.source.schema import json_schema

SHOP = organisation_of(
    "version: 1\n"
    "people: {sam: {accounts: {github: [sam-dev, Sam-Ops], email: sam@x.example}}, kim: {accounts: {github: kim}}}\n"
    "teams:\n"
    "  cart:\n    was: [basket]\n    services:\n"
    '      Cart_API.v2: {repositories: [nimbus/mono], paths: ["cart/**", "lib/*.py"], names: [CartAPI, cart]}\n'
    "  pay: {services: {pay/core: {repositories: [nimbus/mono, nimbus/pay.git], paths: pay/}}}\n"
    "  new: {services: [one, two]}\n"
)


@pytest.mark.parametrize(
    ("word", "service"),
    [("Cart_API.v2", "Cart_API.v2"), ("cart-api.v2", "Cart_API.v2"), ("CARTAPI", "Cart_API.v2"), ("cart", "Cart_API.v2"), ("pay/core", "pay/core"),
     ("two", "two"), ("pay", None)],
)  # fmt: skip
def test_a_service_is_meant_by_its_id_or_its_names_whatever_the_capitals(word: str, service: str | None) -> None:
    assert SHOP.find_service(word) == service


@pytest.mark.parametrize(
    ("repository", "held"),
    [
        ("nimbus/mono", ("Cart_API.v2", "pay/core")),
        ("https://git.example/Nimbus/Pay.git", ("pay/core",)),
        ("other/pay", ()),
        ("", ()),
    ],
)
def test_a_repository_holds_services(repository: str, held: tuple[str, ...]) -> None:
    assert SHOP.services_of(repository) == held


@pytest.mark.parametrize(
    ("paths", "found"),
    [(["cart/a/b.py"], ["Cart_API.v2"]), (["lib/x.py"], ["Cart_API.v2"]), (["lib/deep/x.py"], []), (["pay/x", "cart/y"], ["Cart_API.v2", "pay/core"]),
     (["cartridge/x"], []), (["docs/cart/x"], [])],
)  # fmt: skip
def test_paths_tell_the_services_of_a_repository_apart(paths: list[str], found: list[str]) -> None:
    assert list(SHOP.services_at("nimbus/mono", paths)) == found


def test_a_person_has_several_accounts() -> None:
    assert SHOP.accounts("sam") == ["sam", "sam-dev", "sam-ops", "sam@x.example"]


def test_services_may_be_a_list_of_ids_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "squads.yaml"
    file.write_text(
        "version: 1\nteams:\n  a: {services: [x, x]}\n  b: {services: [1, {y: {}}]}\n  c: {services: {-bad: {}}}\n"
    )
    said = [(problem.place.line, problem.message) for problem in load(file).problems]
    assert [line for line, _ in said] == [3, 4, 4, 5] or [line for line, _ in said] == [3, 4, 5]
    assert any("stands twice" in message for _, message in said)
    assert any("a list of ids" in message for _, message in said)


def test_the_schema_knows_the_list_and_the_ids_of_other_tools() -> None:
    services = json_schema()["definitions"]["Team"]["properties"]["services"]
    assert [one["type"] for one in services["anyOf"]] == ["object", "array"]
    assert "A-Z" in json.dumps(services)
