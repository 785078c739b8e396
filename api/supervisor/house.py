"""The programs of a demo, each as a child: what it is run with, where, and how one knows that it answers."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import make_url

from api.supervisor.children import Child
from api.supervisor.cluster import ENVIRONMENT, Cluster

ROOT = Path(__file__).resolve().parents[2]
"""The repository."""
COMMAND = (sys.executable, "-m", "api.cli")
"""`hent`, in the environment in hand."""

# One short text is read more slowly by two threads than by one: by Rasa's logistic regression, by the worker's reader.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_POSTGRESQL_PORT = 5432


@dataclass(frozen=True, slots=True)
class House:
    """Where everything of one demo is: its data folder, its ports, its database, its secrets."""

    folder: Path
    port: int
    desk_port: int
    site_port: int
    rasa_port: int
    actions_port: int
    database_url: str
    secrets: Mapping[str, str]

    @property
    def rasa_url(self) -> str:
        """Rasa, on loopback."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def server_url(self) -> str:
        """The public site."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def desk_url(self) -> str:
        """The caseworkers' desk."""
        return f"http://127.0.0.1:{self.desk_port}"

    @property
    def site_url(self) -> str:
        """The invented site that embeds the chat: another port is another origin."""
        return f"http://127.0.0.1:{self.site_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What every child but PostgreSQL is started with."""
        own = {
            "DATABASE_URL": self.database_url,
            "HENT_DEMO": "1",
            "HENT_PORT": str(self.port),
            "HENT_DESK_PORT": str(self.desk_port),
            "HENT_SITE_PORT": str(self.site_port),
            "HENT_PUBLIC_URL": self.server_url,
            "HENT_DESK_URL": self.desk_url,
            "HENT_SITE_URL": self.site_url,
            "HENT_RASA_URL": self.rasa_url,
            "HENT_ACTIONS_PORT": str(self.actions_port),
            "HENT_ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}/actions",
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), **own, **self.secrets}

    def command(self, *words: str) -> Child:
        """`hent <words>`, run to its end or kept running."""
        return Child(words[0], (*COMMAND, *words), self.environment, ROOT, self._log(words[0]))

    def server(self) -> Child:
        """`hent serve`, ready when it listens; whether a question would be answered is `answers`."""

        async def listens() -> bool:
            return await _is_ok(f"{self.server_url}/health/live")

        return Child("serve", (*COMMAND, "serve"), self.environment, ROOT, self._log("serve"), listens)

    def desk(self) -> Child:
        """`hent desk`, ready when it would show a queue: the public site answers without it."""

        async def shows() -> bool:
            return await _is_ok(f"{self.desk_url}/health/ready")

        return Child("desk", (*COMMAND, "desk"), self.environment, ROOT, self._log("desk"), shows)

    def site(self) -> Child:
        """`hent site`, ready when it listens: it needs nobody, and what it embeds says by itself whether it answers."""

        async def listens() -> bool:
            return await _is_ok(f"{self.site_url}/health/live")

        return Child("site", (*COMMAND, "site"), self.environment, ROOT, self._log("site"), listens)

    def rasa(self, model: Path) -> Child:
        """Rasa on the archive `model`, ready when our channel says that it is loaded."""
        bot, headers = ROOT / "bot", {"Authorization": f"Bearer {self.secrets['HENT_RASA_TOKEN']}"}

        async def loaded() -> bool:
            return await _is_ok(f"{self.rasa_url}/webhooks/hent/ready", headers)

        files = ("--credentials", "credentials.yml", "--endpoints", "endpoints.yml", "-m", str(model))
        where = ("--interface", "127.0.0.1", "-p", str(self.rasa_port))
        argv = (str(bot / ".venv" / "bin" / "python"), "-m", "hent_bot", "run", *files, *where)
        env = self.environment | _rasa_database(self.database_url)
        env["RASA_TELEMETRY_ENABLED"] = "false"
        # Alone it takes 20 s; on two busy cores, beside a test run, four times that.
        return Child("rasa", argv, env, bot, self._log("rasa"), loaded, ready_within=180)

    async def answers(self) -> bool:
        """Whether a question put to the public site would be answered now."""
        return await _is_ok(f"{self.server_url}/health/ready")

    def _log(self, name: str) -> Path:
        return log_of(self.folder, name)


def postgres(cluster: Cluster, folder: Path) -> Child:
    """The embedded PostgreSQL in the foreground, ready when a real query is answered; it ends by its fast way."""

    async def answers() -> bool:
        return await asyncio.to_thread(cluster.database.answers)

    return Child(
        "postgres",
        cluster.argv,
        ENVIRONMENT,
        cluster.home,
        log_of(folder, "postgres"),
        answers,
        owner=cluster.owner,
        stop_signal=signal.SIGINT,
        stop_within=15,
        end_signal=signal.SIGINT,
    )


def log_of(folder: Path, name: str) -> Path:
    """The log of the child `name`."""
    return folder / "logs" / f"{name}.log"


def _rasa_database(url: str) -> dict[str, str]:
    """The same database for Rasa's own role, in parts: its SQLAlchemy 1.4 speaks through psycopg2."""
    parts = make_url(url)
    socket = parts.query.get("host")
    return {
        "HENT_RASA_DB_HOST": socket if isinstance(socket, str) else parts.host or "localhost",
        "HENT_RASA_DB_PORT": str(parts.port or _POSTGRESQL_PORT),
        "HENT_RASA_DB_NAME": parts.database or "hent",
        "HENT_RASA_DB_USER": "hent_rasa",
    }


async def _is_ok(url: str, headers: Mapping[str, str] | None = None) -> bool:
    try:
        # Loopback: no proxy of the surroundings, and no certificates, whose loading takes 30 ms of CPU a question.
        async with httpx.AsyncClient(timeout=5, trust_env=False, verify=False) as client:
            return (await client.get(url, headers=headers)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
