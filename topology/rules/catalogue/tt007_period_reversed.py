"""A period ends before it begins.

What it finds
    An `until` that is not after `since`, or an `ended` before it.

Why it matters
    Something that holds on no day at all disappears from every page.

What to do
    Swap the two dates, or mend one: `until` is the first day on which it no longer holds.

Source
    The file format (docs/format.md).

Bad
    version: 1
    teams:
      search: {since: 2026-03-02, until: 2025-03-02}   # here

Good
    version: 1
    teams:
      search: {since: 2025-03-02, until: 2026-03-02}
"""

SEVERITY = "error"
