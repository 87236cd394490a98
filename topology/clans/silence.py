"""The needed pairs of teams and how often each was seen: silent, thin, or in contact."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[str, str]

ONE_WEEK_OF = 4  # a pair that was seen in fewer than one week of four is silent
FEW_ACROSS, FEW_INSIDE = 0.25, 0.25  # of the share of needs that lies across (inside) by chance


def is_silent(seen: int, weeks: int) -> bool:
    """Whether a pair that was seen in so many of the weeks is silent: less than one week in four."""
    return ONE_WEEK_OF * seen < weeks


@dataclass(frozen=True)
class Needs:
    """Pairs whose work needs each other, across a border and elsewhere, and in how many of the `window` weeks each was seen."""

    across: tuple[Pair, ...]
    inside: tuple[Pair, ...]
    weeks: Mapping[Pair, int]
    window: int
    served: int = 0
    """Needed pairs across the border that X-as-a-Service serves: they need no talk, and are not among the others."""
    declaring: float = 1.0
    """The share of the teams that the file names any need of."""
    expected: float | None = None
    """The share of all pairs of teams that lies across the border; None where it is not known."""

    def silent(self, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
        """Those that were seen in less than one week of four."""
        return tuple(pair for pair in pairs if is_silent(self.weeks.get(pair, 0), self.window))

    @property
    def missing(self) -> tuple[Pair, ...]:
        """The missing bridges: the silent pairs across the border."""
        return self.silent(self.across)

    @property
    def gap(self) -> float | None:
        """The share of silent pairs across less that elsewhere, −1 to 1; None where either has no pair."""
        if not self.across or not self.inside:
            return None
        return len(self.missing) / len(self.across) - len(self.silent(self.inside)) / len(self.inside)

    @property
    def p(self) -> float | None:
        """Fisher's exact one-sided p of so many silent pairs across; None where either side has no pair."""
        if not self.across or not self.inside:
            return None
        return fisher(len(self.missing), len(self.across), len(self.silent(self.inside)), len(self.inside))

    @property
    def most_weeks(self) -> int:
        """In how many weeks a silent pair was seen at most."""
        return -(-self.window // ONE_WEEK_OF) - 1

    @property
    def hardly_across(self) -> bool:
        """Whether far fewer needs across the border are written down than the teams on both sides would have by chance: perhaps only
        those that hurt."""
        return self.expected is not None and self._share < FEW_ACROSS * self.expected

    @property
    def nearly_only_across(self) -> bool:
        """Whether nearly all needs that are written down lie across the border, so that there is nothing to compare with."""
        return self.expected is not None and 1 - self._share < FEW_INSIDE * (1 - self.expected)

    @property
    def _share(self) -> float:
        return len(self.across) / max(1, len(self.across) + len(self.inside))


def fisher(hits: int, of: int, other_hits: int, others: int) -> float:
    """Fisher's exact one-sided p: `hits` of `of` or more, given as many hits in all."""
    whole, drawn = of + others, hits + other_hits
    ways = sum(math.comb(drawn, k) * math.comb(whole - drawn, of - k) for k in range(hits, min(of, drawn) + 1))
    return ways / math.comb(whole, of)


def needs_across(
    pairs: Collection[Pair], seen: Mapping[Pair, int], weeks: int, labels: Mapping[str, str | None],
    borders: Collection[frozenset[str]] | None = None, served: Collection[Pair] = (),
) -> Needs:  # fmt: skip
    """The needed pairs whose two labels are known, by whether they cross: any border, or one of `borders` (pairs of labels)."""

    def crosses(pair: Pair) -> bool:
        ends = frozenset(str(labels[team]) for team in pair)
        return ends in borders if borders is not None else len(ends) == 2

    known = [
        pair
        for pair in sorted({(min(a, b), max(a, b)) for a, b in pairs})
        if labels.get(pair[0]) and labels.get(pair[1])
    ]
    teams = [team for team, label in labels.items() if label]
    across = tuple(pair for pair in known if crosses(pair))
    inside = tuple(pair for pair in known if not crosses(pair))
    naming = {team for pair in known for team in pair}
    told = [pair for pair in served if labels.get(pair[0]) and labels.get(pair[1])]
    return Needs(
        across, inside, {pair: seen.get(pair, 0) for pair in known}, weeks, sum(map(crosses, told)),
        len(naming) / len(teams) if teams else 1.0, _expected(labels, borders),
    )  # fmt: skip


def _expected(labels: Mapping[str, str | None], borders: Collection[frozenset[str]] | None) -> float | None:
    """The share of all pairs of teams with a label that lies across."""
    sizes: dict[str, int] = {}
    for label in labels.values():
        if label:
            sizes[label] = sizes.get(label, 0) + 1
    n = sum(sizes.values())
    if n < 2:
        return None
    groups = sorted(sizes)
    every = [(a, b) for index, a in enumerate(groups) for b in groups[index + 1 :]]
    across = sum(sizes[a] * sizes[b] for a, b in every if borders is None or frozenset((a, b)) in borders)
    return across / (n * (n - 1) / 2)
