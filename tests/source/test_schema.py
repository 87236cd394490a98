"""The JSON Schema: never stale, and of one mind with the loader."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT, shared
from topology.source import load_texts
from topology.source.schema import FILE_NAME, json_schema, json_schema_text


class Text(yaml.SafeLoader):
    """Reads every scalar but whole numbers as text, as an editor's YAML 1.2 reads our files' dates."""


Text.yaml_implicit_resolvers = {key: [(tag, pattern) for tag, pattern in found if tag == "tag:yaml.org,2002:int"] for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()}  # fmt: skip


def errors(text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(json_schema())
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader=Text))]


def test_the_committed_schema_is_not_stale() -> None:
    assert (ROOT / FILE_NAME).read_text("utf-8") == json_schema_text(), (
        "run `topology schema --output squads.schema.json`"
    )


def test_it_is_a_valid_schema() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("file", ["squads.yaml", "topology/source/starter.yaml"])
def test_good_files_pass(file: str) -> None:
    assert errors((ROOT / file).read_text("utf-8")) == []


def test_the_real_organisation_passes() -> None:
    assert errors(shared("organisations/product-groups-2022.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    ["typ: platform", "type: squad", "since: soon", "pm: Nadia M", "members: sam", "cognitive_load: {intrinsic: 12, extraneous: 1, germane: 1}",
     "depends_on: [{team: b, kind: hard}]", "domains: [{name: x}]", "targets: {tech_investment: lots}", "positions: {duo: {pm: 6}}"],
)  # fmt: skip
def test_what_the_loader_refuses_the_editor_marks_too(line: str) -> None:
    text = f"version: 1\nteams:\n  b: {{}}\n  a:\n    {line}\n"
    assert load_texts({"file": text}).problems
    assert errors(text)


@pytest.mark.parametrize(
    "line",
    [
        "x-note: anything",
        "pm: {person: nadia, status: acting}",
        "em: vacant",
        "members: [sam, {person: lea, allocation: 50%}]",
    ],
)
def test_what_the_loader_takes_the_editor_takes(line: str) -> None:
    text = f"version: 1\nteams:\n  a:\n    {line}\n"
    assert load_texts({"file": text}).problems == ()
    assert errors(text) == []


def test_every_property_has_a_text_to_hover_over() -> None:
    schema = json_schema()
    for name, part in {"Organisation": schema, **schema["definitions"]}.items():
        properties = part.get("properties") or next(
            (one["properties"] for one in part.get("anyOf", []) if "properties" in one), {}
        )
        assert properties, name
        for key, value in properties.items():
            assert json.dumps(value).count('"description"') or "$ref" in value, f"{name}.{key}"
