"""Words as people and tools write them, for comparing."""

from __future__ import annotations

import re
import unicodedata


def folded(text: str) -> str:
    """A text without capitals, accents and signs: `Won’t-Do` is `won t do`."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ß", "ss"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
