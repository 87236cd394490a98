"""The JSON Schema of the organisation file, made from the models: completion and hover help in an editor.

Draft 7, which every YAML language server reads. The schema also knows the short forms that the models accept
(`pm: nadia`, `members: [sam]`, `consumer: search`).
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from typing import Any

from pydantic import BaseModel

from topology.model import Organisation
from topology.model.values import ID_PATTERN, SERVICE_PATTERN, Value

FILE_NAME = "squads.schema.json"

_ID = {"type": "string", "pattern": ID_PATTERN}
_LEVEL = {"type": "integer", "minimum": 1, "maximum": 5}


def json_schema() -> dict[str, Any]:
    """The schema as a JSON value."""
    generated = Organisation.model_json_schema(ref_template="#/definitions/{model}", mode="validation")
    documented = {one.__name__: attribute_docs(one) for one in _models(Value)}
    definitions = {name: _closed(part, documented[name]) for name, part in generated.pop("$defs").items()}
    schema = _closed(generated, documented["Organisation"])
    _short_forms(definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Topology organisation file, format 1",
        **{key: value for key, value in schema.items() if key not in ("title", "required")},
        "definitions": definitions,
    }


def json_schema_text() -> str:
    """The schema as the text of the file `squads.schema.json`."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _models(base: type[Value]) -> list[type[Value]]:
    return [one for child in base.__subclasses__() for one in (child, *_models(child))]


def attribute_docs(model: type[BaseModel]) -> dict[str, str]:
    """{field: the string that stands below it in the class}.

    Read when the schema is made: pydantic's own reading, at each import, costs a fifth of the start-up of `topology check`.
    """
    found: dict[str, str] = {}
    for one in reversed([part for part in model.__mro__ if issubclass(part, BaseModel) and part is not BaseModel]):
        body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, after in zip(body.body, body.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
                found[field.target.id] = inspect.cleandoc(ast.literal_eval(after.value))
    return found


def _closed(part: dict[str, Any], documented: dict[str, str]) -> dict[str, Any]:
    """An object that allows its own keys and `x-` keys only, without pydantic's titles and nulls."""
    properties = {
        name: _plain(
            {"description": text, **value} if (text := documented.get(name, documented.get(f"{name}_"))) else value
        )
        for name, value in part["properties"].items()  # (`as_` is `as` in the file)
    }
    closed = {key: value for key, value in part.items() if key not in ("title", "properties")}
    return {**closed, "properties": properties, "patternProperties": {"^x-": {}}, "additionalProperties": False}


def _plain(value: Any) -> Any:
    """A property without titles, defaults and the `null` that Python's optional fields bring."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _plain(one) for key, one in value.items() if key not in ("title", "default", "discriminator")}
    options = [one for one in kept.get("anyOf", []) if one != {"type": "null"}]
    if len(options) == 1:
        del kept["anyOf"]
        kept = {**options[0], **kept}
    return _beside_reference(kept)


def _beside_reference(kept: dict[str, Any]) -> dict[str, Any]:
    """Draft 7 ignores what stands beside a `$ref`, so a description needs an `allOf`."""
    if "$ref" in kept and len(kept) > 1:
        return {"allOf": [{"$ref": kept.pop("$ref")}], **kept}
    return kept


def _short_forms(definitions: dict[str, Any]) -> None:
    for name in ("Lead", "Member"):
        long_form = definitions[name]
        definitions[name] = {"description": long_form["description"], "anyOf": [_ID, long_form]}
    definitions["Aim"] = {"description": definitions["Aim"]["description"], "anyOf": [_LEVEL, definitions["Aim"]]}
    services = definitions["Team"]["properties"]["services"]
    by_id = {key: services.pop(key) for key in tuple(services) if key != "description"}
    listed = {"type": "array", "items": {"type": "string", "pattern": SERVICE_PATTERN}, "uniqueItems": True}
    services["anyOf"] = [by_id, listed]
    consumer = definitions["XAsAService"]["properties"]["consumer"]
    several = {key: consumer[key] for key in ("type", "items", "minItems") if key in consumer}
    definitions["XAsAService"]["properties"]["consumer"] = {
        "description": consumer["description"],
        "anyOf": [_ID, several],
    }
