"""Loading: the whole format, folders, and every kind of file that is not one."""

from __future__ import annotations

import datetime as dt
import gc
from pathlib import Path

import pytest

from tests.conftest import ROOT, organisation_of
from topology.source import Loaded, load, load_texts
from topology.source.files import MAX_BYTES
from topology.source.load import uncollected


def messages(loaded: Loaded) -> str:
    return "\n".join(f"{one.place} {one.code} {one.message} {one.help}" for one in loaded.problems)


def write(tmp_path: Path, content: bytes | str, name: str = "squads.yaml") -> Path:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_the_example_and_the_starter_have_no_problem() -> None:
    for file in (ROOT / "squads.yaml", ROOT / "topology" / "source" / "starter.yaml"):
        assert load(file).problems == ()


def test_the_real_organisation_loads(product_groups) -> None:
    assert len(product_groups.teams) == 60


def test_words_that_yaml_1_1_took_for_booleans_are_text() -> None:
    organisation = organisation_of("version: 1\nteams:\n  no: {name: off, mission: 007}\n  y: {name: on}\n")
    assert [organisation.team_name(team) for team in organisation.teams] == ["off", "on"]
    assert organisation.teams["no"].mission == "007"


def test_short_forms_mean_the_same_as_long_ones() -> None:
    organisation = organisation_of(
        "version: 1\nteams:\n  a: {pm: nadia, em: vacant, members: [sam, {person: lea, allocation: 50%}]}\n  b: {}\n"
        "interactions:\n  - {mode: x-as-a-service, provider: a, consumer: b}\n"
    )
    team = organisation.teams["a"]
    assert team.pm is not None and team.pm.person == "nadia" and team.pm.filled
    assert team.em is not None and not team.em.filled
    assert [(one.person, one.allocation) for one in team.members] == [("sam", 1.0), ("lea", 0.5)]
    assert organisation.interactions[0].pairs == [("a", "b")]


def test_keys_that_start_with_x_are_kept_and_ignored() -> None:
    organisation = organisation_of("version: 1\nteams:\n  a: {x-tribe: north, x-deep: {any: [thing]}}\n")
    assert organisation.teams["a"].labels == {"tribe": "north", "deep": {"any": ["thing"]}}


def test_aliases_repeat_a_value() -> None:
    organisation = organisation_of(
        "version: 1\nx-api: &api {service_level: one day}\nteams:\n  a: {api: *api}\n  b: {api: *api}\n"
    )
    assert organisation.teams["b"].api is not None
    assert organisation.teams["b"].api.service_level == "one day"


def test_values_are_frozen() -> None:
    organisation = organisation_of("version: 1\nteams: {a: {}}\n")
    with pytest.raises(ValueError, match="frozen"):
        organisation.teams["a"].name = "b"


def test_people_need_no_declaration_but_then_all_of_them() -> None:
    assert load_texts({"f": "version: 1\nteams: {a: {pm: nadia}}\n"}).problems == ()
    loaded = load_texts({"f": "version: 1\npeople: {omar: {}}\nteams: {a: {pm: nadia, em: omar}}\n"})
    assert [one.code for one in loaded.problems] == ["TT005"]


def test_a_folder_is_merged_and_keeps_the_places_of_each_file(tmp_path: Path) -> None:
    write(
        tmp_path, "version: 1\nteams:\n  a: {}\ninteractions:\n  - {mode: collaboration, between: [a, b]}\n", "one.yaml"
    )
    write(tmp_path, "teams:\n  b: {group: shop}\ngroups: {shop: {}}\n", "two.yml")
    write(tmp_path, "not: yaml: at all", ".hidden.yaml")
    organisation = load(tmp_path).organisation
    assert organisation is not None
    assert list(organisation.teams) == ["a", "b"]


def test_an_id_in_two_files_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, "version: 1\nteams:\n  a: {}\n", "one.yaml")
    write(tmp_path, "version: 1\nteams:\n  a: {}\n", "two.yaml")
    (problem,) = load(tmp_path).problems
    assert problem.code == "TT006"
    assert str(problem.place).endswith("two.yaml:3:3")
    assert str(problem.related[0]).endswith("one.yaml:3:3")


def test_a_broken_file_of_a_folder_does_not_accuse_the_others(tmp_path: Path) -> None:
    write(tmp_path, "version: 1\nteams:\n  a: {depends_on: [{team: b}]}\n", "one.yaml")
    write(tmp_path, "teams:\n  b: {", "two.yaml")
    loaded = load(tmp_path)
    assert [one.code for one in loaded.problems] == ["TT001"]
    assert loaded.organisation is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("# only a comment\n", "empty"),
        ("- a\n- b\n", "a list"),
        ("just words", "single value"),
        ("version: 1\nteams: {a: [", "not valid YAML"),
        ("version: 1\nteams:\n\ta: {}\n", "tab"),
        (b"version: 1\norganisation: {name: Caf\xe9}\n", "0xe9 is not UTF-8"),
        (b"version: 1\nteams: {a: {name: 'x\x00y'}}\n", "control character"),
        (b"\xff\xfev\x00e\x00r\x00", "not UTF-8"),
        ("version: 1\nx-a: " + "[" * 100_000, "levels deep"),
        ("version: 1\nx-a: " + "{a: " * 1_000, "levels deep"),
        ("version: 1\nx-a: &a [x]\n" + "".join(f"x-{i + 1}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)), "aliases repeat"),
        ("version: 1\n? [a, b]\n: c\n", "cannot be a key"),
        ("version: 1\n<<: {teams: {}}\n", "unknown key `<<`"),
        ("version: 1\nteams:\n", "has no value"),
    ],
    ids=["empty", "comment", "list", "scalar", "open", "tab", "latin-1", "nul", "utf-16", "brackets", "braces", "laughs", "key", "merge", "none"],
)  # fmt: skip
def test_bad_input_is_explained(tmp_path: Path, content: bytes | str, words: str) -> None:
    loaded = load(write(tmp_path, content))
    assert loaded.organisation is None
    assert words in messages(loaded)


def test_the_place_of_a_wrong_byte_is_its_line_and_column(tmp_path: Path) -> None:
    (problem,) = load(write(tmp_path, b"version: 1\norganisation: {name: Caf\xe9}\n")).problems
    assert (problem.place.line, problem.place.column) == (2, 25)


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfversion: 1\nteams: {a: {}}\n", b"version: 1\r\nteams:\r\n  a: {}\r\n"],
    ids=["bom", "crlf"],
)
def test_a_byte_order_mark_and_crlf_are_fine(tmp_path: Path, content: bytes) -> None:
    assert load(write(tmp_path, content)).organisation is not None


def test_a_file_of_50_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "squads.yaml"
    with file.open("wb") as handle:
        handle.truncate(50 * 1024 * 1024)
    assert f"limit is {MAX_BYTES // 1024**2} MB" in messages(load(file))


def test_a_missing_file_and_a_folder_without_yaml_are_explained(tmp_path: Path) -> None:
    assert "no such file" in messages(load(tmp_path / "none.yaml"))
    (tmp_path / "notes.txt").write_text("hello")
    assert "no YAML file" in messages(load(tmp_path))


def test_a_hundred_problems_come_in_one_run() -> None:
    text = "version: 1\nteams:\n" + "".join(f"  t{i}: {{typ: platform}}\n" for i in range(100))
    assert len(load_texts({"f": text}).problems) == 100


def test_a_large_organisation_keeps_its_dates() -> None:
    text = "version: 1\nteams:\n" + "".join(f"  t{i}: {{since: 2026-01-{1 + i % 28:02}}}\n" for i in range(2000))
    organisation = organisation_of(text)
    assert organisation.teams["t1999"].since == dt.date(2026, 1, 1 + 1999 % 28)


def test_a_size_may_count_who_joins_or_leaves_on_a_date_or_not() -> None:
    for size, fine in ((1, True), (2, True), (3, False)):
        text = f"version: 1\nteams: {{a: {{size: {size}, members: [p, {{person: q, until: 2099-01-01}}]}}}}\n"
        assert (load_texts({"f": text}).problems == ()) == fine


@pytest.mark.parametrize("size", ["²", "9" * 5000, "+7", "-1", "1.5"])
def test_odd_sizes_are_explained(size: str) -> None:
    assert load_texts({"f": f"version: 1\nteams: {{a: {{members: [p], size: '{size}'}}}}\n"}).problems


def test_an_unreadable_file_of_a_folder_does_not_accuse_the_others(tmp_path: Path) -> None:
    write(tmp_path, b"version: 1\nteams: {a: {name: Caf\xe9}}\n", "a.yaml")
    write(tmp_path, "teams: {b: {depends_on: [{team: a}]}}\n", "b.yaml")
    assert [one.code for one in load(tmp_path).problems] == ["TT001"]


def test_an_id_that_begins_with_x_is_checked_as_any_other() -> None:
    loaded = load_texts({"f": "version: 1\nteams: {x-ray: {nmae: X}}\n"})
    assert [one.code for one in loaded.problems] == ["TT003"]


def test_a_share_is_at_most_all() -> None:
    assert load_texts({"f": "version: 1\nteams: {a: {members: [{person: p, allocation: 400%}]}}\n"}).problems


def test_thousands_of_wrong_words_are_found_without_a_suggestion_for_each() -> None:
    text = (
        "version: 1\nteams:\n"
        + "".join(f"  team-{i}: {{group: g{i}}}\n" for i in range(4000))
        + "groups:\n"
        + "".join(f"  x{i}: {{}}\n" for i in range(4000))
    )
    problems = load_texts({"f": text}).problems
    assert len(problems) == 4000
    assert sum("Did you mean" in one.help for one in problems) <= 100


def test_the_end_of_a_file_is_in_its_last_line() -> None:
    (problem,) = load_texts({"f": "a: [b"}).problems
    assert (problem.place.line, problem.place.column) == (1, 6)


def test_the_collector_is_on_again_when_the_last_of_several_loads_ends() -> None:
    assert gc.isenabled()
    with uncollected():
        inner = uncollected()
        inner.__enter__()
        assert not gc.isenabled()
    assert not gc.isenabled()  # (as when one thread ends before another)
    inner.__exit__(None, None, None)
    assert gc.isenabled()
