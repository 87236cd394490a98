"""Runs an act of writing in a process that is killed at a step of it, as by a loss of power."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from topology import writing

STEPS = ("open", "fsync", "fchmod", "fchown", "replace")


@dataclass
class Power:
    """Goes away at the so-many-th step."""

    step: int
    count: int = field(default=0, init=False)

    def tick(self) -> None:
        """Another step."""
        self.count += 1
        if self.count == self.step:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Disk:
    """The system's calls, each a step."""

    power: Power

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.power.tick()
            return real(*args, **kwargs)

        return call if name in STEPS else real


@dataclass
class Half:
    """An open file of which a write is a step with half of it done."""

    handle: Any
    power: Power

    def __enter__(self) -> Half:
        return self

    def __exit__(self, *_: object) -> None:
        self.handle.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.handle, name)

    def write(self, data: bytes) -> None:
        """Writes both halves."""
        self.handle.write(data[: len(data) // 2])
        self.handle.flush()
        self.power.tick()
        self.handle.write(data[len(data) // 2 :])


def killed_at(step: int, act: Callable[[], Any]) -> bool:
    """Runs an act in a process of its own that is killed at its so-many-th step of writing; whether it came that far."""
    child = os.fork()
    if child == 0:
        power = Power(step)
        writing.os = Disk(power)  # type: ignore[assignment]
        writing.open = lambda *args: Half(open(*args), power)  # type: ignore[attr-defined]  # noqa: SIM115, PTH123 (what it stands for)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the act failed at step {step}"
    return os.WIFSIGNALED(status)
