"""An id stands in two files of the folder.

What it finds
    A team, person, grouping or indicator that two files of one organisation declare; both places are named.

Why it matters
    Neither file would be the one to change, and a pull request on one would not show the other.

What to do
    Keep it in one file only.

Source
    The file format (docs/format.md).

Bad
    # squads/payments.yaml
    version: 1
    teams:
      search: {size: 6}
    ---
    # squads/discovery.yaml
    version: 1
    teams:
      search: {size: 7}   # here

Good
    # squads/payments.yaml
    version: 1
    teams:
      checkout: {size: 6}
    ---
    # squads/discovery.yaml
    version: 1
    teams:
      search: {size: 7}
"""

SEVERITY = "error"
