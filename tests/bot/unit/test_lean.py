"""TensorFlow stays out, and every component of config.yml is there without it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.utils.tensorflow.callback import RasaTrainingLogger
from ruamel.yaml import YAML

CONFIG = Path(__file__).resolve().parents[3] / "bot/config.yml"


def test_tensorflow_is_not_imported_by_what_we_use() -> None:
    assert sys.modules["tensorflow"] is None


def test_every_component_of_our_configuration_is_registered() -> None:
    config = YAML(typ="safe").load(CONFIG)
    for component in [*config["pipeline"], *config["policies"]]:
        assert DefaultV1Recipe._from_registry(component["name"]).clazz.__name__ == component["name"].split(".")[-1]


def test_what_only_neural_components_use_says_so_when_it_is_made() -> None:
    with pytest.raises(RuntimeError, match="TensorFlow"):
        RasaTrainingLogger(1, silent=True)
