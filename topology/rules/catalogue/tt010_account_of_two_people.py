"""One account stands at two people.

What it finds
    An account of a system that the file gives to two people.

Why it matters
    What the account did counts for the first of them alone, in the lead time by author and in the observed contacts.

What to do
    Take the account away from the person to whom it does not belong. A shared account belongs to nobody.

Source
    Our own.

Bad
    version: 1
    people:
      sam: {accounts: {github: sam-dev}}
      kim: {accounts: {github: [kim-dev, Sam-Dev]}}   # here

Good
    version: 1
    people:
      sam: {accounts: {github: sam-dev}}
      kim: {accounts: {github: [kim-dev]}}
"""

from collections.abc import Iterator

from topology.language import Text
from topology.rules.facts import Facts
from topology.rules.hit import Hit

SEVERITY = "warning"


def check(facts: Facts) -> Iterator[Hit]:
    """One hit an account and further person; capitals make no difference."""
    people = facts.organisation.people
    first: dict[tuple[str, str], str] = {}
    for id_, person in people.items():
        for system, accounts in person.accounts.items():
            for account in dict.fromkeys(one.casefold() for one in accounts):
                holder = first.setdefault((system, account), id_)
                if holder != id_:
                    names = facts.organisation.person_name(holder), facts.organisation.person_name(id_)
                    message = f"the {system} account {account} stands at {names[0]} and at {names[1]}"
                    yield Hit(Text(message), ("people", id_, "accounts", system), (f"account:{system}:{account}", holder, id_),
                              (), (("people", holder, "accounts", system),))  # fmt: skip
