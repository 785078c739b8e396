"""Builds the French pipeline: `python -m hent_bot.pipeline OUT_DIR COMMUNES_CSV TRADES_YML [EVERYDAY_YML]`.

A blank spaCy pipeline with French word vectors, a look-up lemmatizer and a gazetteer, for texts that our normaliser
has folded: nothing to download, nothing learnt, only spaCy's own components, so any `spacy.load` opens it.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from hent_bot import lean

lean.leave_out_tensorflow()

import spacy  # noqa: E402  (10 s less, once TensorFlow is left out)
from spacy.language import Language  # noqa: E402

from hent_bot.gazetteer import Pattern, patterns  # noqa: E402
from hent_bot.lemmas import folded_lookups  # noqa: E402
from hent_bot.vectors import folded_vectors  # noqa: E402


def build(found: Iterable[Pattern]) -> Language:
    """The pipeline, with a gazetteer of the given patterns (the longest name wins)."""
    # "xx", not "fr": the rules of "fr" are about apostrophes, hyphens and abbreviations, which folding has removed
    # (same tokens on all of data/nlu), and its import compiles them for 4 s at each start.
    nlp = spacy.blank("xx")
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    lemmatizer.initialize(lookups=folded_lookups())
    nlp.vocab.vectors = folded_vectors()
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(list(found))
    return nlp


def read_communes(path: Path) -> list[str]:
    """The column `name` of data/reference/communes_bretagne.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def read_everyday(path: Path) -> list[str]:
    """The names (keys) of data/reference/communes_everyday.yml: what people call a commune of another name."""
    return [str(name) for name in YAML(typ="safe").load(path)]


def read_trades(path: Path) -> list[dict[str, Any]]:
    """The entries `{code, label, names: [..], things: [..]}` of all files of data/reference/trades/."""
    return [entry for file in sorted(path.glob("*.yml")) for entry in YAML(typ="safe").load(file)]


def main() -> None:
    """Build the pipeline from the lists that the command line names, and save it in its folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("communes", type=Path)
    parser.add_argument("trades", type=Path)
    parser.add_argument("everyday", type=Path, nargs="?")
    arguments = parser.parse_args()
    communes = read_communes(arguments.communes)
    if arguments.everyday:
        communes += read_everyday(arguments.everyday)
    nlp = build(patterns(communes, read_trades(arguments.trades)))
    nlp.to_disk(arguments.out)


if __name__ == "__main__":
    main()
