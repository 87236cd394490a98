"""Each verb writes exactly these lines, and says why where it cannot."""

from __future__ import annotations

import difflib
from typing import Any

import pytest

from tests.planning.organisations import ONE, TEXT
from topology.planning import plan
from topology.planning.operation import operation
from topology.planning.plan import Step
from topology.source import load_texts

BASE = load_texts(ONE)
DAY = "2026-12-07"
COLLABORATION = {"mode": "collaboration", "teams": ["search", "cart"]}
SERVICE = {"mode": "x-as-a-service", "teams": ["tools", "search"]}


def step(verb: str, **args: Any) -> Step:
    return plan(BASE, [operation(verb, **args)]).steps[0]


def lines(made: Step) -> list[str]:
    """The lines that come and go, without the blanks before them."""
    text = made.after.texts["squads.yaml"]
    found = difflib.unified_diff(TEXT.split("\n"), text.split("\n"), n=0, lineterm="")
    return [f"{line[0]}{line[1:].strip()}" for line in found if not line.startswith(("---", "+++", "@@"))]


WRITES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("interaction", {"mode": "collaboration", "teams": ["bank", "cart"], "since": DAY, "until": "2027-01-29", "why": "Pay: once"},
     ["+- mode: collaboration", "+between: [bank, cart]", '+purpose: "Pay: once"', f"+since: {DAY}", "+until: 2027-01-29"]),
    ("interaction", {"mode": "x-as-a-service", "teams": ["bank", "cart", "search"]},
     ["+- mode: x-as-a-service", "+provider: bank", "+consumer: [cart, search]"]),
    ("interaction", {"mode": "facilitating", "teams": ["tools", "cart"], "why": "They deploy alone"},
     ["+- mode: facilitating", "+facilitator: tools", "+team: cart", "+outcome: They deploy alone"]),
    ("end-interaction", {"interaction": COLLABORATION, "day": DAY}, [f"+ended: {DAY}"]),
    ("end-interaction", {"interaction": COLLABORATION, "day": DAY, "provider": "cart"},
     [f"+ended: {DAY}", "+- mode: x-as-a-service", "+provider: cart", "+consumer: [search]", f"+since: {DAY}"]),
    ("end-interaction", {"interaction": SERVICE, "day": DAY},
     ["-- {mode: x-as-a-service, provider: tools, consumer: [cart, search, bank]}   # all use it",
      "+- {mode: x-as-a-service, provider: tools, consumer: [cart, bank]}   # all use it",
      "+- mode: x-as-a-service", "+provider: tools", "+consumer: [search]", f"+ended: {DAY}"]),
    ("end-interaction", {"interaction": {"mode": "facilitating", "teams": ["tools", "bank"]}, "day": "2026-12-01"}, [f"+ended: {DAY}"]),
    ("date-interaction", {"interaction": COLLABORATION, "until": "2027-01-29"},
     ["-until: 2026-12-18   # three months", "+until: 2027-01-29   # three months"]),
    ("change-mode", {"interaction": COLLABORATION, "mode": "x-as-a-service", "teams": ["search", "cart"], "day": DAY},
     [f"+ended: {DAY}", "+- mode: x-as-a-service", "+provider: search", "+consumer: [cart]", f"+since: {DAY}"]),
    ("move", {"team": "cart", "group": "pay"}, ["-group: shop", "+group: pay"]),
    ("move", {"team": "cart", "group": None}, ["-group: shop"]),
    ("move", {"team": "tools", "group": "pay"}, ["+group: pay"]),
    ("type", {"team": "cart", "type": "platform"}, ["-type: stream-aligned   # for now", "+type: platform   # for now"]),
    ("seat", {"team": "cart", "seat": "em", "person": "ede"},
     ["-em: vacant            # topology: ignore[TT702] we look for one", "+em: ede"]),
    ("seat", {"team": "cart", "seat": "em", "person": "ede", "remark": "stays"},
     ["-em: vacant            # topology: ignore[TT702] we look for one", "+em: ede            # topology: ignore[TT702] we look for one"]),
    ("seat", {"team": "cart", "seat": "pm", "status": "vacant"}, ["-pm: nadia", "+pm: vacant"]),
    ("seat", {"team": "bank", "seat": "pm", "status": "acting", "person": "new-one", "since": DAY},
     ["+new-one: {role: product-manager}", f"+pm: {{person: new-one, status: acting, since: {DAY}}}"]),
    ("rename", {"team": "cart", "name": "Baskets"}, ["-name: Cart", "+name: Baskets"]),
    ("rename", {"team": "tools", "id": "platform"},
     ["-- team: tools", "+- team: platform", "-tools:", "+platform:", "+was: [tools]",
      "-- {mode: x-as-a-service, provider: tools, consumer: [cart, search, bank]}   # all use it",
      "+- {mode: x-as-a-service, provider: platform, consumer: [cart, search, bank]}   # all use it",
      "-facilitator: tools", "+facilitator: platform"]),
    ("new-team", {"id": "help", "name": "Help", "type": "enabling", "group": "pay", "since": DAY, "pm": {"status": "vacant"}},
     ["+help:", "+name: Help", "+type: enabling", "+group: pay", f"+since: {DAY}", "+pm: vacant"]),
    ("end-team", {"team": "search", "day": DAY},
     ["-search: {name: \"Search & find\", type: stream-aligned, group: shop, size: 7}",
      f"+search: {{name: \"Search & find\", type: stream-aligned, group: shop, size: 7, until: {DAY}}}", f"+ended: {DAY}",
      "-- {mode: x-as-a-service, provider: tools, consumer: [cart, search, bank]}   # all use it",
      "+- {mode: x-as-a-service, provider: tools, consumer: [cart, bank]}   # all use it",
      "+- mode: x-as-a-service", "+provider: tools", "+consumer: [search]", f"+ended: {DAY}"]),
    ("depend", {"team": "search", "on": "bank", "kind": "slowing", "reason": "prices"},
     ["-search: {name: \"Search & find\", type: stream-aligned, group: shop, size: 7}",
      "+search: {name: \"Search & find\", type: stream-aligned, group: shop, size: 7, "
      "depends_on: [{team: bank, kind: slowing, reason: prices}]}"]),
    ("depend", {"team": "cart", "on": "tools", "kind": "blocking"}, ["-kind: slowing", "+kind: blocking"]),
    ("no-dependency", {"team": "cart", "on": "tools"}, ["-- team: tools", "-kind: slowing"]),
    ("split", {"team": "cart", "id": "front", "name": "Front", "day": DAY, "members": ["ede"], "services": ["cart-web"],
               "domains": ["baskets"], "dependencies": ["bank"], "em": {"person": "ede"}},
     ["-members: [sam, {person: ede, since: 2025-01-01}]", f"+members: [sam, {{person: ede, since: 2025-01-01, until: {DAY}}}]",
      "-domains:", "-- {name: baskets, complexity: simple}",
      "-cart-web: {repositories: [kite/cart]}   # the front", f"+cart-web: {{repositories: [kite/cart], until: {DAY}}}   # the front",
      '-- {team: bank, kind: blocking, reason: "money: all of it"}   # every day',
      "+front:", "+name: Front", "+type: stream-aligned", "+group: shop", f"+since: {DAY}", "+em: ede", "+members: [ede]",
      "+domains: [{name: baskets, complexity: simple}]", f"+services: {{cart-web: {{repositories: [kite/cart], since: {DAY}}}}}",
      '+depends_on: [{team: bank, kind: blocking, reason: "money: all of it"}]']),
]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "args", "expected"), WRITES, ids=[f"{one[0]}-{index}" for index, one in enumerate(WRITES)]
)
def test_a_verb_writes_these_lines_and_no_others(verb: str, args: dict[str, Any], expected: list[str]) -> None:
    made = step(verb, **args)
    assert (made.state, made.why) == ("applied", "")
    assert sorted(lines(made)) == sorted(expected)


def test_a_merge_carries_everything_over_and_deletes_nothing() -> None:
    made = step("merge", team="search", other="cart", day=DAY, name="Finding")
    after = made.after.organisation
    assert made.state == "applied" and after is not None
    kept, gone = after.teams["search"], after.teams["cart"]
    assert kept.name == "Finding"
    assert gone.until is not None and gone.until.isoformat() == DAY
    assert (kept.size, list(kept.members)) == (10, [])  # (it only counts its people)
    assert {id_: str(one.since) for id_, one in kept.services.items()} == {"cart-web": DAY, "cart-api": DAY}
    assert {str(one.until) for one in gone.services.values()} == {DAY}
    assert [one.name for one in kept.domains] == ["baskets"]
    assert [one.team for one in kept.depends_on] == ["bank", "tools"]
    assert after.roadmap[0].team == "search"
    open_ = [one for one in after.interactions if one.ended is None]
    assert not [one for one in open_ if any("cart" in pair for pair in one.pairs)]
    assert made.after.texts["squads.yaml"].count("#") == TEXT.count("#")


def test_a_team_that_lists_its_people_gets_those_of_the_other_and_nobody_twice() -> None:
    after = step("merge", team="bank", other="cart", day=DAY).after.organisation
    assert after is not None
    assert [(one.person, str(one.since)) for one in after.teams["bank"].members] == [
        ("sam", "None"),
        ("ede", DAY),
        ("nadia", DAY),
    ]
    assert [one.team for one in after.teams["bank"].depends_on] == ["tools"]  # (none on itself)


@pytest.mark.parametrize(
    ("verb", "args", "why"),
    [
        ("move", {"team": "nobody", "group": "pay"}, "there is no team `nobody`"),
        ("move", {"team": "cart", "group": "nowhere"}, "there is no grouping `nowhere`"),
        ("interaction", {"mode": "collaboration", "teams": ["cart", "nobody"]}, "there is no team `nobody`"),
        ("interaction", {"mode": "x-as-a-service", "teams": ["tools", "cart", "search"]}, None),
        ("end-interaction", {"interaction": {"mode": "collaboration", "teams": ["cart", "bank"]}, "day": DAY},
         "there is no collaboration of `cart` and `bank`"),
        ("end-interaction", {"interaction": {**COLLABORATION, "since": "2020-01-01"}, "day": DAY}, "there is no collaboration"),
        ("end-interaction", {"interaction": COLLABORATION, "day": DAY, "provider": "bank"}, "`bank` is none of the two teams"),
        ("rename", {"team": "cart", "id": "bank"}, "is there already"),
        ("new-team", {"id": "cart"}, "there is a team `cart` already"),
        ("new-team", {"id": "help", "group": "nowhere"}, "there is no grouping `nowhere`"),
        ("split", {"team": "cart", "id": "front", "day": DAY, "members": ["nadia"]}, "`nadia` is no member of `cart`"),
        ("split", {"team": "cart", "id": "front", "day": DAY, "services": ["x"]}, "`cart` has no service `x`"),
        ("split", {"team": "cart", "id": "front", "day": DAY, "domains": ["x"]}, "`cart` has no 'x'"),
        ("split", {"team": "cart", "id": "front", "day": DAY, "dependencies": ["search"]}, "`cart` does not wait for `search`"),
        ("depend", {"team": "cart", "on": "cart"}, "does not wait for itself"),
        ("depend", {"team": "cart", "on": "nobody"}, "there is no team `nobody`"),
        ("end-team", {"team": "nobody", "day": DAY}, "there is no team"),
        ("merge", {"team": "cart", "other": "nobody", "day": DAY}, "there is no team"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_stays_says_why_and_counts_for_nothing(
    verb: str, args: dict[str, Any], why: str | None
) -> None:
    made = step(verb, **args)
    if why is None:
        assert made.state == "there already"
    else:
        assert made.state == "cannot"
        assert why in made.why
    assert made.after.texts == ONE


def test_a_change_that_would_leave_the_file_wrong_is_not_made() -> None:
    sized = load_texts(
        {
            "squads.yaml": TEXT.replace(
                "    group: shop\n    pm: nadia\n", "    group: shop\n    size: 3\n    pm: nadia\n"
            )
        }
    )
    assert sized.organisation is not None
    made = plan(sized, [operation("seat", team="cart", seat="pm", status="vacant")]).steps[0]
    assert made.state == "cannot"
    assert "the file would be wrong: `teams.cart.size` says 3" in made.why


def test_an_interaction_among_several_is_told_apart_by_its_first_day() -> None:
    twice = TEXT.replace(
        "interactions:\n", "interactions:\n  - {mode: collaboration, between: [cart, search], since: 2027-01-01}\n"
    )
    base = load_texts({"squads.yaml": twice})
    unclear = plan(base, [operation("end-interaction", interaction=COLLABORATION, day=DAY)]).steps[0]
    assert "say `since`" in unclear.why
    clear = plan(
        base, [operation("end-interaction", interaction={**COLLABORATION, "since": "2026-09-01"}, day=DAY)]
    ).steps[0]
    assert clear.state == "applied"
