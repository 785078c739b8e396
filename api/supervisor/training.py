"""`hent train`: the words that people say, normalised as the server will, and Rasa trained on them if they changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.supervisor.errors import SupervisorError

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
BUILD = ROOT / "build"
MODELS = ROOT / "models"
COMMUNES = ROOT / "data/reference/communes_bretagne.csv"
TRADES = ROOT / "data/reference/trades"
EVERYDAY = ROOT / "data/reference/communes_everyday.yml"

DECIDES = (
    "bot/config.yml",
    "bot/uv.lock",
    "bot/domain/*.yml",
    "bot/hent_bot/*.py",
    "data/nlu/*/*.yml",
    "data/rules/*.yml",
)
NORMALISES = ("api/core/folding.py", "api/core/normaliser/*.py", "data/reference/spelling/*.yml")
NAMES = ("data/reference/communes_bretagne.csv", "data/reference/communes_everyday.yml", "data/reference/trades/*.yml")


class TrainingFailed(SupervisorError):
    """Rasa could not be trained; the log says why."""


def ensure_model(say: Callable[[str], None] = lambda _: None) -> Path:
    """The model of what the repository says now; trained if no archive of the same inputs exists.

    Raises TrainingFailed with the path of the log.
    """
    _ensure_pipeline(say)
    model = MODELS / model_name()
    if not model.exists():
        say("Rasa apprend les phrases")
        _train(model)
    return model


def model_name() -> str:
    """The archive that what the repository says now is trained into: another name is another model."""
    return f"hent-{_fingerprint((*DECIDES, *NORMALISES, *NAMES))}.tar.gz"


def normalised(source: dict[str, Any]) -> dict[str, Any]:
    """Training sentences as Rasa will see people's messages; those that become equal are kept once."""
    return source | {"nlu": [_intent(entry) for entry in source["nlu"]]}


def _intent(entry: dict[str, Any]) -> dict[str, Any]:
    sentences = [line.strip().removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
    plain = dict.fromkeys(normalise(sentence) for sentence in sentences)
    return entry | {"examples": "".join(f"- {sentence}\n" for sentence in plain if sentence)}


def _fingerprint(patterns: Iterable[str]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _ensure_pipeline(say: Callable[[str], None]) -> None:
    """spaCy's French with our places and trades; it lies beside the models, which name its folder."""
    fingerprint = _fingerprint(("bot/hent_bot/*.py", "bot/uv.lock", *NAMES))
    stamp = BUILD / "spacy" / "inputs"
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    say("Construction du dictionnaire (communes, métiers)")
    half_built = BUILD / "spacy.new"
    shutil.rmtree(half_built, ignore_errors=True)
    _run(("-m", "hent_bot.pipeline", str(half_built), str(COMMUNES), str(TRADES), str(EVERYDAY)), "pipeline")
    (half_built / "inputs").write_text(fingerprint)
    shutil.rmtree(BUILD / "spacy", ignore_errors=True)
    half_built.rename(BUILD / "spacy")


def _train(model: Path) -> None:
    words = BUILD / "nlu"
    shutil.rmtree(words, ignore_errors=True)
    words.mkdir(parents=True)
    for file in sorted((ROOT / "data/nlu").glob("*/*.yml")):
        said = normalised(read_yaml(file))
        (words / file.name).write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False))
    MODELS.mkdir(exist_ok=True)
    name = f"new-{os.getpid()}"
    data = ("--data", str(words), str(ROOT / "data/rules"), "--domain", "domain", "--config", "config.yml")
    where = ("--out", str(MODELS), "--fixed-model-name", name)
    # Rasa's own validation reads everything a second time (20 s) for what tests/test_topics.py holds.
    _run(("-m", "hent_bot", "train", "--skip-validation", *data, *where), "train")
    (MODELS / f"{name}.tar.gz").rename(model)


def _run(arguments: tuple[str, ...], name: str) -> None:
    BUILD.mkdir(exist_ok=True)
    log = BUILD / f"{name}.log"
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "2")
    # Rasa's cache knows the dictionary by its path alone, and would give back what an older one found.
    env = os.environ | threads | {"RASA_TELEMETRY_ENABLED": "false", "RASA_MAX_CACHE_SIZE": "0"}
    with log.open("w") as output:
        argv = [str(BOT / ".venv/bin/python"), *arguments]
        ended = subprocess.run(argv, cwd=BOT, env=env, stdout=output, stderr=subprocess.STDOUT, check=False)
    if ended.returncode:
        raise TrainingFailed(f"Rasa n'a pas pu apprendre. Le journal dit pourquoi : {log}")
