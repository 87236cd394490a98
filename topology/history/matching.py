"""Which entry of a later list is which of an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")


def matched(
    old: Sequence[Item], new: Sequence[Item], key: Callable[[Item], Hashable], fields: Callable[[Item], dict[str, Any]]
) -> Iterator[tuple[Item | None, Item | None]]:
    """(earlier, later) of every entry that is not the same in both; None on one side for what is new or gone.

    Entries belong together by `key`. Of several with one key, equal ones go together first, then those that share most
    `fields`, so that an entry that was removed is not told as a change of its neighbour.
    """
    earlier: dict[Hashable, list[Item]] = {}
    for one in old:
        earlier.setdefault(key(one), []).append(one)
    later: dict[Hashable, list[Item]] = {}
    for one in new:
        later.setdefault(key(one), []).append(one)
    for name in dict.fromkeys([*later, *earlier]):
        yield from _of_one_key(earlier.get(name, []), later.get(name, []), fields)


def _of_one_key(
    olds: list[Item], news: list[Item], fields: Callable[[Item], dict[str, Any]]
) -> Iterator[tuple[Item | None, Item | None]]:
    before, after = [(fields(one), one) for one in olds], [(fields(one), one) for one in news]
    for value in list(after):
        twin = next((one for one in before if one[0] == value[0]), None)
        if twin is not None:
            before.remove(twin)
            after.remove(value)
    for value in after:
        nearest = max(before, key=lambda one: _common(one[0], value[0]), default=None)
        if nearest is not None:
            before.remove(nearest)
        yield (nearest[1] if nearest else None), value[1]
    for _, gone in before:
        yield gone, None


def _common(first: dict[str, Any], second: dict[str, Any]) -> int:
    return sum(1 for name, value in first.items() if value is not None and second.get(name) == value)
