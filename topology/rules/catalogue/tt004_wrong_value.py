"""A value is not of the kind that its key needs.

What it finds
    A date that is none, a word that is not among the known ones, a number out of range, a missing key, a ring of groupings.

Why it matters
    A number or a date that was guessed would stand on a page as if somebody had written it.

What to do
    Write the value as the message says; `topology check --fix` mends spellings and dates that can be read in one way only.

Source
    The file format (docs/format.md).

Bad
    version: 1
    teams:
      search: {since: last spring}   # here

Good
    version: 1
    teams:
      search: {since: 2026-03-02}
"""

SEVERITY = "error"
