"""A key is not part of the format.

What it finds
    A key that the format does not know at this place, with the nearest one that it knows. Keys that begin with `x-` are yours.

Why it matters
    A misspelt key would be ignored, and what it says would be missing from every page.

What to do
    Correct the key, or begin it with `x-` when it is a note of your own.

Source
    The file format (docs/format.md).

Bad
    version: 1
    teams:
      search: {typ: stream-aligned}   # here

Good
    version: 1
    teams:
      search: {type: stream-aligned, x-cost-centre: 12}
"""

SEVERITY = "error"
