"""The file cannot be read as YAML.

What it finds
    A file that is missing, not UTF-8, not YAML, empty, or that uses what the format does not have: tags, several
    documents, a key twice in an alias ring.

Why it matters
    What cannot be read is not checked, not drawn and not compared.

What to do
    Mend the line that is named, or the one before it: indentation, a missing `:`, an unclosed quote or bracket.

Source
    YAML 1.2; the file format (docs/format.md).

Bad
    version: 1
    teams: ]   # here

Good
    version: 1
    teams: {}
"""

SEVERITY = "error"
