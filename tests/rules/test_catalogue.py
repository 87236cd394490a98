"""Every rule against its own documentation: the bad example gives exactly its finding, the good one none."""

from __future__ import annotations

import pytest

from topology.rules import check, rules
from topology.rules.rule import EXAMPLE_DAY, HEADINGS, HERE, Rule
from topology.rules.selection import selection
from topology.source import load_texts
from topology.source.settings import RuleSettings

RULES = list(rules().values())
OF_THE_FILE = [
    rule for rule in RULES if not rule.with_data
]  # (test_clan_rules.py and test_maturity_rules.py have the others)
# What the design's table says: code, name, default severity. A retired code is never used again.
TABLE = """TT001 unreadable error
TT002 duplicate-key error
TT003 unknown-key error
TT004 wrong-value error
TT005 unknown-reference error
TT006 duplicate-id-across-files error
TT007 period-reversed error
TT008 unused-suppression warning
TT009 expired-suppression warning
TT010 account-of-two-people warning
TT101 collaboration-without-end error
TT102 collaboration-overrun warning
TT103 collaboration-too-long warning
TT104 several-collaborations warning
TT105 facilitating-without-end warning
TT106 facilitating-overrun warning
TT107 mode-unusual-for-type info
TT108 conflicting-modes warning
TT109 duplicate-interaction warning
TT110 stream-aligned-provides-service warning
TT111 interaction-outside-team-life error
TT112 isolated-team info
TT113 interaction-without-purpose info
TT201 team-too-small warning
TT202 team-too-large warning
TT203 group-beyond-trust-size info
TT204 cognitive-load-high warning
TT205 too-many-domains warning
TT206 undefined-team-type info
TT207 person-overcommitted warning
TT208 few-stream-aligned info
TT209 load-assessment-stale info
TT301 platform-depends-on-stream warning
TT302 platform-without-consumer warning
TT303 service-without-promise warning
TT304 platform-needs-grouping info
TT401 enabling-without-facilitating warning
TT402 facilitating-permanent warning
TT403 enabling-owns-service info
TT501 service-with-two-owners error
TT502 blocking-dependency warning
TT503 dependency-cycle warning
TT504 dependency-without-interaction warning
TT505 dependency-across-streams info
TT701 squad-without-pm error
TT702 squad-without-em error
TT703 pm-is-em warning
TT704 pm-shared info
TT705 em-shared info
TT706 acting-too-long info
TT707 one-sided-squad warning
TT708 no-shared-objective warning
TT709 tech-objective-without-kpi warning
TT710 kpi-with-one-owner warning
TT711 two-towers info
TT712 roadmap-item-one-sided warning
TT713 duo-far-apart warning
TT714 duo-position-stale info
TT715 leaders-missing warning
TT716 roadmap-unbalanced warning
TT801 exemption-expired warning
TT802 target-without-reason info
TT803 dimension-nobody-measures info
TT804 stale-evidence info
TT805 question-changed warning
TT851 action-with-one-owner error
TT852 action-overdue warning
TT853 too-many-actions warning
TT854 action-without-measure info
TT855 action-owner-gone warning
TT856 closed-without-outcome warning
TT857 agreement-expired warning
TT858 difference-without-end error
TT859 checkpoint-missed info
TT901 inward-grouping warning
TT902 bridges-on-one-team info
TT903 service-in-name info
TT904 collaboration-on-paper info"""


def texts_of(example: str) -> dict[str, str]:
    """The files of an example: several are parted by `---`."""
    parts = example.split("\n---\n")
    return {f"{index}.yaml": part + "\n" for index, part in enumerate(parts)}


def findings_of(rule: Rule, texts: dict[str, str]) -> list[tuple[str, str, int]]:
    """(code, file, line) of what the rule finds, beside the suppressed rule where it is about suppressions."""
    chosen = selection(RuleSettings(), () if rule.code in ("TT008", "TT009") else [rule.code])
    found = check(load_texts(texts), EXAMPLE_DAY, chosen).findings
    wanted = [one for one in found if rule.code not in ("TT008", "TT009") or one.code.startswith("TT0")]
    return [(one.code, one.place.file, one.place.line) for one in wanted]


def test_the_catalogue_is_the_table() -> None:
    assert [f"{rule.code} {rule.name} {rule.severity}" for rule in RULES] == TABLE.splitlines()


@pytest.mark.parametrize("rule", OF_THE_FILE, ids=lambda rule: rule.code)
def test_the_bad_example_gives_exactly_its_finding_at_the_marked_place(rule: Rule) -> None:
    texts = texts_of(rule.sections["Bad"])
    marked = [
        (rule.code, file, number)
        for file, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if line.endswith(HERE)
    ]
    assert len(marked) == 1
    assert findings_of(rule, texts) == marked


@pytest.mark.parametrize("rule", OF_THE_FILE, ids=lambda rule: rule.code)
def test_the_good_example_gives_none(rule: Rule) -> None:
    assert findings_of(rule, texts_of(rule.sections["Good"])) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_is_documented_under_the_same_headings(rule: Rule) -> None:
    assert tuple(rule.sections) == HEADINGS
    assert all(rule.sections.values())
    assert rule.title.endswith(".")
    assert rule.help
    assert (rule.threshold is None) == (rule.unit == "")
