"""Product and Tech: the side of each person, over contact between squads."""

from topology.clans.partition import Labels, Partition
from topology.language import Text
from topology.model import Organisation


def sides(organisation: Organisation) -> Labels:
    """{person: product or tech}; None for somebody of neither side, or of whom it is not known."""
    found = {person: organisation.side(person) for person in organisation.people.keys() | organisation.seated}
    return {person: side if side in ("product", "tech") else None for person, side in found.items()}


PARTITION = Partition(id="side", order=4, name=Text("Product and Tech"), labels=sides, of_people=True)
