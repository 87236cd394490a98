"""Whether a text names somebody of an organisation, whatever stands around the name."""

from __future__ import annotations

import re

from topology.model import Organisation


def people_named(organisation: Organisation, text: str) -> set[str]:
    """The ids of the people whose id, or name, stands in a text as a word of its own."""
    return {
        id_
        for id_, person in organisation.people.items()
        if any(
            re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE)
            for name in (id_, person.name)
            if name
        )
    }
