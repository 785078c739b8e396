"""What Rasa understands of many texts, without a server: the model is loaded once in Rasa's own environment."""

import json
import os
import subprocess
from typing import Any

from api.core.normaliser import normalise
from api.privacy.masking import mask_for_rasa
from api.supervisor.training import BOT, BUILD, ensure_model


def parse(texts: list[str]) -> list[dict[str, Any]]:
    """For each text, as the chain would send it: {intent, ranking, entities}. Trains first if anything changed."""
    model = ensure_model()
    seen = [normalise(mask_for_rasa(text, ())) for text in texts]
    env = os.environ | {"RASA_TELEMETRY_ENABLED": "false"}
    argv = [str(BOT / ".venv/bin/python"), "-m", "hent_bot.parse", str(model)]
    with (BUILD / "parse.log").open("w") as log:
        ended = subprocess.run(
            argv, cwd=BOT, env=env, input=json.dumps(seen), stdout=subprocess.PIPE, stderr=log, text=True, check=True
        )
    found: list[dict[str, Any]] = json.loads(ended.stdout)
    return found
