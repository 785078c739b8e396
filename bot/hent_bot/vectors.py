"""Vectors of French words that have lost their accents: "boulot" lies near "travail", "convoc" near "convocation".

They are fr_core_news_md's (Explosion, LGPL-LR): fastText on OSCAR and Wikipedia, 500,000 words as people really spell
them on 20,000 vectors of 300 figures. A package like another: nothing is fetched when it runs.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import srsly
from spacy.strings import get_string_id
from spacy.vectors import Vectors

from hent_bot.folding import fold

PACKAGE = "fr_core_news_md"
_WORD = re.compile(r"[a-z0-9]+")


def folded_vectors() -> Vectors:
    """The vectors, each of length 1, by folded word."""
    folder = _folder()
    rows: Mapping[int, int] = srsly.read_msgpack(folder / "key2row")
    words = json.loads((folder / "strings.json").read_text("utf-8"))
    by_word = folded((word, rows[key]) for word in words if (key := get_string_id(word)) in rows)
    data = np.load(folder / "vectors")
    data /= np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    vectors = Vectors(data=data)
    for word, row in by_word.items():
        vectors.add(get_string_id(word), row=row)
    return vectors


def _folder() -> Path:
    """Found without an import: its Python is made for another spaCy, and says so; its vectors are of any."""
    package = importlib.metadata.distribution(PACKAGE)
    return Path(str(package.locate_file(PACKAGE))) / f"{PACKAGE}-{package.version}" / "vocab"


def folded(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Folded word -> the row of the spelling to trust: in lower case, and the commonest, which has the lowest row."""
    chosen: dict[str, tuple[bool, int]] = {}
    for word, row in rows:
        form, rank = fold(word), (not word.islower(), row)
        if _WORD.fullmatch(form) and rank < chosen.get(form, (True, row + 1)):
            chosen[form] = rank
    return {form: row for form, (_, row) in chosen.items()}
