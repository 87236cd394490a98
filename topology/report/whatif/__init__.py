"""A draft and what follows → text, json, markdown, patch. One file a format, each with `render(outcome, path)`."""

from topology.report.formats import renderer

render = renderer(__name__)
