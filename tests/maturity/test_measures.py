"""Each measure on evidence written by hand: its value, and that what is not known is said as not known."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.maturity.evidence import DAY, Told, found, organisation
from topology.maturity.evidence import Asked, Number
from topology.maturity.levels import State, rate
from topology.maturity.measure import Unknown
from topology.maturity.measures import MEASURES
from topology.maturity.packs import pack_of

TEAMS = organisation("""people: {a: {}, b: {}, c: {}}
kpis: {sales: {product_owner: a, tech_owner: b}, speed: {product_owner: a}}
roadmap:
  - {title: one, team: shop, category: feature, due: 2026-06-01, impact: more, stability: same, kpi: sales}
  - {title: two, team: shop, category: debt, due: 2026-07-01, stability: calm, kpi: speed}
actions:
  kept: {title: K, teams: [shop], since: 2026-08-01, due: 2026-09-01, status: done, closed: 2026-08-20}
  late: {title: L, teams: [shop, desk], since: 2026-08-01, due: 2026-09-01, status: done, closed: 2026-09-20}
  open: {title: O, teams: [shop], since: 2026-08-01, due: 2029-09-01}
  old: {title: A, teams: [shop], since: 2024-08-01, due: 2024-09-01, status: dropped, closed: 2024-08-20}
interactions:
  - {mode: x-as-a-service, provider: core, consumer: [shop, desk], since: 2025-01-01}
  - {mode: facilitating, facilitator: coaches, team: shop, since: 2026-01-05, until: 2026-03-01, ended: 2026-02-20, outcome: alone}
  - {mode: facilitating, facilitator: coaches, team: shop, since: 2026-06-01, until: 2026-09-01, ended: 2026-10-01}
  - {mode: collaboration, between: [shop, desk], since: 2026-01-01, until: 2026-06-01}
teams:
  shop:
    type: stream-aligned
    pm: a
    em: {person: b, status: acting, since: 2026-10-13}
    services: [web, ledger]
    depends_on: [{team: core, kind: blocking}, {team: coaches, kind: blocking}]
    objectives:
      - {title: x, side: tech, kpi: sales, baseline: 1, target: 2}
      - {title: y, side: tech, kpi: speed, baseline: 1}
      - {title: z, side: tech}
      - {title: s}
    positions: {duo: {pm: 4, em: 3, assessed: 2026-10-01}}
    targets: {tech_investment: 20%, metrics: {change-lead-time: 24, deployment-frequency: 2, change-fail-rate: 15%}}
  desk: {type: stream-aligned, pm: a, em: c, services: [ledger], depends_on: [{team: core, kind: slowing}]}
  core: {type: platform, size: 6, api: {channels: ["#core"], docs: "https://wiki.example/core"}}
  coaches: {type: enabling}
  bare: {}
""")


def row(**values: object) -> dict[str, object]:
    names = ("kind", "held", "minutes", "product_present", "tech_present", "guests", "presented_by", "blocked_by", "effect",
             "engineers_present", "engineers_total", "expected", "with_users", "evidence_at_day", "decision", "decided_at_day")  # fmt: skip
    return {**dict.fromkeys(names), "planned_at_day": DAY, "started_at_day": DAY, **values}


def ritual(kind: str, held: bool | None, **more: object) -> dict[str, object]:
    return row(kind=kind, held=held, **more)


def days(*ago: int) -> list[dt.date]:
    return [DAY - dt.timedelta(days=one) for one in ago]


RITUALS = [
    ritual("duo", True), ritual("duo", False), ritual("duo", True), ritual("duo", False),
    ritual("demo", True, product_present=True, tech_present=True, guests="desk"), ritual("demo", True, product_present=True, tech_present=False),
    ritual("roadmap-review", False),
]  # fmt: skip
SLOTS = [
    ritual("executive", True, minutes=m, planned_at_day=day) for m, day in zip((30, 50, 60), days(1, 8, 9), strict=True)
]
WORKSHOPS = {
    "shop": [ritual("workshop", True, planned_at_day=day) for day in days(10, 100, 200)],
    "desk": [ritual("workshop", True, planned_at_day=day) for day in days(10, 100, 200, 300)],
}
TABLES = {
    "decisions": {"shop": [row(presented_by="both"), row(presented_by="tech")], "": [row(presented_by="both")]},
    "interviews": {"shop": [row(engineers_present=1.0, engineers_total=4.0), row(engineers_present=3.0, engineers_total=4.0), row(engineers_present=0.0)]},
    "showcases": {"shop": [row(effect="faster", product_present=True), row()]},
    "experiments": {"shop": [
        row(expected="more", with_users=True, decision="stopped", started_at_day=days(40)[0], evidence_at_day=days(30)[0]),
        row(with_users=False, decision="kept", started_at_day=days(40)[0], evidence_at_day=days(10)[0]), row(),
    ]},
    "work_items": {"shop": [row(blocked_by="core"), row(blocked_by="the weather"), row(), row()]},
    "outcomes": {"": [{"kpi": "sales", "measured_at_day": dt.date(2026, 7, 1)}, {"kpi": "speed", "measured_at_day": dt.date(2026, 11, 1)}]},
}  # fmt: skip
NUMBERS = {
    ("change-lead-time", "shop"): Number(20.0, 9), ("deployment-frequency", "shop"): Number(1.5, 18), ("change-fail-rate", "shop"): Number(0.1, 20),
    ("post-mortem-share", "shop"): Number(0.75, 4), ("tech-investment-share", "shop"): Number(0.3, 10), ("speaking-balance", ""): Number(0.7, 40),
}  # fmt: skip
BEFORE = {
    ("post-mortem-actions-done", "shop", 9): Number(0.5, 6), ("tech-investment-share", "shop", 13): Number(0.05, 20),
    ("change-lead-time", "shop", 13): Number(30.0, 9), ("deployment-frequency", "shop", 13): Number(3.0, 18),
}  # fmt: skip
MONDAYS = [dt.date(2026, 11, 16) - dt.timedelta(weeks=k) for k in range(24)]
WEEKS = {
    ("tech-investment-share", "shop"): {day: Number(0.2 if k < 12 else 0.0, 5) for k, day in enumerate(MONDAYS)},
    ("change-fail-rate", "shop"): {day: Number(0.05, 5) for day in MONDAYS},
}
TOLD = Told(TEAMS, tables={**TABLES, "rituals": {"shop": RITUALS, "": SLOTS}}, metrics=NUMBERS, before=BEFORE, weeks=WEEKS,
            pairs={"shop": (2, 5)})  # fmt: skip
SEEN: dict[str, tuple[str, object]] = {
    "seats-filled": ("shop", 1), "acting-days": ("shop", 40), "shared-leads": ("shop", 1), "positions-signed": ("shop", 1),
    "duo-rituals-held": ("shop", 0.5), "duo-ritual-interval": ("shop", 91 / 4), "joint-rituals-held": ("shop", 2),
    "joint-rituals-share": ("shop", 2 / 3), "rituals-with-both": ("shop", 0.5), "ritual-kinds": ("shop", 1), "demo-guests": ("shop", 1),
    "slot-weeks": ("", 2), "slot-minutes": ("", 50), "organisation-decisions-by-both": ("", 2 / 3),
    "organisation-speaking-balance": ("", 0.7), "shared-incentive": ("", 0), "decisions-by-both": ("shop", 0.5),
    "shared-objectives": ("shop", 1), "objectives-shared-or-tied": ("shop", 0.75), "tech-objectives-with-kpi": ("shop", 2),
    "tech-objectives-with-baseline": ("shop", 2 / 3), "tech-objectives-with-target": ("shop", 1 / 3), "kpis-owned-by-both": ("shop", 0.5),
    "effects-measured": ("shop", 0.5), "items-blocked": ("shop", 1 / 3), "services-with-two-owners": ("shop", 1),
    "blocking-without-agreement": ("shop", 1), "blocking-dependencies": ("shop", 2), "roadmap-items": ("shop", 2), "planned-split": ("shop", 1),
    "items-with-both-statements": ("shop", 0.5), "split-off-plan": ("shop", 10), "split-off-plan-before": ("shop", 15),
    "sessions-with-engineers": ("shop", 2), "engineers-in-a-session": ("shop", 0.75), "user-sessions": ("shop", 3),
    "results-shown-half-year": ("shop", 2), "results-shown": ("shop", 2), "results-with-effect": ("shop", 0.5), "results-shown-together": ("shop", 0.5),
    "debt-items-done": ("shop", 3), "debt-periods-kept": ("shop", 3), "fails-above-own-median": ("shop", 5),
    "experiments-decided": ("shop", 2), "experiments-expected": ("shop", 1), "experiments-with-users": ("shop", 1 / 3),
    "experiment-days": ("shop", 20), "experiments-changed": ("shop", 0.5), "delivery-metrics-measured": ("shop", 3),
    "delivery-targets-set": ("shop", 1), "delivery-targets-met": ("shop", 0), "delivery-targets-met-before": ("shop", 0), "fail-target-met": ("shop", 1),
    "post-mortems-held": ("shop", 3), "post-mortem-share": ("shop", 0.75), "post-mortem-actions": ("shop", 0.5),
    "domains-declared": ("shop", 0), "load-age": ("shop", Unknown.NO_DATA), "domains-within-limits": ("shop", Unknown.NO_DATA),
    "extraneous-load": ("shop", Unknown.NO_DATA), "load": ("shop", Unknown.NO_DATA), "people": ("core", 6),
    "last-workshop": ("shop", Unknown.NO_DATA), "last-workshops": ("shop", Unknown.NO_DATA), "overrun-interactions": ("shop", 1),
    "actions-kept": ("shop", 0.5),
    "silent-needed-pairs": ("shop", 2), "consumers": ("core", 2), "service-promises": ("core", 2 / 3), "consumers-waiting": ("core", 1),
    "engagements-described": ("coaches", 0.5), "engagements-on-time": ("coaches", 0.5), "engagements-again": ("coaches", 1),
}  # fmt: skip


def test_every_measure_has_a_case() -> None:
    assert set(SEEN) == set(MEASURES)


@pytest.mark.parametrize("measure", SEEN)
def test_what_a_measure_sees(measure: str) -> None:
    team, expected = SEEN[measure]
    assert found(TOLD, team, measure) == (pytest.approx(expected) if isinstance(expected, int | float) else expected)


OF_TABLES = ("duo-rituals-held", "joint-rituals-held", "rituals-with-both", "slot-weeks", "decisions-by-both", "effects-measured", "items-blocked",
             "sessions-with-engineers", "engineers-in-a-session", "user-sessions", "results-shown", "results-with-effect", "experiments-decided",
             "experiment-days", "debt-items-done", "debt-periods-kept", "post-mortem-share", "post-mortem-actions", "split-off-plan",
             "last-workshop", "silent-needed-pairs", "organisation-speaking-balance", "fails-above-own-median")  # fmt: skip


@pytest.mark.parametrize("measure", OF_TABLES)
def test_without_its_table_nothing_is_known(measure: str) -> None:
    assert found(Told(TEAMS), "" if SEEN[measure][0] == "" else "shop", measure) is Unknown.NO_DATA


def test_a_team_without_any_objective_or_roadmap_in_the_file_is_not_known() -> None:
    assert found(TOLD, "bare", "shared-objectives") is Unknown.NO_DATA
    assert found(TOLD, "bare", "tech-objectives-with-kpi") is Unknown.NO_DATA
    assert found(Told(organisation("teams: {a: {}}")), "a", "roadmap-items") is Unknown.NO_DATA
    assert found(TOLD, "bare", "roadmap-items") == 0  # (others have items there)


def test_rituals_of_which_nobody_says_whether_they_were_held_are_not_known() -> None:
    told = Told(TEAMS, tables={"rituals": {"shop": [ritual("duo", None), ritual("duo", None)]}})
    assert found(told, "shop", "duo-rituals-held") is Unknown.NO_DATA


def test_where_nobody_writes_what_blocks_an_item_nothing_is_known() -> None:
    assert (
        found(Told(TEAMS, tables={"work_items": {"shop": [row(), row()]}}), "shop", "items-blocked") is Unknown.NO_DATA
    )


def test_the_last_four_workshops_are_asked_of_once_there_were_four() -> None:
    told = Told(TEAMS, tables={"rituals": WORKSHOPS})
    assert found(told, "shop", "last-workshop") == 1
    assert found(told, "shop", "last-workshops") == 3
    assert found(told, "core", "last-workshops") == 0


def test_an_acting_lead_without_a_beginning_is_not_known() -> None:
    text = "people: {a: {}, b: {}}\nteams: {shop: {pm: a, em: {person: b, status: acting}}}"
    assert found(Told(organisation(text)), "shop", "acting-days") is Unknown.NO_DATA


# -- what a doubtful reader found -----------------------------------------------------------------------------------------


def of(text: str, **told: object) -> Told:
    return Told(organisation(text), **told)  # type: ignore[arg-type]


TWO = "teams: {shop: {name: The Shop, type: stream-aligned, was: [store]}, desk: {type: stream-aligned}}"


def test_a_team_that_never_fills_a_column_is_not_known_by_anothers_habit() -> None:
    told = of(TWO, tables={"work_items": {"shop": [row(blocked_by="desk"), row()], "desk": [row(), row()]},
                           "rituals": {"shop": [ritual("demo", True, guests="desk")], "desk": [ritual("demo", True)]},
                           "showcases": {"shop": [row()]}, "interviews": {"shop": [row(engineers_present=1.0)], "desk": [row()]}})  # fmt: skip
    assert found(told, "shop", "items-blocked") == 0.5
    for measure in ("items-blocked", "demo-guests", "results-shown", "sessions-with-engineers"):
        assert found(told, "desk", measure) is Unknown.NO_DATA, measure


@pytest.mark.parametrize(
    ("words", "share"),
    [("store", 1), ("DESK", 1), ("the shop", 0), ("desk; the moon", 1), ("the weather", Unknown.NO_DATA)],
)
def test_what_an_item_waits_for_is_understood_by_id_former_id_and_name(words: str, share: object) -> None:
    text = "teams: {shop: {name: The Shop, type: stream-aligned}, desk: {type: stream-aligned, was: [store]}}"
    assert found(of(text, tables={"work_items": {"shop": [row(blocked_by=words)]}}), "shop", "items-blocked") == share


@pytest.mark.parametrize("guests", ["shop", "0", "none", ""])
def test_only_another_team_of_the_file_is_a_guest(guests: str) -> None:
    told = of(TWO, tables={"rituals": {"shop": [ritual("demo", True, guests=guests)]}})
    assert found(told, "shop", "demo-guests") == 0


def test_a_table_with_its_header_alone_tells_nothing() -> None:
    told = of(TWO, tables={"showcases": {}, "interviews": {}, "experiments": {}, "rituals": {}}, newest=None)
    for measure in (
        "results-shown",
        "results-shown-half-year",
        "user-sessions",
        "experiments-decided",
        "demo-guests",
        "last-workshop",
    ):
        assert found(told, "shop", measure) is Unknown.NO_DATA, measure


def test_numbers_whose_tables_ended_long_ago_are_not_measured() -> None:
    stale = dt.date(2026, 1, 11)
    metrics = {
        ("deployment-frequency", "shop"): Number(0.0, 0, stale),
        ("change-lead-time", "shop"): Number(20.0, 5, DAY),
    }
    told = Told(TEAMS, metrics=metrics)
    assert found(told, "shop", "delivery-metrics-measured") == 1
    assert found(told, "shop", "delivery-targets-met") is Unknown.NO_DATA


def test_a_missed_target_is_missed_whatever_is_not_known_beside_it() -> None:
    assert (
        found(Told(TEAMS, metrics={("change-lead-time", "shop"): Number(90.0, 5, DAY)}), "shop", "delivery-targets-met")
        == 0
    )


def test_without_a_target_of_its_own_a_fail_rate_is_within_none() -> None:
    assert found(of("teams: {shop: {targets: {metrics: {change-lead-time: 4}}}}"), "shop", "fail-target-met") == 0


def test_workshops_of_one_week_are_one_and_a_row_of_no_team_tells_of_nobody() -> None:
    two_days = {"shop": [ritual("workshop", True, planned_at_day=day) for day in days(5, 4)], "desk": []}
    assert found(of(TWO, tables={"rituals": two_days}), "shop", "last-workshops") is Unknown.NO_DATA
    assert found(of(TWO, tables={"rituals": two_days}), "desk", "last-workshop") == 0
    nobodys = {"": [ritual("workshop", True, planned_at_day=DAY)]}
    assert found(of(TWO, tables={"rituals": nobodys}), "shop", "last-workshop") is Unknown.NO_DATA


def test_a_team_is_not_asked_of_workshops_before_it_was_there() -> None:
    text = TWO.replace("desk: {", "desk: {since: 2026-11-16, ")
    told = of(text, tables={"rituals": {"shop": [ritual("workshop", True, planned_at_day=days(20)[0])], "desk": []}})
    assert found(told, "desk", "last-workshop") is Unknown.NO_DATA


def test_an_engagement_without_a_beginning_counts_too() -> None:
    text = """interactions:
  - {mode: facilitating, facilitator: coaches, team: shop, until: 2026-01-01}
  - {mode: facilitating, facilitator: coaches, team: desk, since: 2026-05-01, until: 2026-08-01, ended: 2026-07-20, outcome: alone}
teams: {coaches: {type: enabling}, shop: {}, desk: {}}
"""
    assert found(of(text), "coaches", "engagements-on-time") == 0.5
    assert found(of(text), "coaches", "engagements-described") == 0.5


def test_a_new_team_is_measured_over_the_weeks_that_it_had() -> None:
    text = TWO.replace("desk: {", "desk: {since: 2026-10-26, ")
    told = of(text, tables={"rituals": {"desk": [ritual("duo", True), ritual("duo", True)]}})
    assert found(told, "desk", "duo-ritual-interval") == 14


def test_what_is_not_known_of_a_part_is_neither_met_nor_missed() -> None:
    pack = pack_of().dimensions["debt"]
    weeks = {
        ("tech-investment-share", "shop"): {day: Number(0.3, 5) for day in MONDAYS[:20]}
    }  # (five of the six periods)
    told = of("teams: {shop: {pm: vacant, em: vacant, targets: {tech_investment: 20%}}}", weeks=weeks)
    states = {
        one.level: one.state
        for one in rate("debt", pack, Asked(told, "shop")).criteria
        if one.criterion.measure == "debt-periods-kept"
    }
    assert states == {3: State.MET, 4: State.MET, 5: State.NOT_MEASURED}


def test_an_acting_seat_without_a_beginning_can_only_be_longer() -> None:
    text = "people: {a: {}, b: {}}\nteams: {shop: {pm: {person: a, status: acting}, em: {person: b, status: acting, since: %s}}}"
    duo = pack_of().dimensions["duo"]
    for since, state in (("2025-01-01", State.NOT_MET), ("2026-11-01", State.NOT_MEASURED)):
        judged = {
            one.criterion.measure: one.state for one in rate("duo", duo, Asked(of(text % since), "shop")).criteria
        }
        assert judged["acting-days"] == state


def test_what_happens_after_the_day_does_not_count() -> None:
    later = dt.date(2027, 9, 2)
    told = of("people: {a: {}}\nteams: {shop: {cognitive_load: {intrinsic: 4, extraneous: 4, germane: 4, assessed: 2027-01-01}}}",
              tables={"experiments": {"shop": [row(decision="kept", decided_at_day=later, evidence_at_day=later)]}})  # fmt: skip
    assert found(told, "shop", "experiments-decided") == 0
    assert found(told, "shop", "experiment-days") is Unknown.NO_DATA
    assert found(told, "shop", "extraneous-load") is Unknown.NO_DATA
    planned = "interactions: [{mode: x-as-a-service, provider: core, consumer: shop, since: 2029-01-01}]\nteams: {core: {type: platform}, shop: {}}"
    assert found(of(planned), "core", "consumers") == 0


def test_two_seats_alone_are_no_head_count() -> None:
    text = "people: {a: {}, b: {}}\nteams: {shop: {pm: a, em: b}}"
    assert found(of(text), "shop", "people") is Unknown.NO_DATA


def test_a_session_of_more_engineers_than_there_are_is_not_known() -> None:
    told = of(
        TWO,
        tables={
            "interviews": {
                "shop": [
                    row(engineers_present=12.0, engineers_total=5.0),
                    row(engineers_present=1.0, engineers_total=5.0),
                ]
            }
        },
    )
    assert found(told, "shop", "engineers-in-a-session") == 0.2


def test_a_service_that_was_given_up_has_no_two_owners_here() -> None:
    text = "teams: {a: {services: {x: {until: 2026-01-01}}}, b: {services: {x: {since: 2026-01-01}}}, c: {services: {x: {since: 2026-01-01}}}}"
    assert found(of(text), "a", "services-with-two-owners") == 0
    assert found(of(text), "b", "services-with-two-owners") == 1


def test_a_team_that_needs_nobody_is_not_asked_of_contact() -> None:
    assert found(of(TWO, pairs={"shop": (0, 0)}), "shop", "silent-needed-pairs") is Unknown.NOT_APPLICABLE
