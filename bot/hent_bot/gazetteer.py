"""The names that the pipeline looks for: communes and trades, in every form in which people write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hent_bot.folding import fold
from hent_bot.homographs import NEEDS_PREPOSITION, NEVER_WITHOUT_ARTICLE

PLACE = "place"
# A name that is also an ordinary word or a first name: a place only where the sentence says so (hent_bot.extractor).
PLACE_IN_CONTEXT = "place_in_context"
TRADE = "trade"
# What a trade works with, or a room of every house: a trade only beside a word of work (hent_bot.named_otherwise).
TRADE_IN_CONTEXT = "trade_in_context"
ARTICLES = ("le ", "la ", "les ", "l ")
_OBJECTS = frozenset({"le", "la", "les", "l", "des", "de", "du", "en", "avec", "dans", "a", "sur"})

Pattern = dict[str, str]


def patterns(communes: Iterable[str], trades: Iterable[Mapping[str, object]]) -> list[Pattern]:
    """Patterns of spaCy's EntityRuler; the `id` is the folded name as its list gives it.

    `communes`: official names. `trades`: `{code, label, names: [..], things: [..]}` as in data/reference/trades/.
    """
    found: dict[str, Pattern] = {}
    for name in communes:
        for form in place_forms(fold(name)):
            label = PLACE_IN_CONTEXT if form in NEEDS_PREPOSITION else PLACE
            found.setdefault(form, {"label": label, "pattern": form, "id": fold(name)})
    for name, label in _trade_names(trades):
        for form in trade_forms(name):
            found.setdefault(form, {"label": label, "pattern": form, "id": name})
    return list(found.values())


def place_forms(name: str) -> list[str]:
    """The folded commune name, then without its article, then both with "st" and "ste" for "saint" and "sainte"."""
    forms = [name]
    for article in ARTICLES:
        if name.startswith(article) and name not in NEVER_WITHOUT_ARTICLE:
            forms.append(name[len(article) :])
    return list(dict.fromkeys([*forms, *map(_with_short_saints, forms)]))


def trade_forms(name: str) -> list[str]:
    """The folded trade name, its first word in the plural ("agents d entretien"), every word ("aides soignants").

    Where it begins with what one does, as it is conjugated or misspelt too ("je garde des petits", "gardé des petits").
    """
    words = name.split()
    forms = [" ".join([form, *words[1:]]) for form in (words[0], _plural(words[0]), *_conjugated(words))]
    return list(dict.fromkeys([*forms, *map(_by_ear, forms), " ".join(map(_plural, words))]))


def _by_ear(name: str) -> str:
    """ "livrer dé colis"."""
    return name.replace(" des ", " de ").replace(" les ", " le ")


def _conjugated(words: list[str]) -> tuple[str, ...]:
    if len(words) == 1 or words[1] not in _OBJECTS:
        return ()
    if words[0] == "faire":
        return ("fais", "fait", "fai", "faisais")
    return (words[0].removesuffix("r"),) if words[0].endswith("er") else ()


def _trade_names(trades: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for trade in trades:
        things = [str(thing) for thing in trade.get("things", ())]  # type: ignore[attr-defined]
        for name in [*trade["names"], *things, trade["label"]]:  # type: ignore[misc]
            folded = fold(str(name))
            if folded and folded not in seen:
                seen.add(folded)
                yield folded, TRADE_IN_CONTEXT if folded in things else TRADE


def _with_short_saints(name: str) -> str:
    short = {"saint": "st", "sainte": "ste"}
    return " ".join(short.get(word, word) for word in name.split())


def _plural(word: str) -> str:
    return word if len(word) < 3 or word[-1] in "sxz" else f"{word}s"
