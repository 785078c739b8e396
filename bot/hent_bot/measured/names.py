"""`python -m hent_bot.measured.names COMMUNES_CSV TRADES EVERYDAY_YML`: the gazetteer alone, of the lists as such.

Reads a list of folded texts; writes the entities of each. Without vectors and lemmas, which find no name, it is ready
in a quarter of the time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hent_bot import lean
from hent_bot.measured.talk import answer

lean.install()

import spacy  # noqa: E402  (it must find TensorFlow already left out)

from hent_bot.correcting import corrected  # noqa: E402
from hent_bot.extractor import entities  # noqa: E402
from hent_bot.gazetteer import patterns  # noqa: E402
from hent_bot.pipeline import read_communes, read_everyday, read_trades  # noqa: E402


def found(texts: Sequence[str], communes: Path, trades: Path, everyday: Path) -> list[list[dict[str, Any]]]:
    """The entities of each text, in reading order, but for what it takes back: `{entity, value, start, end, …}`."""
    nlp = spacy.blank("xx")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(patterns([*read_communes(communes), *read_everyday(everyday)], read_trades(trades)))
    return [corrected({"text": text, "entities": list(entities(nlp(text)))})["entities"] for text in texts]


if __name__ == "__main__":
    answer(lambda texts: found(texts, *map(Path, sys.argv[1:])))
