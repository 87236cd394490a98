"""What was agreed in workshops: the file's sections, their rules beyond the examples, what a diff says, what pages list."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import DAY, ROOT, organisation_of
from topology.history.changes import changes, compare
from topology.maturity.evidence import Asked
from topology.maturity.measure import Seen, Unknown
from topology.maturity.measures.alignment import MEASURES
from topology.model import Organisation
from topology.rules import Selection, check
from topology.rules.selection import selection
from topology.source import load, load_texts
from topology.source.settings import RuleSettings
from topology.view.agreed import agreed
from topology.workspace.evidence import WorkspaceEvidence
from topology.workspace.workspace import Workspace

PEOPLE = (
    "version: 1\npeople: {nadia: {role: product-manager}, omar: {role: engineering-manager}, lou: {role: designer}}\n"
)
HELD = "workshops: {q3: {name: The third quarter, held: 2026-09-01, checkpoints: [2026-09-15]}}\n"
ALL: Selection = selection(RuleSettings())

pytestmark = pytest.mark.english


def found(text: str, day: dt.date = DAY) -> list[str]:
    loaded = load_texts({"squads.yaml": PEOPLE + text})
    assert loaded.organisation is not None, loaded.problems
    return [f"{one.code} {one.message}" for one in check(loaded, day, ALL).each if one.code.startswith("TT85")]


def test_the_example_s_workshop_is_read_and_nothing_is_found_of_it() -> None:
    loaded = load(ROOT / "squads.yaml")
    assert loaded.organisation is not None
    (held,) = loaded.organisation.workshops.values()
    assert (held.speaking and held.speaking.product, held.return_on_time) == (130, [0, 1, 6, 8, 4])
    assert held.dimensions["debt"].as_ == "mirror"
    assert loaded.organisation.took_part("2026-q3-payments-onboarding") == [
        "checkout", "refunds", "payment-methods", "invoicing", "sign-up", "identity-checks", "first-order", "merchant-onboarding", "risk-engine",
    ]  # fmt: skip
    assert [one.status for one in loaded.organisation.actions.values()] == ["open", "done", "dropped"]
    assert [one for one in check(loaded, DAY, ALL).each if one.code.startswith("TT85")] == []
    # A quarter later the action is late and the difference is to be looked at again.
    later = [one.code for one in check(loaded, dt.date(2027, 3, 1), ALL).each if one.code.startswith("TT85")]
    assert later == ["TT852", "TT857"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("actions: {a: {title: X, status: finished}}", "actions.a.status"),
        ("actions: {a: {title: X, product_owner: nobody}}", "there is no person `nobody`"),
        ("actions: {a: {title: X, workshop: q9}}", "there is no workshop `q9`"),
        ("actions: {a: {title: X, continues: b}}", "there is no action `b`"),
        ("actions: {a: {title: X, teams: [nobody]}}", "there is no team `nobody`"),
        ("actions: {a: {}}", "title"),
        ("agreements: {a: {kind: peace}}", "agreements.a.kind"),
        ("agreements: {a: {kind: description, since: 2026-02-01, until: 2026-01-01}}", "the period is reversed"),
        ("workshops: {q: {}}", "held"),
        ("workshops: {q: {held: 2026-01-01, groups: [nowhere]}}", "there is no grouping `nowhere`"),
        ("workshops: {q: {held: 2026-01-01, return_on_time: [1, 2]}}", "return_on_time"),
        (
            "workshops: {q: {held: 2026-01-01, speaking: {product: two minutes}}}",
            "expected minutes and seconds such as 2m05s",
        ),
        ("workshops: {q: {held: 2026-01-01, dimensions: {debt: {as_: mirror}}}}", "as_"),
        ("workshops: {q: {held: 2026-01-01, who: [nadia]}}", "who"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, words: str) -> None:
    loaded = load_texts({"squads.yaml": PEOPLE + text + "\n"})
    assert loaded.organisation is None
    assert any(words in one.message for one in loaded.problems), loaded.problems


def test_owners_of_one_side_are_no_two_owners() -> None:
    said = found("teams: {t: {pm: nadia, em: omar, members: [lou]}}\n"
                 "actions: {a: {title: X, measure: m, due: 2027-01-01, product_owner: nadia, tech_owner: lou}}\n")  # fmt: skip
    assert said == ["TT851 the owner in Tech of the action “X” stands on the other side"]
    closed = "actions: {a: {title: X, status: done, closed: 2026-10-01, outcome: there, product_owner: nadia}}\n"
    assert found(closed) == []


def test_what_is_late_is_told_once_a_workshop() -> None:
    text = HELD + "teams: {t: {pm: nadia, em: omar}}\nactions:\n" + "".join(
        f"  a{i}: {{title: Thing {i}, workshop: q3, measure: m, due: 2026-10-0{i}, product_owner: nadia, tech_owner: omar, "
        "checks: [{day: 2026-09-15, state: moving}]}\n" for i in (1, 2, 3)
    )  # fmt: skip
    assert found(text) == [
        "TT852 3 actions are open past the day agreed: “Thing 1” (2026-10-01); “Thing 2” (2026-10-02); “Thing 3” (2026-10-03)"
    ]
    assert found(text, dt.date(2026, 9, 20)) == []


def test_a_carried_action_is_continued_and_a_checkpoint_waits_a_week() -> None:
    owners = "measure: m, due: 2027-01-01, product_owner: nadia, tech_owner: omar"
    carried = "teams: {t: {pm: nadia, em: omar}}\nactions:\n  a: {title: X, status: carried, closed: 2026-10-01}\n"
    assert found(carried) == ["TT856 the action “X” is carried and is continued by no other action"]
    assert found(carried + f"  b: {{title: X again, continues: a, {owners}}}\n") == []
    open_ = HELD + f"teams: {{t: {{pm: nadia, em: omar}}}}\nactions: {{a: {{title: X, workshop: q3, {owners}}}}}\n"
    assert found(open_, dt.date(2026, 9, 22)) == []
    assert found(open_, dt.date(2026, 9, 23)) == ["TT859 the checkpoint of 2026-09-15 says nothing of the action “X”"]


# -- a diff ---------------------------------------------------------------------------------------------------------------


def said(before: str, after: str) -> list[str]:
    old, new = (load_texts({"squads.yaml": PEOPLE + "teams: {t: {}, u: {}}\n" + text}) for text in (before, after))
    assert old.organisation is not None and new.organisation is not None
    return [f"{one.sign} {one.text}" for one in changes(compare(old, new))]


def test_a_diff_tells_actions_by_status() -> None:
    one = "actions: {a: {title: Say how, due: 2027-01-15, teams: [t]"
    assert said("", one + "}}\n") == ["+ “Say how” is agreed, due 2027-01-15"]
    assert said(one + "}}\n", "") == ["− “Say how” is gone from the file"]
    assert said(one + "}}\n", one + ", status: done, closed: 2027-01-12, outcome: it is there}}\n") == [
        "− “Say how” is done: it is there"
    ]
    assert said(one + "}}\n", one + ", status: dropped}}\n") == ["− “Say how” is dropped"]
    assert said(one + "}}\n", one + ", tech_owner: omar}}\n") == ["~ “Say how”: tech_owner omar"]
    assert said(HELD, "") == ["− The third quarter, held on 2026-09-01, is gone"]
    assert said("", "agreements: {a: {kind: different-on-purpose, text: No talks, until: 2027-03-01}}\n") == [
        "+ different on purpose: “No talks”, until 2027-03-01"
    ]


def test_a_team_s_new_id_is_no_change_of_what_it_agreed() -> None:
    before = "actions: {a: {title: X, teams: [t]}}\n"
    old = load_texts({"s": PEOPLE + "teams: {t: {}, u: {}}\n" + before})
    new = load_texts({"s": PEOPLE + "teams: {new: {was: [t]}, u: {}}\n" + before.replace("[t]", "[new]")})
    assert [one.kind for one in changes(compare(old, new))] == ["team"]


# -- pages and evidence ---------------------------------------------------------------------------------------------------


def example() -> Organisation:
    organisation = load(ROOT / "squads.yaml").organisation
    assert organisation is not None
    return organisation


def test_pages_list_what_is_open_what_was_closed_of_late_and_what_holds() -> None:
    lists = agreed(example(), DAY)
    assert list(lists) == ["Payments and Onboarding, third quarter, held on 2026-08-25"]
    (lines,) = lists.values()
    assert lines == [
        "Say how to reach Identity checks: dalia and damien, by 2027-01-15; stuck on 2026-09-22: the promise is not agreed",
        "Debt work stands on the roadmap with its due day: arno and ada, by 2026-10-30; done on 2026-10-19: Two items stand there, and one was "
        "delivered",
        "A guest of the other grouping at every demo: cecile and elsa, by 2026-11-27; dropped on 2026-09-22: The demos are on the same hour; "
        "moved first, then asked again",
        "Different on purpose: No interviews with engineers until there is an engineering manager (looked at again on 2027-03-01)",
    ]
    assert [len(found) for found in agreed(example(), DAY, "refunds").values()] == [2]
    assert agreed(example(), DAY, "search") == {}
    assert agreed(example(), dt.date(2026, 8, 24)) == {}
    (late,) = agreed(example(), dt.date(2027, 1, 20)).values()
    assert late[0].startswith("Say how to reach Identity checks: dalia and damien, by 2027-01-15, 5 days ago; stuck")


def test_who_was_in_a_workshop_of_the_file_is_known_of_those_alone() -> None:
    measures = {one.id: one for one in MEASURES}
    evidence = WorkspaceEvidence(Workspace.open(ROOT / "squads.yaml", DAY), DAY)
    assert measures["last-workshop"].see(Asked(evidence, "checkout")) == Seen(1, 1, 1, newest=dt.date(2026, 8, 25))
    assert measures["last-workshop"].see(Asked(evidence, "search")) == Unknown.NO_DATA
    assert measures["last-workshops"].see(Asked(evidence, "checkout")) == Unknown.NO_DATA
    assert measures["actions-kept"].see(Asked(evidence, "checkout")) == Seen(1.0, 1, 1)
    assert measures["actions-kept"].see(Asked(evidence, "refunds")) == Seen(0.0, 0, 1)
    assert measures["actions-kept"].see(Asked(evidence, "search")) == Unknown.NOT_APPLICABLE


def test_nothing_of_an_agreement_needs_people_or_teams() -> None:
    assert (
        organisation_of("version: 1\nactions: {a: {title: X}}\nagreements: {b: {kind: description}}\n")
        .actions["a"]
        .open_on(DAY)
    )
