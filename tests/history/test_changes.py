"""What is told of a change: all of it, once, under the right names."""

from __future__ import annotations

import datetime as dt

import pytest

import topology.history.consequences as consequences_module
import topology.history.renames as renames_module
from topology.history.consequences import Difference, difference
from topology.report.diff import render
from topology.report.mermaid import mermaid
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings

pytestmark = pytest.mark.english

DAY = dt.date(2026, 11, 23)


def of(before: str, after: str) -> Difference:
    loaded = [load_texts({"squads.yaml": "version: 1\n" + text}) for text in (before, after)]
    assert all(one.organisation is not None for one in loaded), [one.problems for one in loaded]
    return difference(loaded[0], loaded[1], DAY, selection(RuleSettings()))


def told(before: str, after: str) -> list[str]:
    return [f"{one.sign} {one.text}" for one in of(before, after).changes]


def test_two_teams_that_swap_ids_are_two_renames() -> None:
    before = "teams: {a: {name: A, services: {s1: {}}, members: [p1, p2]}, b: {name: B, services: {s2: {}}, members: [q1, q2]}}\n"
    after = "teams: {b: {name: A, was: [a], services: {s1: {}}, members: [p1, p2]}, a: {name: B, was: [b], services: {s2: {}}, members: [q1, q2]}}\n"
    assert told(before, after) == ["~ A (a) is now A (b)", "~ B (b) is now B (a)"]


def test_an_id_that_is_used_again_is_another_team() -> None:
    before = "teams: {cart: {name: Cart, services: {s1: {}}, members: [p1, p2]}}\n"
    after = "teams: {checkout: {name: Checkout, was: [cart], services: {s1: {}}, members: [p1, p2]}, cart: {name: New Cart, services: {s9: {}}, members: [z1, z2]}}\n"
    assert told(before, after) == [
        "~ Cart (cart) is now Checkout (checkout)",
        "+ New Cart (cart, undefined) is new; owns s9",
    ]


def test_a_declared_merge_is_told_as_one() -> None:
    before = "teams: {a: {members: [p1]}, b: {members: [q1]}, q: {depends_on: [{team: b}]}}\n"
    after = "teams: {a: {was: [b], members: [p1, q1]}, q: {depends_on: [{team: a}]}}\n"
    assert told(before, after) == ["− b (b) went into a", "+ a: q1 joined"]


def test_an_id_of_another_kind_is_not_renamed_with_the_team() -> None:
    rest = "group: search, type: stream-aligned, size: 400, pm: a, em: b, services: {search: {}}}}\nkpis: {search: {name: k}}\ngroups: {search: {name: S}}\n"
    found = of("teams: {search: {name: Search, " + rest, "teams: {find: {name: Search, was: [search], " + rest)
    assert (found.introduced, found.resolved) == ((), ())


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("teams: {a: {}}", "teams: {a: {was: [z]}}", "a, former ids: z, before: nothing"),
        ("teams: {}", "teams: {}\nx-note: hello", "x-note hello"),
        ("teams: {b: {}, a: {depends_on: [{team: b, x-k: 1}]}}", "teams: {b: {}, a: {depends_on: [{team: b, x-k: 2}]}}", "x-k 2, before: 1"),
        ("teams: {b: {}, a: {depends_on: [{team: b, kind: blocking}, {team: b, kind: ok}]}}",
         "teams: {b: {}, a: {depends_on: [{team: b, kind: slowing}, {team: b, kind: ok}]}}", "kind slowing, before: blocking"),
        ("teams: {a: {members: [{person: p, until: 2026-02-01}, {person: p, since: 2026-05-01}]}}",
         "teams: {a: {members: [{person: p, until: 2026-04-01}, {person: p, since: 2026-05-01}]}}", "until 2026-04-01, before: 2026-02-01"),
        ("roadmap: [{title: t, category: debt, impact: i}, {title: t, category: risk}]", "roadmap: [{title: t, category: debt, impact: i}]", "“t” is gone"),
        ("groups: {g: {kind: tribe}}", "groups: {g: {}}", "kind value-stream, before: tribe"),
        (f"teams: {{a: {{mission: {'x' * 130} one}}}}", f"teams: {{a: {{mission: {'x' * 130} two}}}}", "two, before: …xxxxxxxxxxxxxxxxxxx one"),
        ("teams: {a: {pm: vacant}}", "teams: {a: {pm: {status: vacant, since: 2026-01-01}}}", "vacant from 2026-01-01, before: vacant"),
        ("groups: {g: {name: Pay}}\nteams: {a: {group: g}}", "groups: {z: {name: Pay}}\nteams: {a: {group: z}}", "a is in z, before: g"),
        ("people: {p: {name: P}, q: {name: P}}\nteams: {a: {pm: p}}", "people: {p: {name: P}, q: {name: P}}\nteams: {a: {pm: q}}", "product manager: q, before: p"),
        ("teams: {a: {}}", "teams: {a: {targets: {}}}", "targets: written, empty"),
    ],
)  # fmt: skip
def test_nothing_changes_in_silence_and_no_line_says_x_before_x(before: str, after: str, words: str) -> None:
    lines = told(before + "\n", after + "\n")
    assert any(words in line for line in lines), lines
    for line in lines:
        now, _, then = line.partition(", before: ")
        assert not then or not now.endswith(f" {then}"), line


def test_what_a_new_team_brings_is_told_with_it() -> None:
    (line,) = [one for one in told(
        "teams: {a: {services: {s1: {}, s2: {}, s3: {}}}}\n",
        "teams: {a: {services: {s1: {}}}, b: {services: {s2: {}, s4: {}, s5: {}, s6: {}}, depends_on: [{team: a, kind: blocking}], pm: nadia, em: vacant}}\n",
    ) if one.startswith("+ b")]  # fmt: skip
    assert line == "+ b (b, undefined) is new; PM nadia, EM vacant; owns s2, s4, s5, s6; depends on a (blocking)"


INTERACTIONS = "teams: {a: {name: A}, b: {name: B}}\ninteractions:\n"
ONE = "  - {mode: collaboration, between: [a, b], purpose: one, since: 2025-01-01, until: 2025-03-01, ended: 2025-03-01}\n"
TWO = "  - {mode: collaboration, between: [a, b], purpose: two, since: 2026-10-01, until: 2026-12-01}\n"


def test_of_several_interactions_of_a_pair_the_right_one_is_told() -> None:
    lines = told(INTERACTIONS + ONE + TWO, INTERACTIONS + TWO.replace("12-01", "12-20"))
    assert lines == [
        "~ A and B collaborate: until 2026-12-20, before: 2026-12-01",
        "− A and B collaborate from 2025-01-01 to 2025-03-01: gone from the file",
    ]


def test_of_several_findings_of_a_pair_the_right_one_is_resolved() -> None:
    late = "  - {mode: collaboration, between: [a, b], purpose: x, since: 2026-01-01, until: 2026-02-01%s}\n" + (
        "  - {mode: collaboration, between: [a, b], purpose: y, since: 2026-03-01, until: 2026-06-01}\n"
    )
    found = of(INTERACTIONS + late % "", INTERACTIONS + late % ", ended: 2026-02-01")
    assert [one.message for one in found.resolved if one.code == "TT102"] == [
        "the collaboration of A and B should have ended on 2026-02-01, 295 days ago"
    ]


def test_a_tie_that_runs_twice_is_not_drawn_as_gone() -> None:
    assert "− collaboration" not in mermaid(of(INTERACTIONS + ONE + TWO, INTERACTIONS + TWO))


def test_a_consumer_named_twice_is_told_once() -> None:
    text = "teams: {a: {}, b: {}}\ninteractions: [{mode: x-as-a-service, provider: a, consumer: [b, b]}]\n"
    assert len(told("teams: {a: {}, b: {}}\n", text)) == 1


def test_a_grouping_with_a_new_id_has_the_same_bridges() -> None:
    text = "groups: {%s: {name: Pay}, s: {name: Search}}\nteams: {a: {group: %s}, b: {group: s}}\ninteractions: [{mode: collaboration, between: [a, b]}]\n"
    found = of(text % ("g", "g"), text % ("zz", "zz"))
    assert found.before.crossings == found.after.crossings == {("Pay", "Search"): 1}


def test_a_finding_is_told_even_where_nothing_else_changed() -> None:
    text = "teams: {a: {type: stream-aligned, size: 3, pm: x, em: y}}%s\n"
    found = of(text % "  # topology: ignore[TT201] we hire", text % "")
    assert [one.code for one in found.introduced] == ["TT201"]
    assert "nothing changed for the model; 1 finding introduced" in render("text", found)
    assert "Findings introduced" in render("markdown", found)


def test_a_blank_name_is_drawn_by_its_id() -> None:
    assert '["b"]' in mermaid(of('teams: {a: {name: A}, b: {name: "  "}}\ninteractions: [{mode: collaboration, between: [a, b]}]\n',
                                 'teams: {a: {name: C}, b: {name: "  "}}\ninteractions: [{mode: collaboration, between: [a, b]}]\n'))  # fmt: skip


def test_many_renamed_teams_are_told_quickly_and_right() -> None:
    """300 teams with new ids: pairs without anything in common are not even compared."""
    teams = [
        f"t{i}: {{name: Team {i}, pm: p{i}, em: e{i}, services: {{s{i}: {{}}}}, members: [a{i}, b{i}, c{i}]}}"
        for i in range(300)
    ]
    text = "teams: {" + ", ".join(teams) + "}\n"
    found = of(text, text.replace("{t", "{u").replace(" t", " u"))
    assert [(one.before, one.after) for one in found.compared.renamed[:2]] == [("t0", "u0"), ("t1", "u1")]
    assert len(found.compared.renamed) == 300


def test_likeness_is_asked_only_of_teams_that_share_something(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = renames_module._likeness
    monkeypatch.setattr(renames_module, "_likeness", lambda old, new: asked.append(1) or original(old, new))
    teams = [f"t{i}: {{services: {{s{i}: {{}}}}}}" for i in range(200)]
    text = "teams: {" + ", ".join(teams) + "}\n"
    of(text, text.replace("{t", "{u").replace(" t", " u"))
    assert len(asked) == 200


def test_whom_a_change_waits_for_is_asked_of_one_network_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    original = consequences_module.waiting
    monkeypatch.setattr(
        consequences_module, "waiting", lambda organisation, day: built.append(1) or original(organisation, day)
    )
    teams = "".join(
        f"  t{i}: {{size: %d, depends_on: [{{team: t{(i + 1) % 50}, kind: slowing}}]}}\n" for i in range(50)
    )
    of("teams:\n" + teams.replace("%d", "5"), "teams:\n" + teams.replace("%d", "6"))
    assert len(built) == 2


def test_the_comment_keeps_its_parts_closed_even_when_it_is_cut() -> None:
    ring = "".join(
        f"  t{i}: {{name: '{'n' * 300}{i}', type: %s, depends_on: [{{team: t{(i + 1) % 400}, kind: blocking}}]}}\n"
        for i in range(400)
    )
    shown = render(
        "markdown", of("teams:\n" + ring.replace("%s", "platform"), "teams:\n" + ring.replace("%s", "enabling"))
    )
    assert len(shown) <= 60_000
    assert shown.count("<details>") == shown.count("</details>") > 0
