"""The JSON Schema of topology.toml, with every rule's name: completion in an editor that reads schemas for TOML."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from topology.rules.registry import rules
from topology.source.schema import attribute_docs
from topology.source.settings import Settings

LEVELS = ["error", "warning", "info", "off"]
PREFIX = "^[Tt][Tt][0-9]{0,3}$"


def settings_schema_text() -> str:
    """The schema as the text of a file."""
    schema = Settings.model_json_schema(ref_template="#/definitions/{model}")
    sections = schema.pop("$defs")
    properties = {
        name: _documented(sections[field.annotation.__name__], field.annotation)
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }
    properties["rules"]["properties"] |= _of_rules(properties["rules"]["properties"])
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Topology settings", "type": "object",
             "properties": properties, "additionalProperties": False}  # fmt: skip
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _documented(section: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """A section with the docstrings of its attributes, without pydantic's titles."""
    docs = attribute_docs(model)
    fields = {
        name: {"description": docs[name], **_untitled(value)} if name in docs else _untitled(value)
        for name, value in section["properties"].items()
    }
    return {
        "type": "object",
        "description": section.get("description", ""),
        "properties": fields,
        "additionalProperties": False,
    }


def _untitled(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key != "title"}


def _of_rules(fields: dict[str, Any]) -> dict[str, Any]:
    """The settings that name rules."""
    every = [name for rule in rules().values() for name in (rule.code, rule.name)]
    named = {"type": "array", "items": {"anyOf": [{"enum": every}, {"type": "string", "pattern": PREFIX}]}}
    level = {"enum": LEVELS}
    thresholds = {
        name: {"type": "number", "default": rule.threshold, "description": f"{rule.title} ({rule.unit})"}
        for rule in rules().values()
        if rule.threshold is not None
        for name in (rule.code, rule.name)
    }
    return {
        "select": {**fields["select"], **named},
        "ignore": {**fields["ignore"], **named},
        "severity": {"description": fields["severity"]["description"], "type": "object", "properties": dict.fromkeys(every, level),
                     "patternProperties": {PREFIX: level}, "additionalProperties": False},
        "thresholds": {"description": fields["thresholds"]["description"], "type": "object", "properties": thresholds,
                       "additionalProperties": False},
    }  # fmt: skip
