"""Values that are made once: in threads, within a bound, and after a failure."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from topology.once import Once, kept


def test_a_value_is_made_once_however_many_threads_ask() -> None:
    once, made, meet = Once(), [], threading.Barrier(8)

    def ask() -> int:
        meet.wait()
        return once("key", lambda: made.append(1) or len(made))

    with ThreadPoolExecutor(8) as pool:
        assert [future.result() for future in [pool.submit(ask) for _ in range(8)]] == [1] * 8
    assert made == [1]


def test_another_key_does_not_wait_and_a_key_may_ask_for_another() -> None:
    once, inside, done = Once(), threading.Event(), threading.Event()

    def slow() -> str:
        inside.set()
        assert done.wait(10)
        return once("inner", lambda: "made within")

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(once, "slow", slow)
        assert inside.wait(10)
        assert once("quick", lambda: "made meanwhile") == "made meanwhile"
        done.set()
        assert waiting.result() == "made within"


def test_those_that_were_asked_for_last_are_kept() -> None:
    once = Once(2)
    for key in "aba":
        once(key, lambda key=key: key.upper())
    once("c", lambda: "C")
    assert [once(key, lambda: "again") for key in "ca"] == ["C", "A"]
    assert once("b", lambda: "again") == "again"


def test_what_could_not_be_made_is_made_at_the_next_time() -> None:
    once = Once()
    with pytest.raises(ZeroDivisionError):
        once("key", lambda: 1 / 0)
    assert once._gates == {}
    assert once("key", lambda: 2) == 2


def test_a_kept_property_is_made_once_for_each_owner() -> None:
    class Owner:
        def __init__(self) -> None:
            self.once, self.made = Once(), 0

        @kept
        def value(self) -> int:
            """A value."""
            self.made += 1
            return self.made

    one, other = Owner(), Owner()
    assert (one.value, one.value, other.value, Owner.value.__doc__) == (1, 1, 1, "A value.")
