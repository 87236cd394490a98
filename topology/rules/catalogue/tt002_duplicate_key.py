"""A key stands twice in one mapping.

What it finds
    Two equal keys, such as two teams of the same id; both places are named.

Why it matters
    YAML readers keep one of the two and drop the other without a word.

What to do
    Remove one of the two, or rename it.

Source
    YAML 1.2, section 3.2.1.1: keys are unique.

Bad
    version: 1
    teams:
      search: {size: 6}
      search: {size: 7}   # here

Good
    version: 1
    teams:
      search: {size: 6}
      catalogue: {size: 7}
"""

SEVERITY = "error"
