"""The names that the pipeline looks for: communes and trades, in every form in which people write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hent_bot.folding import fold
from hent_bot.homographs import NEEDS_PREPOSITION, NEVER_WITHOUT_ARTICLE

PLACE = "place"
# A name that is also an ordinary word or a first name: a place only where the sentence says so (hent_bot.extractor).
PLACE_IN_CONTEXT = "place_in_context"
TRADE = "trade"
ARTICLES = ("le ", "la ", "les ", "l ")

Pattern = dict[str, str]


def patterns(communes: Iterable[str], trades: Iterable[Mapping[str, object]]) -> list[Pattern]:
    """Patterns of spaCy's EntityRuler; the `id` is the folded name as its list gives it.

    `communes`: official names. `trades`: `{code, label, names: [..]}` as in data/reference/trades.yml.
    """
    found: dict[str, Pattern] = {}
    for name in communes:
        for form in place_forms(fold(name)):
            label = PLACE_IN_CONTEXT if form in NEEDS_PREPOSITION else PLACE
            found.setdefault(form, {"label": label, "pattern": form, "id": fold(name)})
    for name in _trade_names(trades):
        for form in trade_forms(name):
            found.setdefault(form, {"label": TRADE, "pattern": form, "id": name})
    return list(found.values())


def place_forms(name: str) -> list[str]:
    """The folded commune name, then without its article, then both with "st" and "ste" for "saint" and "sainte"."""
    forms = [name]
    for article in ARTICLES:
        if name.startswith(article) and name not in NEVER_WITHOUT_ARTICLE:
            forms.append(name[len(article) :])
    return list(dict.fromkeys([*forms, *map(_with_short_saints, forms)]))


def trade_forms(name: str) -> list[str]:
    """The folded trade name, its first word in the plural ("agents d entretien"), every word ("aides soignants")."""
    words = name.split()
    return list(dict.fromkeys([name, " ".join([_plural(words[0]), *words[1:]]), " ".join(map(_plural, words))]))


def _trade_names(trades: Iterable[Mapping[str, object]]) -> Iterator[str]:
    seen: set[str] = set()
    for trade in trades:
        for name in [trade["label"], *trade.get("names", ())]:  # type: ignore[misc]
            folded = fold(str(name))
            if folded and folded not in seen:
                seen.add(folded)
                yield folded


def _with_short_saints(name: str) -> str:
    short = {"saint": "st", "sainte": "ste"}
    return " ".join(short.get(word, word) for word in name.split())


def _plural(word: str) -> str:
    return word if len(word) < 3 or word[-1] in "sxz" else f"{word}s"
