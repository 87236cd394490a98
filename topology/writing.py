"""The one way in which a file is written: beside the old one, flushed, and put in its place by rename.

A full disk, a kill or a loss of power leaves the old file or the new one, never a part of either.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

BESIDE = ".topology-"  # how the name of a file begins that is being written; one that a kill left behind may be deleted


class LinkError(OSError):
    """A link that nobody named stands where a file was to be written."""

    def __init__(self, file: Path) -> None:
        super().__init__(0, "it is a link, or stands below one; nothing was written", str(file))


def write_file(file: Path, content: str | bytes, *, within: Path | None = None) -> None:
    """Writes one file; see `write_files`."""
    write_files({file: content}, within=within)


def write_files(contents: Mapping[Path, str | bytes], *, within: Path | None = None) -> None:
    """Writes files, each whole; texts as UTF-8, byte for byte. Mode and owner of a file that is there stay.

    All are written beside their places before the first is put into its own, so that a disk that fills up changes none.
    A person who named the files means what their links lead to, be it a device or a pipe. Files whose names the person did
    not choose lie `within` a folder: below it no link is followed, and LinkError says where there is one.
    Raises OSError for what cannot be written, with the name of the file.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for file, content in contents.items():
            data = content.encode("utf-8") if isinstance(content, str) else content
            if within is None and file.exists() and not file.is_file():  # /dev/stdout, a pipe of the shell's
                file.write_bytes(data)
                continue
            target = _target(file, within)
            beside = target.with_name(f"{BESIDE}{secrets.token_hex(8)}")
            ready.append((beside, target))
            with _naming(file):
                _write_beside(beside, target, data)
        for beside, target in ready:
            with _naming(target):
                os.replace(beside, target)
        for folder in {target.parent for _, target in ready}:
            _flush_folder(folder)
    finally:
        for beside, _ in ready:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


@contextmanager
def new_secret(file: Path) -> Iterator[Callable[[str], None]]:
    """Gives a function that writes a new file that only its owner reads, such as one of links. The file is made at once, so that what the
    secrets are of is begun only where they can be written; it goes where something fails. Raises OSError, where it is there too."""
    with _naming(file):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with open(handle, "w", encoding="utf-8", newline="") as opened:

        def write(text: str) -> None:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())

        try:
            yield write
        except BaseException:
            file.unlink(missing_ok=True)
            raise


def make_folder(folder: Path, *, within: Path) -> None:
    """Makes a folder below another, through no link. Raises LinkError where there is one."""
    _target(folder, within).mkdir(parents=True, exist_ok=True)


def _target(file: Path, within: Path | None) -> Path:
    """Where the content goes. Raises LinkError for a link that nobody named."""
    real = Path(os.path.realpath(file))
    if within is not None and (
        file.is_symlink() or real != Path(os.path.realpath(within), os.path.relpath(file, within))
    ):
        raise LinkError(file)
    return real


def _write_beside(beside: Path, target: Path, data: bytes) -> None:
    """A new file with the content, flushed, with the mode and owner of the one that it will replace."""
    known = _known(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(beside, flags, 0o666 if known is None else 0o600), "wb") as handle:
        handle.write(data)
        if known is not None:
            _take_over(handle.fileno(), known)
        handle.flush()
        os.fsync(handle.fileno())


def _known(target: Path) -> os.stat_result | None:
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _take_over(handle: int, known: os.stat_result) -> None:
    """Gives a file the owner, as far as we may, and the mode of another. (The owner first: a change of it clears bits of the mode.)"""
    if hasattr(os, "fchown"):
        with suppress(PermissionError):
            os.fchown(handle, known.st_uid, known.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(known.st_mode))


def _flush_folder(folder: Path) -> None:
    """Makes the rename itself last. (Not every system lets a folder be opened.)"""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Says the name that the reader knows instead of that of the file beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
