"""Stock Rasa's default pipeline, DIET within, trained once on our sentences and kept under models/.

The configuration is that of `hent bench`'s stock Rasa: Rasa's own default, which `rasa init` leaves in force.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.bench.house import LOGS, RASA, environment
from api.bench.nlu.sentences import NLU
from api.bench.stock.project import HERE, LOCK
from api.core.clock import today
from api.supervisor.children import Child, Supervisor
from api.supervisor.training import MODELS

KEPT = MODELS / "bench-nlu"
CONFIG = HERE / "config.yml"
_MODEL = "diet"


@dataclass(frozen=True, slots=True)
class Diet:
    """A trained model, and what it took."""

    folder: Path
    seconds: float
    trained_on: str
    """YYYY-MM-DD."""

    @property
    def archive(self) -> Path:
        """What Rasa loads."""
        return self.folder / f"{_MODEL}.tar.gz"


async def ensure_diet(supervisor: Supervisor, say: Callable[[str], None]) -> Diet:
    """The kept model of the same inputs, or a new one, which takes half an hour. Raises ChildFailed."""
    folder = KEPT / fingerprint()
    if not folder.exists():
        say("DIET apprend nos phrases : une demi-heure sur deux cœurs, puis le modèle est gardé.")
        await _train(supervisor, folder)
    return Diet(folder, **json.loads((folder / "trained.json").read_text()))


def fingerprint(nlu: Path = NLU) -> str:
    """16 hexadecimal digits that change with a sentence, its file, the configuration or Rasa itself."""
    digest = hashlib.sha256()
    for path in [*sorted(nlu.glob("*/*.yml")), CONFIG, LOCK]:
        digest.update(f"{path.parent.name}/{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


async def _train(supervisor: Supervisor, folder: Path) -> None:
    draft = folder.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    what = ("--nlu", str(NLU), "--config", str(CONFIG), "--out", ".", "--fixed-model-name", _MODEL)
    # A half-hour's cache of an earlier try would make the time untrue.
    env = environment() | {"RASA_MAX_CACHE_SIZE": "0"}
    argv = (RASA, "-m", "rasa", "train", "nlu", *what)
    seconds = await supervisor.run(Child("diet", argv, env, draft, LOGS / "diet-train.log"))
    kept = {"seconds": round(seconds, 1), "trained_on": today().isoformat()}
    (draft / "trained.json").write_text(json.dumps(kept))
    draft.rename(folder)
