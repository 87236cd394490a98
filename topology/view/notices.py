"""What to look at this week: sentences with their evidence, made from readings.

A notice speaks of teams; the order is that of the kinds below and of the file, never a ranking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from topology.clans.partitions import partition_of
from topology.clans.silence import needs_across
from topology.clans.warning import FellSilent, warnings_of
from topology.clans.window import Window
from topology.delivery import Reading
from topology.graph.observed import CONTACT_KINDS
from topology.maturity import widest_gap
from topology.maturity.positions import FAR_APART
from topology.model import Interaction, Mode, Organisation
from topology.words.lists import number
from topology.words.numbers import duration
from topology.words.warnings import pairs_words, warning_sentence

LEAST_NEEDS = 4  # fewer needed pairs between two streams tell nothing
SLOWER = 1.5  # the median lead time against the earlier window, and enough changes on both sides to say so
LEAST_CHANGES = 10
MOST_NAMED = 8  # pairs in one sentence
MONTH = dt.timedelta(days=28)


@dataclass(frozen=True)
class Notice:
    """One sentence to look at, what it rests on, and where to go on reading."""

    text: str
    evidence: tuple[str, ...] = ()
    team: str | None = None
    overlay: str = ""
    lit: str = ""
    """Groupings that stand out on the map, as the link writes them."""


@dataclass(frozen=True)
class Then:
    """The same readings of an earlier window, to compare with; `day` is its last day."""

    day: dt.date
    readings: Mapping[str, Reading] = field(default_factory=dict)


def between_streams(window: Window, then: Window | None) -> list[Notice]:
    """Pairs of value streams of whose needed pairs of teams more than half are silent."""
    if window.exchange is None or not window.covers(CONTACT_KINDS):
        return []
    then = then if then is not None and then.covers(CONTACT_KINDS) else None
    organisation, weeks = window.organisation, f"{number(window.weeks)} weeks"
    now, before = _silent(window), _silent(then) if then else {}
    notices = []
    for pair, (needs, silent) in now.items():
        if needs < LEAST_NEEDS or 2 * len(silent) <= needs:
            continue
        first, second = (organisation.group_name(one) for one in pair)
        earlier = (
            f"; in the {weeks} to {then.day} it was {number(len(before[pair][1]))} of {number(before[pair][0])}"
            if then and pair in before
            else ""
        )
        notices.append(Notice(
            f"Between {first} and {second} {number(len(silent))} of the {number(needs)} pairs of teams whose work needs the other were "
            f"seen in contact in fewer than one week of four{earlier}.",
            (f"Silent in the last {weeks}: {'; '.join(shortened(pairs_words(organisation, silent)))}.",),
            overlay="missing-bridges", lit=",".join(pair),
        ))  # fmt: skip
    return notices


def fell_silent(window: Window) -> list[Notice]:
    """The warnings of the day: pairs that were in contact and fell silent across one border."""
    return [_warned(window.organisation, one) for one in warnings_of(window)] if window.exchange else []


def _warned(organisation: Organisation, one: FellSilent) -> Notice:
    pairs = "; ".join(shortened(pairs_words(organisation, one.pairs)))
    evidence = f"Fell silent: {pairs}. A warning is no finding, and goes when the pairs meet again."
    lit = ",".join(one.groups) if one.partition.id == "value-stream" else ""
    return Notice(warning_sentence(organisation, one), (evidence,), overlay="missing-bridges", lit=lit)


def shortened(names: list[str]) -> list[str]:
    """The first pairs, and how many more there are."""
    return names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]


def _silent(window: Window) -> dict[tuple[str, str], tuple[int, tuple[tuple[str, str], ...]]]:
    """{(stream, stream): (needed pairs, the silent ones)}."""
    labels = window.labels(partition_of("value-stream"))
    streams = [group for group in window.organisation.groups if group in labels.values()]
    pairs, result = window.asked_needs, {}
    for pair in combinations(streams, 2):
        found = needs_across(pairs, window.weeks_seen, window.weeks, labels, {frozenset(pair)})
        if found.across:
            result[pair] = (len(found.across), found.missing)
    return result


def within_squads(
    organisation: Organisation, day: dt.date, readings: Mapping[str, Reading], then: Then | None
) -> list[Notice]:
    """Squads whose PM and EM have signed levels two or more apart, with what delivery shows beside it."""
    notices = []
    for id_, team in organisation.teams_on(day).items():
        position = widest_gap(team, day)
        if position is None or abs(position.gap or 0) < FAR_APART:
            continue
        name = organisation.team_name(id_)
        evidence = [f"PM: “{position.pm_note}”"] if position.pm_note else []
        evidence += [f"EM: “{position.em_note}”"] if position.em_note else []
        evidence += _slower(readings, then, id_)
        notices.append(Notice(
            f"{name}: the PM sees “{position.dimension}” at level {position.pm}, the EM at level {position.em} of 5"
            + (f" (signed {position.assessed})." if position.assessed else "."), tuple(evidence), team=id_, overlay="duo-gap",
        ))  # fmt: skip
    return notices


def _slower(readings: Mapping[str, Reading], then: Then | None, team: str) -> list[str]:
    """The lead time now and in the earlier window, where it has grown and both rest on enough changes."""
    reading = readings.get("change-lead-time")
    before = then.readings.get("change-lead-time") if then else None
    if reading is None or before is None or team not in reading.headline or team not in before.headline:
        return []
    now, earlier = reading.headline[team], before.headline[team]
    if min(now["n"], earlier["n"]) < LEAST_CHANGES or now["value"] < SLOWER * earlier["value"]:
        return []
    assert then is not None
    return [f"Change lead time: median {duration(now['value'])} (n = {now['n']}), against {duration(earlier['value'])} "
            f"(n = {earlier['n']}) in the twelve weeks to {then.day}."]  # fmt: skip


def of_the_map(organisation: Organisation, day: dt.date) -> list[Notice]:
    """Interactions past their end date, and squads whose seats are vacant or held for the time being."""
    notices = []
    for one in organisation.interactions_on(day):
        if one.state(day) == "overrun":
            weeks = (day - one.until).days // 7 if one.until else 0
            late = f"{number(weeks)} {'week' if weeks == 1 else 'weeks'}" if weeks else "some days"
            named = _words(organisation, one)
            sentence = f"{named[0].upper()}{named[1:]}: it should have ended on {one.until}, {late} ago."
            notices.append(Notice(sentence, team=one.pairs[0][0]))
    for id_, team in organisation.teams_on(day).items():
        seats = (
            (("product manager", team.pm), ("engineering manager", team.em)) if team.type == "stream-aligned" else ()
        )
        for role, seat in seats:
            if seat is not None and not seat.filled_on(day):
                notices.append(Notice(f"{organisation.team_name(id_)} has no {role}: the seat is vacant.", team=id_))
            elif seat is not None and seat.status == "acting":
                since = f" since {seat.since}" if seat.since else ""
                notices.append(Notice(f"{organisation.team_name(id_)} has an acting {role}{since}.", team=id_))
    return notices


def changes_since(organisation: Organisation, day: dt.date, before: dt.date) -> list[str]:
    """What the dates of the file say has begun or ended after `before`, up to `day`, oldest first."""
    found = sorted(_dated(organisation), key=lambda item: item[0])
    return [f"{when}: {words}" for when, words in found if before < when <= day]


def coming(organisation: Organisation, day: dt.date, until: dt.date) -> list[str]:
    """What the dates of the file say will begin, change or should end after `day`, up to `until`."""
    planned = [
        (one.until, f"{_words(organisation, one)} should end")
        for one in organisation.interactions_on(day)
        if one.until and not one.ended
    ]
    return [f"{when}: {words}" for when, words in sorted([*planned, *_dated(organisation)]) if day < when <= until]


def _dated(organisation: Organisation) -> Iterator[tuple[dt.date, str]]:
    yield from _dated_interactions(organisation)
    for id_, team in organisation.teams.items():
        if team.since:
            yield team.since, f"the team {organisation.team_name(id_)} begins"
        if team.until:
            yield team.until, f"the team {organisation.team_name(id_)} ends"
        for role, seat in (("PM", team.pm), ("EM", team.em)):
            if seat is not None and seat.since and seat.filled:
                acting = "acting " if seat.status == "acting" else ""
                yield seat.since, f"{organisation.team_name(id_)} has a new {acting}{role}"
        for service, owned in team.services.items():
            if owned.since and owned.since != team.since:
                yield owned.since, f"{organisation.team_name(id_)} takes over the service {service}"


def _dated_interactions(organisation: Organisation) -> Iterator[tuple[dt.date, str]]:
    for one in organisation.interactions:
        if one.since:
            yield one.since, f"{_words(organisation, one)} begins"
        if one.ended:
            yield one.ended, f"{_words(organisation, one)} ended"


def _words(organisation: Organisation, interaction: Interaction) -> str:
    """An interaction as a leader would name it: `help of Quality coaching for Checkout`."""
    first, second = interaction.pairs[0]
    noun, joint = _NOUNS[interaction.mode]
    more = f" and {len(interaction.pairs) - 1} more" if len(interaction.pairs) > 1 else ""
    return f"{noun} of {organisation.team_name(first)} {joint} {organisation.team_name(second)}{more}"


_NOUNS: dict[Mode, tuple[str, str]] = {
    "collaboration": ("collaboration", "and"),
    "facilitating": ("help", "for"),
    "x-as-a-service": ("service", "for"),
}
