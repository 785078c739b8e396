"""The Rasa components that our config.yml names, registered by their import.

It stands in for `rasa.engine.recipes.default_components`, which imports all of Rasa's, TensorFlow with them.
"""

from __future__ import annotations

from rasa.core.policies.rule_policy import RulePolicy
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.nlu.tokenizers.spacy_tokenizer import SpacyTokenizer
from rasa.nlu.utils.spacy_utils import SpacyNLP

from hent_bot.bare import BareClassifier
from hent_bot.classifier import SentenceClassifier
from hent_bot.extractor import GazetteerExtractor

DEFAULT_COMPONENTS = [
    SpacyNLP,
    SpacyTokenizer,
    GazetteerExtractor,
    SentenceClassifier,
    BareClassifier,
    FallbackClassifier,
    RulePolicy,
]
