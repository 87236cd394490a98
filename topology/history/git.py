"""The git command: never a shell, a clean environment, no pager, no hook, no name that could be taken for an option."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

# What a repository's own configuration could make git run, fetch or print otherwise is switched off: we only read objects.
_SAFE_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "diff.renames=false",
    "safe.bareRepository=explicit",  # a repository is a folder's own, never one that was put into it as files
    "protocol.allow=never",  # nothing is fetched
)
_SAFE = tuple(part for setting in _SAFE_SETTINGS for part in ("-c", setting))
SECONDS = 120  # a git command that takes longer is stopped: a repository may be made to keep it busy
# Since then git knows GIT_NO_LAZY_FETCH (CVE-2024-32004); older ones may fetch from where a repository says.
_KNOWS_NO_LAZY_FETCH = {(2, 39): 4, (2, 40): 2, (2, 41): 1, (2, 42): 2, (2, 43): 4, (2, 44): 1}
_ALLOWED = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "XDG_CONFIG_HOME")
TREE, SUBMODULE, LINK = "040000", "160000", "120000"


class GitError(ValueError):
    """What git cannot do, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a commit: its mode and the id of its object."""

    mode: str
    id: str


@dataclass(frozen=True)
class Repository:
    """A git repository by the folder of its work tree."""

    root: Path

    def run(self, *arguments: str, data: bytes | None = None) -> bytes:
        """What a git command prints. Raises GitError with git's own words."""
        refuse_old_git()
        try:
            done = subprocess.run(
                self._command(*arguments),
                input=data,
                capture_output=True,
                env=_environment(),
                check=False,
                timeout=SECONDS,
            )
        except FileNotFoundError:
            raise GitError("git is not installed, or the folder is gone.") from None
        except subprocess.TimeoutExpired:
            raise GitError(f"git {arguments[0]} took longer than {SECONDS} seconds and was stopped.") from None
        if done.returncode:
            raise GitError(f"git {arguments[0]}: {_words(done.stderr)}")
        return done.stdout

    def _command(self, *arguments: str) -> list[str]:
        return ["git", "--no-pager", *_SAFE, "-C", str(self.root), *arguments]

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names. Raises GitError; a shallow clone says what to fetch."""
        if not revision or "\0" in revision:
            raise GitError(f"{revision!r} is not a revision.")
        try:
            return (
                self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
                .decode()
                .strip()
            )
        except GitError:
            raise GitError(f"there is no revision `{revision}`. {self.fetch_advice()}".strip()) from None

    def merge_base(self, first: str, second: str) -> str:
        """The commit where two branches parted. Raises GitError."""
        commits = self.commit(first), self.commit(second)
        try:
            return self.run("merge-base", *commits).decode().strip()
        except GitError:
            raise GitError(
                f"`{first}` and `{second}` have no commit in common. {self.fetch_advice()}".strip()
            ) from None

    @property
    def shallow(self) -> bool:
        """Whether the clone has only part of the history."""
        return self.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def fetch_advice(self) -> str:
        """What to fetch in a shallow clone; "" in a whole one."""
        if not self.shallow:
            return ""
        return "The clone is shallow: `git fetch --unshallow` brings the rest (in a workflow: `fetch-depth: 0`)."

    def entry(self, commit: str, path: str) -> Entry | None:
        """What stands at a path in a commit; None when nothing does."""
        if path == ".":
            return Entry(TREE, self.run("rev-parse", f"{commit}^{{tree}}").decode().strip())
        return self._entries("ls-tree", "-z", "--full-tree", commit, "--", path).get(path)

    def entries(self, tree: str) -> dict[str, Entry]:
        """{name: entry} of a tree object."""
        return self._entries("ls-tree", "-z", tree)

    def _entries(self, *arguments: str) -> dict[str, Entry]:
        found = {}
        for record in self.run(*arguments).split(b"\0"):
            head, _, name = record.partition(b"\t")
            if name:
                mode, _, id_ = head.decode().split(" ")
                found[os.fsdecode(name)] = Entry(mode, id_)
        return found

    def relative(self, path: Path) -> str:
        """A path below the work tree as git writes it, `.` for the work tree itself. Raises GitError."""
        absolute = Path(os.path.normpath(path.absolute()))
        if absolute.resolve() == self.root.resolve():
            return "."
        try:
            return (absolute.parent.resolve() / absolute.name).relative_to(self.root.resolve()).as_posix()
        except ValueError:
            raise GitError(f"{path} is not in the repository {self.root}.") from None

    @contextmanager
    def objects(self) -> Iterator[Objects]:
        """A reader of objects by id, one process for all of them."""
        refuse_old_git()
        with subprocess.Popen(
            self._command("cat-file", "--batch-command"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=_environment(),
        ) as process:  # fmt: skip
            yield Objects(process)
            process.kill()  # (it may wait for a file that never ends)


@dataclass(frozen=True)
class Objects:
    """A running `git cat-file --batch-command`."""

    process: subprocess.Popen[bytes]

    def size(self, id_: str) -> int:
        """The bytes of an object, which are not read for it. Raises GitError when a partial clone does not have it."""
        with self._deadline():
            return self._head("info", id_)

    def read(self, id_: str, most: int, name: str = "") -> bytes:
        """The bytes of an object. Raises GitError for more than `most`, and when a partial clone does not have it."""
        if (size := self.size(id_)) > most:
            raise GitError(
                f"{name or id_[:10]} has {size / 1_048_576:.1f} MB there; {most / 1_048_576:.1f} MB are read at most."
            )
        with self._deadline():
            data = self._answer.read(self._head("contents", id_))
            self._answer.read(1)
        return data

    @property
    def _answer(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def _head(self, command: str, id_: str) -> int:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{command} {id_}\n".encode())
            self.process.stdin.flush()
            head = self._answer.readline().split()
        except OSError:
            head = []
        if len(head) != 3:
            raise GitError(f"the object {id_[:10]} is missing; fetch the whole repository.")
        return int(head[2])

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """Stops git when an answer does not come: an object may be a pipe that nobody writes into."""
        stop = threading.Timer(SECONDS, self.process.kill)
        stop.daemon = True
        stop.start()
        try:
            yield
        finally:
            stop.cancel()


@cache
def refuse_old_git() -> None:
    """Raises GitError for a git that would fetch missing objects from where the repository says."""
    try:
        told = subprocess.run(["git", "--version"], capture_output=True, env=_environment(), check=False).stdout.decode(
            "utf-8", "replace"
        )
    except OSError:
        raise GitError("git is not installed.") from None
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", told)
    major, minor, patch = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    if (major, minor) < (2, 45) and patch < _KNOWS_NO_LAZY_FETCH.get((major, minor), patch + 1):
        raise GitError(
            f"this git ({told.strip() or 'of no version'}) is too old: it may fetch from where a repository tells it to. "
            "Install git 2.45 or newer (or 2.39.4, 2.40.2, 2.41.1, 2.42.2, 2.43.4, 2.44.1)."
        )


def _words(stderr: bytes) -> str:
    """What git says: its last line; a refusal to read somebody else's repository whole, with what git advises."""
    told = stderr.decode("utf-8", "replace").strip()
    if "dubious ownership" in told:
        return told
    return told.splitlines()[-1] if told else "failed"


def repository_of(path: Path) -> Repository:
    """The repository that holds a file or folder. Raises GitError."""
    folder = path.absolute() if path.is_dir() else path.absolute().parent
    while not folder.is_dir() and folder != folder.parent:  # it may have been there in an earlier commit only
        folder = folder.parent
    try:
        root = Repository(folder).run("rev-parse", "--show-toplevel")
    except GitError as error:
        if "not a git repository" not in str(error):
            raise  # "dubious ownership", a bare repository: git says it best
        raise GitError(f"{folder} is not in a git repository.") from None
    return Repository(Path(os.fsdecode(root.removesuffix(b"\n"))))


def _environment() -> dict[str, str]:
    """Git's own variables (GIT_DIR of a hook, say) would point it elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name in _ALLOWED or name.startswith("GIT_CONFIG_")}
    return {**kept, "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1"}  # fmt: skip
