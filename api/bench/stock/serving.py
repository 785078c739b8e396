"""Stock Rasa trained once and kept, then served as `rasa run` serves it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.bench.house import LOGS, RASA, environment, rasa_server
from api.bench.stock import project
from api.core.clock import today
from api.supervisor.children import Child, Supervisor
from api.supervisor.house import ROOT

KEPT = ROOT / "build/stock"
_MODEL = "stock"


@dataclass(frozen=True, slots=True)
class StockModel:
    """A trained model, and what it took."""

    folder: Path
    seconds: float
    trained_on: str
    """YYYY-MM-DD."""

    def server(self, port: int) -> Child:
        """Its server: REST channel, in-memory tracker, threads as by default."""
        return rasa_server("rasa", ("-m", f"{_MODEL}.tar.gz"), port, self.folder)


async def ensure_stock(supervisor: Supervisor, say: Callable[[str], None]) -> StockModel:
    """The kept model of the same inputs, or a new one, which takes minutes. Raises ChildFailed."""
    folder = KEPT / project.fingerprint()
    if not folder.exists():
        say("Rasa d'origine apprend ses phrases : plusieurs minutes, cette fois seulement.")
        await _train(supervisor, folder)
    return StockModel(folder, **json.loads((folder / "trained.json").read_text()))


async def _train(supervisor: Supervisor, folder: Path) -> None:
    draft = folder.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    project.write(draft)
    where = ("--out", ".", "--fixed-model-name", _MODEL)
    argv = (RASA, "-m", "rasa", "train", "--domain", "domain.yml", "--data", "data", "--config", "config.yml", *where)
    seconds = await supervisor.run(Child("stock", argv, environment(), draft, LOGS / "stock-train.log"))
    kept = {"seconds": round(seconds, 1), "trained_on": today().isoformat()}
    (draft / "trained.json").write_text(json.dumps(kept))
    draft.rename(folder)
