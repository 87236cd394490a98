"""A branch as people make them: a squad renamed, another split, a collaboration that overran, an engineering manager lost."""

from __future__ import annotations

BEFORE = """version: 1
organisation: {name: Example shop, leaders: {product: claire, technology: hugo}}
groups:
  payments: {name: Payments}
  discovery: {name: Discovery}
  foundation: {name: Foundation, kind: platform}
teams:
  cart:
    name: Cart
    type: stream-aligned
    group: payments
    pm: abel
    em: ada
    members: [adel, aino, alba, alix]
    services: {basket-api: {}}
    depends_on:
      - {team: search, kind: slowing, reason: prices}
    cognitive_load: {intrinsic: 5, extraneous: 5, germane: 5}
  search:
    name: Search
    type: stream-aligned
    group: discovery
    pm: flora
    em: franz
    members: [gaia, gilda, gino, greta, gwen, hana]
    services: {search-api: {}, ranking-api: {}}
    cognitive_load: {intrinsic: 8, extraneous: 6, germane: 8}
  catalogue:
    name: Catalogue
    type: stream-aligned
    group: discovery
    pm: ilan
    em: ines
    members: [iris, ivan, jade, jana]
    services: {catalogue-api: {}}
  platform:
    name: Developer platform
    type: platform
    group: foundation
    pm: lucie
    em: luis
    members: [maeva, mael, malik]
    services: {build: {}}
    api: {channels: ["#platform"]}
interactions:
  - mode: x-as-a-service
    provider: platform
    consumer: [cart, search, catalogue]
  - mode: collaboration
    between: [search, catalogue]
    purpose: One attribute model
    since: 2026-09-07
    until: 2026-11-30
roadmap:
  - {title: One-click payment, team: cart, category: feature, impact: more orders, stability: p95 unchanged}
"""

STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    "Rename Cart to Checkout": (
        ("  cart:\n    name: Cart\n", "  checkout:\n    name: Checkout\n    was: [cart]\n"),
        ("consumer: [cart, search", "consumer: [checkout, search"),
        ("team: cart, category", "team: checkout, category"),
    ),
    "Split ranking off Search": (
        ("members: [gaia, gilda, gino, greta, gwen, hana]", "members: [gaia, gilda, gino]"),
        ("services: {search-api: {}, ranking-api: {}}", "services: {search-api: {}}"),
        (
            "  catalogue:\n    name: Catalogue\n",
            "  ranking:\n    name: Ranking\n    type: stream-aligned\n    group: discovery\n    since: 2026-11-02\n    pm: karl\n    em: katia\n"
            "    members: [greta, gwen, hana]\n    services: {ranking-api: {}}\n    depends_on:\n      - {team: search, kind: blocking, reason: one index}\n"
            "  catalogue:\n    name: Catalogue\n",
        ),
        ("consumer: [checkout, search, catalogue]", "consumer: [checkout, search, catalogue, ranking]"),
    ),
    "Shorten the collaboration, which then overruns": (("    until: 2026-11-30\n", "    until: 2026-10-30\n"),),
    "Catalogue loses its engineering manager": (("    em: ines\n", "    em: vacant\n"),),
}


def after(text: str, step: str) -> str:
    """The text after a step; each replacement must match exactly once."""
    for old, new in STEPS[step]:
        assert text.count(old) == 1, (step, old)
        text = text.replace(old, new)
    return text


def last() -> str:
    """The text at the end of the branch."""
    text = BEFORE
    for step in STEPS:
        text = after(text, step)
    return text
