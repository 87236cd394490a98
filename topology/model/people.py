"""People, the seats they hold in teams, and the side (Product or Tech) on which a role stands."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from topology.model.period import Period
from topology.model.values import Id, Several, Share, Value

Side = Literal["product", "tech", "other"]

# The one table of the roles that belong to each side; `side:` on a person overrides it.
PRODUCT_ROLES = frozenset({
    "product-manager", "senior-product-manager", "group-product-manager", "product-owner", "product-designer", "designer",
    "researcher", "user-researcher", "analyst", "business-analyst", "product-analyst", "product-marketing-manager",
    "product-director", "head-of-product", "vp-product", "chief-product-officer",
})  # fmt: skip
TECH_ROLES = frozenset({
    "engineering-manager", "software-engineer", "senior-software-engineer", "staff-engineer", "principal-engineer",
    "tech-lead", "qa-engineer", "test-engineer", "site-reliability-engineer", "data-engineer", "data-scientist",
    "machine-learning-engineer", "security-engineer", "platform-engineer", "architect", "engineering-director",
    "head-of-engineering", "vp-engineering", "chief-technology-officer",
})  # fmt: skip


def side_of(role: str | None) -> Side:
    """The side on which a role stands: "product", "tech", or "other" for a role in neither table."""
    if role in PRODUCT_ROLES:
        return "product"
    return "tech" if role in TECH_ROLES else "other"


class Person(Value):
    """Somebody who works in the organisation. Nothing here is needed but the id."""

    name: str | None = None
    """The name to show; the id is shown when there is none."""
    role: str | None = None
    """A role such as product-manager or software-engineer; it decides the side."""
    side: Side | None = None
    """Overrides the side that follows from the role."""
    site: str | None = None
    """Where the person works."""
    reports_to: Id | None = None
    """The id of the person's manager."""
    accounts: dict[str, Several] = Field(default_factory=dict)
    """Account names by system (github: sam-dev, or several in a list), so that events find their person."""

    @property
    def stands_on(self) -> Side:
        """The person's side: the one written, else the role's."""
        return self.side or side_of(self.role)


def _seat(value: Any) -> Any:
    if value == "vacant":
        return {"status": "vacant"}
    return {"person": value} if isinstance(value, str) else value


class Lead(Period):
    """The seat of a product manager or an engineering manager."""

    person: Id | None = None
    """The id of the person in the seat."""
    status: Literal["permanent", "acting", "vacant"] = "permanent"
    """`acting` for an interim lead; `vacant` says openly that the seat is empty."""

    @property
    def filled(self) -> bool:
        """Whether somebody sits here, acting or not."""
        return self.person is not None and self.status != "vacant"

    def filled_on(self, day: dt.date) -> bool:
        """Whether somebody sits here on `day`."""
        return self.filled and self.covers(day)


class Member(Period):
    """A person's membership in a team."""

    person: Id
    """The id of the person."""
    allocation: Share = 1.0
    """The share of the person's time that this team has, such as 50%."""


Seat = Annotated[Lead, BeforeValidator(_seat)]
Membership = Annotated[Member, BeforeValidator(lambda value: {"person": value} if isinstance(value, str) else value)]
