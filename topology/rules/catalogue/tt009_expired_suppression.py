"""A suppression is past its date.

What it finds
    A comment `# topology: ignore[…] … until DAY` whose day has come. What it hid is shown again.

Why it matters
    The date was a promise to look again.

What to do
    Remove the comment when the finding is mended; else say why it goes on, with a new date.

Source
    Suppressions carry a reason and a date because an exception that nobody looks at again becomes the rule.

Bad
    version: 1
    teams:
      search: {type: stream-aligned, size: 3}   # topology: ignore[TT201] still hiring until 2026-06-30  # here

Good
    version: 1
    teams:
      search: {type: stream-aligned, size: 3}   # topology: ignore[TT201] still hiring until 2027-06-30
"""

SEVERITY = "warning"
