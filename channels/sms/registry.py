"""Every way in and out that this installation's settings name, made once a process."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import httpx

from api.conversations.routes import ANYBODY, Routes
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.core.sms_settings import ProviderSettings
from channels.sms.bearerbox import Bearerbox
from channels.sms.brevo import Brevo
from channels.sms.generic import Generic
from channels.sms.kannel import Kannel
from channels.sms.provider import Provider

KINDS: dict[str, Callable[[str, ProviderSettings, httpx.AsyncClient], Provider]] = {
    "kannel": Kannel,
    "bearerbox": Bearerbox,
    "brevo": Brevo,
    "generic": Generic,
}
LINES = frozenset({"bearerbox"})
"""They have no address here: a worker keeps a line to them."""
CONNECT_SECONDS = 3.0
"""A gateway that is there answers a connection at once; the rest of the wait is for what it has to do."""


@dataclass(frozen=True)
class Providers:
    """By name, each with a client of its own."""

    by_name: dict[str, Provider]
    clients: list[httpx.AsyncClient]

    @classmethod
    def of(cls, settings: Settings) -> "Providers":
        """Those of `HENT_SMS_PROVIDERS`."""
        made = cls({}, [])
        for name, one in settings.sms_providers.items():
            http = httpx.AsyncClient(
                trust_env=False, timeout=httpx.Timeout(one.timeout_seconds, connect=CONNECT_SECONDS)
            )
            reached = one.model_copy(update={"callback_url": one.callback_url or settings.public_url})
            made.by_name[name] = KINDS[one.kind](name, reached, http)
            made.clients.append(http)
        return made

    def routes(self, names: dict[str, list[str]]) -> Routes:
        """What the worker sees of them; without routes, everybody uses all of them, in the order of the settings."""
        return Routes(self.by_name, names or {ANYBODY: list(self.by_name)})

    def listening(self, database: Database, sealer: Sealer) -> list[Coroutine[Any, Any, None]]:
        """What a worker does to hear the gateways that keep a line to it."""
        lines = [provider for provider in self.by_name.values() if isinstance(provider, Bearerbox)]
        return [line.listen(database, sealer) for line in lines]

    async def close(self) -> None:
        """Give the connections back."""
        for http in self.clients:
            await http.aclose()
