"""The one way to speak to this Rasa: three routes under /webhooks/hent, for the server alone."""

from __future__ import annotations

import gc
import hmac
import logging
from collections.abc import Awaitable, Callable, Coroutine
from time import perf_counter
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from hent_bot import cures, logsafe
from hent_bot import turn as turns
from hent_bot.answers import Says, understood
from hent_bot.correcting import corrected
from hent_bot.errors import InvalidRequest, NothingSaid, NotReady, RequestFailed, Unauthorized, UnknownIntent
from hent_bot.hearing import Heard, Parse, ParseData, hear
from hent_bot.remote_action import close_session
from hent_bot.requests import NamedIntent, TurnRequest, read_turn
from hent_bot.settings import channel_token

# Importing the channel is the first thing of ours that `rasa run` does.
cures.install()

logger = logging.getLogger(__name__)
Handler = Callable[[Request], Awaitable[dict[str, Any]]]


class HentChannel(InputChannel):
    """Rasa's input channel "hent": plays turns, and says when it is ready."""

    def __init__(self, token: str) -> None:
        """`token` is what the server must show in `Authorization: Bearer`."""
        self._expected = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        """The channel's name, and its part of the path."""
        return "hent"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> HentChannel:
        """Made from the environment: credentials.yml holds no secret. Raises RuntimeError without a token."""
        return cls(channel_token())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. `on_new_message` is not used: it drops what Rasa answers."""
        routes = Blueprint("hent")
        routes.add_route(self._answered(play_turn, secret=True), "/turns", methods=["POST"], name="turns")
        routes.add_route(self._answered(tell_ready, secret=False), "/ready", methods=["GET"], name="ready")
        routes.listener("after_server_start")(_settle)
        routes.listener("after_server_stop")(_close)
        return routes

    def _answered(self, handler: Handler, secret: bool) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
        """`handler` as a route: its failures become a status and one word."""

        async def answer(request: Request) -> HTTPResponse:
            try:
                if secret:
                    self._check_token(request)
                return json(await handler(request))
            except RequestFailed as failure:
                return _refusal(request, failure, failure)
            except Exception as error:
                return _refusal(request, RequestFailed(), error)

        return answer

    def _check_token(self, request: Request) -> None:
        shown = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(shown, self._expected):
            raise Unauthorized


async def play_turn(request: Request) -> dict[str, Any]:
    """POST /turns: play one turn and tell what was understood and what is to be said; `also`, the same of a second
    request in the same message."""
    agent = _agent(request)
    asked = read_turn(_body(request))
    logsafe.seal()
    for named in (asked.intent, *asked.hearing.expected.values()):
        _check_intent(agent, named)
    heard = await hear(_reader(agent), asked)
    # The session that the first request began is the second's too.
    first, *others = [await _play(agent, asked, one, fresh=asked.fresh and one is heard[0]) for one in heard]
    return {"turn": asked.turn, **first, "also": others[0] if others else None}


async def tell_ready(request: Request) -> dict[str, Any]:
    """GET /ready: the model's name, once a turn would be answered and kept. Raises NotReady or StoreFailed."""
    agent = _agent(request)
    await agent.tracker_store.check()
    return {"model": agent.processor.model_filename}


async def _play(agent: Agent, asked: TurnRequest, heard: Heard, *, fresh: bool) -> dict[str, Any]:
    says = Says()
    metadata = {"turn": asked.turn} | ({"about": asked.about} if asked.about else {})
    message = UserMessage(
        heard.text, says, asked.conversation, heard.parse_data, input_channel="hent", metadata=metadata
    )
    began = perf_counter()
    with turns.in_hand(turns.Turn(asked.conversation, asked.turn, asked.fence, fresh)):
        await agent.handle_message(message)
        logger.info("turn played", extra={"milliseconds": round((perf_counter() - began) * 1000, 1)})
    if not says.named:
        raise NothingSaid
    return {**understood(heard.parse_data), "says": says.named}


def _reader(agent: Agent) -> Parse:
    async def read(text: str) -> ParseData:
        return corrected(await agent.parse_message(text))

    return read


def _check_intent(agent: Agent, intent: NamedIntent | None) -> None:
    commands = set(DEFAULT_INTENTS) - {"out_of_scope"}
    if intent and (intent.name in commands or intent.name not in agent.domain.intents):
        raise UnknownIntent


def _agent(request: Request) -> Agent:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise NotReady
    return agent


def _body(request: Request) -> Any:
    try:
        return request.json
    except SanicException as error:
        raise InvalidRequest from error


def _refusal(request: Request, failure: RequestFailed, error: BaseException) -> HTTPResponse:
    if failure.status >= 500:
        logger.error("%s failed: %s (%s)", request.path, failure.reason, logsafe.origin(error))
    return json({"error": failure.reason}, status=failure.status)


async def _settle(*_: Any) -> None:
    """The model is loaded and stays: a walk of the collector over it takes longer than a turn."""
    gc.collect()
    gc.freeze()


async def _close(*_: Any) -> None:
    await close_session()
