"""Names of a list that name something else here: a street, somebody's family, a room of the house."""

from __future__ import annotations

from spacy.tokens import Span

ARTICLES = frozenset({"le", "la", "les", "l"})
OF = frozenset({"de", "d", "du", "des"})
_STREETS = frozenset(
    {"rue", "avenue", "av", "boulevard", "bd", "bld", "allee", "allees", "quai", "chemin", "impasse", "route",
     "square", "ruelle", "venelle", "residence", "faubourg"}
)  # fmt: skip
_PERSONS = frozenset({"madame", "mme", "monsieur", "mr", "m", "mlle", "mademoiselle", "docteur", "dr", "maitre"})
_WORK = frozenset(
    {"formation", "formations", "metier", "metiers", "travail", "travaille", "travailler", "taf", "boulot",
     "bosser", "bosse", "emploi", "job", "stage", "stages", "cap", "bep", "bac", "bts", "titre", "diplome",
     "apprendre", "devenir", "poste", "postes", "embauche", "recrute", "recrutent", "contrat", "interim",
     "cherche", "recherche", "experience", "former", "apprentissage", "alternance", "secteur", "domaine",
     "place", "places", "reconversion", "ouvrier", "agent", "essai", "immersion", "saison", "saisons", "veux",
     "voudrais", "aimerais", "aime", "plait", "interesse", "interesserait", "comme", "cours", "atelier",
     "ateliers", "etre", "etais", "courses", "cherchais", "vois", "propose", "proposez", "proposes", "existe",
     "envie", "reve", "projet", "souhaite", "souhaiterais", "reprendre", "gagner", "ya", "plutot", "sinon",
     "finalement", "gens", "ans"}
)  # fmt: skip
"""Words beside which a trade is meant, where its name is a room or a thing of every house as well."""
_POSSESSED = frozenset(
    {"ma", "mon", "mes", "ton", "ta", "sa", "son", "notre", "nos", "votre", "vos", "leur", "cette", "ce"}
)  # fmt: skip
_FEW = 4
"""Words of an answer that names a trade and little else: "la cuisine", "plutôt le ménage"."""


def is_street(span: Span) -> bool:
    """Whether a commune names a street here: "12 rue de Brest", "boulevard de Vitré"."""
    before = _before(span)
    return bool(before) and before[-1] in _STREETS


def is_person(span: Span) -> bool:
    """Whether a commune is somebody's family name: "Mme Combourg", "le docteur Pontivy"."""
    return span.start > 0 and span.doc[span.start - 1].text in _PERSONS


def is_thing(span: Span) -> bool:
    """Whether what may name a trade is a room or a thing: "la cuisine est inondée", no word of work beside it."""
    words = [token.text for token in span.doc]
    owned = span.start > 0 and words[span.start - 1] in _POSSESSED
    others = words[: span.start] + words[span.end :]
    return owned or (len(words) > _FEW and not _WORK.intersection(others))


def _before(span: Span) -> list[str]:
    """The words before, without what joins a street to its name."""
    before = [token.text for token in span.doc[: span.start]]
    while before and before[-1] in ARTICLES | OF:
        before.pop()
    return before
