"""The organisation over time: versions from git, what changed between two of them, and series over all of them."""
