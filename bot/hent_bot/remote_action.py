"""How Rasa calls our actions: one kept connection, a short wait, no domain, and a failure that is one.

Rasa's own call opens a connection each time, waits 300 s, builds a JSON-schema validator at each answer (43 % of the
CPU of a message, reference/rasa.md 4.5), logs the body of an error, and its caller goes on as if nothing had happened.
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from hent_bot.errors import ActionFailed

# Seconds for one action, connection included. The person waits; the conversation's lock lives 60 s.
ACTION_TIMEOUT = 4.0

_schema = RemoteAction.action_response_format_spec()
_validator = validator_for(_schema)(_schema)
_session: aiohttp.ClientSession | None = None


def _kept_session() -> aiohttp.ClientSession:
    """The process's one client session: made inside the running loop, at the first action."""
    global _session
    if _session is None or _session.closed:
        _session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ACTION_TIMEOUT))
    return _session


async def close_session() -> None:
    """Close the kept session, if any."""
    if _session is not None:
        await _session.close()


async def call(endpoint: EndpointConfig | None, body: dict[str, Any]) -> dict[str, Any]:
    """Post `body` to the action endpoint; return its valid answer. Raises ActionFailed, whatever went wrong."""
    if endpoint is None:
        raise ActionFailed
    try:
        async with _kept_session().post(endpoint.url, json=body, headers=endpoint.headers) as response:
            answer = await response.json() if response.status == 200 else None
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
        raise ActionFailed from error
    if not isinstance(answer, dict) or not _validator.is_valid(answer):
        raise ActionFailed
    return answer


class HentRemoteAction(RemoteAction):
    """An action run by the server, over `call`."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        body: dict[str, Any] = super()._action_call_format(tracker, domain)
        # The actions never read it, and it is half of what would be sent.
        body.pop("domain", None)
        return body

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Run the action; return what it said and the events it gives. Raises ActionFailed."""
        answer = await call(self.action_endpoint, self._action_call_format(tracker, domain))
        said = await self._utter_responses(answer.get("responses", []), output_channel, nlg, tracker)
        return [*said, *deserialise_events(answer.get("events", []))]
