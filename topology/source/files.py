"""The files of an organisation: which ones, and their text. A link that leads out of its repository is not followed."""

from __future__ import annotations

import os
from pathlib import Path

from topology.source.lines import lines_of
from topology.source.place import Place
from topology.source.problem import Problem

MAX_BYTES = 16 * 1024 * 1024  # 10 000 teams are 7 MB
MOST_FILES = 2_000  # of a folder
SUFFIXES = (".yaml", ".yml")
DEFAULT_NAMES = ("squads.yaml", "squads.yml", "squads")  # where an organisation is looked for when none is named


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path below a folder leads out of it, through a link at any of its steps."""
    real, home = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([real, home]) != home


def left_home(path: Path) -> Path | None:
    """The repository, or the folder of a link, out of which a link on the way to a path leads; None where none does.

    A link above every repository, such as /home on many servers, is the person's own.
    """
    whole = Path(os.path.normpath(path.absolute()))
    home: Path | None = None
    for step in (*reversed(whole.parents), whole):
        if not step.is_symlink():
            home = step if (step / ".git").exists() else home
            continue
        bound = home or (step.parent if step == whole else None)
        if bound is not None and leads_out(step, bound):
            return bound
    return None


def _outside(path: Path) -> list[Problem]:
    """What is wrong where a stranger's link would make us read what is not theirs."""
    if (home := left_home(path)) is None:
        return []
    message = f"this is a link, or stands below one, that leads out of {home}"
    return [_problem(path, message, "Name the file itself; a link is followed inside its repository only.")]


def files_of(path: Path) -> tuple[list[Path], list[Problem]]:
    """The YAML files at `path` (one file, or a folder's files by name, hidden ones left out) or what is wrong."""
    if outside := _outside(path):
        return [], outside
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES and p.is_file() and not p.name.startswith("."))
        if wrong := [problem for one in found if one.is_symlink() for problem in _outside(one)]:
            return [one for one in found if not one.is_symlink()], wrong
        if found:
            return (found, []) if not (large := _too_large(path, found)) else ([], [large])
        return [], [
            _problem(path, "the folder has no YAML file", "Put `*.yaml` files into it, or name a file instead.")
        ]
    if not path.exists():
        return [], [
            _problem(path, "there is no such file or folder", "`topology init` writes a small file to start from.")
        ]
    if not path.is_file():
        return [], [_problem(path, "this is neither a file nor a folder", "Name a YAML file or a folder of them.")]
    return [path], []


def _too_large(folder: Path, files: list[Path]) -> Problem | None:
    """What is wrong with a folder of more, or larger, files than an organisation has."""
    if len(files) > MOST_FILES:
        return _problem(
            folder,
            f"the folder has {len(files)} YAML files; the limit is {MOST_FILES}",
            "Put several teams into a file.",
        )
    size = sum(file.stat().st_size for file in files)
    if size > MAX_BYTES:
        message = f"the files have {size / 1_048_576:.0f} MB together; the limit is {MAX_BYTES // 1_048_576} MB"
        return _problem(folder, message, "Is it the right folder? One of 10 000 teams has 7 MB.")
    return None


def found_upwards(folder: Path) -> Path | None:
    """The organisation of a folder or of the nearest one above it, under its usual name; None where there is none."""
    for place in (folder.resolve(), *folder.resolve().parents):
        for name in DEFAULT_NAMES:
            if (place / name).exists():
                return place / name
    return None


def read(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a file without its byte-order mark, or what is wrong with its bytes."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            message = f"the file has {size / 1_048_576:.0f} MB; the limit is {MAX_BYTES // 1_048_576} MB"
            return None, [_problem(path, message, "Is it the right file? One of 10 000 teams has 7 MB.")]
        data = path.read_bytes()
    except OSError as error:
        return None, [_problem(path, f"the file cannot be read: {error.strerror}", "Check the file's permissions.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        lines = lines_of(data[: error.start].decode("utf-8", "replace"))
        place = Place(str(path), len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8 text"
        return None, [Problem("TT001", message, place, "Save the file with the encoding UTF-8.")]


def read_texts(path: Path) -> dict[str, str]:
    """The texts at `path` by file name, with their byte-order marks: what edits are made on. Files that cannot be read are left out."""
    texts = {}
    for file in files_of(path)[0]:
        if read(file)[0] is not None:
            texts[str(file)] = file.read_bytes().decode("utf-8")
    return texts


def _problem(path: Path, message: str, help_: str) -> Problem:
    return Problem("TT001", message, Place(str(path)), help_)
