"""A small organisation as people write it: comments, both styles, in one file or two."""

TEXT = """# Kite, a small shop
version: 1
organisation: {name: Kite}   # its name
people:
  nadia: {role: product-manager}
  ede: {role: engineering-manager}   # since 2024
  sam: {role: software-engineer}
groups:
  shop: {name: Shop}
  pay: {name: Pay}
teams:
  # -- shop
  cart:
    name: Cart
    type: stream-aligned   # for now
    group: shop
    pm: nadia
    em: vacant            # topology: ignore[TT702] we look for one
    members: [sam, {person: ede, since: 2025-01-01}]
    domains:
      - {name: baskets, complexity: simple}
    services:
      cart-web: {repositories: [kite/cart]}   # the front
      cart-api: {}
    depends_on:
      - {team: bank, kind: blocking, reason: "money: all of it"}   # every day
      - team: tools
        kind: slowing
  search: {name: "Search & find", type: stream-aligned, group: shop, size: 7}
  bank:
    type: complicated-subsystem
    group: pay
    members:
      - lin   # no entry of her own

  tools:
    type: platform
    services: {build: {}}

interactions:
  # what runs
  - mode: collaboration
    between: [cart, search]
    purpose: One basket
    since: 2026-09-01
    until: 2026-12-18   # three months
  - {mode: x-as-a-service, provider: tools, consumer: [cart, search, bank]}   # all use it
  - mode: facilitating
    facilitator: tools
    team: bank
    since: 2026-12-07
roadmap:
  - {title: Baskets, team: cart, category: feature}
# the end
""".replace("      - lin   # no entry of her own\n", "      - sam   # on Fridays\n")
BEGIN, END = TEXT.index("teams:\n"), TEXT.index("interactions:\n")
ONE = {"squads.yaml": TEXT}
FOLDER = {"a.yaml": TEXT[:BEGIN] + TEXT[END:], "teams.yaml": "version: 1\n" + TEXT[BEGIN:END]}
CRLF = {"squads.yaml": TEXT.replace("\n", "\r\n")}
BOM = {"squads.yaml": "\ufeff" + TEXT}
EVERY = {"one file": ONE, "a folder": FOLDER, "crlf": CRLF, "bom": BOM}
TEAMS, PEOPLE, GROUPS = ("cart", "search", "bank", "tools"), ("nadia", "ede", "sam"), ("shop", "pay")
