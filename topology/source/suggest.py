"""Did you mean …? The nearest of the words that would have been right."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

MOST_SUGGESTED = 100  # a suggestion looks at every known word: for thousands of wrong words nobody would read them

# What people write for what the format calls otherwise.
ALIASES = {
    "xaas": "x-as-a-service", "x-as-service": "x-as-a-service", "collab": "collaboration",
    "collaborating": "collaboration", "facilitation": "facilitating", "facilitate": "facilitating",
    "stream": "stream-aligned", "squad": "stream-aligned", "stream_aligned": "stream-aligned",
    "subsystem": "complicated-subsystem", "complicated": "complicated-subsystem", "product_manager": "pm",
    "product-manager": "pm", "engineering_manager": "em", "engineering-manager": "em", "org": "organisation",
    "organization": "organisation", "start": "since", "from": "since", "end": "until", "to": "until",
    "headcount": "size", "dependencies": "depends_on", "depends-on": "depends_on", "indicators": "kpis",
    "squads": "teams", "people_count": "size", "renamed_from": "was", "interim": "acting", "none": "vacant",
}  # fmt: skip


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None when nothing is near."""
    return _nearest(word, tuple(known))


@lru_cache(1_000)  # the same slip is made many times
def _nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    alias = ALIASES.get(word.lower())
    if alias in candidates:
        return alias
    folded = {one.lower().replace("_", "-"): one for one in candidates}
    found = get_close_matches(word.lower().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def surely(word: str, known: Iterable[str]) -> str | None:
    """The known word that can only have been meant: another spelling of it, one of our aliases, or the one near word; else None."""
    return _surely(word, tuple(known))


@lru_cache(1_000)
def _surely(word: str, candidates: tuple[str, ...]) -> str | None:
    spelled = [one for one in candidates if _letters(one) == _letters(word)]
    if len(spelled) == 1:
        return spelled[0]
    alias = ALIASES.get(word.lower().strip())
    if alias in candidates:
        # An `end` may be the one that was expected (`until`) or the day on which it did end (`ended`).
        return None if alias == "until" and "ended" in candidates else alias
    near = get_close_matches(word.lower(), candidates, n=2, cutoff=0.75)
    return near[0] if len(near) == 1 and get_close_matches(word.lower(), near, n=1, cutoff=0.85) else None


def _letters(word: str) -> str:
    return "".join(one for one in word.casefold() if one.isalnum())


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence for the help of a problem; the known words themselves when they are few and none is near."""
    candidates = list(known)
    found = nearest(word, candidates)
    if found is not None:
        return f"Did you mean `{found}`?"
    return "Expected one of: " + ", ".join(sorted(candidates)) + "." if 0 < len(candidates) <= 24 else ""
