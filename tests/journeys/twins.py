"""A second Rasa, worker and server beside those of a demonstration, as more containers would be, and people on both."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from api.supervisor.ports import free_ports
from tests.stack import Person, Stack, until


@dataclass
class Twins:
    """Each is started as the demonstration starts its own, on another port; nobody starts them again."""

    stack: Stack
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Begin all three, and wait until a question put to the second server would be answered."""
        self.port, rasa, actions = free_ports(3)
        moved = {
            "HENT_PORT": str(self.port),
            "HENT_RASA_URL": f"http://127.0.0.1:{rasa}",
            "HENT_ACTIONS_PORT": str(actions),
            "HENT_ACTIONS_URL": f"http://127.0.0.1:{actions}/actions",
        }
        self._second("hent_bot run", moved, rasa)
        self._second("api.cli worker", moved)
        self._second("api.cli serve", moved)
        until(self._ready, 240)

    def kill(self) -> None:
        """SIGKILL to all three at once."""
        for process in self.running.values():
            process.kill()
            process.wait()

    def freeze(self) -> None:
        """SIGSTOP to all three, as of a machine that swaps: their connections stay open, and say nothing."""
        for process in self.running.values():
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """They go on, as if no time had passed."""
        for process in self.running.values():
            process.send_signal(signal.SIGCONT)

    def turns(self, name: str) -> int:
        """How many turns a worker's log tells of: "worker", the demonstration's own, or "second worker"."""
        folder = self.folder if name.startswith("second") else self.stack.folder / "logs"
        return (folder / f"{name}.log").read_text().count('"says": "turn answered')

    @property
    def url(self) -> str:
        """The second site."""
        return f"http://127.0.0.1:{self.port}"

    def _second(self, words: str, moved: dict[str, str], rasa_port: int | None = None) -> None:
        first = self.stack.child(words)
        argv = first.cmdline()
        if rasa_port is not None:
            argv[argv.index("-p") + 1] = str(rasa_port)
        name = f"second {words.split()[-1]}"
        with (self.folder / f"{name}.log").open("ab") as log:
            env, where = first.environ() | moved, first.cwd()
            self.running[name] = subprocess.Popen(argv, cwd=where, env=env, stdout=log, stderr=subprocess.STDOUT)

    def _ready(self) -> bool:
        dead = [name for name, process in self.running.items() if process.poll() is not None]
        assert not dead, [(self.folder / f"{name}.log").read_text()[-2000:] for name in dead]
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


@contextmanager
def doubled(stack: Stack, folder: Path) -> Iterator[Twins]:
    """Two of each, for the length of the block."""
    twins = Twins(stack, folder)
    try:
        twins.start()
        yield twins
    finally:
        twins.kill()


@dataclass
class Proxied(Person):
    """Somebody whom a proxy leads to another site when one does not answer."""

    sites: tuple[str, ...]

    def _insist(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        def through() -> httpx.Response:
            try:
                return send()
            except httpx.TransportError:
                here = str(self.http.base_url).rstrip("/")
                self.http.base_url = httpx.URL(next(site for site in self.sites if site != here))
                raise

        return super()._insist(through)
