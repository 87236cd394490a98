"""A suppression does nothing.

What it finds
    A comment `# topology: ignore[…]` that matches no finding, names a rule that does not exist, or gives no reason.

Why it matters
    It would hide the next finding at this place, for a reason that nobody remembers.

What to do
    Remove the comment, or write `# topology: ignore[TT101] the reason until 2026-12-31`.

Source
    Suppressions carry a reason and a date because an exception that nobody looks at again becomes the rule.

Bad
    version: 1
    teams:
      search: {type: stream-aligned, size: 6}   # topology: ignore[TT201] a new squad, still hiring  # here

Good
    version: 1
    teams:
      search: {type: stream-aligned, size: 3}   # topology: ignore[TT201] a new squad, still hiring
"""

SEVERITY = "warning"
