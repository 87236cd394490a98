"""The facts of a window, each made once as a table of the engine and shared by every metric that reads it.

An engine in which no table can be made (a warehouse that is only read, Spark) gets the expression instead: the numbers are the same.
"""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any

KEPT = 24  # facts: a few windows and definitions
TOLD = 400  # facts whose expression is kept
ENGINES = ("duckdb", "postgres")
_numbers = itertools.count(1)


class Facts:
    """The facts that were made of the same events, those that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Any, str]] = OrderedDict()
        self._made_of: OrderedDict[str, Any] = OrderedDict()

    def __call__(self, key: Hashable, name: str, make: Callable[[], Any]) -> Any:
        """The fact under a key, made at the first time that it is asked for; `name` is what a reader of a query sees."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][0]
        expression = make()
        table, own = _made(expression, name)
        self._kept[key] = table, own
        if own:
            self._made_of[own] = expression
        while len(self._kept) > KEPT:
            _, (old, dropped) = self._kept.popitem(last=False)
            if dropped:
                old.get_backend().drop_table(dropped, force=True)
        while len(self._made_of) > TOLD:
            self._made_of.popitem(last=False)
        return table

    def expressions(self) -> dict[str, Any]:
        """{table of the engine: the expression that it was made of}, in the order of their making; of tables that are gone too, since a
        reader may open the query of a number later."""
        return dict(self._made_of)


def _made(expression: Any, name: str) -> tuple[Any, str]:
    """The expression as a table, with its name; itself where its engine makes none."""
    connection = expression.get_backend()
    if connection.name in ENGINES:
        own = f"{name}_{next(_numbers)}"
        with suppress(Exception):  # (each engine has errors of its own for one who may only read)
            table = connection.create_table(own, expression, temp=True)
            # (An engine says of its own times that they have microseconds; tables that are joined into one must say the same.)
            schema = expression.schema()
            return (table if table.schema() == schema else table.cast(schema)), own
    return expression, ""
