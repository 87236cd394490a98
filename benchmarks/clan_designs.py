"""Organisations with and without a clan, contact by contact of two people, for calibrate_clans.py: how often is "finding" said of them?

Each design says what is unusual about needs, contact, or what the tools see of it; everything else is as in `plain`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from topology.graph.observed import CHANNELS, Contacts
from topology.model import Organisation

RAMP = 12  # weeks of a gradual change
WEEKS, TURNING, FIRST = 60, 28, dt.date(2025, 1, 6)
TALKING, OTHERWISE, INSIDE = 1.4, 0.12, 5.0  # contacts a week: of a pair that talks, of any other, inside a squad
TALK = 0.85  # the share of needed pairs that talk where nothing keeps them from it
ROLES = ("product-manager", "engineering-manager", "product-designer", "analyst", "software-engineer")
Matrix = NDArray[np.float64]


@dataclass
class Drawn:
    """Teams with a stream each, who needs whom (and whether the file says so), and contacts a week: weeks × teams × teams."""

    streams: NDArray[np.int64]
    needs: set[tuple[int, int]]
    rates: Matrix
    random: np.random.Generator
    sizes: NDArray[np.int64]
    declared: set[tuple[int, int]] | None = None
    sites: NDArray[np.int64] | None = None
    divisions: NDArray[np.int64] | None = None
    seen: Callable[[int, int, int, int], float] = field(default=lambda *_: 1.0)
    """(team, person, team, person) → the chance that a tool tells of a contact."""
    own_side: float = 0.0
    labels: int = 0

    @property
    def n(self) -> int:
        return len(self.streams)

    def across(self, a: int, b: int) -> bool:
        return bool(self.streams[a] != self.streams[b])


def plain(seed: int, n: int = 20, groups: int = 2, per: float = 3.0, talking: float = TALKING) -> Drawn:
    """Nobody prefers anybody: needs and talk do not know the streams."""
    random = np.random.default_rng([seed, n, groups])
    streams = random.permutation(np.arange(n) % groups)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    needs = {pairs[k] for k in random.choice(len(pairs), min(len(pairs), round(per * n)), replace=False)}
    drawn = Drawn(streams, needs, np.zeros((WEEKS, n, n)), random, np.full(n, 7))
    talk(drawn, {pair for pair in sorted(needs) if random.random() < TALK}, talking=talking)
    return drawn


def talk(drawn: Drawn, talking_pairs: set[tuple[int, int]], begin: int = 0, talking: float = TALKING) -> None:
    """From a week on these pairs talk, and the others hardly."""
    drawn.rates[begin:] = np.triu(np.full((drawn.n, drawn.n), OTHERWISE), 1)
    for a, b in talking_pairs:
        drawn.rates[begin:, a, b] = talking


def parted(drawn: Drawn, inside: float, borders: set[frozenset[int]] | None = None, begin: int = 0) -> Drawn:
    """Of the talking pairs `inside` are of one stream, and of the needed pairs across three in five are silent; or those over borders."""
    if borders is None:
        pairs = [(a, b) for a in range(drawn.n) for b in range(a + 1, drawn.n)]
        order = [pairs[k] for k in drawn.random.permutation(len(pairs))]
        ties = round(TALK * len(drawn.needs))
        near = [pair for pair in order if not drawn.across(*pair)][: round(inside * ties)]
        far = [pair for pair in order if drawn.across(*pair)]
        met = round((1 - inside) * ties)
        drawn.needs = {*near, *far[: round(2.5 * met)]}
        talk(drawn, {*near, *far[:met]}, begin)
        return drawn
    order = [sorted(drawn.needs)[k] for k in drawn.random.permutation(len(drawn.needs))]
    kept = {
        p for p in order if frozenset(drawn.streams[list(p)].tolist()) not in borders and drawn.random.random() < TALK
    }
    talk(drawn, kept, begin)
    for a in range(drawn.n):
        for b in range(a + 1, drawn.n):
            if frozenset(drawn.streams[[a, b]].tolist()) in borders:
                drawn.rates[begin:, a, b] *= 0.3
    return drawn


def _scaled(drawn: Drawn, factor: Callable[[int, int], float], weeks: slice = slice(None)) -> Drawn:
    for a in range(drawn.n):
        for b in range(a + 1, drawn.n):
            drawn.rates[weeks, a, b] *= factor(a, b)
    return drawn


def _added(drawn: Drawn, weeks: list[int], more: Callable[[int, int], float]) -> Drawn:
    for week in weeks:
        for a in range(drawn.n):
            for b in range(a + 1, drawn.n):
                drawn.rates[week, a, b] += more(a, b)
    return drawn


def heavy(seed: int) -> Drawn:
    """Some teams talk ten times as much as others."""
    drawn = plain(seed)
    busy = drawn.random.lognormal(0, 0.7, drawn.n)
    return _scaled(drawn, lambda a, b: float(busy[a] * busy[b]))


def busier(seed: int) -> Drawn:
    """One stream talks twice as much."""
    drawn = plain(seed)
    return _scaled(drawn, lambda a, b: float(np.prod([2.0**0.5 if drawn.streams[t] else 1.0 for t in (a, b)])) ** 2)


def sized(seed: int) -> Drawn:
    """Squads of five to fifteen; larger ones talk more."""
    drawn = plain(seed)
    drawn.sizes = drawn.random.integers(5, 16, drawn.n)
    return _scaled(drawn, lambda a, b: float((drawn.sizes[a] * drawn.sizes[b]) ** 0.5 / 9))


def _instrumented(drawn: Drawn, share: Callable[[int], float], either: bool = False) -> Drawn:
    told = [drawn.random.random(40) < share(team) for team in range(drawn.n)]
    if either:
        drawn.seen = lambda a, x, b, y: float(told[a][x] or told[b][y])
    else:
        drawn.seen = lambda a, x, b, y: float(told[a][x] and told[b][y])
    return drawn


def half_instrumented(seed: int) -> Drawn:
    """Half of the people are in the tools."""
    return _instrumented(plain(seed), lambda _: 0.6)


def stream_instrumented(seed: int) -> Drawn:
    """One stream is in the tools, of the others three in ten people."""
    drawn = plain(seed, groups=3)
    return _instrumented(drawn, lambda t: 1.0 if drawn.streams[t] == 0 else 0.3)


def teams_instrumented(seed: int) -> Drawn:
    """One stream is in the tools, of the others three in ten teams; one end of a contact is enough."""
    drawn = plain(seed, groups=3)
    told = [drawn.streams[t] == 0 or drawn.random.random() < 0.3 for t in range(drawn.n)]
    drawn.seen = lambda a, x, b, y: float(told[a] or told[b])
    return drawn


def unread(seed: int) -> Drawn:
    """Six in ten contacts across streams take place in a tool that nobody reads."""
    drawn = plain(seed)
    return _scaled(drawn, lambda a, b: 0.4 if drawn.across(a, b) else 1.0)


def new_needs(seed: int) -> Drawn:
    """Fifteen new needs across, declared now, that nobody has had time to serve."""
    drawn = plain(seed)
    others = [
        (a, b)
        for a in range(drawn.n)
        for b in range(a + 1, drawn.n)
        if drawn.across(a, b) and (a, b) not in drawn.needs
    ]
    chosen = {others[k] for k in drawn.random.choice(len(others), 15, replace=False)}
    drawn.declared = drawn.needs | chosen
    return drawn


def offsite_once(seed: int) -> Drawn:
    """Each stream has a week together, once."""
    drawn = plain(seed)
    return _added(drawn, [WEEKS - 6], lambda a, b: 0.0 if drawn.across(a, b) else 6.0)


def offsite_quarterly(seed: int) -> Drawn:
    """Each stream has a week together in every quarter."""
    drawn = plain(seed)
    return _added(drawn, list(range(4, WEEKS, 12)), lambda a, b: 0.0 if drawn.across(a, b) else 6.0)


def company_offsite(seed: int) -> Drawn:
    """All have a week together."""
    return _added(plain(seed), [WEEKS - 6], lambda a, b: 4.0)


def round_up(seed: int) -> Drawn:
    """Each stream has a weekly round, in which half of its pairs meet."""
    drawn = plain(seed)
    return _scaled(_added(drawn, list(range(WEEKS)), lambda a, b: 0.0 if drawn.across(a, b) else 0.7), lambda a, b: 1.0)


def weak_needs(seed: int) -> Drawn:
    """Needs across are weak, and all served: a third of the contact of others."""
    drawn = plain(seed)
    talk(drawn, set(drawn.needs))
    return _scaled(drawn, lambda a, b: 0.35 if drawn.across(a, b) and (a, b) in drawn.needs else 1.0)


def hurting_needs(seed: int) -> Drawn:
    """Needs across are written down when they hurt."""
    drawn = plain(seed)
    drawn.declared = {p for p in drawn.needs if not drawn.across(*p) or drawn.rates[-1][p] < TALKING}
    return drawn


def partly_declared(seed: int) -> Drawn:
    """Half of the needs are written down."""
    drawn = plain(seed)
    drawn.declared = {p for p in sorted(drawn.needs) if drawn.random.random() < 0.5}
    return drawn


def by_need(seed: int) -> Drawn:
    """The streams were cut along the needs: four in five needs lie inside."""
    drawn = plain(seed)
    pairs = [(a, b) for a in range(drawn.n) for b in range(a + 1, drawn.n)]
    order = [pairs[k] for k in drawn.random.permutation(len(pairs))]
    near, far = ([p for p in order if drawn.across(*p) is wanted] for wanted in (False, True))
    drawn.needs = {*near[:48], *far[:12]}
    talk(drawn, {p for p in sorted(drawn.needs) if drawn.random.random() < TALK})
    return drawn


def decay(seed: int) -> Drawn:
    """Contact falls with the distance in the code, along which the streams were cut."""
    drawn = plain(seed)
    drawn.streams = np.arange(drawn.n) * 2 // drawn.n
    return _scaled(drawn, lambda a, b: float(1.5 * np.exp(-abs(a - b) / 12)))


def one_reviewer(seed: int) -> Drawn:
    """One team reviews everything."""
    drawn = plain(seed)
    return _added(drawn, list(range(WEEKS)), lambda a, b: 1.5 if 0 in (a, b) else 0.0)


def stream_reviewers(seed: int) -> Drawn:
    """One team of each stream reviews everything there."""
    drawn = plain(seed)
    firsts = {int(np.flatnonzero(drawn.streams == stream)[0]) for stream in set(drawn.streams.tolist())}
    return _added(drawn, list(range(WEEKS)), lambda a, b: 1.5 if not drawn.across(a, b) and firsts & {a, b} else 0.0)


def sparse(seed: int) -> Drawn:
    """Few needs, little contact."""
    return plain(seed, per=1.5, talking=0.6)


def redealt(seed: int) -> Drawn:
    """Five labels of the project's own that mean nothing."""
    drawn = plain(seed)
    drawn.labels = 5
    return drawn


def nested(seed: int) -> Drawn:
    """Four tribes in two divisions: talk keeps to the site, and a division has one."""
    drawn = plain(seed, groups=4)
    drawn.divisions = drawn.streams // 2
    return drawn


def sited(seed: int) -> Drawn:
    """Needs and talk keep to the site, and most squads of a stream share one."""
    drawn = plain(seed)
    drawn.sites = np.where(drawn.random.random(drawn.n) < 0.85, drawn.streams, 1 - drawn.streams)
    pairs = [(a, b) for a in range(drawn.n) for b in range(a + 1, drawn.n)]
    order = [pairs[k] for k in drawn.random.permutation(len(pairs))]
    near, far = ([p for p in order if (drawn.sites[p[0]] != drawn.sites[p[1]]) is wanted] for wanted in (False, True))
    drawn.needs = {*near[:48], *far[:12]}
    talk(drawn, {p for p in sorted(drawn.needs) if drawn.random.random() < TALK})
    return drawn


def own_side(seed: int) -> Drawn:
    """Everybody prefers their own side, all the time."""
    drawn = plain(seed)
    drawn.own_side = 0.5
    return drawn


def moving(seed: int) -> Drawn:
    """Who talks to whom is dealt anew every twelve weeks."""
    drawn = plain(seed)
    for begin in range(12, WEEKS, 12):
        talk(drawn, {p for p in sorted(drawn.needs) if drawn.random.random() < TALK}, begin)
    return drawn


CLAN_FREE: dict[str, Callable[[int], Drawn]] = {
    one.__name__: one for one in (
        plain, heavy, busier, sized, half_instrumented, stream_instrumented, teams_instrumented, unread, new_needs, offsite_once,
        offsite_quarterly, company_offsite, round_up, weak_needs, hurting_needs, partly_declared, by_need, decay, one_reviewer,
        stream_reviewers, sparse, redealt, nested, sited, own_side, moving,
    )
}  # fmt: skip


def two_groups_70(seed: int) -> Drawn:
    """20 teams, two groups, seven in ten talking pairs inside."""
    return parted(plain(seed), 0.7)


def two_groups_80(seed: int) -> Drawn:
    """The same, eight in ten."""
    return parted(plain(seed), 0.8)


def twelve_teams_80(seed: int) -> Drawn:
    """12 teams, two groups, eight in ten."""
    return parted(plain(seed, 12), 0.8)


def four_groups_70(seed: int) -> Drawn:
    """40 teams, four groups, seven in ten."""
    return parted(plain(seed, 40, 4), 0.7)


def four_groups_80(seed: int) -> Drawn:
    """20 teams, four groups, eight in ten."""
    return parted(plain(seed, 20, 4), 0.8)


def silent_border_of_3(seed: int) -> Drawn:
    """24 teams, three groups, one border silent."""
    return parted(plain(seed, 24, 3), 0, {frozenset((0, 1))})


def silent_border_of_4(seed: int) -> Drawn:
    """28 teams, four groups, one border silent."""
    return parted(plain(seed, 28, 4), 0, {frozenset((0, 1))})


def turned(seed: int) -> Drawn:
    """The same needs, of which nearly all talk until the turn, and three in five across fall silent then."""
    drawn = parted(plain(seed), 0.75, begin=TURNING)
    after = drawn.rates.copy()
    talk(drawn, {pair for pair in sorted(drawn.needs) if drawn.random.random() < TALK})
    drawn.rates[TURNING:] = after[TURNING:]
    return drawn


def drifted(seed: int) -> Drawn:
    """The same, over twelve weeks."""
    drawn = turned(seed)
    before, after = drawn.rates[TURNING - 1].copy(), drawn.rates[-1].copy()
    for week in range(RAMP):
        drawn.rates[TURNING + week] = before + (after - before) * (week + 1) / RAMP
    return drawn


def divisions_part(seed: int) -> Drawn:
    """Two divisions part; the tribes in each do not."""
    drawn = plain(seed, 24, 4)
    drawn.divisions, tribes = drawn.streams // 2, drawn.streams
    drawn.streams = drawn.divisions
    parted(drawn, 0.75)
    drawn.streams = tribes
    return drawn


PLANTED: dict[str, Callable[[int], Drawn]] = {
    one.__name__: one
    for one in (
        two_groups_70, two_groups_80, twelve_teams_80, four_groups_70, four_groups_80, silent_border_of_3, silent_border_of_4,
        divisions_part,
    )
} | {"turning": turned}  # fmt: skip


def made(drawn: Drawn) -> tuple[Organisation, Contacts]:
    """The organisation as its file would have it, and every contact that the tools tell of."""
    return _organisation(drawn), _contacts(drawn)


def _person(team: int, index: int) -> str:
    return f"t{team}-p{index}"


def _organisation(drawn: Drawn) -> Organisation:
    people, teams = {}, {}
    sites = drawn.sites if drawn.sites is not None else drawn.random.integers(0, 2, drawn.n)
    for team in range(drawn.n):
        ids = [_person(team, index) for index in range(int(drawn.sizes[team]))]
        people.update({
            id_: {"role": ROLES[min(index, 4)], "site": f"site-{sites[team]}"} for index, id_ in enumerate(ids)
        })  # fmt: skip
        teams[f"t{team}"] = {
            "type": "stream-aligned", "group": f"s{drawn.streams[team]}", "pm": ids[0], "em": ids[1], "members": ids[2:],
            **{f"x-l{label}": f"v{drawn.random.integers(0, 2)}" for label in range(drawn.labels)},
        }  # fmt: skip
    for a, b in sorted(drawn.needs if drawn.declared is None else drawn.declared):
        teams[f"t{a}"].setdefault("depends_on", []).append({"team": f"t{b}"})
    divisions = drawn.divisions
    groups: dict[str, Any] = {
        f"s{stream}": {"kind": "tribe" if divisions is not None else "value-stream",
                       **({"group": f"d{divisions[drawn.streams == stream][0]}"} if divisions is not None else {})}
        for stream in sorted(set(drawn.streams.tolist()))
    }  # fmt: skip
    if divisions is not None:
        groups |= {f"d{one}": {"kind": "value-stream"} for one in sorted(set(divisions.tolist()))}
    return Organisation.model_validate({"version": 1, "people": people, "groups": groups, "teams": teams})


def _contacts(drawn: Drawn) -> Contacts:
    random, names, place = drawn.random, [], {}
    for team in range(drawn.n):
        for index in range(int(drawn.sizes[team])):
            place[team, index] = len(names)
            names.append(_person(team, index))
    rows: list[tuple[int, int, int]] = []
    counts = random.poisson(drawn.rates)
    for week, a, b in zip(*np.nonzero(counts), strict=True):
        for _ in range(int(counts[week, a, b])):
            _meet(drawn, int(week), int(a), int(b), place, rows)
    for team in range(drawn.n):
        for week in range(WEEKS):
            for _ in range(int(random.poisson(INSIDE))):
                _meet(drawn, week, team, team, place, rows)
    source, target, week = np.array(rows, dtype=np.int64).T
    monday = FIRST.toordinal() + 7 * week
    return Contacts(
        tuple(names), source, target, monday, random.integers(0, len(CHANNELS) - 1, len(rows)), np.ones(len(rows))
    )


def _meet(
    drawn: Drawn, week: int, a: int, b: int, place: dict[tuple[int, int], int], rows: list[tuple[int, int, int]]
) -> None:
    random = drawn.random
    x, y = int(random.integers(drawn.sizes[a])), int(random.integers(drawn.sizes[b]))
    apart = (x in (0, 2, 3)) != (y in (0, 2, 3))
    if (a, x) == (b, y) or (apart and random.random() < drawn.own_side):
        return
    if random.random() < drawn.seen(a, x, b, y):
        rows.append((place[a, x], place[b, y], week))


LAST = FIRST + dt.timedelta(weeks=WEEKS) - dt.timedelta(days=1)
