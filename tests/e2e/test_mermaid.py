"""The picture of a pull-request comment, drawn by the npm package `mermaid` in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

SCRIPT = ROOT / ".venv" / "npm" / "package" / "dist" / "mermaid.min.js"
needs_mermaid = pytest.mark.skipif(
    not SCRIPT.exists(), reason="no npm package `mermaid` (make test fetches it where there is npm)"
)
SCREENSHOTS = Path(__file__).parent / "screenshots"
HOSTILE = ["end", "\"]; click t1 href \"javascript:alert(1)\"", "a|b --> c", "%%{init: {}}%%", "<b>x</b>", "`code`", "x --- y", "#quot;", "فريق", "🙂 (x) [y] {z}", "\\n"]  # fmt: skip


def drawn(browser: Browser, picture: str) -> Page:
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.set_content("<div id='picture'></div>")
    page.add_script_tag(path=str(SCRIPT))
    page.evaluate(
        """async (text) => {
          mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
          const { svg } = await mermaid.render('drawing', text);
          document.querySelector('#picture').innerHTML = svg;
        }""",
        picture,
    )
    return page


@needs_mermaid
def test_the_comments_picture_is_drawn(browser: Browser) -> None:
    comment = (ROOT / "docs" / "pull-request-comment.md").read_text("utf-8")
    page = drawn(browser, re.search("```mermaid\n(.*?)```", comment, re.DOTALL)[1])  # type: ignore[index]
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / "mermaid.png"))
    words = page.inner_text("#picture")
    for word in ("~ Checkout", "+ Ranking", "Developer platform", "+ service", "~ collaboration"):
        assert word in words
    assert page.locator("#picture .node").count() == 5


@needs_mermaid
def test_hostile_names_are_drawn_as_they_are(browser: Browser) -> None:
    from topology.report.mermaid import label

    lines = ["flowchart LR"] + [f'  t{index}["{label(name)}"]' for index, name in enumerate(HOSTILE)]
    page = drawn(browser, "\n".join(lines))
    words = page.inner_text("#picture")
    for name in HOSTILE:
        assert name[:20] in words
    assert page.locator("#picture a, #picture script, #picture b").count() == 0
