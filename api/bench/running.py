"""One measure from end to end: what it starts, it ends."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from api.bench.chain import Chain
from api.bench.figures import Figure
from api.bench.hearing import Hearing
from api.bench.house import Copy, copied
from api.bench.load import merged
from api.bench.memory import pid_of, resident, resident_programs
from api.bench.pages import Pages
from api.bench.reminding import reminders
from api.bench.starting import Starts, figures_of, train_and_start
from api.bench.stock.serving import ensure_stock
from api.bench.texting import Texting
from api.supervisor.children import Child, Supervisor
from api.supervisor.ports import free_ports

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """Figures, and how many messages they stand on."""

    figures: list[Figure]
    answered: int
    answered_by_stock: int
    failures: Counter[str]
    """Wrong and missing answers of both sides, by kind; with any, the figures are worth nothing."""


async def measure(say: Say, many_reminders: int) -> Report:
    """Everything, in six to ten minutes once the stock model exists. Raises ChildFailed or Hopeless."""
    async with Supervisor(say) as supervisor:
        stock = await ensure_stock(supervisor, say)
    port, desk_port, rasa_port, stock_port = free_ports(4)
    with copied(port, desk_port, rasa_port) as copy:
        starts = await train_and_start(copy, say)
        report = await _under_load(copy, starts, stock.server(stock_port), Chain(port, stock_port, say))
    report.figures.extend(await reminders(say, many_reminders))
    report.figures.extend(figures_of(starts, stock))
    return report


async def _under_load(copy: Copy, starts: Starts, stock: Child, chain: Chain) -> Report:
    async with Supervisor(chain.say) as supervisor:
        starts.demos.append(await supervisor.start(copy.demo()))
        took = await supervisor.start(stock)
        chain.say(f"Rasa d'origine a démarré en {took:.1f} s")
        figures = await asyncio.to_thread(chain.measure)
        pids = supervisor.pids()
        figures += _memory(pids["demo"], pids["rasa"])
        hearing = Hearing(copy.port, copy.desk_port, copy.database_url, chain.say)
        figures += await asyncio.to_thread(hearing.measure)
        pages = Pages(copy.port, pid_of(pids["demo"], "server"), copy.database_url, chain.say)
        figures += await asyncio.to_thread(pages.measure)
        figures += await asyncio.to_thread(Texting(copy.port, chain.say).measure)
    ours, theirs = merged(chain.ours), merged(chain.stock)
    failures = Counter({f"Hent : {kind}": count for kind, count in ours.failures.items()})
    failures.update({f"Rasa d'origine : {kind}": count for kind, count in theirs.failures.items()})
    return Report(figures, len(ours.latencies), len(theirs.latencies), failures)


def _memory(demo: int, stock: int) -> list[Figure]:
    """RSS once all the load has passed."""
    found = resident_programs(demo)
    apart = f"serveur {found['server']:.0f}, travailleur {found['worker']:.0f} (RSS)"
    return [
        Figure("memory_rasa", found["rasa"], "MB", resident(stock), "RSS, après la charge"),
        Figure("memory_server", found["server"] + found["worker"], "MB", None, apart),
    ]


def machine() -> str:
    """What it was measured on, as far as figures depend on it."""
    return f"{os.cpu_count()} processeurs, charge {os.getloadavg()[0]:.1f} avant la mesure"
