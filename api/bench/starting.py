"""How long until it answers: training from nothing, the second demo, and Rasa alone on the same model."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from api.bench.figures import Figure
from api.bench.house import Copy
from api.bench.stock.serving import StockModel
from api.supervisor.children import Child, Supervisor


@dataclass(slots=True)
class Starts:
    """Seconds of each start."""

    train: float
    demos: list[float] = field(default_factory=list)
    lean: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


async def train_and_start(copy: Copy, say: Callable[[str], None]) -> Starts:
    """Train, fill a demo by its first start, then start demo and Rasa in turn, each alone.

    The demo is started once less than Rasa: the one that will stay for the load is the caller's to add.
    """
    say("Entraînement, à partir de rien")
    async with Supervisor(say) as supervisor:
        starts = Starts(await supervisor.run(copy.train()))
    say("Démarrages")
    await _started(copy.demo(), say)
    await _rasas(starts, copy, say)
    starts.demos.append(await _started(copy.demo(), say))
    await _rasas(starts, copy, say)
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


async def _rasas(starts: Starts, copy: Copy, say: Callable[[str], None]) -> None:
    starts.lean.append(await _started(copy.lean_rasa(), say))
    starts.plain.append(await _started(copy.plain_rasa(), say))


async def _started(child: Child, say: Callable[[str], None]) -> float:
    async with Supervisor(say) as supervisor:
        return await supervisor.start(child)
