"""Reviews that came by themselves, without the change that they are of: kept as text until its author is known."""

from __future__ import annotations

from collections.abc import Mapping

REVIEWS = "reviews_"  # a column of rows that wait; never one of a table
SEVERAL, OF = ";", "="


def reviews_text(reviews: Mapping[str, str]) -> str:
    """{reviewer: when first} as text."""
    return SEVERAL.join(f"{name}{OF}{at}" for name, at in sorted(reviews.items()))


def _read(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, text.split(SEVERAL)):
        name, _, at = part.rpartition(OF)
        found[name] = min(found.get(name, at), at)
    return found


def together(first: str, second: str) -> str:
    """Two texts of reviews as one."""
    return reviews_text(_read(f"{first}{SEVERAL}{second}"))


def settled(row: dict[str, str]) -> None:
    """Turns the reviews that a complete change waited for into its reviewers and its first review; the author is none of them."""
    reviews = _read(row.pop(REVIEWS, ""))
    reviews.pop(row.get("author", ""), None)
    if reviews:
        row["reviewers"] = SEVERAL.join(sorted({*filter(None, row.get("reviewers", "").split(SEVERAL)), *reviews}))
        row["first_review_at"] = min(filter(None, [row.get("first_review_at", ""), *reviews.values()]))
