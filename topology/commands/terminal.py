"""What goes to a terminal: letters, and nothing that moves, clears, colours or turns about what stands there.

Names come from files, and files may be a stranger's; a control character in one is shown as `\\x1b`, not sent.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

# C0 without tab and line feed, DEL and C1; the marks that turn the direction of writing about (Unicode TR 36), line separators.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """A text whose control characters can be read and do nothing."""
    return _CONTROL.sub(lambda found: _escape(ord(found[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Shown:
    """A stream that shows control characters instead of sending them."""

    encoding = (
        "utf-8"  # (click would write past us to a stream of another one; the stream below puts "?" where it must)
    )

    def __init__(self, stream: Any) -> None:
        self.unfiltered = stream

    def write(self, text: str) -> int:
        """Writes a text; gives its length."""
        self.unfiltered.write(shown(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Writes several."""
        for one in lines:
            self.write(one)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unfiltered, name)


@contextmanager
def safe_terminal() -> Iterator[None]:
    """Everything that is printed inside is shown."""
    with redirect_stdout(Shown(sys.stdout)), redirect_stderr(Shown(sys.stderr)):
        yield


@contextmanager
def plain_terminal() -> Iterator[None]:
    """Inside, programs that draw on the terminal themselves, such as a server or a bar, write to it as it is."""
    out, err = (getattr(one, "unfiltered", one) for one in (sys.stdout, sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        yield
