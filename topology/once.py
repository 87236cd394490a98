"""Values that are made once, also where several threads ask for them at the same time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

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
            made = make()
            with self._lock:
                self._made[key] = made
                self._gates.pop(key, None)
                while self._most is not None and len(self._made) > self._most:
                    self._made.popitem(last=False)
        return made

    def _known(self, key: Hashable) -> Any:
        self._made.move_to_end(key)
        return self._made[key]
