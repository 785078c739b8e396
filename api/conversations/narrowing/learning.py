"""`hent nlu narrow` learns from messages which narrower answer they ask for, and writes data/reference/narrower.npz."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from api.conversations.learning.giving import ROOT, learnt
from api.conversations.learning.lives import lives
from api.conversations.narrowing import FILE, OTHER
from api.conversations.reader import FILE as READER
from api.conversations.reader import shipped
from api.core.documents import read_rows
from api.knowledge.narrower import FOLDER, narrowly_asked

LISTS = FOLDER / "lists"
LEARNT_FROM = FILE.with_suffix(".sha256")
OTHERS = 2
"""Of what Rasa learns from and asks for no narrower answer, each second sentence teaches what does not."""
_ROUNDS, _STEP, _LEAST_STEP, _COST = 300, 0.05, 0.001, 1e-4
_OTHERS_COUNT = 0.6
_SLOPE, _SPREAD = 0.9, 0.99


class Example(NamedTuple):
    """A message, and the text that answers it; OTHER for none of these."""

    says: str
    text: str


def write() -> int:
    """Learns and writes; the number of messages."""
    rows = [*written(), *_ordinary()]
    names = [*sorted({row.says for row in rows} - {OTHER}), OTHER]
    meant = np.array([shipped().meant(row.text) for row in rows])
    weights, shift = _learn(meant, np.array([names.index(row.says) for row in rows]), len(names))
    lines = np.frombuffer("\n".join(names).encode(), np.uint8)
    np.savez(FILE, weights=weights.astype(np.float16), shift=shift.astype(np.float32), names=lines)
    LEARNT_FROM.write_text(learnt_from(written()) + "\n")
    return len(rows)


def written() -> list[Example]:
    """Those of the lists, and lives."""
    listed = [one for file in sorted(LISTS.glob("*.tsv")) for one in read(file)]
    return [*listed, *(Example(one.says, one.text) for one in lives())]


def read(path: Path) -> list[Example]:
    """The rows of a list."""
    return [Example(row["says"], row["text"]) for row in read_rows(path)]


def learnt_from(rows: Sequence[Example]) -> str:
    """The same (SHA-256) as long as nothing changed: the lists, the reader, and what was learnt.

    What Rasa learns from may grow by a few sentences; after some thousand, learn again.
    """
    said = "\n".join(f"{row.says} {row.text}" for row in rows).encode()
    parts = (said, READER.read_bytes(), FILE.read_bytes())
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _ordinary() -> Iterator[Example]:
    """What Rasa learns from: those that words tell teach that answer too."""
    others = 0
    for file in sorted((ROOT / "data" / "nlu").glob("*/*.yml")):
        for text in learnt(file):
            told = narrowly_asked(text)
            others += told is None
            if told or others % OTHERS == 0:
                yield Example(told.says if told else OTHER, text)


def _learn(meant: Any, names: Any, width: int) -> tuple[Any, Any]:
    """Weights and shift of the shares of `width` names (Kingma and Ba, Adam, 2015; all messages at once)."""
    middle, spread = meant.mean(0), meant.std(0)
    seen = (meant - middle) / spread
    counts = np.where(names == width - 1, _OTHERS_COUNT, 1.0)[:, None]
    moved = [np.zeros((seen.shape[1], width)), np.zeros(width)]
    slopes, spreads = [np.zeros_like(one) for one in moved], [np.zeros_like(one) for one in moved]
    for turn in range(1, _ROUNDS + 1):
        off = _shares(seen @ moved[0] + moved[1])
        off[np.arange(len(names)), names] -= 1
        off *= counts / counts.sum()
        size = _STEP * (1 - turn / _ROUNDS) + _LEAST_STEP
        for place, now in enumerate((seen.T @ off + _COST * moved[0], off.sum(0))):
            slopes[place] = _SLOPE * slopes[place] + (1 - _SLOPE) * now
            spreads[place] = _SPREAD * spreads[place] + (1 - _SPREAD) * now * now
            steep = np.sqrt(spreads[place] / (1 - _SPREAD**turn)) + 1e-8
            moved[place] -= size * slopes[place] / (1 - _SLOPE**turn) / steep
    weights = moved[0] / spread[:, None]
    return weights, moved[1] - middle @ weights


def _shares(said: Any) -> Any:
    parts = np.exp(said - said.max(1, keepdims=True))
    return parts / parts.sum(1, keepdims=True)
