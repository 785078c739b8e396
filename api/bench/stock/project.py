"""The files of the stock project: frozen examples as they are, and a domain and stories made from their intents."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import yaml

from api.core.documents import read_yaml

HERE = Path(__file__).parent
LOCK = HERE.parents[2] / "bot/uv.lock"
"""Which Rasa and which TensorFlow learn: another one makes another model."""

ANSWER = "Votre prochain rendez-vous est le mardi 1er décembre à 9 h 30."
"""What stock Rasa says of the next appointment: about as long as our own answer."""
ASKED = "ask_next_appointment"


def intents() -> list[str]:
    """Every frozen intent, in the order of the files."""
    return [entry["intent"] for file in _examples() for entry in read_yaml(file)["nlu"]]


def domain(names: list[str]) -> dict[str, Any]:
    """One response an intent, and no action."""
    said = {f"utter_{name}": [{"text": ANSWER if name == ASKED else f"Réponse à {name}."}] for name in names}
    return {"version": "3.1", "intents": names, "responses": said}


def stories(names: list[str]) -> dict[str, Any]:
    """One story of one turn an intent: with rules alone TED would have nothing to learn."""
    told = [{"story": name, "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in names]
    return {"version": "3.1", "stories": told}


def write(folder: Path) -> None:
    """Lay the project in `folder`: config.yml, domain.yml, data/, and what the server reads."""
    shutil.copytree(HERE / "nlu", folder / "data")
    shutil.copy(HERE / "config.yml", folder)
    names = intents()
    _dump(domain(names), folder / "domain.yml")
    _dump(stories(names), folder / "data/stories.yml")
    # The REST channel, and nothing else: without a store in endpoints.yml trackers stay in memory.
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text("{}\n")


def fingerprint() -> str:
    """16 hexadecimal digits that change with anything that the model learns from."""
    names = intents()
    digest = hashlib.sha256(yaml.safe_dump([domain(names), stories(names)], allow_unicode=True).encode())
    for path in [*_examples(), HERE / "config.yml", LOCK]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _examples() -> list[Path]:
    return sorted((HERE / "nlu").glob("*.yml"))


def _dump(content: dict[str, Any], file: Path) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
