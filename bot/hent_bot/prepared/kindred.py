"""Words used alike, in groups of groups: what weighing urgency knows of a word that none of its lists holds.

`python -m hent_bot.prepared.kindred ../data/reference/urgent/kindred.txt`, called in `bot/`; then `hent nlu weigh`.
The vectors are those of hent_bot.vectors; only which words lie together is kept of them.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from sklearn.cluster import KMeans
from spacy.strings import get_string_id

from hent_bot.folding import fold
from hent_bot.vectors import PACKAGE

COMMONEST = 30_000
"""Spellings, of the 500,000 that have a vector: 20,500 folded words. Twice as many told no more."""
GROUPS, FAMILIES = 1200, 250
_WORD = re.compile(r"[a-z]+")
_ROUNDS = 25


def main() -> None:
    """The commonest words into the file: a group a line, an empty line between families."""
    words, vectors = _commonest()
    families = together(words, vectors, GROUPS, FAMILIES)
    blocks = ("\n".join(" ".join(group) for group in family) for family in families)
    Path(sys.argv[1]).write_text("\n\n".join(blocks) + "\n", "utf-8")


def together(words: Sequence[str], vectors: Any, groups: int, families: int) -> list[list[list[str]]]:
    """Families of groups of words, by the angle between their vectors (one a row) seen from the middle of all."""
    around = _of_length_1(_of_length_1(vectors) - _of_length_1(vectors).mean(axis=0))
    near = KMeans(groups, n_init=1, max_iter=_ROUNDS, random_state=0).fit(around)
    kin = KMeans(families, n_init=2, random_state=0).fit(_of_length_1(near.cluster_centers_)).labels_
    found: list[dict[int, list[str]]] = [{} for _ in range(families)]
    for word, group in zip(words, near.labels_, strict=True):
        found[kin[group]].setdefault(int(group), []).append(word)
    return [sorted(sorted(group) for group in family.values()) for family in found]


def _commonest() -> tuple[list[str], Any]:
    package = importlib.metadata.distribution(PACKAGE)
    folder = Path(str(package.locate_file(PACKAGE))) / f"{PACKAGE}-{package.version}" / "vocab"
    # In the order of how common they are: the first of two spellings of one word is the one to trust.
    rows: Mapping[int, int] = srsly.read_msgpack(folder / "key2row")
    spelt = {get_string_id(word): word for word in json.loads((folder / "strings.json").read_text("utf-8"))}
    chosen: dict[str, int] = {}
    for key, row in islice(rows.items(), COMMONEST):
        if _WORD.fullmatch(word := fold(spelt.get(key, ""))):
            chosen.setdefault(word, row)
    return [*chosen], np.load(folder / "vectors")[[*chosen.values()]]


def _of_length_1(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


if __name__ == "__main__":
    main()
