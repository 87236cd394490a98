"""What a doubtful tester found in drafts, each with its neighbours."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.conftest import DAY
from topology.history.changes import compare
from topology.model import Organisation, Team
from topology.planning import Draft, Operation, OperationError, Plan, draft_of, plan
from topology.planning.consequences import Outcome, outcome
from topology.planning.operation import operation
from topology.planning.pull_request import description_of, title_of
from topology.report.markdown import markdown
from topology.report.whatif import render
from topology.rules.selection import selection
from topology.source import Loaded, load_texts
from topology.source.settings import RuleSettings
from topology.view.whatif import marks_of, versions_of

TEXT = """version: 1
people: {nadia: {role: product-manager}, ede: {role: engineering-manager}, sam: {}, lin: {}, kim: {}}
groups: {shop: {}, pay: {}}
teams:
  cart: {type: stream-aligned, group: shop, pm: nadia, em: {person: ede, status: acting, since: 2026-01-01}, members: [sam, lin],
         services: {web: {}, api: {}, old: {until: 2026-03-01}}, depends_on: [{team: bank, kind: ok}]}
  search: {type: stream-aligned, group: shop, pm: nadia, members: [kim]}
  bank: {type: platform, group: pay, services: {money: {}}, depends_on: [{team: search, kind: blocking, reason: R}]}
  tools: {type: platform}
interactions:
  - {mode: x-as-a-service, provider: tools, consumer: [cart, search, bank]}
  - {mode: collaboration, between: [cart, search], purpose: P, since: 2026-09-01, until: 2026-12-18}
  - {mode: collaboration, between: [bank, cart], purpose: Q, since: 2027-02-01, until: 2027-04-01}
  - {mode: facilitating, facilitator: tools, team: cart, outcome: O, until: 2026-12-01}
roadmap: [{title: T, team: bank, category: feature}]
workshops: {w1: {held: 2026-10-01, groups: [shop], offers: [{team: bank, dimension: debt, practice: x, wanted_by: [bank]}]}}
actions: {a1: {title: A, workshop: w1, teams: [bank]}, a2: {title: B, teams: [bank], status: done, closed: 2026-10-10, outcome: x}}
agreements: {g1: {kind: description, teams: [cart, bank]}}
"""
BASE = load_texts({"squads.yaml": TEXT})
TOGETHER = {"mode": "collaboration", "teams": ["cart", "search"]}


def drafted(*several: Operation, base: Loaded = BASE) -> Plan:
    assert base.organisation is not None, base.problems
    return plan(base, several)


def after(*several: Operation, base: Loaded = BASE) -> Organisation:
    found = drafted(*several, base=base)
    assert [step.state for step in found.steps] == ["applied"] * len(several), [
        (step.state, step.why) for step in found.steps
    ]
    assert found.after.organisation is not None
    return found.after.organisation


def followed(*several: Operation, base: Loaded = BASE) -> Outcome:
    return outcome(drafted(*several, base=base), DAY, selection(RuleSettings()))


def added(found: Outcome) -> dict[str, float]:
    return {one.consequence.team: one.added for one in found.teams}


def team(text: str, **more: str) -> Loaded:
    """The organisation with some texts replaced."""
    for old, new in more.items():
        assert old
        text = text.replace(*new.split(" => "))
    return load_texts({"squads.yaml": text})


def test_a_team_that_is_merged_back_has_its_service_again() -> None:
    found = after(
        operation("split", team="cart", id="front", day="2026-12-01", services=["web"], members=["sam"]),
        operation("merge", team="cart", other="front", day="2026-12-08"),
    )
    assert found.owner_of("web", dt.date(2027, 1, 1)) == "cart"


def test_how_entries_are_cut_makes_no_difference_to_what_a_team_takes_on() -> None:
    moved = operation(
        "date-interaction", interaction={"mode": "x-as-a-service", "teams": ["tools", "search"]}, until="2027-06-01"
    )
    assert added(followed(moved)) == {"tools": 0, "search": 0}
    hub = load_texts({"s": "version: 1\nteams: {hub: {}, t0: {}, t1: {}, t2: {}, t3: {}}\n"
                           "interactions: [{mode: x-as-a-service, provider: hub, consumer: [t0, t1, t2, t3]}]\n"})  # fmt: skip
    told = added(followed(operation("merge", team="t0", other="hub", day="2026-11-22"), base=hub))
    assert (told["hub"], told["t0"]) == (-1, 0.75)


@pytest.mark.parametrize(
    "ends",
    [
        operation("end-team", team="bank", day="2026-12-01"),
        operation("merge", team="cart", other="bank", day="2026-12-01"),
    ],
)
def test_a_planned_interaction_that_is_taken_back_is_no_error(ends: Operation) -> None:
    found = followed(ends)
    assert found.plan.counting
    assert "TT111" not in [one.finding.code for one in found.come]


def test_a_comment_inside_a_list_stays_when_its_last_entry_goes() -> None:
    text = "version: 1\nteams:\n  a: {}\n  b:\n    depends_on:\n      # money: see ADR 12\n      - team: a\n        kind: blocking\n    size: 5\n"
    for gone in (
        operation("no-dependency", team="b", on="a"),
        operation("merge", team="b", other="a", day="2026-12-01"),
    ):
        found = drafted(gone, base=load_texts({"s": text}))
        assert found.counting
        assert "# money: see ADR 12" in found.after.texts["s"]


# -- who caused it --------------------------------------------------------------------------------------------------------


def test_a_later_rename_takes_no_finding_and_no_letter() -> None:
    typed, renamed = operation("type", team="bank", type="stream-aligned"), operation("rename", team="bank", id="vault")
    found = followed(typed, renamed)
    assert {one.letter for one in (*found.come, *found.go) if one.finding.code in ("TT701", "TT702", "TT302")} == {"A"}
    ended = operation("end-interaction", interaction=TOGETHER, day="2026-11-20")
    both = followed(ended, operation("rename", team="cart", id="aaa"), operation("rename", team="search", id="bbb"))
    assert {one.letter for one in both.go if one.finding.code.startswith("TT1")} <= {"A"}
    marks = marks_of(both.plan, versions_of(both.plan, DAY))
    assert marks.ties == {"collaboration:aaa:bbb": "A"}
    moved = drafted(operation("move", team="cart", group="pay"), operation("rename", team="cart", id="basket"))
    assert marks_of(moved, versions_of(moved, DAY)).stood == {"basket": "A"}
    gone = drafted(operation("end-team", team="cart", day="2026-11-20"), operation("rename", team="cart", id="basket"))
    assert marks_of(gone, versions_of(gone, DAY)).gone == {"basket": "A"}


def test_a_new_team_with_a_former_id_has_no_before() -> None:
    found = followed(operation("rename", team="bank", id="vault"), operation("new-team", id="bank", since="2026-11-22"))
    new = next(one for one in found.teams if one.consequence.team == "bank")
    assert (new.consequence.before, new.added) == (None, 0)


def test_a_rename_touches_nobody_else() -> None:
    assert drafted(operation("rename", team="bank", id="vault")).letters == {"vault": ("A",)}


# -- what was stays -------------------------------------------------------------------------------------------------------

ENDED = team(TEXT, x="until: 2026-12-18} => until: 2026-12-18, ended: 2026-10-15}")


def test_what_has_ended_is_not_ended_again() -> None:
    end = operation("end-interaction", interaction=TOGETHER, day="2026-12-01")
    assert drafted(end, base=ENDED).steps[0].state == "there already"
    for one in (
        operation(
            "change-mode", interaction=TOGETHER, mode="x-as-a-service", teams=["cart", "search"], day="2026-12-01"
        ),
        operation("date-interaction", interaction=TOGETHER, until="2027-01-01"),
    ):
        made = drafted(one, base=ENDED).steps[0]
        assert (made.state, "ended on 2026-10-15" in made.why) == ("cannot", True)
    revived = drafted(operation("split", team="cart", id="front", day="2026-12-01", services=["old"])).steps[0]
    assert "`cart` has no service `old`" in revived.why


def test_a_seat_keeps_what_else_is_said_of_who_sits_there() -> None:
    assert (
        drafted(operation("seat", team="cart", seat="em", status="acting", person="ede")).steps[0].state
        == "there already"
    )
    filled = after(operation("seat", team="cart", seat="em", person="ede")).teams["cart"].em
    assert filled is not None and (filled.status, str(filled.since)) == ("permanent", "2026-01-01")
    other = after(operation("seat", team="cart", seat="em", person="sam")).teams["cart"].em
    assert other is not None and (other.person, other.since) == ("sam", None)


# -- merging --------------------------------------------------------------------------------------------------------------


def merged(base: Loaded = BASE, **more: Any) -> Organisation:
    return after(operation("merge", team="cart", other="bank", day="2026-12-01", **more), base=base)


def test_a_merge_keeps_the_harder_dependency_and_follows_actions_and_agreements() -> None:
    text = TEXT.replace("depends_on: [{team: bank, kind: ok}]", "depends_on: [{team: search, kind: ok}]")
    found = merged(load_texts({"s": text}))
    assert [(one.team, one.kind, one.reason) for one in found.teams["cart"].depends_on] == [("search", "blocking", "R")]
    assert (found.actions["a1"].teams, found.actions["a2"].teams) == (["cart"], ["bank"])  # (what is done was bank's)
    assert found.agreements["g1"].teams == ["cart"]
    assert found.roadmap[0].team == "cart"


def test_a_merge_goes_on_until_what_is_planned_begins_and_carries_no_overrun_over() -> None:
    lines = ("  - {mode: collaboration, between: [bank, search], purpose: R, since: 2026-10-01, until: 2027-06-01}\n"
             "  - {mode: facilitating, facilitator: tools, team: bank, outcome: L, since: 2026-01-01, until: 2026-06-01}\n"
             "  - {mode: facilitating, facilitator: tools, team: bank, outcome: E, since: 2026-11-01, until: 2027-03-01, ended: 2027-01-15}\n")  # fmt: skip
    text = TEXT.replace("since: 2026-09-01, until: 2026-12-18", "since: 2027-03-01, until: 2027-05-01").replace(
        "roadmap:", lines + "roadmap:"
    )
    found = merged(load_texts({"s": text}))
    new = [one for one in found.interactions if str(one.since) == "2026-12-01"]
    assert [(one.mode, str(one.until), str(one.ended)) for one in new] == [
        ("collaboration", "2027-03-01", "None"),
        ("facilitating", "2027-03-01", "2027-01-15"),
    ]


def test_a_member_who_comes_later_still_comes_later_and_counted_people_are_not_lost() -> None:
    later = team(TEXT, x="bank: {type: platform => bank: {members: [{person: kim, since: 2027-03-01}], type: platform")
    assert [str(one.since) for one in merged(later).teams["cart"].members if one.person == "kim"] == ["2027-03-01"]
    counted = team(TEXT, x="bank: {type: platform => bank: {size: 6, type: platform")
    made = drafted(operation("merge", team="cart", other="bank", day="2026-12-01"), base=counted).steps[0]
    assert made.state == "cannot" and "only counts them" in made.why


MERGE = operation("merge", team="cart", other="bank", day="2026-12-01")


@pytest.mark.parametrize(
    "one",
    [
        MERGE,
        operation(
            "change-mode", interaction=TOGETHER, mode="x-as-a-service", teams=["cart", "search"], day="2026-12-01"
        ),
        operation("end-interaction", interaction=TOGETHER, day="2026-12-01", provider="cart"),
        operation("new-team", id="fresh", since="2026-12-01"),
        operation("split", team="cart", id="front", day="2026-12-01", services=["web"]),
        operation("rename", team="bank", id="vault"),
        operation("date-interaction", interaction={**TOGETHER, "since": "2026-09-01"}, since="2026-09-15"),
        operation("seat", team="cart", seat="em", person="sam"),
        operation("end-team", team="bank", day="2026-12-01"),
    ],
    ids=lambda one: one.verb,
)
def test_what_is_in_the_file_is_not_made_twice(one: Operation) -> None:
    """Also where the draft's own pull request was merged meanwhile."""
    made = drafted(one)
    stamped = made.steps[0].stamped
    assert made.steps[0].state == "applied", made.steps[0].why
    assert [step.state for step in plan(made.after, [one]).steps] == ["there already"]
    assert [step.state for step in plan(made.after, [stamped], moved=True).steps] == ["there already"]


def test_one_taken_out_leaves_no_stale_memory_in_the_others() -> None:
    draft = Draft()
    for new in (operation("move", team="cart", group="pay"), operation("move", team="cart", group=None)):
        draft = draft.adding(drafted(*draft.made, new).steps[-1].stamped)
    left = draft.without(draft.made[0])
    left = left.remembering([step.stamped for step in drafted(*left.made).steps])
    theirs = load_texts({"squads.yaml": TEXT + "# a remark\n"})
    assert [step.state for step in plan(theirs, left.made, moved=True).steps] == ["applied"]


def test_an_interaction_with_other_days_is_not_there_already() -> None:
    other = drafted(
        operation("interaction", mode="collaboration", teams=["cart", "search"], since="2026-09-01", until="2027-12-01")
    ).steps[0]
    assert (other.state, other.why) == ("cannot", "the file has this interaction with another `until`; change its days")
    assert drafted(operation("no-dependency", team="cart", on="nonsense")).steps[0].why == "there is no team `nonsense`"


# -- words and inputs -----------------------------------------------------------------------------------------------------


def test_names_are_text_in_the_markdown_of_a_pull_request() -> None:
    name = "a\n# Heading\n\n<img src=x onerror=1>[x](javascript:1)"
    found = followed(operation("rename", team="cart", name=name))
    for text in (render("markdown", found, None), description_of(found, escape=markdown)):
        assert "\n# Heading" not in text
        assert "<img" not in text and "[x](" not in text
    group = load_texts({"s": 'version: 1\ngroups: {g: {name: "S\\n# x @all [l](http://e)"}}\nteams: {a: {}, b: {}}\n'})
    assert "\n" not in title_of(drafted(operation("move", team="a", group="g"), base=group))


def test_what_is_no_verb_is_said() -> None:
    for verb in ("[a]", "{}", "5", "null"):
        with pytest.raises(OperationError, match="there is no verb"):
            draft_of(f"- {{verb: {verb}}}", "x")
    with pytest.raises(OperationError, match="`vacant` is no person"):
        operation("seat", team="cart", seat="pm", person="vacant")
    with pytest.raises(OperationError, match="twice"):
        operation("split", team="cart", id="x", day="2026-12-01", dependencies=["bank", "bank"])


def test_a_key_that_cannot_be_taken_out_is_refused() -> None:
    text = "version: 1\nteams:\n  a: {}\n  b:\n    ? depends_on\n    : - {team: a, kind: ok}\n"
    made = drafted(operation("no-dependency", team="b", on="a"), base=load_texts({"s": text})).steps[0]
    assert made.state in ("cannot", "applied")
    if made.counts:
        assert isinstance(made.after.organisation, Organisation)


def test_a_platform_with_many_consumers_ends_with_one_date() -> None:
    many = ", ".join(f"t{index}" for index in range(60))
    teams = "".join(f"  t{index}: {{}}\n" for index in range(60))
    base = load_texts(
        {
            "s": f"version: 1\nteams:\n  hub: {{}}\n{teams}interactions:\n  - {{mode: x-as-a-service, provider: hub, consumer: [{many}]}}\n"
        }
    )
    found = after(operation("end-team", team="hub", day="2026-12-01"), base=base)
    assert len(found.interactions) == 1
    taken = after(operation("merge", team="t0", other="hub", day="2026-12-01"), base=base)
    assert [len(one.pairs) for one in taken.interactions] == [60, 59]


def test_a_planned_interaction_says_when_it_would_have_begun() -> None:
    step = drafted(
        operation(
            "end-interaction",
            interaction={"mode": "collaboration", "teams": ["bank", "cart"], "since": "2027-02-01"},
            day="2026-12-01",
        )
    ).steps[0]
    assert step.text == "bank × cart ends on 2027-02-01"


def test_a_large_draft_that_was_kept_can_be_read() -> None:
    one = operation("interaction", mode="collaboration", teams=["cart", "bank"], since="2026-12-01", why='"' * 500)
    draft = Draft(tuple([one] * 200), 200, description='"' * 50_000)
    assert draft_of(draft.text, "x") == draft


def test_both_versions_know_who_is_who() -> None:
    both = compare(BASE, drafted(operation("rename", team="bank", id="vault")).after)
    assert both.later("bank") == "vault"
    assert isinstance(both.new.teams["vault"], Team)
