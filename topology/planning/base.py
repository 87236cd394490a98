"""What a draft is made on: the texts to the byte, so that its patch applies to the files."""

from __future__ import annotations

from pathlib import Path

from topology.source import Loaded, load_texts
from topology.source.files import read_texts


def base_of(loaded: Loaded, path: Path) -> Loaded:
    """The organisation with its texts as the files have them, with their byte-order marks; as it was loaded where they have changed."""
    texts = read_texts(path)
    if texts == loaded.texts or {file: text.removeprefix("\ufeff") for file, text in texts.items()} != loaded.texts:
        return loaded
    return load_texts(texts)
