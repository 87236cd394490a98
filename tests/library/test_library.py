"""The library: the guide's lines, a typed user, errors with places, workspaces that do not meet."""

from __future__ import annotations

import datetime as dt
import doctest
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import topology
from tests.conftest import DAY, ROOT
from tests.library.user import answers
from topology.extras import naming_its_extra
from topology.source.edit import EditError

TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def lumio() -> topology.Workspace:
    return topology.open(ROOT / "squads.yaml", data=ROOT / "data", today=TODAY)


def test_the_guide_s_lines_give_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("squads.yaml", "topology.toml", "data"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(str(ROOT / "docs" / "library.md"), module_relative=False)
    assert (done.failed, done.attempted >= 15) == (0, True)
    assert (tmp_path / "map.svg").read_text("utf-8").startswith("<svg")


def test_a_typed_user_passes_mypy_strict() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(ROOT / "tests" / "library" / "user.py")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_ten_lines_answer() -> None:
    found = answers(ROOT / "squads.yaml", ROOT / "data")
    assert found["columns"] == ["team", "name", "from", "to", "value"]
    assert found["teams"] == 20 and found["changes"]


def test_metrics_say_why_nobody_has_a_number(tmp_path: Path) -> None:
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {}}\n")
    table = topology.open(tmp_path / "squads.yaml", today=TODAY).metrics("flow-load")
    assert table["value"].isna().all() and table.attrs["missing"] == "no data: there is no table work_items"


def test_groups_and_the_organisation_have_metrics_too(lumio: topology.Workspace) -> None:
    assert list(lumio.metrics("flow-load", by="organisation")["organisation"]) == ["organisation"]
    assert "payments" in set(lumio.metrics("flow-load", by="group")["group"])


def test_wrong_names_are_said(lumio: topology.Workspace, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no overlay `nothing`; there are type, deployment-frequency"):
        lumio.map(overlay="nothing")
    with pytest.raises(ValueError, match="no layer `friends`; there are declared, needed"):
        lumio.network("friends")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no metric `velocity`; there are deployment-frequency"):
        lumio.metrics("velocity")
    with pytest.raises(EditError, match=r"no `teams\.nobody`"):
        lumio.what_if([("remove", "teams.nobody")])
    with pytest.raises(topology.OrganisationError, match=r"squads\.yaml:348"):
        lumio.what_if([("set", "teams.search.group", "nowhere")])
    with pytest.raises(ValueError, match=r"saved as \.svg or \.png"):
        lumio.map().save(tmp_path / "map.bmp")
    with pytest.raises(AttributeError):
        topology.nothing  # noqa: B018


@pytest.mark.parametrize(
    "wrong",
    [{"weeks": 0}, {"weeks": -3}, {"weeks": 1_000_000}, {"every": "month"}, {"by": "site"}, {"definition": "nope"}, {"day": "someday"},
     {"day": dt.date.min}, {"day": dt.date.max}],
    ids=str,
)  # fmt: skip
def test_a_wrong_question_has_no_answer(lumio: topology.Workspace, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"weeks is|there is no|isoformat|is outside 1970"):
        lumio.metrics("change-lead-time", **wrong)


def test_a_day_is_a_date_a_text_or_a_datetime(lumio: topology.Workspace) -> None:
    frames = [
        lumio.metrics("change-lead-time", day=day)
        for day in (DAY, DAY.isoformat(), dt.datetime.combine(DAY, dt.time(9)))
    ]
    assert frames[0].equals(frames[1]) and frames[0].equals(frames[2])
    assert [str(kind) for kind in frames[0][["value", "n", "low", "high"]].dtypes] == [
        "float64",
        "Int64",
        "float64",
        "float64",
    ]


def test_nothing_is_compared_with_what_cannot_be_read(lumio: topology.Workspace, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("version: 1\nteams: {a: {typ: x}}\n")
    for other in ("nowhere.yaml", tmp_path / "bad.yaml"):
        with pytest.raises(topology.OrganisationError):
            lumio.difference(other)
    with pytest.raises(FileNotFoundError, match="nowhere of event tables"):
        topology.open(tmp_path / "bad.yaml", data=tmp_path / "nowhere")


def test_a_map_of_no_team_or_no_width_is_not_drawn(lumio: topology.Workspace) -> None:
    for wrong in ({"width": 0}, {"width": float("nan")}, {"selected": "nobody"}, {"theme": "blue"}):
        with pytest.raises(ValueError, match=r"width is|there is no"):
            lumio.map(**wrong)


def test_a_missing_library_is_named_with_its_extra() -> None:
    @naming_its_extra
    def ask(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    with pytest.raises(topology.MissingExtraError, match=r"this needs ibis, .*: pip install 'squad-topology\[data\]'"):
        ask("ibis.backends")
    with pytest.raises(ModuleNotFoundError):
        ask("something_else")


def test_a_file_that_cannot_be_read_says_every_problem_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("version: 1\nteams: {a: {typ: x, size: many}}\n")
    for read in (topology.open, topology.load):
        with pytest.raises(topology.OrganisationError) as caught:
            read(tmp_path / "bad.yaml")
        assert "bad.yaml:2:13: TT003" in str(caught.value) and "bad.yaml:2:27" in str(caught.value)
        assert len(caught.value.problems) == 2


def test_a_map_is_saved_as_svg_and_png(lumio: topology.Workspace, tmp_path: Path) -> None:
    picture = lumio.map("cognitive-load", DAY)
    assert picture._repr_svg_() == picture.save(tmp_path / "m.svg").read_text("utf-8")
    assert picture.save(tmp_path / "m.png").read_bytes()[:4] == b"\x89PNG"


def test_what_it_gives_is_the_caller_s_own(lumio: topology.Workspace) -> None:
    lumio.network("needed").clear()
    assert lumio.network("needed").number_of_edges() > 0


def test_no_contact_is_told_of_small_teams(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "squads.yaml").write_text("version: 1\nteams: {a: {size: 4}, b: {size: 7}, c: {size: 7}}\n")
    rows = "".join(f"2026-11-{day:02},{one},b,meeting,9\n" for day in (2, 9, 16) for one in "ac")
    (tmp_path / "data" / "contacts.csv").write_text(f"week,source,target,kind,weight\n{rows}")
    graph = topology.open(tmp_path / "squads.yaml", today=TODAY).network("observed")
    assert list(graph.edges) == [("b", "c")]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two organisations with a team of one id, and events of their own."""
    for name, count in (("one", 3), ("other", 8)):
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        (folder / "squads.yaml").write_text(f"version: 1\nteams: {{a: {{name: {name}, services: {{s: {{}}}}}}}}\n")
        rows = "".join(f"{i},s,2026-11-{9 + i % 5:02}T10:00:00Z,success\n" for i in range(count))
        (folder / "data" / "deployments.csv").write_text(f"id,service,finished_at,result\n{rows}")
    yield tmp_path / "one" / "squads.yaml", tmp_path / "other" / "squads.yaml"


def test_two_organisations_in_two_threads_do_not_meet(two: tuple[Path, Path]) -> None:
    found: dict[str, list[tuple[str, float]]] = {"one": [], "other": []}

    def ask(file: Path) -> None:
        for _ in range(5):
            workspace = topology.open(file, today=TODAY)
            row = workspace.metrics("deployment-frequency", weeks=1, day=dt.date(2026, 11, 15)).iloc[0]
            found[file.parent.name].append((row["name"], row["n"]))

    threads = [threading.Thread(target=ask, args=(file,)) for file in two for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"one": [("one", 3)] * 10, "other": [("other", 8)] * 10}


def test_threads_may_share_a_workspace(lumio: topology.Workspace) -> None:
    shared = topology.open(ROOT / "squads.yaml", today=TODAY)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(shared.metrics("change-lead-time", every="week"))))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [len(lumio.metrics("change-lead-time", every="week"))] * 6
