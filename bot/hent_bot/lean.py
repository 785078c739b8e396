"""Rasa without TensorFlow: our model is a logistic regression and rules, and nothing of it needs more.

Rasa imports TensorFlow (10 s, 250 MB) for names that only its neural components use. Those few names are given
placeholders here, and TensorFlow is made absent, which spaCy takes as "not installed".
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

# Module of Rasa that imports TensorFlow -> the names that other modules take from it: the first two are needed by
# every component, the others by the check of a configuration before training.
_NEURAL_ONLY: dict[str, tuple[str, ...]] = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
}
_DEFAULT_COMPONENTS = "rasa.engine.recipes.default_components"


class NeuralOnly:
    """Placeholder of a class that only Rasa's neural components make. Raises RuntimeError when one does."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        raise RuntimeError("TensorFlow is left out: start Rasa by its own command to train a neural component")


def install() -> None:
    """Leave TensorFlow out of this process. To be called before anything of Rasa's is imported."""
    for name, classes in _NEURAL_ONLY.items():
        module = ModuleType(name)
        for class_name in classes:
            setattr(module, class_name, type(class_name, (NeuralOnly,), {}))
        sys.modules[name] = module
    leave_out_tensorflow()
    sys.modules[_DEFAULT_COMPONENTS] = importlib.import_module("hent_bot.components")


def leave_out_tensorflow() -> None:
    """Make `import tensorflow` an ImportError. Enough for spaCy alone, which tries it and goes on."""
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
