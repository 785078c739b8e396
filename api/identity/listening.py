"""Whether a message answers the identity check, or is something else that the assistant should hear."""

import re

from api.core.folding import fold, words
from api.identity.reading import read_birth_date, read_code, read_phone
from api.identity.tables import Step

STOPS = frozenset(
    {"stop", "annuler", "annule", "annulez", "laisse tomber", "laissez tomber", "laisser tomber", "lesse tomber"}
    | {"laissons tomber", "laisse", "laissez", "arrete", "arretez", "arreter", "arretons", "abandonner", "abandonne"}
    | {"tant pis", "tanpi", "pas grave", "plus tard", "une autre fois"}
)
AROUND_STOPS = re.compile(
    r"\b(non|nan|nn|no|bon|ben|bah|euh|ok|oui|allez|aller|alors|mais|et|en fait|finalement|enfin|ca|la|ici|on|je|j|"
    r"tout|ne|n|c est|est ce que|moi|vais|veux|prefere|va|svp|stp|s il (vous|te) plait|merci|desole|desolee|pardon)\b"
)
"""What stands around a stop and says nothing more: « nan laisse tomber », « bon ben tant pis merci »."""
NOT_RECEIVED = re.compile(r"\b(pas|rien|jamais)\b.*\brecu\b|\brecu\b.*\brien\b|\b(nouveau|autre|nouvo) code\b")
"""« je n'ai pas reçu le code », « j'ai rien reçu », « un nouveau code svp »."""
SOMEBODY_ELSE = re.compile(
    r"(non )?(ce n est|ce nest|c est|cest|c|ce n etait|c etait) (pas|plus) (moi|mon dossier|mon compte)|"
    r"je (ne )?suis (pas|plus) (cette personne|elle|lui)|(je suis|c est) quelqu un d autre"
)
"""« Ce n'est pas moi », « c'est plus moi », « c'est quelqu'un d'autre », and nothing else."""
LEAVING = re.compile(r"(se |me |m )?(deconnecter?|deconnectez|deconnexion|deconection|deconnection)( moi| nous)?")
POLITE = re.compile(r"\b(je|j|veux|voudrais|aimerais|vais|svp|stp|s il (vous|te) plait|merci|bonjour|hent|la|de|d)\b")
AT_LEAST_DIGITS = 4
"""A mistyped number or date still is an answer; "le 12" in a sentence is not."""
WORD_AT_MOST = 3
"""The agreed word may come in a few words ("c'est bruyère") or be named ("le mot est bruyère"), not in a question."""


def stops(text: str) -> bool:
    """Whether the person gives up identifying."""
    said = " ".join(words(text))
    return said in STOPS or " ".join(AROUND_STOPS.sub(" ", said).split()) in STOPS


def not_received(text: str) -> bool:
    """Whether the person says that no code came, or wants another."""
    return bool(NOT_RECEIVED.search(fold(text)))


def leaves(text: str) -> bool:
    """Whether it says that whoever wrote until now does not any more, and nothing else."""
    said = " ".join(words(text))
    return bool(SOMEBODY_ELSE.fullmatch(said) or LEAVING.fullmatch(" ".join(POLITE.sub(" ", said).split())))


def answers(text: str, step: Step) -> bool:
    """Whether this message is for the identity check that is open at `step`."""
    if stops(text) or (step is Step.code and not_received(text)):
        return True
    if step is Step.word:
        said = fold(text).split()
        return "?" not in text and (len(said) <= WORD_AT_MOST or "mot" in said)
    if sum(sign.isdigit() for sign in text) >= AT_LEAST_DIGITS:
        return True
    return bool(read_phone(text) or read_birth_date(text) or read_code(text))
