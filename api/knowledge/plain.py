"""Questions that their words tell without a doubt: `data/reference/plain_questions.yml`."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.knowledge.facts import REFERENCE

FILE = REFERENCE / "plain_questions.yml"
# "S'il vous plaît" speaks to nobody's office.
_POLITELY = re.compile(r"\bs il (?:vous|te) plait\b|^(?:bonjour|bonsoir|salut|coucou|et|mais) ")


class Plain(NamedTuple):
    """The words of one question."""

    needs: tuple[re.Pattern[str], ...]
    """Each is found in a message that asks it."""
    bars: tuple[re.Pattern[str], ...]
    """None of these is."""

    def asked(self, text: str) -> bool:
        """Whether the words of a message ask it."""
        return self.fits(as_said(text))

    def fits(self, said: str) -> bool:
        """The same of a message that `as_said` wrote: to ask two hundred questions of it, it is normalised once."""
        return all(words.search(said) for words in self.needs) and not any(words.search(said) for words in self.bars)


def as_said(text: str) -> str:
    """A message normalised, without the politeness that it begins or ends with."""
    return _POLITELY.sub("", normalise(text)).strip()


def asks(what: str, text: str) -> bool:
    """Whether the words of a message ask `what`, one of the names of the file. Raises KeyError for another."""
    return _questions()[what].asked(text)


def read_plain(entry: Mapping[str, Any]) -> Plain:
    """An entry of such a file: `holds`, `begins`, `only` and `without`."""
    needs = [_any_of(r"(?<!\S)", phrases) for phrases in entry.get("holds", ())]
    begins = [_any_of("^", entry["begins"])] if "begins" in entry else []
    begins += [_any_of("^", entry["only"], r"\W*$")] if "only" in entry else []
    bars = [_any_of(r"(?<!\S)", entry["without"])] if "without" in entry else []
    return Plain((*needs, *begins), tuple(bars))


@cache
def _questions() -> dict[str, Plain]:
    return {name: read_plain(entry) for name, entry in read_yaml(FILE).items()}


def _any_of(before: str, phrases: list[str], after: str = r"(?!\S)") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{'|'.join(map(re.escape, phrases))}){after}")
