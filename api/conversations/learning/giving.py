"""A sentence of somebody becomes one that is learnt from: a line more in its intent's file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.conversations.learning.masking import without_tokens
from api.core.documents import read_yaml
from api.core.errors import Conflict, NotFound, Unavailable
from api.core.folding import fold
from api.core.normaliser import normalise

ROOT = Path(__file__).parents[3]
LONGEST_FILE = 800
"""Lines; docs/decisions/0020-a-file-an-intent.md."""
LINE = "      - "
# What Rasa's format reads as something else than words.
_MARKS = str.maketrans("", "", "[]{}|`")


@dataclass
class Sentences:
    """All that is learnt from, and all that measures, under `root`; both may be absent where only the server runs."""

    root: Path = ROOT
    added: dict[Path, list[str]] = field(default_factory=dict)
    """Lines to append, by file."""

    def file_of(self, intent: str) -> Path:
        """Where an intent's sentences stand. Raises NotFound."""
        found = sorted((self.root / "data" / "nlu").glob(f"*/{intent}.yml")) if intent.isidentifier() else []
        if not found:
            raise NotFound(f"Aucun fichier de data/nlu ne s'appelle « {intent}.yml ».", error="unknown_intent")
        return found[0]

    def prepare(self, texts: Sequence[str], intent: str) -> list[str]:
        """The sentences to add, each once, without what is there already. Raises NotFound and Conflict."""
        file = self.file_of(intent)
        known, fresh = self._known(), dict[str, str]()
        for text in map(plain, texts):
            for form in _forms(text):
                if known.get(form, intent) != intent:
                    raise Conflict(f"« {text} » existe déjà : {known[form]}. Rien n'a été ajouté.")
            fresh.setdefault(normalise(text), text)
        mine = {normalise(text) for text in learnt(file)}
        lines = [text for form, text in fresh.items() if form and form not in mine]
        if len(file.read_text().splitlines()) + len(lines) > LONGEST_FILE:
            raise Conflict(
                f"{self.told(file)} dépasserait {LONGEST_FILE} lignes. Ôtez-en des phrases qui se répètent, "
                "ou donnez une seule phrase du groupe. Rien n'a été ajouté."
            )
        self.added[file] = lines
        return lines

    def write(self) -> None:
        """Append what was prepared. Raises Unavailable where the files cannot be written."""
        for file, lines in self.added.items():
            text = file.read_text().rstrip("\n")
            try:
                file.write_text("\n".join([text, *(LINE + line for line in lines)]) + "\n")
            except OSError as refused:
                raise Unavailable("Ce fichier ne peut pas être écrit ici.", error="read_only") from refused

    def told(self, file: Path) -> str:
        """A file as an editor knows it."""
        return str(file.relative_to(self.root))

    def _known(self) -> dict[str, str]:
        """Form of a sentence to where it belongs: an intent, or what measures and is never learnt from."""
        files = sorted((self.root / "data" / "nlu").glob("*/*.yml"))
        found = {normalise(text): file.stem for file in files for text in learnt(file)}
        return found | dict.fromkeys(self._measuring(), "c'est une phrase qui sert à mesurer")

    def _measuring(self) -> Iterator[str]:
        """What `tests/test_topics.py` would refuse afterwards; a dialogue only as written: "mrc" is no "merci"."""
        for file in sorted((self.root / "tests" / "bot").glob("*/*.tsv")):
            for line in file.read_text().splitlines()[1:]:
                yield from _forms(line.split("\t")[-1])
        for file in sorted((self.root / "tests" / "bot" / "dialogues").glob("*.yml")):
            yield from (fold(turn["says"]) for one in read_yaml(file) for turn in one["turns"] if "intent" in turn)


def plain(text: str) -> str:
    """The sentence as people write it, without what was masked and without the marks of the file's format."""
    return without_tokens(text).translate(_MARKS).strip(" -,;:")


def learnt(file: Path) -> Iterator[str]:
    """The sentences of a file, as people write them."""
    for line in file.read_text().splitlines():
        if line.startswith(LINE):
            yield line.removeprefix(LINE)


def _forms(text: str) -> tuple[str, str]:
    return fold(text), normalise(text)
