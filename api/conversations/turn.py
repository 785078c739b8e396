"""A turn from end to end: open it, decide with no transaction in hand, close it. Whatever dies, once."""

import logging
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from api.conversations.closing import NotAnAnswer, close_turn
from api.conversations.deciding import decide
from api.conversations.decision import AskAgain, Decision
from api.conversations.leases import LeaseLost
from api.conversations.opening import OpenTurn, open_turn, rest
from api.conversations.rasa import Rasa
from api.conversations.tables import TurnKind, TurnStatus
from api.core import measures
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.texts.voice import Voices

log = logging.getLogger("hent.turn")


@dataclass(frozen=True)
class Tools:
    """What turns need, made once a process."""

    database: Database
    sealer: Sealer
    rasa: Rasa
    voices: Voices = field(default_factory=Voices)


class Taken(NamedTuple):
    """What one look into a conversation came to."""

    answered: bool
    more: bool
    """False: nothing waits any more, and the conversation was given back."""


async def answer_all(tools: Tools, conversation_id: UUID, lease: UUID) -> int:
    """Answer everything that waits in a leased conversation, in order; returns the number of turns."""
    turns, more = 0, True
    try:
        while more:
            answered, more = await take_turn(tools, conversation_id, lease)
            turns += answered
    except LeaseLost:
        log.warning("lease lost", extra={"conversation": str(conversation_id)})
    except Exception as error:
        # The message stays received: the lease runs out and the next worker tries. Only the kind of error is logged.
        log.error("turn broke: %s", type(error).__name__, extra={"conversation": str(conversation_id)})
        raise
    return turns


async def take_turn(tools: Tools, conversation_id: UUID, lease: UUID) -> Taken:
    """One turn, if any waits."""
    async with tools.database.transaction() as session:
        turn = await open_turn(session, tools.sealer, conversation_id, lease)
    if turn is None:
        return Taken(answered=False, more=False)
    try:
        return Taken(answered=True, more=not await _answer(tools, turn))
    except AskAgain as failure:
        log.warning("asking again: %s", failure.reason, extra={"turn": str(turn.turn_id)})
        return Taken(answered=False, more=True)


async def _answer(tools: Tools, turn: OpenTurn) -> bool:
    """Whether the conversation rests now: what waits is looked for in the transaction that closes the turn."""
    decision = await decide(turn, tools.rasa)
    try:
        async with tools.database.transaction() as session:
            status = await close_turn(session, tools.sealer, tools.voices, turn, decision)
            rests = await rest(session, turn.conversation_id)
    except NotAnAnswer:
        return await _answer(tools, replace(turn, payload=None))
    _log(turn, decision, status)
    return rests


def _log(turn: OpenTurn, decision: Decision, status: TurnStatus) -> None:
    if turn.kind is TurnKind.first:
        measures.TURNS.labels(decision.who, status).observe((now() - turn.since).total_seconds())
    what = decision.intent or turn.limit or "-"
    log.info("turn %s: %s by %s", status, what, decision.who, extra={"turn": str(turn.turn_id)})
