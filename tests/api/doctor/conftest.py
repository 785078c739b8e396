"""A house in good health, in which one thing at a time is put out of order."""

import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from actions.listener import create_listener
from api.backup.dumps import ENDING, PREFIX
from api.caseworkers.tables import CaseworkerAccount, Role
from api.core import heartbeats
from api.core.clock import now
from api.core.database import Database
from api.core.settings import Settings
from api.core.sms_settings import ProviderSettings
from api.doctor.examining import Examined, examine
from api.doctor.findings import Place
from api.supervisor.training import model_name
from tests import factories
from tests.api.backup.conftest import house, migrated

__all__ = ["house", "migrated"]


@dataclass
class Patient:
    """An installation: what its settings say, what its neighbours answer, where its files are."""

    database: Database
    folder: Path
    gateway: int
    """The port on which a gateway and a mail server answer."""
    settings: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    late: timedelta = timedelta()
    """How far its clock runs ahead."""
    rasa: dict[str, Any] = field(default_factory=lambda: {"model": f"/app/models/{model_name()}"})
    rasa_is_ready: bool = True
    rasa_token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    actions_token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    rasa_expects: str | None = None
    actions_expect: str | None = None
    """Secrets that its neighbours were given; None: ours."""
    actions_listen: bool = True

    async def put(self, row: Any) -> None:
        """Write a row into its database."""
        async with self.database.transaction() as session:
            session.add(row)

    async def run(self, statement: Any) -> None:
        """Change rows of its database."""
        async with self.database.transaction() as session:
            await session.execute(statement)

    def _settings(self) -> Settings:
        good: dict[str, Any] = {
            "DATABASE_URL": self.database.url,
            "secret_key": secrets.token_urlsafe(32),
            "rasa_token": self.rasa_token,
            "actions_token": self.actions_token,
            "rasa_url": "http://rasa:5005",
            "host": "0.0.0.0",
            "public_url": "https://hent.example.org",
            "desk_url": "https://bureau.example.org",
            "smtp_host": "127.0.0.1",
            "smtp_port": self.gateway,
            "sms_providers": {"kannel": self.provider()},
            "default_authority": factories.AUTHORITY,
        }
        return Settings(**(good | self.settings))

    def provider(self, **given: Any) -> ProviderSettings:
        """A gateway that answers a connection."""
        made = {"kind": "bearerbox", "url": f"tcp://127.0.0.1:{self.gateway}", "sender": "38080"}
        return ProviderSettings(**(made | given))

    def _http(self) -> httpx.AsyncClient:
        listener = create_listener(self.database, self.actions_expect or self.actions_token)
        actions = httpx.ASGITransport(listener) if self.actions_listen else httpx.MockTransport(_refuses)
        mounts = {"http://rasa:5005": httpx.MockTransport(self._rasa_answers), "http://worker:5055": actions}
        return httpx.AsyncClient(mounts=mounts)

    def _rasa_answers(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            expected = f"Bearer {self.rasa_expects or self.rasa_token}"
            return httpx.Response(400 if request.headers["Authorization"] == expected else 401, json={})
        return httpx.Response(200 if self.rasa_is_ready else 503, json=self.rasa)

    async def examined(self) -> Examined:
        """What the doctor finds."""
        named = {"HENT_ACTIONS_URL": "http://worker:5055/actions", "FORWARDED_ALLOW_IPS": "172.30.91.0/24"}
        named |= {"HENT_BACKUP_FOLDER": str(self.folder / "backups")}
        async with self._http() as http:
            moment = now() + self.late
            place = Place(self._settings(), named | self.environment, http, moment, self.folder / "demo")
            return await examine(place)


def _refuses(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody listens", request=request)


@pytest.fixture
def gateway() -> Iterator[int]:
    """A port that answers connections."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield int(listening.getsockname()[1])


@pytest_asyncio.fixture
async def patient(house: str, gateway: int, tmp_path: Path) -> AsyncIterator[Patient]:
    """Nothing is wrong with it."""
    database = Database(house)
    async with database.transaction() as session:
        await factories.authority(session)
        chief = await factories.caseworker(session, role=Role.supervisor)
        session.add(CaseworkerAccount(caseworker_id=chief.id, password_digest="$argon2id$"))
        await heartbeats.beat(session, "worker-1")
    (tmp_path / "backups").mkdir()
    (tmp_path / "demo").mkdir()
    (tmp_path / "backups" / f"{PREFIX}{now():%Y%m%dT%H%M%SZ}{ENDING}").touch()
    yield Patient(database, tmp_path, gateway)
    await database.close()
