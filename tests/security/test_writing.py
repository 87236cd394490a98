"""Nothing that is written is half lost: a kill at every step, a full disk, several writers, links, modes, line ends (docs/security.md, 9)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.helpers import run
from tests.conftest import ROOT
from tests.security.writers import ACTS, MENDED, imported
from topology import writing
from topology.interop import merge
from topology.writing import LinkError, make_folder, write_file


def apart(*arguments: str) -> None:
    """Runs a part of `writers.py` in a process that has no threads yet, so that it may fork."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.writers", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ACTS)
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(name: str, tmp_path: Path) -> None:
    apart("killed", name, str(tmp_path / "x"))


# -- a full disk --------------------------------------------------------------------------------------------------------


def can_mount() -> bool:
    return shutil.which("unshare") is not None and subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"], check=False, capture_output=True
    ).returncode == 0  # fmt: skip


@pytest.mark.skipif(not can_mount(), reason="no right to mount a small disk here")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "squads.yaml", "--fix", "--fail-on", "never"), "No space left"),
        (("baseline", "sound.yaml", "--output", "kept.json"), "No space left"),
        (("check", "squads.yaml", "--format", "sarif", "--output", "kept.json", "--fail-on", "never"), "No space left"),
        (("simulate", "--design", "plain", "--output", "made"), "No space left"),
        (("import", "webhook", "saved.json", "--model", "small.yaml", "--into", "data"), "No space left"),
    ],
)  # fmt: skip
def test_a_full_disk_leaves_the_old_files_whole(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "squads.yaml").write_text(MENDED)
    (tmp_path / "small.yaml").write_text("version: 1\nteams: {a: {size: 6}}\n")
    (tmp_path / "sound.yaml").write_text(MENDED.replace("Stream-Aligned", "stream-aligned"))
    saved = "".join(
        f'{{"id": "{i}", "finishedDate": "2026-01-12T15:45:00Z", "deploymentCommits": [{{"repoUrl": "x/s"}}]}}\n'
        for i in range(600)
    )
    (tmp_path / "saved.json").write_text(saved)
    script = (
        'mount -t tmpfs -o size=400k tmpfs "$1" && cp ./*.yaml saved.json "$1" && cd "$1" && shift && echo kept > kept.json && mkdir data && '
        "echo id,service,finished_at,result > data/deployments.csv && "
        '{ head -c 1000000 /dev/zero > fill 2>/dev/null; truncate -s -8192 fill; "$@"; echo "code $?"; } && '
        "md5sum squads.yaml && cat kept.json data/deployments.csv && ls -A . data"
    )  # fmt: skip
    program = [str(Path(sys.executable).parent / "topology"), *arguments]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(disk), *program], cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert says in told, told
    assert "code 2" in told
    assert "Traceback" not in told
    assert (
        subprocess.run(["md5sum", "squads.yaml"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        in done.stdout
    )
    assert "\nkept\nid,service,finished_at,result\n" in done.stdout
    assert writing.BESIDE not in done.stdout.replace(".topology.lock", "")  # nothing half written stays


# -- several writers ----------------------------------------------------------------------------------------------------


def test_three_imports_at_once_lose_no_row_in_fifty_runs(tmp_path: Path) -> None:
    apart("together", "50", str(tmp_path))


def test_a_lock_that_is_a_link_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".topology.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(LinkError):
        merge(imported(), tmp_path / "data")
    assert not (tmp_path / "precious").exists()


def test_a_table_that_is_a_link_is_not_read_either(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "changes.csv").symlink_to("/etc/passwd")
    with pytest.raises(LinkError):
        merge(imported(), tmp_path / "data")


# -- what a file keeps --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o444])
def test_a_file_keeps_its_mode_and_owner(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    if os.geteuid() == 0:
        os.chown(file, 12345, 23456)
    file.chmod(mode)
    before = file.stat()
    write_file(file, "new")
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert file.read_text() == "new"


def test_a_new_file_has_the_mode_that_others_of_the_person_have(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    write_file(tmp_path / "new", "")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_named_link_is_followed_and_another_is_not(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    for name in ("link", "dangling", "loop"):
        if name != "link":
            (tmp_path / name).symlink_to("nowhere" if name == "dangling" else "loop")
        with pytest.raises(LinkError):
            write_file(tmp_path / name, "evil", within=tmp_path)
    assert (tmp_path / "real").read_text() == "new"
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "folder").mkdir()
    (tmp_path / "out").symlink_to(tmp_path.parent)
    with pytest.raises(LinkError):
        make_folder(tmp_path / "out" / "made", within=tmp_path)
    with pytest.raises(LinkError):
        write_file(tmp_path / "out" / "made.txt", "evil", within=tmp_path)
    write_file(tmp_path / "folder" / "made.txt", "good", within=tmp_path)


def test_a_pipe_and_a_device_may_be_named(tmp_path: Path) -> None:
    write_file(Path("/dev/null"), "gone")
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {size: 6}}\n")
    done = subprocess.run(
        [str(Path(sys.executable).parent / "topology"), "check", str(tmp_path / "squads.yaml"), "--format", "json", "--output", "/dev/stdout"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("{"), done.stderr


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {type: stream-aligned}}\n")
    for target in (tmp_path / "none" / "x.json", tmp_path / "squads.yaml" / "x.json"):
        result = run("baseline", str(tmp_path / "squads.yaml"), "--output", str(target))
        assert result.exit_code == 2
        assert "x.json" in result.output


@pytest.mark.parametrize(("mark", "end"), [("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n")])
def test_marks_and_line_ends_stay(tmp_path: Path, mark: str, end: str) -> None:
    text = mark + end.join(["version: 1", "teams:", "  a: {typ: platform, size: 6}  # kept", ""])
    (tmp_path / "squads.yaml").write_bytes(text.encode())
    run("check", str(tmp_path / "squads.yaml"), "--fix")
    assert (tmp_path / "squads.yaml").read_bytes().decode() == text.replace("typ:", "type:")
    table = mark + end.join(
        ["id,service,merged_at,note", '1,s,2026-01-01T10:00:00Z,"a', 'b"', "2,,2026-01-01T10:00:00Z,=1", ""]
    )
    (tmp_path / "changes.csv").write_bytes(table.encode())
    merge(imported(), tmp_path)
    after = (tmp_path / "changes.csv").read_bytes().decode()
    assert after.startswith(mark + "id,service,merged_at,note")
    assert after.count("\r\n") == (after.count("\n") if end == "\r\n" else 0) - (
        1 if end == "\r\n" and '"a\nb"' in after else 0
    )
    assert ",=1" in after


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,id,service,merged_at\n1,2,s,x\n", "the same name"), ("id,service,merged_at\n1,s,x,more\n", "line 2 has more cells"),
        ('id,service,merged_at\n1,"s" x,y\n', "cannot be read"), ("number,app,merged\n1,s,x\n", "stand there under another name"),
        ("id,service,merged_at\n1,s,\ud800\n", "cannot be read"),
    ],
)  # fmt: skip
def test_a_table_that_could_not_be_written_again_without_a_loss_is_left_alone(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "changes.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(Exception, match=says):
        merge(imported(), tmp_path)
    assert (tmp_path / "changes.csv").read_bytes() == text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("value", ["a\rb", "a\nb", "a\r\nb", '"', ",", "\r", " x ", "=1", "\x00", "é\u2028"])
def test_a_value_of_any_kind_is_kept_through_two_imports(tmp_path: Path, value: str) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [["id", "service", "merged_at", "note"], ["1", "s", "2026-01-01T10:00:00Z", value]]
    )
    (tmp_path / "changes.csv").write_bytes(out.getvalue().encode())
    for _ in range(2):
        merge(imported(), tmp_path)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "changes.csv").read_bytes().decode(), newline="")))
    assert rows[0]["note"] == value
    assert len(rows) == 41


def test_rows_that_are_there_twice_stay_twice(tmp_path: Path) -> None:
    """What an import has not touched is nobody's to tidy."""
    (tmp_path / "changes.csv").write_text(
        "id,service,merged_at\n1,s,2026-01-01T10:00:00Z\n1,s,2026-01-01T11:00:00Z\n,s,x\n,s,y\n"
    )
    merge(imported(), tmp_path)
    assert len((tmp_path / "changes.csv").read_text().splitlines()) == 1 + 4 + 40
