"""`hent demo`: from nothing to a site that answers, step by step, and all of it ended by Ctrl-C."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from pathlib import Path

from rich.console import Console

from api.supervisor.children import Supervisor
from api.supervisor.cluster import cluster_of
from api.supervisor.errors import AlreadyRunning, ChildFailed, SupervisorError
from api.supervisor.house import House, log_of, postgres
from api.supervisor.keys import demo_secrets
from api.supervisor.locks import try_lock
from api.supervisor.places import open_to_owner
from api.supervisor.ports import beside, free_ports, require_free
from api.supervisor.postgres import LOCK
from api.supervisor.progress import Progress
from api.supervisor.training import ensure_model
from api.supervisor.welcome import WELCOME, Welcome, show

_ANSWERS_WITHIN = 60.0  # seconds, once every child has started
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_demo(
    port: int, folder: Path, welcome: Welcome = WELCOME, ensure_model: Callable[[], Path] = ensure_model
) -> int:
    """Run the demo of `folder` on the public `port` until a signal ends it; the exit code, 1 if it could not start.

    `hent train` is run first, as a child that Ctrl-C can end; `ensure_model` then only names the archive.
    With DATABASE_URL in the environment, that database is used and none is started.
    """
    console = Console()
    try:
        with ExitStack() as locks:
            _hold(folder, locks)
            require_free(port)
            asyncio.run(_until_signal(_demo(port, folder, welcome, ensure_model, console)))
    except* SupervisorError as group:
        _tell(console, group)
        code = 1
    else:
        code = 0
    return code


def _hold(folder: Path, locks: ExitStack) -> None:
    open_to_owner(folder)
    names = ["demo.lock"] if "DATABASE_URL" in os.environ else ["demo.lock", LOCK]
    if not all(locks.enter_context(try_lock(folder / name)) for name in names):
        raise AlreadyRunning("Une démonstration tourne déjà dans ce dossier. Arrêtez-la d'abord avec Ctrl-C.")


async def _demo(port: int, folder: Path, welcome: Welcome, ensure_model: Callable[[], Path], console: Console) -> None:
    desk_port = int(os.environ.get("HENT_DESK_PORT") or beside(port))
    site_port = int(os.environ.get("HENT_SITE_PORT") or beside(desk_port))
    for own in (desk_port, site_port):
        require_free(own)
    rasa_port, actions_port = free_ports(2)
    secrets = demo_secrets(folder, os.environ)
    async with Supervisor(console.print) as supervisor:
        with Progress(console) as progress:
            async with progress.step("PostgreSQL"):
                url = os.environ.get("DATABASE_URL") or await _start_postgres(folder, supervisor)
            house = House(folder, port, desk_port, site_port, rasa_port, actions_port, url, secrets)
            await _open(house, supervisor, progress, ensure_model)
        await show(console, house, welcome)
        await asyncio.Event().wait()


async def _start_postgres(folder: Path, supervisor: Supervisor) -> str:
    cluster = await asyncio.to_thread(cluster_of, folder)
    await asyncio.to_thread(cluster.make_ready)
    await supervisor.start(postgres(cluster, folder))
    return cluster.database.url


async def _open(house: House, supervisor: Supervisor, progress: Progress, ensure_model: Callable[[], Path]) -> None:
    """Side by side: the model then Rasa, which asks nothing of the database before it says that it is ready; and the
    database, then the worker, the server, the desk and the site that embeds the chat."""

    async def assistant() -> None:
        async with progress.step("Modèle (quelques minutes la première fois)"):
            await supervisor.run(house.command("train"))
            model = await asyncio.to_thread(ensure_model)
        async with progress.step("Rasa"):
            await supervisor.start(house.rasa(model))

    async with asyncio.TaskGroup() as steps:
        steps.create_task(assistant())
        async with progress.step("Tables"):
            await supervisor.run(house.command("migrate"))
        async with progress.step("Personnes inventées"):
            await supervisor.run(house.command("seed"))
        async with progress.step("Serveur"):
            await supervisor.start(house.command("worker"))
            await supervisor.start(house.server())
        async with progress.step("Bureau des conseillers"):
            await supervisor.start(house.desk())
        async with progress.step("Site d'un département, inventé"):
            await supervisor.start(house.site())
    async with progress.step("Première réponse"):
        await _answering(house)


async def _answering(house: House) -> None:
    deadline = time.monotonic() + _ANSWERS_WITHIN
    while time.monotonic() < deadline:
        if await house.answers():
            return
        await asyncio.sleep(0.1)
    logs = log_of(house.folder, "serve").parent
    raise ChildFailed(f"Le site ne répond pas aux questions. Les journaux sont dans {logs}.")


async def _until_signal(demo: Coroutine[None, None, None]) -> None:
    """Run `demo`; the first signal cancels it, so that each block it is in ends what it began."""
    task = asyncio.ensure_future(demo)
    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def _tell(console: Console, group: BaseExceptionGroup[SupervisorError]) -> None:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            _tell(console, error)
        else:
            console.print(str(error), style="bold red", markup=False, highlight=False)
