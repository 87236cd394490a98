"""An id is used that is declared nowhere.

What it finds
    A team, person, grouping or indicator that is referred to and does not exist, with the nearest id that does.

Why it matters
    An interaction with a team that does not exist would simply be missing from the map.

What to do
    Correct the id, or declare it.

Source
    The file format (docs/format.md).

Bad
    version: 1
    teams:
      search: {depends_on: [{team: catalog}]}   # here
      catalogue: {}

Good
    version: 1
    teams:
      search: {depends_on: [{team: catalogue}]}
      catalogue: {}
"""

SEVERITY = "error"
