"""Rings in a directed graph, without networkx: `topology check` has to start in a blink."""

from __future__ import annotations

from collections import deque
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
    """The shortest ring among strongly connected nodes; of several, the one that begins first in their order."""
    inside = set(nodes)
    best: list[str] = []
    for start in nodes:
        ring = _ring_from(start, successors, inside)
        if not best or len(ring) < len(best):
            best = ring
        if len(best) == 2:
            break
    return best


def _ring_from(start: str, successors: Successors, inside: set[str]) -> list[str]:
    """The shortest ring through a node, by breadth-first search."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for child in successors.get(node, ()):
            if child == start:
                ring = [node]
                while ring[-1] != start:
                    ring.append(came_from[ring[-1]])
                return ring[::-1]
            if child in inside and child not in came_from:
                came_from[child] = node
                queue.append(child)
    raise AssertionError("the nodes are strongly connected, so a ring exists")
