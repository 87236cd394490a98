"""A small company whose survey is opened in tests."""

from __future__ import annotations

import datetime as dt

from tests.conftest import organisation_of
from topology.maturity.packs import pack_of
from topology.maturity.voices.asking import Asked, Invited, asked_of, invited
from topology.store.surveys import Surveys
from topology.store.values import Kind, NewLink

ORGANISATION = organisation_of("""version: 1
organisation: {name: Kite & <Co>}
people:
  nadia: {name: Nadia Ångström, role: product-manager}
  ede: {name: Ede, role: engineering-manager, accounts: {email: [ede@kite.example]}}
  tom: {role: software-engineer}
  tim: {role: software-engineer}
  tam: {role: software-engineer}
  tess: {role: designer}
  omar: {role: software-engineer}
  sa: {role: software-engineer}
  sb: {role: software-engineer}
  sc: {role: product-manager}
  sd: {}
  se: {}
groups: {shop: {name: Shop}}
teams:
  cart: {name: "Cart \\"<b>\\"", type: stream-aligned, group: shop, pm: nadia, em: ede, members: [tom, tim, tam, tess, {person: omar, allocation: 40%}]}
  search: {type: stream-aligned, group: shop, members: [{person: omar, allocation: 60%}, sa, sb, sc, sd, se], pm: vacant}
  tools: {type: platform, size: 6}
""")
PACK = pack_of()
NOW = dt.datetime(2026, 11, 9, 9, 30, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 11, 16, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
DAY = NOW.date()
ITEMS = tuple(PACK.items)


def asked(*, short: bool = False, **more: str) -> Asked:
    return asked_of(ORGANISATION, PACK, DAY, short=short, **more)


def people(*, cards: bool = False) -> list[Invited]:
    return [one.anonymous if cards else one for one in invited(ORGANISATION, DAY)]


def opened(
    surveys: Surveys, name: str = "2026-11", *, cards: bool = False, short: bool = False, **more: str
) -> list[NewLink]:
    """The links of a survey that is opened."""
    return surveys.open(name, asked(short=short, **more), people(cards=cards), CLOSES, NOW)[0]


def link(links: list[NewLink], team: str, kind: Kind = Kind.ANSWER, person: str | None = None) -> NewLink:
    """A link of a team, to answer or to sign."""
    return next(
        one for one in links if one.team == team and one.kind == kind and (person is None or one.person == person)
    )


def choices(level: int = 3) -> dict[str, int]:
    return dict.fromkeys(ITEMS, level)
