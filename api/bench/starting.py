"""How long until it answers: training from nothing, the second demo, and Rasa alone on the same model."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from api.bench.figures import Figure
from api.bench.house import Copy
from api.bench.stock.serving import StockModel
from api.supervisor.children import Child, Supervisor

_ROUNDS = 2


@dataclass(slots=True)
class Starts:
    """Seconds."""

    train: float
    demos: list[float]
    lean: list[float]
    plain: list[float]


async def train_and_start(copy: Copy, say: Callable[[str], None]) -> Starts:
    """Train, fill a demo (its first start), then start demo, lean and plain Rasa in turn, each alone."""
    say("Entraînement, à partir de rien")
    async with Supervisor(say) as supervisor:
        starts = Starts(await supervisor.run(copy.train()), [], [], [])
    say("Démarrages")
    await _started(copy.demo(), say)
    for _ in range(_ROUNDS):
        starts.demos.append(await _started(copy.demo(), say))
        starts.lean.append(await _started(copy.lean_rasa(), say))
        starts.plain.append(await _started(copy.plain_rasa(), say))
    return starts


def figures_of(starts: Starts, stock: StockModel) -> list[Figure]:
    """start_second and start_rasa, both over plain Rasa, and train over stock Rasa's training."""
    plain = median(starts.plain)
    kept = f"référence : Rasa d'origine, entraîné le {stock.trained_on}"
    return [
        Figure("start_second", median(starts.demos), "s", plain, "référence : « rasa run » sur le même modèle"),
        Figure("start_rasa", median(starts.lean), "s", plain, "notre Rasa seul, même référence"),
        Figure("train", starts.train, "s", stock.seconds, kept),
    ]


async def _started(child: Child, say: Callable[[str], None]) -> float:
    async with Supervisor(say) as supervisor:
        return await supervisor.start(child)
