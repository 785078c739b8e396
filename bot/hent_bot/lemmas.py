"""French lemmas by look-up, for words that have lost their accents.

The table is spacy-lookups-data's (MIT), 216,849 forms. Folding makes 2,352 of them ambiguous ("change" is "change" and
"changé"): there the infinitive wins, so that "change", "changé" and "changer" are one word for the classifier.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import spacy_lookups_data
from spacy.lookups import Lookups
from spacy.util import load_language_data

from hent_bot.folding import fold

TABLE = "lemma_lookup"
_WORD = re.compile(r"[a-z]+")
_INFINITIVE = re.compile(r"(er|ir|re)$")
_Spelled = tuple[str, str]


def folded_lookups() -> Lookups:
    """spaCy's French look-up table with folded keys and values, as its lemmatizer wants it."""
    lookups = Lookups()
    # Read from its file: a table that spaCy has loaded knows its forms by their hashes only.
    table: Any = load_language_data(spacy_lookups_data.fr[TABLE])
    lookups.add_table(TABLE, folded(table))
    return lookups


def folded(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Fold a table of form -> lemmas; words that are their own lemma are left out, as look-up gives them back."""
    by_form: dict[str, list[_Spelled]] = defaultdict(list)
    for form, lemmas in table.items():
        by_form[fold(form)].append((form, fold(lemmas[0])))
    chosen = {form: _choose(form, spelled) for form, spelled in by_form.items() if _WORD.fullmatch(form)}
    return {form: lemma for form, lemma in chosen.items() if lemma != form}


def _choose(form: str, spelled: list[_Spelled]) -> str:
    def rank(one: _Spelled) -> tuple[bool, bool, str]:
        written, lemma = one
        return (not _INFINITIVE.search(lemma), written != form, lemma)

    return min(spelled, key=rank)[1]
