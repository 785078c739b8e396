"""A turn from end to end: open it, decide with no transaction in hand, close it. Whatever dies, once."""

import logging
from dataclasses import dataclass, field, replace
from uuid import UUID

from api.conversations.closing import NotAnAnswer, close_turn
from api.conversations.deciding import AskAgain, Decision, decide
from api.conversations.leases import LeaseLost
from api.conversations.opening import OpenTurn, open_turn
from api.conversations.rasa import Rasa
from api.conversations.tables import TurnStatus
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


async def answer_all(tools: Tools, conversation_id: UUID, lease: UUID) -> int:
    """Answer everything that waits in a leased conversation, in order; returns the number of turns."""
    turns = 0
    try:
        while await take_turn(tools, conversation_id, lease):
            turns += 1
    except LeaseLost:
        log.warning("lease lost", extra={"conversation": str(conversation_id)})
    except Exception as error:
        # The message stays received: the lease runs out and the next worker tries. Only the kind of error is logged.
        log.error("turn broke: %s", type(error).__name__, extra={"conversation": str(conversation_id)})
        raise
    return turns


async def take_turn(tools: Tools, conversation_id: UUID, lease: UUID) -> bool:
    """One turn; False when nothing waits any more and the conversation was given back."""
    async with tools.database.transaction() as session:
        turn = await open_turn(session, tools.sealer, conversation_id, lease)
    if turn is None:
        return False
    try:
        decision, status = await _answer(tools, turn)
    except AskAgain as failure:
        log.warning("asking again: %s", failure.reason, extra={"turn": str(turn.turn_id)})
        return True
    log.info(
        "turn %s: %s by %s",
        status,
        decision.intent or turn.limit or "-",
        decision.who,
        extra={"turn": str(turn.turn_id)},
    )
    return True


async def _answer(tools: Tools, turn: OpenTurn) -> tuple[Decision, TurnStatus]:
    decision = await decide(turn, tools.rasa)
    try:
        async with tools.database.transaction() as session:
            return decision, await close_turn(session, tools.sealer, tools.voices, turn, decision)
    except NotAnAnswer:
        return await _answer(tools, replace(turn, payload=None))
