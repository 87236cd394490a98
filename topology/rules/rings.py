"""Rings in a directed graph, without networkx: `topology check` has to start in a blink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Successors = Mapping[str, Sequence[str]]


def tangles(successors: Successors) -> list[list[str]]:
    """The strongly connected components of two nodes and more, each in the order of `successors` (Tarjan 1972, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in successors:
        if root in order:
            continue
        work = [(root, iter(successors[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            for child in following:
                if child not in order:
                    order[child] = low[child] = len(order)
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(successors.get(child, ()))))
                    break
                if child in on_stack:
                    low[node] = min(low[node], order[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    found.append(_component(node, stack, on_stack))
    places = {node: index for index, node in enumerate(successors)}
    kept = [sorted(one, key=places.__getitem__) for one in found if len(one) > 1]
    return sorted(kept, key=lambda one: places[one[0]])


def _component(node: str, stack: list[str], on_stack: set[str]) -> list[str]:
    """Takes the component that ends with `node` off the stack."""
    members = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == node:
            return members


def shortest_ring(successors: Successors, nodes: Sequence[str]) -> list[str]:
    """The shortest ring of two nodes and more among strongly connected ones; of several, the first that is found in their order."""
    best: list[str] = []
    pending = [list(nodes)]
    while pending and len(best) != 2:
        group = pending.pop(0)
        inside = set(group)
        ring = _ring_from(group[0], successors, inside, len(best) - 1 if best else len(group))
        best = ring or best
        inside.discard(group[0])  # every ring through it has been looked at; what is left may hold others
        pending += tangles(
            {node: [child for child in successors.get(node, ()) if child in inside] for node in group[1:]}
        )
    return best


def _ring_from(start: str, successors: Successors, inside: set[str], most: int) -> list[str]:
    """The shortest ring through a node, by breadth-first search; empty when it has more than `most` nodes."""
    came_from: dict[str, str] = {}
    reached = [start]
    for _ in range(most):
        following = []
        for node in reached:
            for child in successors.get(node, ()):
                if child == start and node != start:
                    ring = [node]
                    while ring[-1] != start:
                        ring.append(came_from[ring[-1]])
                    return ring[::-1]
                if child in inside and child != start and child not in came_from:
                    came_from[child] = node
                    following.append(child)
        reached = following
    return []
