"""Values that are made once, also where several threads ask for them at the same time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, Protocol, Self, TypeVar, cast, overload

Made = TypeVar("Made")


class Once:
    """Keeps what was made under a key, the `most` that were asked for last. A key that is being made is waited for, others are not."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._gates: dict[Hashable, threading.RLock] = {}

    def __call__(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made at the first time that it is asked for under this key. What it raises is not kept."""
        with self._lock:
            if key in self._made:
                return cast(Made, self._known(key))
            gate = self._gates.setdefault(key, threading.RLock())
        with gate:
            with self._lock:
                if key in self._made:
                    return cast(Made, self._known(key))
            try:
                made = make()
            finally:
                with self._lock:  # (those who wait hold the gate; who comes later makes another)
                    self._gates.pop(key, None)
            with self._lock:
                self._made[key] = made
                while self._most is not None and len(self._made) > self._most:
                    self._made.popitem(last=False)
        return made

    def _known(self, key: Hashable) -> Any:
        self._made.move_to_end(key)
        return self._made[key]


class Keeps(Protocol):
    """What keeps what is made under a key: a `Once`, or what hands over to one."""

    def __call__(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, or gave before under this key."""
        ...


class Kept(Protocol):
    """What keeps what was made of it."""

    @property
    def once(self) -> Once:
        """Where."""


class kept(Generic[Made]):  # noqa: N801 (a decorator, like property)
    """A property that is made once, also where threads ask at the same time, and waits for no other owner's."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: Kept, kind: type) -> Made: ...
    def __get__(self, owner: Kept | None, kind: type) -> Self | Made:
        """What was made of the owner."""
        return self if owner is None else owner.once(self._make.__name__, lambda: self._make(owner))
