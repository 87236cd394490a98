"""The look of the draft's bar and foot: the bar sticks to the top, the foot stands at the foot of the screen."""

from __future__ import annotations

import streamlit as st

from topology.view.palette import Palette


def style(palette: Palette) -> None:
    """Sets it."""
    ink, page, rule = palette.ink, palette.page, palette.rule
    st.html(f"""<style>
.stMainBlockContainer {{padding-top: 3.6rem; padding-bottom: 6rem;}}
div:has(> .st-key-draft-bar) {{position: sticky; top: 3.4rem; z-index: 90;}}
.st-key-draft-bar {{background: {page}; border-bottom: 1px solid {rule}; padding: 6px 0 8px 0; gap: 0.45rem;}}
.st-key-draft-foot {{position: fixed; bottom: 0; left: 0; right: 0; z-index: 95; background: {palette.band};
  border-top: 1px solid {rule}; padding: 10px 24px;}}
:is(.st-key-draft-bar, .st-key-draft-foot) [data-testid="stMarkdownContainer"],
:is(.st-key-draft-bar, .st-key-draft-foot) [data-testid="stMarkdownContainer"] p {{margin-bottom: 0;}}

.st-key-draft-pills {{min-height: 32px; gap: 8px;}}
.st-key-draft-pills button {{border-radius: 18px; min-height: 30px; padding: 1px 10px 1px 4px;}}
.st-key-draft-pills button p strong, .disc {{display: inline-block; min-width: 21px; padding: 0 4px; border-radius: 11px; background: {ink};
  color: {page}; text-align: center; line-height: 21px; font-size: 13px; font-weight: 600;}}
.st-key-draft-pills button p strong {{margin-right: 6px;}}
.follows {{width: 100%; border-collapse: collapse; font-size: 0.95rem;}}
.follows td, .follows th {{text-align: left; vertical-align: top; padding: 7px 8px 7px 0; border-bottom: 1px solid {rule};}}
.follows th {{font-weight: 400; color: {palette.muted};}} .follows small {{color: {palette.muted};}}
.follows .code {{font-family: monospace; font-size: 0.85rem;}} .follows .number {{text-align: right; white-space: nowrap;}}
.follows .load {{display: inline-block; width: 60px; height: 9px; background: {rule}; margin-right: 6px;}}
.follows .load i {{display: block; height: 9px; background: {palette.muted};}}
.follows .mark {{display: inline-block; width: 16px; height: 16px; border: 2px solid {palette.muted}; margin-right: 8px;}}
.follows .served {{background: #B4B4B4;}} .follows .helped {{background: #C9DFBE;}} .follows .talk {{background: #C6BEDF;}}
.follows .relabelled {{border-style: dashed;}} .follows .untouched {{border-color: {palette.warning.fill};}}
.nobody {{background: {palette.band}; border-left: 4px solid #E88814; padding: 8px 12px;}}
pre.patch {{font-size: 12.5px; line-height: 1.45; border: 1px solid {rule}; border-radius: 6px; padding: 8px 12px; overflow-x: auto;}}
pre.patch .add {{color: #1A7F37;}} pre.patch .del {{color: #C0392B;}} pre.patch .at {{color: #3B6FB6;}}
</style>""")
