"""The query of a number as text: a script that runs outside, over the event tables, with each fact under its name."""

from __future__ import annotations

import re
from typing import Any

import ibis

from topology.delivery.engine import as_a_reader_wants
from topology.delivery.scope import Scope

PLACE = re.compile(r'"(?:temp|memory|attached)"\."main"\.|"pg_temp_\d+"\.')  # where this engine keeps its tables
NUMBERED = re.compile(r"\btopology_([a-z_]+?)_\d+\b")


def query(expression: Any, scope: Scope) -> str:
    """What the engine is asked: first the facts that the number reads, each once and with a name, then the number itself. What comes
    from the organisation file and the settings (owners, weeks, what is production) stands there as rows."""
    with as_a_reader_wants():
        return _script(expression, scope.events.facts.expressions())


def _script(expression: Any, facts: dict[str, Any]) -> str:
    texts: dict[str, str] = {}
    _add(str(ibis.to_sql(expression)), facts, texts)
    rows: dict[str, str] = {}
    made = [f"CREATE TEMPORARY TABLE {_named(name)} AS\n{text};" for name, text in texts.items()]
    whole = "\n\n".join([*made, f"{ibis.to_sql(expression)};"])
    for table in _memtables([expression, *(facts[name] for name in texts)]):
        rows[table.get_name()] = _values(table, f"from_the_organisation_file_{len(rows) + 1}")
    for place, name in enumerate(rows, start=1):
        whole = whole.replace(name, f"from_the_organisation_file_{place}")
    return PLACE.sub("", NUMBERED.sub(r"topology_\1", "\n\n".join([*rows.values(), whole])))


def _add(text: str, facts: dict[str, Any], texts: dict[str, str]) -> None:
    """Adds the facts that a text reads, those that they read themselves before them."""
    for name in facts:
        if name not in texts and re.search(rf"\b{name}\b", text):
            own = str(ibis.to_sql(facts[name]))
            _add(own, {other: one for other, one in facts.items() if other != name}, texts)
            texts[name] = own


def _named(name: str) -> str:
    return NUMBERED.sub(r"topology_\1", name)


def _memtables(expressions: list[Any]) -> list[Any]:
    """The small tables in expressions, each once."""
    from ibis.expr.operations import InMemoryTable

    found: dict[str, Any] = {}
    for expression in expressions:
        for node in expression.op().find(InMemoryTable):
            found.setdefault(node.name, node.to_expr())
    return list(found.values())


def _values(table: Any, name: str) -> str:
    """The rows of a small table as a statement."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    schema = table.schema()
    rows = [", ".join(_literal(row[column]) for column in table.columns) for row in table.to_pyarrow().to_pylist()]
    types = ", ".join(f'CAST("{column}" AS {_sql_type(schema[column])}) AS "{column}"' for column in table.columns)
    inner = ",\n  ".join(f"({row})" for row in rows)
    if not rows:
        empty = ", ".join(f'CAST(NULL AS {_sql_type(schema[column])}) AS "{column}"' for column in table.columns)
        return f"CREATE TEMPORARY TABLE {name} AS\nSELECT {empty} WHERE 1 = 0;"
    return f"CREATE TEMPORARY TABLE {name} AS\nSELECT {types} FROM (VALUES\n  {inner}\n) AS t({columns});"


def _literal(value: Any) -> str:
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def _sql_type(kind: Any) -> str:
    if kind.is_timestamp():
        return "TIMESTAMP WITH TIME ZONE"
    return "DATE" if kind.is_date() else "VARCHAR"
