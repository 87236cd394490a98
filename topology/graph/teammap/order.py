"""The order of lanes and bands: file order, pulled so that collaborating pairs touch; and the cut into columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def pull(items: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The items in their order, where the later of a pair moves right after the earlier one if that shortens
    the total distance over all pairs. Pairs are taken by ids, so the same input gives the same order."""
    order = list(items)
    wanted = sorted({tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]})
    wanted = [pair for pair in wanted if pair[0] in order and pair[1] in order]
    for first, second in wanted:
        low, high = sorted((order.index(first), order.index(second)))
        if high - low > 1:
            moved = [*order[: low + 1], order[high], *order[low + 1 : high], *order[high + 1 :]]
            if _distance(moved, wanted) < _distance(order, wanted):
                order = moved
    return order


def _distance(order: Sequence[str], pairs: Iterable[Sequence[str]]) -> int:
    place = {item: index for index, item in enumerate(order)}
    return sum(abs(place[pair[0]] - place[pair[1]]) for pair in pairs)


def cut(heights: Sequence[float], columns: int, gap: float) -> list[list[int]]:
    """The indices in `columns` contiguous parts with the least greatest height; the earliest cuts on ties."""
    count = len(heights)
    columns = max(1, min(columns, count))

    def height(start: int, stop: int) -> float:
        return sum(heights[start:stop]) + gap * (stop - start - 1)

    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for used in range(1, columns + 1):
        for stop in range(used, count + 1):
            options = [
                (max(best[start, used - 1][0], height(start, stop)), [*best[start, used - 1][1], stop])
                for start in range(used - 1, stop)
                if (start, used - 1) in best
            ]
            best[stop, used] = min(options)
    stops = best[count, columns][1] if count else []
    return [list(range(start, stop)) for start, stop in zip([0, *stops], stops, strict=False)]
