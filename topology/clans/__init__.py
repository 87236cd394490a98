"""Statistics on the networks between teams, each with its null model, in codes and numbers. The page behind it is docs/clans.md.

`window.Window` is an organisation with what was seen in it; `reading.read_window` reads it. Empty, so that the codes stay light.
"""
