"""Places and trades of a message, from the entities that the spaCy pipeline found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc, Span

from hent_bot.gazetteer import PLACE, PLACE_IN_CONTEXT, TRADE, TRADE_IN_CONTEXT
from hent_bot.named_otherwise import ARTICLES, OF, is_person, is_street, is_thing

# "a Melle", "vers Paule", "au Palais"; "en" and "dans" are not said of a commune.
_PREPOSITIONS = frozenset({"a", "au", "aux", "vers", "sur", "depuis", "jusqu"})
# "de" says a place only after one of these: "pres de Paule", "la mairie de Moulins".
_PLACE_NOUNS = frozenset(
    {"pres", "autour", "cote", "cotes", "loin", "proche", "environs", "alentours", "ville", "commune", "mairie",
     "secteur", "region", "centre", "gare", "agence", "cms", "ccas"}
)  # fmt: skip
# "il y a parce que" is not said of Parcé, "au palais de justice" not of Le Palais.
_NOT_BEFORE = {
    "parce": frozenset({"que", "qu", "ke", "k"}),
    "graces": frozenset({"a", "au", "aux"}),
    "palais": frozenset({"de", "des"}),
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GazetteerExtractor(GraphComponent):
    """Rasa component: entities `place` and `trade`, whose value is the folded name as its list gives it.

    Rasa's SpacyEntityExtractor gives the words as typed ("st brieuc"), reads each message a second time, and cannot
    look at what comes before a name.
    """

    @classmethod
    def required_components(cls) -> list[type[GraphComponent]]:
        """It reads the documents that SpacyNLP makes."""
        return [SpacyNLP]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerExtractor:
        """Made by Rasa; it has no configuration."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add to each message the entities of its spaCy document."""
        for message in messages:
            document = message.get(SPACY_DOCS[TEXT])
            found = [] if document is None else list(entities(document))
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages


def entities(document: Doc) -> Iterator[dict[str, Any]]:
    """Rasa entities of a document of the pipeline: `{entity, value, start, end, extractor}`, in reading order."""
    named = any(span.label_ == TRADE for span in document.ents)
    for span in document.ents:
        # Beside the name of a trade, what it works with says nothing more.
        if (named and span.label_ == TRADE_IN_CONTEXT) or not _is_meant(span):
            continue
        yield {
            "entity": PLACE if span.label_ in (PLACE, PLACE_IN_CONTEXT) else TRADE,
            "value": span.ent_id_,
            "start": span.start_char,
            "end": span.end_char,
            "extractor": GazetteerExtractor.__name__,
        }


def _is_meant(span: Span) -> bool:
    if span.label_ in (PLACE, PLACE_IN_CONTEXT):
        named = span.label_ == PLACE or is_place(span)
        return named and not is_street(span) and not is_person(span)
    return span.label_ == TRADE or not is_thing(span)


def is_place(span: Span) -> bool:
    """Whether an ambiguous name is a place here: alone in the message, or after a preposition of place."""
    words = [token.text for token in span.doc]
    before, after = words[: span.start], words[span.end :]
    if not before and not after:
        return True
    if after and after[0] in _NOT_BEFORE.get(span.text, ()):
        return False
    while before and before[-1] in ARTICLES:
        before.pop()
    if before and before[-1] in OF:
        return len(before) > 1 and before[-2] in _PLACE_NOUNS
    return bool(before) and before[-1] in _PREPOSITIONS
