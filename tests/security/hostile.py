"""A repository that somebody made to do harm to who checks, diffs or opens it. Every file of it is data; nothing of it may run."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

SETTINGS = {
    "core.fsmonitor": "{mark}", "core.hooksPath": ".githooks", "core.pager": "{mark}", "core.editor": "{mark}", "core.askPass": "{mark}",
    "core.sshCommand": "{mark}", "core.gitProxy": "{mark}", "core.alternateRefsCommand": "{mark}", "core.attributesFile": "evil.attributes",
    "core.excludesFile": "/etc/passwd", "core.abbrev": "4", "core.quotePath": "true", "core.logAllRefUpdates": "always", "core.autocrlf": "true",
    "core.precomposeUnicode": "true", "core.commentChar": "0", "core.untrackedCache": "true", "diff.external": "{mark}",
    "diff.evil.command": "{mark}", "diff.evil.textconv": "{mark}", "diff.orderFile": "/etc/passwd", "diff.renames": "copies",
    "diff.noprefix": "true", "diff.submodule": "log", "diff.colorMoved": "zebra", "diff.ignoreSubmodules": "all", "filter.evil.clean": "{mark}",
    "filter.evil.smudge": "{mark}", "filter.evil.process": "{mark}", "filter.evil.required": "true", "merge.evil.driver": "{mark}",
    "gpg.program": "{mark}", "gpg.ssh.program": "{mark}", "log.showSignature": "true", "log.follow": "true", "log.decorate": "full",
    "log.date": "format:%s", "log.mailmap": "true", "log.abbrevCommit": "true", "log.showRoot": "false", "log.diffMerges": "off",
    "log.initialDecorationSet": "all", "format.pretty": "raw", "color.ui": "always", "color.diff": "always", "pager.log": "{mark}",
    "pager.cat-file": "{mark}", "alias.log": "!{mark}", "alias.rev-parse": "!{mark}", "alias.ls-tree": "!{mark}", "credential.helper": "!{mark}",
    "sequence.editor": "{mark}", "interactive.diffFilter": "{mark}", "uploadpack.packObjectsHook": "{mark}",
    "remote.origin.url": "ext::sh -c {mark}", "remote.origin.promisor": "true", "remote.origin.partialclonefilter": "blob:none",
    "remote.origin.uploadpack": "{mark}", "protocol.allow": "always", "protocol.ext.allow": "always", "url.ext::.insteadOf": "https://",
    "ssh.variant": "simple", "http.proxy": "http://127.0.0.1:9", "i18n.logOutputEncoding": "UTF-16", "i18n.commitEncoding": "UTF-16",
    "maintenance.auto": "true", "gc.auto": "1", "gc.recentObjectsHook": "{mark}", "tag.gpgSign": "true",
    "trailer.evil.command": "{mark}", "submodule.recurse": "true", "fetch.recurseSubmodules": "true", "advice.detachedHead": "true",
    "safe.bareRepository": "all", "safe.directory": "*", "blame.ignoreRevsFile": "/etc/passwd", "init.templateDir": "/etc",
}  # fmt: skip
"""More than sixty settings: programs that git would start, and words that would change what it prints."""
HOOKS = (
    "pre-commit",
    "post-checkout",
    "post-index-change",
    "fsmonitor-watchman",
    "reference-transaction",
    "pre-auto-gc",
    "post-merge",
)
LARGE = 900 * 1024 * 1024
MANY, EACH = 40, 50 * 1024 * 1024


@dataclass(frozen=True)
class Hostile:
    """Where it is, and the file that appears when something of it has run."""

    root: Path
    mark: Path

    @property
    def has_run(self) -> bool:
        """Whether something of it ran."""
        return self.mark.exists()


def organisation(teams: int = 400, suppressions: int = 2_000) -> str:
    """An organisation that can be read, with many suppressions and names that would do something to a terminal or a page."""
    lines = [
        "version: 1",
        "people:",
        '  ann: {name: "\\e[31m<script>alert(1)</script>", accounts: {github: "x\\n* @evil"}}',
        "  bob: {}",
        "teams:",
    ]
    each = suppressions // teams
    for number in range(teams):
        lines += ["  # topology: ignore[TT701] a reason until 2027-01-01"] * each
        lines += [f"  t{number}:", "    type: stream-aligned", "    size: 7", f'    name: "=T{number} \\u202e"']
        lines += [f"    services: {{s{number}: {{}}}}"]
    return "\n".join(lines) + "\n"


def hostile(folder: Path, port: int, *, large: bool = True) -> Hostile:
    """Makes it below a folder; `port` is one on loopback that somebody listens to. `large`: with blobs that unfold to gigabytes."""
    root, mark = folder / "clone", folder / "has-run"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    root.mkdir(parents=True)
    _git(root, "init", "-q", "-b", "main")
    (root / "squads.yaml").write_text(organisation())
    _commit(root, "2026-01-05")
    _data(root, port)
    _links(root)
    _bare(root / "embedded", program)
    (root / "pip.py").write_text(
        f"open({str(mark)!r}, 'w')\n"
    )  # what `python -m pip` would import from the present folder
    (root / "sitecustomize.py").write_text(f"open({str(mark)!r}, 'w')\n")
    _commit(root, "2026-02-05")
    if large:
        _pack(root, _deltas(MANY, EACH), "squads.yaml", first_day=1)
        _large_blob(root)
        (root / "squads.yaml").write_text(organisation().replace("size: 7", "size: 8"))
        _commit(root, "2026-04-05")
    _promise(root)
    (root / ".gitattributes").write_text("* filter=evil diff=evil merge=evil ident working-tree-encoding=UTF-16\n")
    _configure(root, program)
    return Hostile(root, mark)


# -- what is in the work tree -------------------------------------------------------------------------------------------


def _data(root: Path, port: int) -> None:
    """Events: a DuckDB file with a view that reads beside it, an extension beside that, and settings that name a port."""
    (root / "data").mkdir()
    with duckdb.connect(str(root / "data" / "events.duckdb")) as lake:
        lake.execute("CREATE VIEW deployments AS SELECT * FROM read_csv('/etc/passwd')")
        lake.execute("CREATE VIEW incidents AS SELECT * FROM sniff_csv('/etc/passwd')")
        lake.execute(
            "CREATE TABLE changes AS SELECT 'c1' AS id, 's1' AS service, TIMESTAMPTZ '2026-03-03 10:00:00+00' AS merged_at"
        )
        lake.execute("CREATE MACRO lower(x) AS (SELECT content FROM read_text('/etc/passwd'))")
    extensions = root / "data" / "extensions"
    extensions.mkdir()
    (extensions / "evil.duckdb_extension").write_bytes(b"\x7fELF" + os.urandom(2_000))
    (root / "settings").mkdir()
    for name, source in {
        "url": f"postgres://${{GITHUB_TOKEN}}@127.0.0.1:{port}/x", "plain": f"mysql://a:b@127.0.0.1:{port}/x",
        "extension": "duckdb://data/events.duckdb?allow_unsigned_extensions=true&extension_directory=data/extensions",
        "spark": "pyspark://x?spark.jars=evil.jar", "up": "../../../etc", "absolute": "/etc", "home": "~/", "http": f"http://127.0.0.1:{port}/x",
        "file": "file:///etc", "secret": "${HOME}", "view": "data/events.duckdb", "link": "outside",
    }.items():  # fmt: skip
        (root / "settings" / f"{name}.toml").write_text(f'[data]\nsource = "{source}"\n')


def _links(root: Path) -> None:
    """Links out of the repository where we read, and where we write."""
    (root / "outside").symlink_to("/etc")
    (root / "squads-link.yaml").symlink_to("/etc/passwd")
    (root / "parts").mkdir()
    (root / "parts" / "a.yaml").write_text("version: 1\nteams: {a: {size: 7}}\n")
    (root / "parts" / "b.yaml").symlink_to("/etc/passwd")
    (root / "data" / "contacts.csv").symlink_to("/etc/passwd")
    (root / "topology-baseline.json").symlink_to("../written-outside")
    (root / "topology.sarif").symlink_to("../written-outside")


def _bare(folder: Path, program: Path) -> None:
    """A bare repository as files: a git that finds it by itself takes its configuration."""
    folder.mkdir()
    (folder / "objects").mkdir()
    (folder / "objects" / "keep").write_text("")
    (folder / "refs").mkdir()
    (folder / "refs" / "keep").write_text("")
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {program}\n"
    )
    (folder / "squads.yaml").write_text("version: 1\nteams: {a: {size: 7}}\n")


# -- what is in .git ----------------------------------------------------------------------------------------------------


def _configure(root: Path, program: Path) -> None:
    hooks = root / ".git" / "hooks"
    for folder in (hooks, root / ".githooks"):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            (folder / name).write_bytes(program.read_bytes())
            (folder / name).chmod(0o755)
    lines = []
    for name, value in SETTINGS.items():
        section, _, rest = name.partition(".")
        part, _, key = rest.rpartition(".")
        lines.append(
            f'[{section}{f" {chr(34)}{part}{chr(34)}" if part else ""}]\n\t{key} = "{value.format(mark=program)}"\n'
        )
    with (root / ".git" / "config").open("a") as handle:
        handle.write("".join(lines))
        handle.write("[extensions]\n\tpartialClone = origin\n[core]\n\trepositoryformatversion = 1\n")


def _promise(root: Path) -> None:
    """A commit whose file is promised to be elsewhere: reading it would make git fetch."""
    (root / "promised.yaml").write_text("version: 1\nteams: {promised: {size: 7}}\n")
    _commit(root, "2026-05-05")
    blob = _git(root, "rev-parse", "HEAD:promised.yaml")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


def _large_blob(root: Path) -> None:
    """A version of 900 MB that takes less than one on disk."""
    block = bytes(1024 * 1024)
    head = b"blob %d\0" % LARGE
    digest, packed = hashlib.sha1(head), zlib.compressobj(1)
    parts = [packed.compress(head)]
    for _ in range(LARGE // len(block)):
        digest.update(block)
        parts.append(packed.compress(block))
    parts.append(packed.flush())
    id_ = digest.hexdigest()
    place = root / ".git" / "objects" / id_[:2] / id_[2:]
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"".join(parts))
    _commit_blob(root, id_, "squads.yaml", "2026-03-20")


def _deltas(count: int, size: int) -> list[tuple[bytes, str, bytes]]:
    """(kind and data of a pack's entry, id) of versions of one large blob: the first whole, the others as small differences."""
    whole = bytes(size)
    found = [(b"whole", _blob_id(whole), whole)]
    for number in range(1, count):
        tail = b"%08d" % number
        found.append((b"delta", _blob_id(whole + tail), _delta(size, tail)))
    return found


def _blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _delta(size: int, tail: bytes) -> bytes:
    """A difference: the first version whole, then a few bytes (gitformat-pack)."""
    out, at = _varint(size) + _varint(size + len(tail)), 0
    while at < size:
        step = min(0xFFFF00, size - at)
        out += bytes([0xFF]) + struct.pack("<I", at) + struct.pack("<I", step)[:3]
        at += step
    return out + bytes([len(tail)]) + tail


def _varint(value: int) -> bytes:
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _pack(root: Path, entries: list[tuple[bytes, str, bytes]], name: str, first_day: int) -> None:
    body, base = b"PACK" + struct.pack(">II", 2, len(entries)), entries[0][1]
    for kind, _, data in entries:
        body += _entry_head(3 if kind == b"whole" else 7, len(data))
        body += b"" if kind == b"whole" else bytes.fromhex(base)
        body += zlib.compress(data, 1)
    body += hashlib.sha1(body).digest()
    subprocess.run(
        ["git", "-C", str(root), "index-pack", "--stdin"], input=body, check=True, capture_output=True, env=_ENVIRONMENT
    )
    for number, (_, id_, _) in enumerate(entries):
        _commit_blob(root, id_, name, f"2026-03-{first_day + number * 18 // len(entries):02d}")


def _entry_head(kind: int, size: int) -> bytes:
    first, size = kind << 4 | size & 0x0F, size >> 4
    out = b""
    while size:
        out += bytes([first | 0x80])
        first, size = size & 0x7F, size >> 7
    return out + bytes([first])


# -- git without its hooks ----------------------------------------------------------------------------------------------

_ENVIRONMENT = {
    "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Nobody", "GIT_AUTHOR_EMAIL": "n@example.org",
    "GIT_COMMITTER_NAME": "Nobody", "GIT_COMMITTER_EMAIL": "n@example.org", "GIT_NO_LAZY_FETCH": "1",
}  # fmt: skip


def _git(root: Path, *arguments: str, when: str = "2026-01-05") -> str:
    dates = {"GIT_AUTHOR_DATE": f"{when}T10:00:00Z", "GIT_COMMITTER_DATE": f"{when}T10:00:00Z"}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], env=_ENVIRONMENT | dates, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _commit(root: Path, day: str) -> None:
    _git(root, "-c", "core.attributesFile=/dev/null", "add", "-A", "-f")
    _git(root, "commit", "-q", "--allow-empty", "-m", "change", when=day)


def _commit_blob(root: Path, id_: str, name: str, day: str) -> None:
    """A commit in which a file is a blob that is never written out."""
    _git(root, "update-index", "--add", "--cacheinfo", f"100644,{id_},{name}")
    tree = _git(root, "write-tree", "--missing-ok")
    commit = _git(root, "commit-tree", tree, "-p", "HEAD", "-m", "large", when=day)
    _git(root, "update-ref", "refs/heads/main", commit)


def mode_of(file: Path) -> int:
    """Its permission bits."""
    return stat.S_IMODE(file.stat().st_mode)
