"""Opens every page of the app on the organisation that TOPOLOGY_MODEL names, and prints what each shows."""

from __future__ import annotations

import sys

from streamlit.testing.v1 import AppTest

from topology.app.main import pages
from topology.server.application import ENTRY


def main() -> None:
    """One run of each page in one session."""
    app = AppTest.from_file(ENTRY, default_timeout=120).run()
    for name in pages():
        app.switch_page(f"../pages/{name}.py")
        app.run()
        texts = [
            str(one.value) for kind in (app.markdown, app.caption, app.error, app.warning, app.info) for one in kind
        ]
        print(f"== {name}: {[one.message for one in app.exception]}", *texts, sep="\n")
        if app.exception:
            sys.exit(3)


main()
