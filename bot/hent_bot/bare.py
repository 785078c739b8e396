"""A message that is a place or a trade and nothing else: "Dinan", "plutot a Quimper", "soudeur", "celui du Morbihan".

No classifier learns 1,202 communes and 900 names of trades; the gazetteer knows them, and what is left says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

INFORM = "inform"
# Above `answer` and `clear` in data/reference/bands.yml: nothing is surer.
CONFIDENCE = 1.0

# Words that add nothing to a place or a trade given in answer to "where?" or "which one?".
_FILLERS = frozenset(
    {"a", "au", "aux", "en", "dans", "vers", "sur", "pres", "de", "d", "du", "des", "le", "la", "les", "l", "un", "une",
     "et", "ou", "oui", "non", "euh", "bah", "ben", "ok", "plutot", "cote", "autour", "proche", "environs", "alentours",
     "celui", "celle", "c", "est", "pour", "comme", "metier", "domaine", "secteur", "ville", "commune", "departement",
     "svp", "s", "il", "vous", "plait", "merci", "bonjour", "pas", "je", "voulais", "voulait", "dire", "pardon",
     "erreur", "finalement", "enfin", "mais", "laisse", "laissez", "tomber", "oublie", "oubliez", "bref", "ce", "n",
     "cela", "ca", "court", "courte", "courts", "courtes", "paye", "payee", "payes", "payees", "remunere", "remuneree"}
)  # fmt: skip
# The four départements, by their words once folded, and their numbers; a postal code begins with one of these.
_DEPARTEMENTS = re.compile(r"\b(cotes? d armor|finistere|ille et vilaine|morbihan|(?:22|29|35|56)(?:\d{3})?)\b")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class BareClassifier(GraphComponent, IntentClassifier):
    """Rasa component, after the classifier: what is bare is `inform`, whatever the words resemble."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BareClassifier:
        """Made by Rasa; it has no configuration."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the intent of each bare message."""
        for message in messages:
            if is_bare(message.get(TEXT) or "", message.get(ENTITIES) or []):
                certain = {INTENT_NAME_KEY: INFORM, "confidence": CONFIDENCE}
                others = [one for one in message.get(INTENT_RANKING_KEY) or [] if one[INTENT_NAME_KEY] != INFORM]
                message.set(INTENT, certain, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
        return messages


def is_bare(text: str, entities: Sequence[dict[str, Any]]) -> bool:
    """Whether a folded text holds a place, a trade or a département, and nothing else that means something."""
    left = list(text)
    for entity in entities:
        left[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    rest, departements = _DEPARTEMENTS.subn(" ", "".join(left))
    named = bool(entities) or departements > 0
    return named and set(re.findall(r"[a-z0-9]+", rest)) <= _FILLERS
